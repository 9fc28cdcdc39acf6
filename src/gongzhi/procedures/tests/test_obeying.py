"""A paper that names a day is not over when it is served: who was ordered sees the day, its issuer keeps what came."""

from typing import Any

import pytest

from gongzhi.messages.inbox import inbox_of
from gongzhi.messages.models import Message, Topic
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures import check, tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Issue, Submit
from gongzhi.procedures.models import Task
from gongzhi.procedures.queries import tasks_of
from gongzhi.procedures.tests.stage import Stage, Word, at
from gongzhi.procedures.tests.test_kinds import proof
from gongzhi.procedures.tests.test_letters import SAID, Order, Ordering, sealed
from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import COUNTY, PROVIDER
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible


class Watched(Procedure):
    """An order with more to come, so that its case does not end."""

    code, title = "watched_order", "示例责令以后"
    parties, overseers = (PROVIDER,), (COUNTY,)
    order = Issue("责令限期移交通知书", by=COUNTY, to=PROVIDER, facts=Order, paper=PaperKind.ORDER_TO_CORRECT)
    after = Submit("以后", by=COUNTY, facts=Word)


@pytest.fixture
def served(stage: Stage) -> Stage:
    """An order until 2026-04-01, served on 2026-03-02."""
    stage.declare(Ordering).open("ordering", "county_officer")
    sealed(stage)
    stage.until("2026-03-02 16:00")
    stage.do("county_officer", "order.serve", "serve", **proof("2026-03-02 15:30"))
    return stage


def waiting(stage: Stage, name: str) -> list[Task]:
    """What waits for somebody, as their list has it."""
    post = Appointment.objects.get(pk=stage.actor(name).appointment_id)
    return [task for task in tasks_of(post) if task.case_id == stage.root and task.name != "archive"]


def said(**more: Any) -> dict[str, Any]:
    return {"done_on": "2026-03-20", "what": "示例资料已全部移交"} | more


def test_who_was_ordered_and_who_ordered_see_the_day_after_the_case_is_over(served: Stage) -> None:
    assert served.case().row.outcome == "done"
    assert served.outcome("order") == "done"
    days = (("provider_leader", "obey", "2026-04-02"), ("county_officer", "keep_whether", "2026-04-03"))
    for name, task, day in days:
        (found,) = waiting(served, name)
        assert (found.name, found.due_at) == (task, at(f"{day} 00:00"))
        assert found.note == "期限到2026年4月1日为止，由示例县建白山〔2026〕1号确定"
    assert list(check.findings(served.now)) == []


def test_what_is_reported_done_still_waits_for_the_issuer(served: Stage) -> None:
    served.until("2026-03-20 10:00").do("provider_leader", "order.obey", "report_obeyed", **said())
    assert waiting(served, "provider_leader") == []
    assert [task.name for task in waiting(served, "county_officer")] == ["keep_whether"]
    served.do("county_officer", "order.keep_whether", "obeyed", **said())
    assert waiting(served, "county_officer") == []


def test_once_the_issuer_keeps_it_nobody_is_waited_for(served: Stage) -> None:
    served.until("2026-03-20 10:00").do("county_officer", "order.keep_whether", "obeyed", **said())
    assert served.tasks() == ["order.archive"]


def test_not_done_is_kept_when_the_day_is_over_with_what_follows(served: Stage) -> None:
    told = {"what": "财务账册未移交", "further": "移送综合执法部门处理"}
    served.until("2026-04-01 23:59")
    with pytest.raises(NotPossible, match="过了这一天仍未履行的"):
        served.do("county_officer", "order.keep_whether", "not_obeyed", **told)
    served.until("2026-04-02 00:00").do("county_officer", "order.keep_whether", "not_obeyed", **told)
    assert served.tasks() == ["order.archive"]


def test_whoever_ordered_has_a_day_to_say_that_it_was_not_done(served: Stage) -> None:
    served.until("2026-04-02 00:00")
    (keep,) = waiting(served, "county_officer")
    assert keep.due_at is not None
    assert keep.due_at > served.now
    assert [task.due_at for task in waiting(served, "provider_leader")] == [served.now]


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-02"])
def test_a_draft_names_a_day_that_lies_ahead(stage: Stage, day: str) -> None:
    stage.declare(Ordering).open("ordering", "county_officer")
    with pytest.raises(NotPossible, match="移交期限要晚于今天"):
        stage.do("county_officer", "order.draft", "draft", **SAID | {"until_on": day})
    stage.do("county_officer", "order.draft", "draft", **SAID | {"until_on": "2026-03-03"})


