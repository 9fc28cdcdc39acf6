"""A reminder of several times: each that is over says so, and it waits no longer when the last of them is."""

from typing import Any

import pytest

from gongzhi.messages.inbox import Inbox, Wanted, inbox_of, page_of
from gongzhi.messages.models import Message, Topic
from gongzhi.messages.presenting import told_messages
from gongzhi.procedures import tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.terms import within
from gongzhi.procedures.tests.stage import Law, Stage, Word, at, period
from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import COMMUNITY, COUNTY, PROVIDER


class Twice(Procedure):
    """Two things to be done by one day."""

    code, title = "reminded_twice", "示例两项"
    parties, overseers = (PROVIDER,), (COUNTY,)
    start = Submit("起点", by=PROVIDER, facts=Word, marks="begun")
    one = Submit("甲事项", by=COMMUNITY, after=start, facts=Word, due=within("r.one", of="start.begun"))
    two = Submit("乙事项", by=COMMUNITY, after=start, facts=Word, due=within("r.two", of="start.begun"))


@pytest.fixture
def reminded(stage: Stage, law: Law) -> Stage:
    """Both are to be done by 12 March 2026, and were reminded of on the 10th."""
    law["r.one"] = law["r.two"] = period("10D")
    stage.declare(Twice).open("reminded_twice", word="示例")
    tick.fire_due(at("2026-03-10 00:00"))
    return stage.until("2026-03-10 09:00")


def seat_of(stage: Stage) -> tuple[Appointment, Inbox]:
    rows = Appointment.objects.select_related("person", "organisation", "estate")
    seat = rows.get(pk=stage.actor("community_worker").appointment_id)
    box = inbox_of(seat)
    assert box is not None
    return seat, box


def shown(stage: Stage) -> dict[str, Any]:
    """The one reminder, as its reader is shown it."""
    seat, box = seat_of(stage)
    rows, _ = page_of(box, Wanted(topic=Topic.CLOCK))
    (told,) = told_messages(rows, box, seat, stage.now)
    return told


UNTIL = "即将到期（2026年3月12日（周四）24:00）"


def test_a_time_that_is_met_says_so_and_the_other_still_waits(reminded: Stage) -> None:
    assert shown(reminded)["body"].split("\n") == [f"甲事项：{UNTIL}", f"乙事项：{UNTIL}"]
    reminded.do("community_worker", "one.submit")
    told = shown(reminded)
    assert told["body"].split("\n") == [f"甲事项：{UNTIL}——已办结", f"乙事项：{UNTIL}"]
    assert (told["unread"], told["cancelled"]) == (True, False)


def test_with_the_last_of_them_it_waits_no_longer(reminded: Stage) -> None:
    reminded.do("community_worker", "one.submit")
    reminded.until("2026-03-10 10:00").do("community_worker", "two.submit")
    told = shown(reminded)
    assert (told["unread"], told["cancelled"]) == (False, False)
    _, box = seat_of(reminded)
    assert not box.unread().filter(topic=Topic.CLOCK).exists()


def test_a_day_that_was_lengthened_is_another_day(reminded: Stage) -> None:
    basis = {"reason": "情况复杂", "citation": "示例办法第2条"}
    clock = str(reminded.clock("r.one").id)
    reminded.stand("county_leader", "extend", clock=clock, period="P5D", **basis)
    assert shown(reminded)["body"].split("\n") == [f"甲事项：{UNTIL}——日期已有变动", f"乙事项：{UNTIL}"]


def test_a_case_that_ends_cancels_what_it_reminded_of(reminded: Stage) -> None:
    reminded.stand("county_leader", "end", reason="示例终止")
    told = shown(reminded)
    assert (told["unread"], told["cancelled"]) == (False, True)
    assert told["body"].split("\n") == [f"甲事项：{UNTIL}——已取消", f"乙事项：{UNTIL}——已取消"]
    assert Message.objects.get(topic=Topic.CLOCK, organisation=seat_of(reminded)[0].organisation).body == (
        f"甲事项：{UNTIL}\n乙事项：{UNTIL}"
    )
