"""A paper that names a day is not over when it is served: who was ordered sees the day, its issuer keeps what came."""

from typing import Any

import pytest

from gongzhi.procedures import check
from gongzhi.procedures.models import Task
from gongzhi.procedures.queries import tasks_of
from gongzhi.procedures.tests.stage import Stage, at
from gongzhi.procedures.tests.test_kinds import proof
from gongzhi.procedures.tests.test_letters import SAID, Ordering, sealed
from gongzhi.registry.models import Appointment
from gongzhi.values.refusals import NotPossible


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
    for name, task in (("provider_leader", "obey"), ("county_officer", "keep_whether")):
        (found,) = waiting(served, name)
        assert (found.name, found.due_at) == (task, at("2026-04-02 00:00"))
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
