"""`gongzhi check`: every copy that no longer agrees with what it copies is named."""

from datetime import timedelta
from typing import Any

import pytest

from gongzhi.acts.tests.test_chains import unguarded
from gongzhi.notices import check as of_notices
from gongzhi.notices.models import Notice
from gongzhi.notices.publish import Publish
from gongzhi.procedures import check
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.models import Case, CaseAct, CaseStep, Clock, Mark, Round, Task
from gongzhi.procedures.terms import within
from gongzhi.procedures.tests.stage import Law, Stage, Word, period
from gongzhi.registry.roles import COMMUNITY, OWNERS, PROVIDER


class Checked(Procedure):
    """A little of everything that is copied."""

    code, title = "checked", "示例复核"
    parties = (PROVIDER,)
    first = Submit("起点", by=PROVIDER, facts=Word)
    notice = Publish("公示", by=OWNERS, after=first, days="c.days")
    work = Submit("办理", by=COMMUNITY, after=first, facts=Word, due=within("c.time", of="first.submitted"))


@pytest.fixture
def checked(stage: Stage, law: Law) -> Stage:
    law["c.days"], law["c.time"] = period("7D"), period("10D")
    stage.declare(Checked).open("checked", word="示例")
    stage.do(
        "committee_head",
        "notice.post",
        "post",
        title="示例公示",
        body="示例内容",
        places=["东门"],
        posted_at=stage.now.isoformat(),
        posted_by=["示例甲"],
    )
    stage.is_tampered = True
    return stage


def told(stage: Stage) -> str:
    return "\n".join([*check.findings(stage.now), *of_notices.findings(stage.now)])


def test_a_case_as_the_kernel_left_it_is_clean(checked: Stage) -> None:
    assert told(checked) == ""


@pytest.mark.parametrize(
    ("model", "where", "changed", "says"),
    [
        (Task, {"name": "submit", "open": True}, {"due_at": None}, "“办理”的截止时间与期限不符"),
        (Clock, {"key": "c.time"}, {"due_at": None}, "“办理”的截止时间与期限不符"),
        (Mark, {"name": "submitted"}, {"name": "arrived"}, "标记first.submitted与办理记录不符"),
        (Round, {"step__code": "first"}, {"outcome": "return"}, "与它的轮次结果不同"),
        (CaseStep, {"code": "first"}, {"outcome": "return"}, "与它的轮次结果不同"),
        (Notice, {}, {"body": "另一内容"}, "与张贴时的摘要不符"),
        (Notice, {}, {"until_on": None}, "公示截止日与重新计算的结果不符"),
        (Notice, {}, {"digest": "0" * 64}, "没有写入公开日志"),
        (Case, {}, {"version": 9}, "第9版不再声明"),
    ],
)
def test_each_row_that_was_changed_by_hand_is_named(
    checked: Stage, model: Any, where: dict[str, Any], changed: dict[str, Any], says: str
) -> None:
    assert model.objects.filter(**where).update(**changed)
    assert says in told(checked)


def test_words_that_were_changed_afterwards_are_found(checked: Stage) -> None:
    with unguarded(CaseAct):
        CaseAct.objects.filter(name="submit").update(facts={"word": "另", "on": None, "at": None})
    assert "第1环的“submit”的内容与办理记录的摘要不符" in told(checked)


def test_an_act_that_stands_in_no_chain_is_found(checked: Stage) -> None:
    with unguarded(CaseAct):
        CaseAct.objects.filter(name="submit").update(seq=7)
    assert "第7环的“submit”不在办理记录的链上" in told(checked)


def test_a_task_that_is_done_without_an_act_or_open_in_a_void_round_is_found(checked: Stage) -> None:
    task = checked.task("work.submit")
    Task.objects.filter(pk=task.pk).update(open=False, done_at=checked.now)
    assert "“办理”已办结，却没有办理记录" in told(checked)
    Task.objects.filter(pk=task.pk).update(open=True, done_at=None)
    Round.objects.filter(pk=task.round_id).update(void_at=checked.now)
    assert "所在的轮次已经结束，它却还待办" in told(checked)


def test_a_second_live_round_of_a_step_is_found(checked: Stage) -> None:
    first = Round.objects.get(step__code="first")
    Round.objects.create(step=first.step, number=2, opened_at=checked.now)
    assert "步骤first同时有2个有效轮次" in told(checked)


def test_a_clock_that_runs_in_a_case_that_ended_is_found(checked: Stage) -> None:
    Case.objects.update(ended_at=checked.now + timedelta(days=1), outcome="done")
    assert "已结束，期限却还在计时" in told(checked)
