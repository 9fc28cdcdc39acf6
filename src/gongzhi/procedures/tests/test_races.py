"""Two at once in one tree, on two real connections; what SQLite hides."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from gongzhi.acts import chains
from gongzhi.acts import check as of_acts
from gongzhi.acts.models import Act, Chain
from gongzhi.acts.tests.at_once import at_once
from gongzhi.law.schema import Kind
from gongzhi.papers.models import DocumentNumber
from gongzhi.procedures import catalogue, check, recurring, tick
from gongzhi.procedures.declare import Every, Procedure
from gongzhi.procedures.kinds import Child, Issue, Submit
from gongzhi.procedures.models import Case, CaseAct, Rung, Task
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.perform import perform
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.terms import within
from gongzhi.procedures.tests.stage import Law, Stage, Word, agreed, at, period, value
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import NotPossible, Refusal

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("committed_db")]


class Left(Procedure):
    """One child."""

    code, title, child_only = "left", "示例左", True
    only = Submit("左", by=COMMUNITY, facts=Word)


class Right(Procedure):
    """Another child."""

    code, title, child_only = "right", "示例右", True
    only = Submit("右", by=OWNERS, facts=Word)


class Raced(Procedure):
    """Two children beside one another, two tasks, a paper, a clock."""

    code, title, single = "raced", "示例竞争", True
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT,)
    first = Submit("起点", by=PROVIDER, facts=Word)
    left = Child("左", "left", after=first)
    right = Child("右", "right", after=first)
    paper = Issue("文书", by=COUNTY, to=PROVIDER, after=first, facts=Word)
    timed = Submit(
        "限时",
        by=COMMUNITY,
        after=first,
        facts=Word,
        due=within("raced.time", of="first.submitted", on_missed="missed"),
    )
    joined = Submit("会合", by=COUNTY, after=[left, right], facts=Word)


@pytest.fixture
def raced(committed_db: None, law: Law) -> Iterator[Stage]:
    law["raced.time"] = period("3D")
    now = at("2026-03-02 09:00")
    stage = Stage(build_cast(now, areas=()), now).declare(Left, Right, Raced)
    try:
        yield stage.open("raced", word="示例")
        assert [*check.findings(now), *of_acts.findings(now)] == []
    finally:
        for procedure in stage.declared:
            catalogue.forget(procedure)


def acting(stage: Stage, name: str, path: str, act: str = "submit", **facts: Any) -> Callable[[], Any]:
    task = stage.task(path).pk
    said = agreed(act) | facts
    return lambda: perform(by=stage.actor(name), at=stage.now, task_id=task, act=act, facts=said)


def refused(told: list[Any]) -> list[type]:
    return sorted((type(answer) for answer in told if isinstance(answer, Exception)), key=str)


def test_one_task_done_by_two_at_once_is_done_once(raced: Stage) -> None:
    told = at_once(*[acting(raced, "community_worker", "timed.submit")] * 2)
    assert refused(told) == [NotPossible]
    assert CaseAct.objects.filter(task=raced.task("timed.submit")).count() == 1


def test_two_tasks_of_one_case_at_once_are_both_done(raced: Stage) -> None:
    told = at_once(
        acting(raced, "community_worker", "timed.submit"),
        acting(raced, "county_officer", "paper.draft", "draft"),
    )
    assert refused(told) == []
    assert sorted(Act.objects.filter(chain_id=raced.root).values_list("seq", flat=True)) == [1, 2, 3]


def test_two_children_that_close_at_once_let_their_parent_go_on_once(raced: Stage) -> None:
    rows = Task.objects.filter(case__root_id=raced.root, name="submit", round__step__code="only", open=True)
    by = {"left": "community_worker", "right": "committee_head"}
    works = [
        lambda row=row: perform(
            by=raced.actor(by[row.case.procedure]), at=raced.now, task_id=row.pk, act="submit", facts={}
        )
        for row in rows.select_related("case")
    ]
    assert refused(at_once(*works)) == []
    assert "joined.submit" in raced.tasks()
    assert Task.objects.filter(round__step__code="joined").count() == 1
    assert list(chains.broken_links(Chain.objects.get(pk=raced.root))) == []


def test_a_single_case_opened_by_two_at_once_is_one(raced: Stage) -> None:
    raced.stand("provider_leader", "withdraw", reason="示例撤回")

    def again() -> Any:
        return open_case(
            by=raced.actor("provider_leader"),
            at=raced.now,
            procedure="raced",
            subject=Subject(estate=raced.cast.estate),
            facts={},
        )

    told = at_once(again, again)
    assert refused(told) == [NotPossible]
    assert Case.objects.filter(procedure="raced", ended_at=None).count() == 1


def test_one_opening_sent_twice_at_once_under_one_key_is_one_case_and_one_answer(raced: Stage) -> None:
    raced.stand("provider_leader", "withdraw", reason="示例撤回")

    def again() -> Any:
        return open_case(
            by=raced.actor("provider_leader"),
            at=raced.now,
            procedure="raced",
            subject=Subject(estate=raced.cast.estate),
            facts={},
            key="k1",
        )

    told = at_once(again, again)
    assert refused(told) == []
    assert told[0].value == told[1].value
    assert sorted(answer.replayed for answer in told) == [False, True]


def drafted(stage: Stage) -> UUID:
    for name, act in (("county_officer", "draft"), ("county_reviewer", "check")):
        stage.do(name, f"paper.{act}", act)
    return stage.task("paper.sign_off").pk


def test_two_papers_signed_off_at_once_bear_two_numbers(raced: Stage) -> None:
    first = drafted(raced)
    one = acting(raced, "county_leader", "paper.sign_off", "sign_off")
    root = raced.root

    class Second(Procedure):
        """A case of its own with a paper of its own."""

        code, title = "second", "示例另案"
        paper = Issue("文书", by=COUNTY, to=PROVIDER, facts=Word)

    raced.declare(Second).open("second", "county_officer")
    second = drafted(raced)
    other = acting(raced, "county_leader", "paper.sign_off", "sign_off")
    assert first != second
    assert refused(at_once(one, other)) == []
    assert sorted(DocumentNumber.objects.values_list("serial", flat=True)) == [1, 2]
    raced.root = root


def test_the_tick_and_an_act_at_once_come_one_after_the_other(raced: Stage) -> None:
    """The deadline has passed: whichever comes first, it was missed, fired once, and the step is done."""
    raced.until("2026-03-10 09:00")
    act = acting(raced, "community_worker", "timed.submit")
    told = at_once(act, lambda: tick.fire_due(raced.now))
    assert refused(told) == []
    assert raced.outcome("timed") == "done"
    assert raced.case().marks["timed.missed"] == at("2026-03-06 00:00")
    done = Rung.objects.filter(clock__case_id=raced.root, done_at__isnull=False)
    assert sorted(done.values_list("name", flat=True)) == ["consequence", "overdue", "remind", "superior"]


def test_two_workers_fire_each_rung_once(raced: Stage) -> None:
    now = at("2026-03-10 09:00")
    told = at_once(*[lambda: tick.fire_due(now)] * 2)
    assert sum(told) == 4
    assert Act.objects.filter(name="procedures.tick").count() == 1


def test_two_workers_open_a_recurring_case_once(raced: Stage, law: Law) -> None:
    class Meets(Procedure):
        """Every county meets."""

        code, title, subject = "meets", "示例会议", "jurisdiction"
        opens = Every("raced.frequency", COUNTY)
        meet = Submit("会议", by=COUNTY, facts=Word)

    law["raced.frequency"] = value(Kind.FREQUENCY, {"at_least": 1, "per": "quarter"})
    raced.declare(Meets)
    told = at_once(*[lambda: recurring.open_due(raced.now)] * 2)
    counties = Case.objects.filter(procedure="meets")
    assert sum(told) == counties.count() == counties.values("jurisdiction").distinct().count()


def test_a_process_killed_in_the_middle_leaves_nothing_half_done(
    raced: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (raced.tasks(), Act.objects.count(), CaseAct.objects.count())
    append = chains.append

    def die(*args: Any) -> Any:
        connection.connection.close()
        return append(*args)

    monkeypatch.setattr(chains, "append", die)
    (told,) = at_once(acting(raced, "community_worker", "timed.submit"))
    assert isinstance(told, Exception)
    assert not isinstance(told, Refusal)
    assert (raced.tasks(), Act.objects.count(), CaseAct.objects.count()) == before
    monkeypatch.setattr(chains, "append", append)
    raced.do("community_worker", "timed.submit")
    assert raced.outcome("timed") == "done"


def test_a_withdrawal_and_an_act_at_once_leave_one_whole_story(raced: Stage) -> None:
    def withdraw() -> Any:
        return perform_on_case(
            by=raced.actor("provider_leader"),
            at=raced.now,
            case_id=raced.root,
            act="withdraw",
            facts={"reason": "示例撤回"},
        )

    told = at_once(withdraw, acting(raced, "community_worker", "timed.submit"))
    assert refused(told) in ([], [NotPossible])
    assert raced.case().row.outcome == "withdrawn"
    assert raced.tasks() == []
