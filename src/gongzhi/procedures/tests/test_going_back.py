"""Going back: target and downstream are void; what was issued stays; what changed the world is not undone."""

from datetime import date
from typing import Any

import pytest

from gongzhi.acts.door import present_act
from gongzhi.law.schema import Kind
from gongzhi.messages.inbox import Wanted, inbox_of, page_of
from gongzhi.messages.models import Message
from gongzhi.messages.presenting import told_messages
from gongzhi.notices.check import findings as notice_findings
from gongzhi.notices.models import Notice
from gongzhi.notices.presenting import told_notice
from gongzhi.notices.publish import Publish
from gongzhi.procedures import tick
from gongzhi.procedures.check import findings
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Checklist, Child, Issue, Review, Submit
from gongzhi.procedures.models import ClockMove, IssuedPaper, Item, Party
from gongzhi.procedures.parties import bind_party
from gongzhi.procedures.terms import within
from gongzhi.procedures.tests.stage import Law, Stage, Word, at, period, value
from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import COMMUNITY, COUNTY, FIRM, OWNERS, PROVIDER
from gongzhi.values.refusals import NotPossible

CHANGED: list[str] = []


def change_the_world(*, case: Any, round_id: Any, facts: Any, by: Any, at: Any) -> None:
    CHANGED.append(str(present_act().act_id))


def bind_firm(*, case: Any, round_id: Any, facts: Any, by: Any, at: Any) -> None:
    from gongzhi.registry.models import Organisation

    bind_party(case, FIRM.code, Organisation.objects.get(name__contains="会计师"), at=at, round_id=round_id)


class Inner(Procedure):
    """A child with a step that changes the world."""

    code, title, child_only = "inner", "示例内层", True
    talk = Submit("商量", by=COMMUNITY, facts=Word, marks="talked")
    act = Submit("生效", by=COMMUNITY, after=talk, facts=Word, does=change_the_world)


class Whole(Procedure):
    """One of everything, beside one another, and a review that can send all of it back."""

    code, title = "whole", "示例全部"
    parties = (PROVIDER,)
    start = Submit("起点", by=PROVIDER, to=OWNERS, facts=Word)
    notice = Publish("公示", by=OWNERS, after=start, days="whole.days")
    paper = Issue("文书", by=COUNTY, to=PROVIDER, after=start, facts=Word)
    inner = Child("内层", "inner", after=start, goes=("ended",))
    bound = Submit("委托", by=OWNERS, after=start, facts=Word, writes=bind_firm)
    apart = Submit("不相干", by=COMMUNITY, facts=Word)
    decide = Review(
        "决定",
        by=OWNERS,
        after=start.at("arrived"),
        facts=Word,
        back={"return": start},
        goes=("refuse",),
        due=within("whole.time", of="start.arrived"),
    )


@pytest.fixture
def whole(stage: Stage, law: Law) -> Stage:
    law["whole.days"], law["whole.time"] = period("7D"), period("30D")
    stage.declare(Inner, Whole).open("whole", "provider_leader", word="示例")
    receive(stage)
    return stage


def receive(stage: Stage) -> None:
    stage.do(
        "committee_head", "start.receive", "receive", arrived_at=stage.now.isoformat(), received_by="示例"
    )


def post(stage: Stage) -> None:
    stage.do(
        "committee_head",
        "notice.post",
        "post",
        title="示例公示",
        body="示例内容",
        places=["小区东门"],
        posted_at=stage.now.isoformat(),
        posted_by=["示例甲"],
    )


def send_back(stage: Stage) -> None:
    stage.do("committee_head", "decide.decide", "return", reason="材料不全")


def test_everything_downstream_is_void_and_nothing_else(whole: Stage) -> None:
    post(whole)
    send_back(whole)
    assert whole.tasks() == ["apart.submit", "notice.remove", "start.submit"]
    assert Notice.objects.get().ended_why == "决定退回修改"
    inner = whole.case("inner").row
    assert (inner.outcome, inner.ended_why) == ("withdrawn", "决定退回修改")
    rounds = [found for step in Whole.steps for found in whole.case().rounds(step)]
    kept = [found for found in rounds if found.void_at is None]
    assert {found.step.code for found in kept} == {"apart", "start"}


def test_a_clock_whose_event_is_gone_stops_with_the_reason_and_starts_anew(whole: Stage) -> None:
    # 2 March + 30 days: 1 April 2026
    assert whole.clock("whole.time").due_on == date(2026, 4, 1)
    send_back(whole)
    clock = whole.clock("whole.time")
    assert (clock.stopped_at, clock.stopped_why) == (whole.now, "决定退回修改")
    whole.until("2026-03-09 10:00").do("provider_leader", "start.submit")
    receive(whole)
    clock = whole.clock("whole.time")
    # 9 March + 30 days: 8 April 2026
    assert (clock.due_on, clock.stopped_at) == (date(2026, 4, 8), None)
    moves = ClockMove.objects.filter(clock=clock).order_by("at")
    assert [(move.after is None, move.why) for move in moves] == [
        (True, "决定退回修改"),
        (False, "起算事件已发生"),
    ]


