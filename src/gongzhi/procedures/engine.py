"""The engine: opens steps, keeps their tasks, closes rounds, goes on, goes back, ends. It knows no kind.

Everything here runs inside the door with the root of the tree locked; only the door, the tick and kinds that open
a child call it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongzhi.acts.events import raise_event
from gongzhi.values.exchange import CaseEnded, TaskOpened
from gongzhi.values.refusals import NotPossible

from . import clocks
from .declare import Step
from .holders import hold
from .models import CaseStep, Mark, Party, Round, Task
from .terms import Moment, TaskSpec
from .view import CaseView

SKIPPED = "skipped"


def advance(case: CaseView, at: datetime, *, carry: bool = True) -> None:
    """Bring the case as far as it goes, then its clocks; an ended child lets its parent go on.

    `carry` False: the caller is the parent itself, which looks at its child next.
    """
    while _one_pass(case, at):
        case.refresh()
    case.refresh()
    if case.row.ended_at is None and all(step.decided_at for step in case.steps.values()):
        end(case, "done", "各步骤均已办结", at)
    clocks.project(case, at)
    if carry:
        _carry_up(case, at)


def _carry_up(case: CaseView, at: datetime) -> None:
    """Let the parent see what changed: an ended child closes its step, a new mark opens steps and starts clocks."""
    if case.parent is None or case.parent.row.ended_at is not None:
        return
    case.parent.refresh()
    advance(case.parent, at)


def _one_pass(case: CaseView, at: datetime) -> bool:
    """Look at each step once; True when something changed."""
    if case.row.ended_at is not None:
        return False
    for step in case.declaration.steps:
        row = case.steps.get(step.code)
        if row is None or row.decided_at is not None:
            continue
        found = case.open_round(step)
        changed = _keep(case, step, found, at) if found is not None else _decide(case, step, row, at)
        if changed:
            return True
    return False


# Opening and skipping -----------------------------------------------------------------------------------------------


def _decide(case: CaseView, step: Step[Any], row: CaseStep, at: datetime) -> bool:
    """Open a step whose predecessors are decided, or skip it with its reason."""
    if any(not _reached(case, moment) for moment in step.moments if moment.step.code in case.steps):
        return False
    before = [case.steps[earlier.code] for earlier in step.after if earlier.code in case.steps]
    if before and all(earlier.outcome == SKIPPED for earlier in before):
        return _skip(row, "之前的步骤均已略过", at)
    unwanted = step.wanted(case)
    if unwanted is not None:
        return _skip(row, unwanted.why_not, at)
    _open(case, step, row, at)
    return True


def _reached(case: CaseView, moment: Moment) -> bool:
    """Whether an earlier step is decided, or has come as far as the mark."""
    if case.steps[moment.step.code].decided_at is not None:
        return True
    return bool(moment.mark) and case.instant(f"{moment.step.code}.{moment.mark}") is not None


def _skip(row: CaseStep, why: str, at: datetime) -> bool:
    row.decided_at, row.outcome, row.skipped_why = at, SKIPPED, why
    row.save(update_fields=["decided_at", "outcome", "skipped_why"])
    return True


def _open(case: CaseView, step: Step[Any], row: CaseStep, at: datetime) -> None:
    number = len(case.rounds(step)) + 1
    opened = Round.objects.create(step=row, number=number, opened_at=at)
    case.refresh()
    step.opened(case.round_view(opened), at)
    _tasks(case, step, opened, at)


def _tasks(case: CaseView, step: Step[Any], found: Round, at: datetime) -> bool:
    """Create the tasks the round has by now and did not have; void those it no longer needs."""
    there = set(found.tasks.values_list("name", flat=True))
    specs = step.task_specs(case.round_view(found))
    names = {spec.name for spec in specs}
    for spec in specs:
        if spec.name not in there:
            _create(case, found, spec, at)
    if there - names:
        gone = found.tasks.filter(open=True, name__in=there - names)
        gone.update(open=False, void_at=at, void_why="已由他方办理，不再需要")
    return not names <= there


def tend(case: CaseView, step: Step[Any], found: Round, at: datetime) -> None:
    """Follow up on a closed round whose receipts are still coming in."""
    if found.closed_at is not None and found.void_at is None:
        _tasks(case, step, found, at)


def _create(case: CaseView, found: Round, spec: TaskSpec, at: datetime) -> None:
    holding = hold(case, spec.role, at, receives=spec.receives)
    row = case.row
    task = Task.objects.create(
        case=row,
        round=found,
        name=spec.name,
        title=spec.title,
        role=spec.role.code,
        organisation=holding.organisation,
        person=holding.person,
        acting_for=holding.acting_for,
        vacant=holding.vacant,
        note=holding.note,
        holds=spec.holds,
        city=row.city,
        county=row.county,
        subdistrict=row.subdistrict,
        community=row.community,
        opened_at=at,
        sort_at=clocks.FAR,
    )
    holder = holding.organisation.pk if holding.organisation is not None else None
    raise_event(TaskOpened(row.id, task.id, holder, spec.title))


# Keeping and closing a round ----------------------------------------------------------------------------------------


def _keep(case: CaseView, step: Step[Any], found: Round, at: datetime) -> bool:
    """Keep an open round: new tasks, its marks, and its end when its kind knows an outcome."""
    view = case.round_view(found)
    _mark(case, found, step.marks_of(view))
    outcome = step.outcome(view)
    if outcome is None:
        return _tasks(case, step, found, at)
    _tasks(case, step, found, at)
    _close(case, step, found, outcome, at)
    return True


def _mark(case: CaseView, found: Round, marks: dict[str, datetime]) -> None:
    """Write the instants the round names; one that changed moves, and the clocks that count from it follow."""
    known = dict(found.marks.values_list("name", "at"))
    for name, instant in marks.items():
        if name not in known:
            Mark.objects.create(case=case.row, round=found, name=name, at=instant)
        elif known[name] != instant:
            found.marks.filter(name=name).update(at=instant)


def _close(case: CaseView, step: Step[Any], found: Round, outcome: str, at: datetime) -> None:
    found.closed_at, found.outcome = at, outcome
    found.save(update_fields=["closed_at", "outcome"])
    found.tasks.filter(open=True, holds=True).update(open=False, void_at=at, void_why="这一步已了结")
    target = step.back_to(outcome)
    if target is not None:
        case.refresh()
        go_back(case, target, _back_words(step, outcome), at)
        return
    row = case.steps[step.code]
    row.decided_at, row.outcome = at, outcome
    row.save(update_fields=["decided_at", "outcome"])
    case.refresh()
    if outcome in step.ends:
        end(case, step.ends[outcome], f"{step.title}：{outcome}", at)


def _back_words(step: Step[Any], outcome: str) -> str:
    words = {"return": "退回修改", "refuse": "未获同意", "failed": "未通过"}
    return f"{step.title}{words.get(outcome, outcome)}"


# Going back and ending ----------------------------------------------------------------------------------------------


def go_back(case: CaseView, target: Step[Any], why: str, at: datetime) -> None:
    """Void the target and all downstream of it; it opens again in a new round.

    NotPossible where a step in between has changed the world: that is corrected by an act of its own.
    """
    affected = [step for step in case.declaration.downstream(target) if step.code in case.steps]
    for step in affected:
        if step.does is not None and case.is_done(step):
            raise NotPossible(f"“{step.title}”已经生效，不能退回重办，请用更正办理。")
    for step in reversed(affected):
        _void(case, step, why, at)
    case.refresh()


def _void(case: CaseView, step: Step[Any], why: str, at: datetime) -> None:
    row = case.steps[step.code]
    for found in case.rounds(step):
        if found.void_at is None:
            step.voided(case.round_view(found), at, why)
            found.tasks.filter(open=True).update(open=False, void_at=at, void_why=why)
            Party.objects.filter(round=found, void_at=None).update(void_at=at)
            found.void_at, found.void_why = at, why
            found.save(update_fields=["void_at", "void_why"])
    if row.decided_at is not None:
        row.decided_at, row.outcome, row.skipped_why = None, "", ""
        row.save(update_fields=["decided_at", "outcome", "skipped_why"])


def end(case: CaseView, outcome: str, why: str, at: datetime) -> None:
    """End a case: its holding tasks are void, its open steps' rows are given back, its children end with it."""
    if case.row.ended_at is not None:
        return
    for step in case.declaration.steps:
        found = case.open_round(step) if step.code in case.steps else None
        if found is not None:
            step.voided(case.round_view(found), at, why)
    case.row.ended_at, case.row.outcome, case.row.ended_why = at, outcome, why[:500]
    case.row.save(update_fields=["ended_at", "outcome", "ended_why"])
    Task.objects.filter(case=case.row, open=True, holds=True).update(
        open=False, void_at=at, void_why=why[:300]
    )
    raise_event(CaseEnded(case.row.id, case.row.procedure, outcome))
    case.refresh()
    clocks.project(case, at)


def end_tree(case: CaseView, outcome: str, why: str, at: datetime) -> None:
    """End a case from outside (withdrawn, ended by an overseer) and let its parent know."""
    end(case, outcome, why, at)
    _carry_up(case, at)