def test_it_still_lies_ahead_when_the_paper_is_signed(stage: Stage) -> None:
    stage.declare(Ordering).open("ordering", "county_officer")
    stage.do("county_officer", "order.draft", "draft", **SAID)
    stage.do("county_reviewer", "order.check", "check")
    stage.until("2026-04-01 09:00")
    with pytest.raises(NotPossible, match="移交期限2026年4月1日已到，不能签发"):
        stage.do("county_leader", "order.sign_off", "sign_off")
    stage.until("2026-03-31 23:00").do("county_leader", "order.sign_off", "sign_off")


def test_done_is_between_the_serving_and_now(served: Stage) -> None:
    served.until("2026-03-20 10:00")
    for day, words in (("2026-03-21", "不能晚于今天"), ("2026-03-01", "不能早于文书送达")):
        with pytest.raises(NotPossible, match=words):
            served.do("provider_leader", "order.obey", "report_obeyed", **said(done_on=day))


def run(*instants: str) -> None:
    for instant in instants:
        tick.fire_due(at(instant))


def told(stage: Stage, name: str) -> list[str]:
    """What a body was told of the day, newest last."""
    body = stage.cast.organisations[name]
    rows = Message.objects.filter(organisation=body, topic=Topic.CLOCK).order_by("created_at")
    return [f"{row.created_at.astimezone(ZONE):%m-%d} {row.body}" for row in rows]


def test_the_day_a_letter_names_is_told_before_it_and_when_it_is_over_and_then_to_the_next_level(
    served: Stage,
) -> None:
    """Until 1 April, 24:00, and for the issuer a day more: three days ahead, at its end, and a day later."""
    run("2026-03-29 23:59", "2026-03-30 00:00", "2026-03-30 00:01", "2026-03-31 00:00", "2026-04-02 00:00")
    run("2026-04-03 00:00", "2026-04-04 00:00", "2026-05-01 00:00")
    obey, keep = "按期履行：责令限期移交通知书", "登记履行情况：责令限期移交通知书"
    until, after = "2026年4月1日（周三）24:00", "2026年4月2日（周四）24:00"
    assert told(served, "provider") == [
        f"03-30 {obey}：即将到期（{until}）",
        f"04-02 {obey}：已到期（{until}）",
        f"04-03 {obey}：逾期未办，报告上级（{until}）",
    ]
    own = [line for line in told(served, "county") if keep in line]
    assert own == [
        f"03-31 {keep}：即将到期（{after}）",
        f"04-03 {keep}：已到期（{after}）",
        f"04-04 {keep}：逾期未办，报告上级（{after}）",
    ]
    (above,) = told(served, "city")
    assert above.startswith("04-04 登记履行情况")
    assert [task.rings_at for task in Task.objects.filter(open=True, due_on__isnull=False)] == [None, None]


def test_after_a_pause_of_the_worker_it_is_told_once(served: Stage) -> None:
    run("2026-04-10 00:00", "2026-04-10 00:01")
    (message,) = told(served, "county")
    assert [line.partition("（")[0].rpartition("：")[2] for line in message.split("\n")] == [
        "即将到期",
        "已到期",
        "逾期未办，报告上级",
    ]


def test_what_was_done_rings_no_more_and_its_reminder_waits_no_longer(served: Stage) -> None:
    run("2026-03-30 00:00", "2026-03-31 00:00")
    seat = Appointment.objects.select_related("person").get(pk=served.actor("provider_leader").appointment_id)
    box = inbox_of(seat)
    assert box is not None
    reminder = Message.objects.get(organisation=seat.organisation_id, topic=Topic.CLOCK)
    assert reminder in box.unread()
    served.until("2026-03-31 10:00").do("provider_leader", "order.obey", "report_obeyed", **said())
    assert reminder not in box.unread()
    served.do("county_officer", "order.keep_whether", "obeyed", **said())
    run("2026-04-10 00:00")
    assert len(told(served, "provider")) == len(told(served, "county")) == 1


def test_a_day_is_told_of_though_its_case_stands_still(stage: Stage) -> None:
    stage.declare(Watched).open("watched_order", "county_officer")
    sealed(stage)
    stage.until("2026-03-02 16:00").do("county_officer", "order.serve", "serve", **proof("2026-03-02 15:30"))
    stage.stand("county_leader", "suspend", reason="等待鉴定", citation="示例依据")
    run("2026-04-02 00:00")
    assert [line[:5] for line in told(stage, "provider")] == ["04-02"]
    stage.until("2026-04-02 09:00").do("provider_leader", "order.obey", "report_obeyed", **said())
