"""The engine: opens steps, keeps their tasks, closes rounds and goes on. It knows no kind.

Everything here runs inside the door with the root of the tree locked; only the door, the tick and kinds that open
a child call it. It keeps the view in step with what it writes, so that nothing is read twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongzhi.acts.kept import insert, save
from gongzhi.acts.rows import fresh, link

from . import clocks
from .declare import Step
from .giving import create, follow_day, tell
from .ladder import missed_marks
from .models import CaseStep, Mark, Round
from .tasks import specs_of
from .terms import Moment
from .undoing import drop_tasks, end, go_back
from .view import SKIPPED, CaseView

__all__ = ["advance", "end", "go_back", "mark", "tend"]


def advance(case: CaseView, at: datetime, *, carry: bool = True) -> None:
    """Bring the case as far as it goes, then its clocks; where something changed its parent goes on.

    `carry` False: the caller is the parent itself, which looks at its child next.
    """
    while _one_pass(case, at):
        pass
    if case.row.ended_at is None and all(step.decided_at for step in case.steps.values()):
        end(case, *case.declaration.reads.ends_as(case), at)
    clocks.project(case, at)
    tell(case)
    if carry and case.is_touched and case.parent is not None and case.parent.row.ended_at is None:
        if case.row.round_id is not None:
            case.parent.add_child(case.row.round_id, case)
        case.parent.is_touched = True
        advance(case.parent, at)
    case.is_touched = False


def _one_pass(case: CaseView, at: datetime) -> bool:
    """Look at each step once; True when something changed."""
    if case.row.ended_at is not None:
        return False
    changed = False
    for step in case.declared:
        row = case.steps[step.code]
        if row.decided_at is None and case.row.ended_at is None:
            found = case.open_round(step)
            changed |= _keep(case, step, found, at) if found is not None else _decide(case, step, row, at)
    return changed


# Opening and skipping -----------------------------------------------------------------------------------------------


def _decide(case: CaseView, step: Step[Any], row: CaseStep, at: datetime) -> bool:
    """Open a step whose predecessors are decided, or skip it with its reason."""
    moments = [moment for moment in step.moments if moment.step.code in case.steps]
    if not all(_is_reached(case, moment) for moment in moments):
        return False
    if moments and all(case.outcome_of(moment.step) == SKIPPED for moment in moments):
        return _skip(row, f"它之前的{_named(moments)}已跳过", at)
    unwanted = step.wanted(case)
    if unwanted is not None:
        return _skip(row, unwanted.why_not, at)
    _open(case, step, row, at)
    return True


def _named(moments: Iterable[Moment]) -> str:
    return "".join(dict.fromkeys(f"“{moment.step.title}”" for moment in moments))


def _is_reached(case: CaseView, moment: Moment) -> bool:
    """Whether an earlier step is decided, or has come as far as the mark."""
    if case.steps[moment.step.code].decided_at is not None:
        return True
    return bool(moment.mark) and case.instant(f"{moment.step.code}.{moment.mark}") is not None


def _skip(row: CaseStep, why: str, at: datetime) -> bool:
    row.decided_at, row.outcome, row.skipped_why = at, SKIPPED, why
    save(row, "decided_at", "outcome", "skipped_why")
    return True


def _open(case: CaseView, step: Step[Any], row: CaseStep, at: datetime) -> None:
    rounds = case.rounds(step)
    if step.opens_child:
        _ = case.children  # those there are, before there is a round whose child would be looked for
    opened = insert(fresh(Round, step_id=row.pk, number=len(rounds) + 1, opened_at=at))
    link(opened, "step", row)
    rounds.append(opened)
    step.opened(case.round_view(opened), at)
    _tasks(case, step, opened, at)


# Tasks --------------------------------------------------------------------------------------------------------------


def _tasks(case: CaseView, step: Step[Any], found: Round, at: datetime, *, closed: bool = False) -> None:
    """Create the tasks the round has by now and did not have; void those it no longer needs.

    Of a round that is closed only what holds nothing up still comes (a receipt).
    """
    there = case.tasks[found.id]
    specs = [spec for spec in step.tasks_of(case.round_view(found)) if not (closed and spec.holds)]
    for spec in specs:
        if spec.name not in there:
            there[spec.name] = create(case, found, spec, at)
        elif there[spec.name].open and there[spec.name].due_on != spec.due_on:
            follow_day(case, there[spec.name], spec, at)
    names = {spec.name for spec in specs}
    gone = [task for name, task in there.items() if task.open and name not in names]
    drop_tasks(gone, "已由他方办理，不再需要", at)


def tend(case: CaseView, step: Step[Any], found: Round, at: datetime) -> None:
    """Follow up on a closed round in which something is still said: its marks, and the tasks that hold nothing up.

    Of a void one no more is asked than is left over.
    """
    if found.void_at is not None:
        names = {spec.name for spec in specs_of(step, case, found)}
        gone = [task for task in case.open_tasks([found]) if task.name not in names]
        drop_tasks(gone, "已由他方办理，不再需要", at)
    elif found.closed_at is not None:
        mark(case, step, found)
        _tasks(case, step, found, at, closed=True)


# Keeping and closing a round ----------------------------------------------------------------------------------------


def _keep(case: CaseView, step: Step[Any], found: Round, at: datetime) -> bool:
    """Keep an open round: its marks, new tasks, and its end when its kind knows an outcome.

    True where other steps may wait for what came of it: its end, a mark. No step looks at another's tasks.
    """
    view = case.round_view(found)
    is_marked = mark(case, step, found)
    outcome = step.outcome(view)
    if outcome is None:
        _tasks(case, step, found, at)
        return is_marked
    _close(case, step, found, outcome, at)
    return True


def mark(case: CaseView, step: Step[Any], found: Round) -> bool:
    """Write the instants the round names; one that changed moves, and the clocks that count from it follow.

    One that is named no longer is gone: a receipt was corrected, and the clock that had run out runs again. True where
    one came, moved or went.
    """
    is_moved = False
    known = case.mark_rows[found.id]
    named = missed_marks(case, step) | step.marks_of(case.round_view(found))
    for name in known.keys() - named.keys():
        found.marks.filter(name=name).delete()
        del known[name]
        is_moved = True
    for name, instant in named.items():
        if known.get(name) == instant:
            continue
        if name not in known:
            insert(fresh(Mark, case_id=case.row.pk, round_id=found.pk, name=name, at=instant))
        else:
            found.marks.filter(name=name).update(at=instant)
        known[name] = instant
        is_moved = True
    if is_moved:
        case.is_touched = True
        case.__dict__.pop("marks", None)
    return is_moved


def _close(case: CaseView, step: Step[Any], found: Round, outcome: str, at: datetime) -> None:
    found.closed_at, found.outcome = at, outcome
    save(found, "closed_at", "outcome")
    case.is_touched = True
    target = step.back_to(outcome)
    if target is not None:
        why = step.why_back(case.round_view(found), outcome)
        go_back(case, target, f"{step.title}{why}" if why else _back_words(step, outcome), at)
        return
    drop_tasks([task for task in case.open_tasks([found]) if task.holds], "这一步已了结", at)
    _tasks(case, step, found, at, closed=True)
    row = case.steps[step.code]
    row.decided_at, row.outcome = at, outcome
    save(row, "decided_at", "outcome")
    if outcome in step.ends:
        end(case, step.ends[outcome], f"{step.title}{_words(outcome)}", at)


#: How a step came out; of any other way that a room names, that it is over: a code is no word of the reader's.
_OUTCOMES = {
    "done": "已办结",
    "return": "退回修改",
    "refuse": "未获同意",
    "refused": "未获同意",
    "failed": "未通过",
    "ended": "已终止",
    "withdrawn": "已撤回",
    "declined": "已决定不办",
}


def _words(outcome: str) -> str:
    return _OUTCOMES.get(outcome, "已了结")


def _back_words(step: Step[Any], outcome: str) -> str:
    return f"{step.title}{_words(outcome)}"