def test_the_marks_of_a_void_round_and_of_a_withdrawn_child_are_no_events(whole: Stage) -> None:
    whole.do("community_worker", "talk.submit")
    assert whole.case().instant("inner.talked") is not None
    send_back(whole)
    case = whole.case()
    assert case.marks == {}
    assert case.instant("inner.talked") is None


def test_parties_bound_in_a_void_round_are_bound_no_longer(whole: Stage) -> None:
    whole.do("committee_head", "bound.submit")
    assert whole.case().organisation("firm") == whole.cast.organisations["firm"]
    send_back(whole)
    assert whole.case().party("firm") is None
    assert Party.objects.get(role="firm").void_at is not None


def issue(stage: Stage) -> None:
    for name, task, act in (
        ("county_officer", "draft", "draft"),
        ("county_reviewer", "check", "check"),
        ("county_leader", "sign_off", "sign_off"),
    ):
        stage.do(name, f"paper.{task}", act)


def test_an_issued_paper_and_its_number_stay_marked_replaced(whole: Stage) -> None:
    issue(whole)
    send_back(whole)
    paper = IssuedPaper.objects.get()
    assert (paper.replaced_at, paper.number.voided_at) == (whole.now, None)
    assert paper.number.text == "示例县建白山〔2026〕1号"
    whole.do("provider_leader", "start.submit")
    receive(whole)
    issue(whole)
    numbers = IssuedPaper.objects.order_by("number__serial").values_list("number__serial", flat=True)
    assert list(numbers) == [1, 2]


def test_a_step_of_a_child_that_changed_the_world_is_not_gone_back_over(whole: Stage) -> None:
    whole.do("community_worker", "talk.submit")
    whole.do("community_worker", "act.submit")
    with pytest.raises(NotPossible, match="“生效”已经生效，不能退回重办"):
        send_back(whole)
    with pytest.raises(NotPossible, match="“生效”已经生效，不能撤回"):
        whole.stand("provider_leader", "withdraw", reason="示例撤回")
    assert "decide.decide" in whole.tasks()


class Direct(Procedure):
    """A step that changed the world, and has not even arrived yet."""

    code, title = "direct", "示例直接"
    parties = (PROVIDER,)
    start = Submit("起点", by=PROVIDER, facts=Word)
    acts = Submit("生效", by=PROVIDER, to=OWNERS, after=start, facts=Word, does=change_the_world)
    decide = Review("决定", by=OWNERS, after=start, facts=Word, back={"return": start}, goes=("refuse",))


def test_a_change_counts_from_the_act_and_not_from_the_end_of_its_step(stage: Stage) -> None:
    stage.declare(Direct).open("direct", word="示例").do("provider_leader", "acts.submit")
    with pytest.raises(NotPossible, match="“生效”已经生效"):
        send_back(stage)


class Lists(Procedure):
    """A list that a signer may send back."""

    code, title = "lists", "示例清单"
    parties = (PROVIDER,)
    items = Checklist("清单", by=PROVIDER, to=OWNERS, witness=COMMUNITY, items="lists.items")


@pytest.fixture
def lists(stage: Stage, law: Law) -> Stage:
    law["lists.items"] = value(
        Kind.LIST, ({"code": "a", "label": "示例甲"}, {"code": "b", "label": "示例乙"})
    )
    return stage.declare(Lists).open("lists")


def test_a_list_that_is_sent_back_keeps_what_was_told_of_each_item(lists: Stage) -> None:
    lists.do("provider_leader", "items.fill", "record", code="a", state="original", quantity=2)
    lists.do("provider_leader", "items.fill", "record", code="b", state="sealed_copy")
    lists.do("provider_leader", "items.fill", "fill")
    lists.do("committee_head", "items.sign:owners", "return", reason="乙项应为原件")
    assert lists.tasks() == ["items.fill", "items.fill:one_sided"]
    again = Item.objects.filter(round__void_at=None).order_by("code")
    assert [(item.code, item.state, item.quantity) for item in again] == [
        ("a", "original", 2),
        ("b", "sealed_copy", None),
    ]
    lists.do("provider_leader", "items.fill", "record", code="b", state="original")
    lists.do("provider_leader", "items.fill", "fill")
    old = Item.objects.get(round__void_at__isnull=False, code="b")
    assert old.state == "sealed_copy"


def test_a_child_that_ends_withdrawn_is_begun_anew(whole: Stage) -> None:
    whole.stand("community_worker", "withdraw", of="inner", reason="示例撤回")
    rounds = whole.case().rounds(Whole.inner)
    assert [bool(found.void_at) for found in rounds] == [True, False]
    assert rounds[0].void_why == "内层已撤回"
    assert "talk.submit" in whole.tasks()
    assert whole.case("inner").row.ended_at is None


# What still hangs ---------------------------------------------------------------------------------------------------


def remove(stage: Stage, **more: Any) -> None:
    said = {"removed_at": stage.now.isoformat(), "removed_by": ["示例甲"]} | more
    stage.do("committee_head", "notice.remove", "remove", **said)


def test_who_posted_what_is_void_takes_it_off_the_wall_and_holds_nothing_up(whole: Stage) -> None:
    post(whole)
    send_back(whole)
    task = whole.task("notice.remove")
    assert (task.organisation, task.holds) == (whole.cast.organisations["committee"], False)
    assert Message.objects.filter(task=task, organisation=task.organisation).exists()
    notice = Notice.objects.get()
    assert told_notice(notice, whole.now)["state_title"] == "已作废，纸质件应当取下"
    whole.until("2026-03-03 10:00").do("provider_leader", "start.submit")
    receive(whole)
    assert "notice.post" in whole.tasks()
    for when in ("2026-03-03 10:01", "2026-03-02 08:00"):
        with pytest.raises(NotPossible, match="取下时间不能"):
            remove(whole, removed_at=at(when).isoformat())
    remove(whole)
    notice.refresh_from_db()
    assert (notice.removed_at, notice.ended_at) == (whole.now, at("2026-03-02 09:00"))
    assert told_notice(notice, whole.now)["state_title"] == "已作废，纸质件已取下"
    assert "notice.remove" not in whole.tasks()
    assert list(findings(whole.now)) == list(notice_findings(whole.now)) == []


def test_what_hangs_when_its_case_is_withdrawn_is_taken_off_afterwards(whole: Stage) -> None:
    post(whole)
    whole.stand("provider_leader", "withdraw", reason="示例撤回")
    assert whole.tasks() == ["notice.remove"]
    remove(whole)
    assert whole.tasks() == []


def test_what_was_taken_down_in_time_is_not_asked_for_again(whole: Stage) -> None:
    post(whole)
    whole.until("2026-03-10 00:30")
    done = {"taken_down_at": whole.now.isoformat(), "taken_down_by": ["示例甲"], "no_picture": "示例原因"}
    whole.do("committee_head", "notice.take_down", "take_down", **done)
    send_back(whole)
    assert "notice.remove" not in whole.tasks()
    assert not Notice.objects.get().is_void


# Who learns of it ---------------------------------------------------------------------------------------------------


def told(stage: Stage, title: str) -> dict[str, str]:
    """Whom a message of that title reached, by name, with what it said."""
    rows = Message.objects.filter(case=stage.case().row, title__contains=title).select_related("organisation")
    return {str(row.organisation or row.person): row.body for row in rows}


def test_who_had_to_do_with_what_is_void_is_told_what_why_by_whom_and_what_comes_next(whole: Stage) -> None:
    issue(whole)
    whole.do("community_worker", "talk.submit")
    Message.objects.all().delete()
    send_back(whole)
    found = told(whole, "退回到“起点”，有步骤作废")
    names = {"committee", "provider", "county", "community"}
    assert set(found) == {str(whole.cast.organisations[name]) for name in names}
    body = found[str(whole.cast.organisations["county"])]
    for words in (
        f"原因：决定退回修改（由{whole.cast.organisations['committee']}办理）",
        "“起点”已提交的这一份作废，要重新提交，并重新送达",
        "“文书”",
        "先重新办理“起点”",
        "已收到的作废文书和表格不再作数",
    ):
        assert words in body


def box(stage: Stage, name: str) -> list[tuple[str, bool, bool]]:
    """What stands in somebody's messages, oldest first, each with whether it waits and is cancelled."""
    seat = Appointment.objects.select_related("person", "organisation").get(
        pk=stage.cast[name].appointment_id
    )
    inbox = inbox_of(seat)
    assert inbox is not None
    rows, _ = page_of(inbox, Wanted(limit=50))
    waiting = set(inbox.unread().values_list("pk", flat=True))
    shown = told_messages(rows, inbox, seat, stage.now)
    assert [one["unread"] for one in shown] == [row.pk in waiting for row in rows]
    return [(one["title"], one["unread"], one["cancelled"]) for one in reversed(shown)]


def test_what_asked_for_a_void_task_or_reminded_of_a_void_day_is_cancelled(whole: Stage) -> None:
    reminder = f"期限提醒：{whole.case().row.number}"
    whole.until("2026-03-31 09:00")
    tick.fire_due(whole.now)
    assert (reminder, True, False) in box(whole, "committee_head")
    assert ("待办：决定", True, False) in box(whole, "committee_head")
    send_back(whole)
    for title in (reminder, "待办：张贴公示"):
        assert (title, False, True) in box(whole, "committee_head")
    # done, not cancelled
    assert ("待办：决定", False, False) in box(whole, "committee_head")
    # the clock runs again: the old day is cancelled all the same, and the new one waits
    whole.until("2026-04-01 10:00").do("provider_leader", "start.submit")
    receive(whole)
    assert (reminder, False, True) in box(whole, "committee_head")
    whole.until("2026-04-30 09:00")
    tick.fire_due(whole.now)
    assert [one[1:] for one in box(whole, "committee_head") if one[0] == reminder][-1] == (True, False)
