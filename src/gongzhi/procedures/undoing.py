"""Going back and ending: what is void, what is given back, what stays. Inside the door, with the root locked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from gongzhi.acts.events import raise_event
from gongzhi.acts.kept import save
from gongzhi.registry.roles import COMMUNITY, Role
from gongzhi.values.exchange import CaseEnded
from gongzhi.values.refusals import NotPossible

from . import clocks
from .declare import Step
from .giving import leave
from .holders import hold
from .models import Party, Round, Task
from .past_papers import keep_papers
from .telling import Held, held_in, tell_everybody, tell_of_going_back
from .view import CaseView

WITHDRAWN = "withdrawn"
#: How a case ends that somebody stopped.
STOPPED = (WITHDRAWN, "ended")


def drop_tasks(tasks: Iterable[Task], why: str, at: datetime) -> None:
    """Void open tasks with the reason."""
    for task in tasks:
        task.open, task.void_at, task.void_why = False, at, why[:300]
        save(task, "open", "void_at", "void_why")


def go_back(case: CaseView, target: Step[Any], why: str, at: datetime) -> None:
    """Void the target and all downstream of it; it opens again in a new round. Clocks without an event stop.

    NotPossible where a step in between, or in a child of one, has changed the world: that is corrected by an act of
    its own. Everybody who had to do with what is void is told, the community with them.
    """
    from .undone import lines

    affected = affected_by(case, target)
    demand_undone(case, affected, "不能退回重办")
    live = _live_of(case, affected)
    words, concerned = list(lines(case, target)), held_in(case, (found for _, found in live))
    own = bool(target.internal) and not any(step.is_out(case.round_view(found)) for step, found in live)
    keep_papers(case, live, why, at)
    for step in reversed(affected):
        _void_step(case, step, why, at)
    case.is_touched = True
    clocks.project(case, at, why)
    if not own:  # a chain that never left its body asks it anew, and concerns nobody else
        community = (hold(case, COMMUNITY, at).organisation_id, None)
        tell_of_going_back(case, target, why, words, [*concerned, community])


def _live_of(case: CaseView, steps: Iterable[Step[Any]]) -> list[tuple[Step[Any], Round]]:
    touched = set(steps)
    return [(step, found) for step, found in case.live_rounds() if step in touched]


def decide_anew(case: CaseView, step: Step[Any], why: str, at: datetime) -> None:
    """What a step has brought was put right, and is another: what follows is void and decided anew, it stands itself.

    NotPossible where something that rests on it has arrived at somebody or has changed the world.
    """
    _comes_to(case, step)
    downstream = case.declaration.downstream(step)
    affected = [one for one in downstream if one is not step and one.code in case.steps]
    live = _live_of(case, affected)
    stands = next((one for one, found in live if "arrived" in case.mark_rows.get(found.id, {})), None)
    if stands is not None:
        raise NotPossible(
            f"“{stands.title}”已经送达，它所依据的结果不能再更正；确有错误的，请以新的办理事项办理。"
        )
    demand_undone(case, affected, "它所依据的结果不能再更正")
    titles = "".join(f"“{one.title}”" for one in affected if case.outcome_of(one))
    concerned = held_in(case, (found for _, found in live))
    keep_papers(case, live, why, at)
    for one in reversed(affected):
        _void_step(case, one, why, at)
    case.is_touched = True
    clocks.project(case, at, why)
    title = f"{case.row.number}：“{step.title}”的结果已更正"
    told = f"原因：{why}。" + (
        f"以原结果为依据的步骤作废，按更正后的结果重新办理：{titles}。" if titles else ""
    )
    tell_everybody(case, title, told, also=concerned, key=f"anew:{step.code}")


def _comes_to(case: CaseView, step: Step[Any]) -> None:
    """The outcome of a step that stands is what it has come to by now; when it was decided stays."""
    found, row = case.live_round(step), case.steps[step.code]
    outcome = step.outcome(case.round_view(found)) if found is not None else None
    if found is None or outcome is None or not step.goes_on(outcome):
        return
    found.outcome = row.outcome = outcome
    save(found, "outcome")
    save(row, "outcome")


def affected_by(case: CaseView, target: Step[Any]) -> list[Step[Any]]:
    """The steps that are void when the case goes back to one: itself and all downstream of it, in their order.

    Not what owners decided, though they were asked further up: a vote that passed is not asked for again because a
    letter is written anew; nor a decision that stands until it is decided otherwise (`Step.stands`). What rests on it
    alone stands with it.
    """
    reached = {target}
    for step in case.declaration.steps:
        if reached & set(step.after) and not _was_decided(case, step):
            reached.add(step)
    return [step for step in case.declaration.steps if step in reached and step.code in case.steps]


def _was_decided(case: CaseView, step: Step[Any]) -> bool:
    """Whether the step asked for something that has been decided, in the affirmative, and stays so."""
    found = case.live_round(step)
    if step.stands:
        return found is not None and found.outcome in step.positive
    child = case.child_of(found.id) if found is not None else None
    return child is not None and stays(child) and child.row.outcome in step.positive


def has_taken_effect(case: CaseView, step: Step[Any]) -> bool:
    """Whether the step has changed the world outside the case."""
    return step.does is not None and case.heard(step) is not None


def demand_undone(case: CaseView, steps: Iterable[Step[Any]], cannot: str) -> None:
    """Refuse where one of the steps, or of a child they opened, has changed the world already."""
    for step in steps:
        found = case.live_round(step)
        if found is None:
            continue
        if has_taken_effect(case, step):
            raise NotPossible(f"“{step.title}”已经生效，{cannot}，请用更正办理。")
        child = case.child_of(found.id)
        if child is not None:
            demand_undone(child, child.declared, cannot)


def _void_step(case: CaseView, step: Step[Any], why: str, at: datetime) -> None:
    found = case.live_round(step)
    if found is not None:
        void_round(case, step, found, why, at)
    row = case.steps[step.code]
    if row.decided_at is not None:
        row.decided_at, row.outcome, row.skipped_why = None, "", ""
        save(row, "decided_at", "outcome", "skipped_why")


def void_round(case: CaseView, step: Step[Any], found: Round, why: str, at: datetime) -> None:
    """Void a round with everything in it: its child, its tasks, its marks and the parties it bound."""
    step.voided(case.round_view(found), at, why)
    child = case.child_of(found.id)
    if child is not None and not stays(child):
        withdraw(child, why, at)
    left = {spec.name for spec in step.left_over(case.round_view(found))}
    drop_tasks([task for task in case.open_tasks([found]) if task.name not in left], why, at)
    _end_round(case, found, why, at)
    leave(case, step, found, at)
    if Party.objects.filter(round=found, void_at=None).update(void_at=at):
        case.forget_holders()


def stays(child: CaseView) -> bool:
    """Whether what a case came to is true whatever becomes of the step that asked for it."""
    return child.declaration.stands and child.row.ended_at is not None


def _end_round(case: CaseView, found: Round, why: str, at: datetime) -> None:
    found.void_at, found.void_why = at, why[:300]
    save(found, "void_at", "void_why")
    case.mark_rows.pop(found.id, None)
    case.__dict__.pop("marks", None)
    case.forget_children()


def withdraw(case: CaseView, why: str, at: datetime) -> None:
    """Void a child with the round that opened it: nothing said in it counts any longer."""
    for step in case.declared:
        found = case.live_round(step)
        if found is not None:
            void_round(case, step, found, why, at)
    end(case, WITHDRAWN, why, at)


def end(case: CaseView, outcome: str, why: str, at: datetime) -> None:
    """End a case. What is open is void and given back, its children end with it; what was done stays done.

    A receipt that is still to come, and holds nothing up, still comes.
    """
    if case.row.ended_at is not None:
        return
    reached = list(_reached(case, at)) if outcome in STOPPED else []
    case.row.ended_at, case.row.outcome, case.row.ended_why = at, outcome, why[:500]
    save(case.row, "ended_at", "outcome", "ended_why")
    drop_tasks([task for task in case.open_tasks() if task.holds], why, at)
    open_now = [(step, found) for step, found in case.live_rounds() if found.closed_at is None]
    keep_papers(case, open_now, why, at, below=False)
    for step, found in open_now:
        _end_open(case, step, found, why, at)
    case.is_touched = True
    bodies = tuple(dict.fromkeys(body for body, _ in reached if body is not None))
    people = tuple(dict.fromkeys(one for body, one in reached if body is None and one is not None))
    raise_event(CaseEnded(case.row.id, case.row.procedure, outcome, bodies, people))
    clocks.project(case, at, why)


def _reached(case: CaseView, at: datetime) -> Iterator[Held]:
    """Whom a letter of the case has reached, of rounds gone back over too."""
    for step in case.declared:
        to = getattr(step, "to", ())
        roles = (to,) if isinstance(to, Role) else tuple(one for one in to if isinstance(one, Role))
        if not roles or not any(
            "arrived" in step.marks_of(case.round_view(found)) for found in case.rounds(step)
        ):
            continue
        for role in roles:
            held = hold(case, role, at, receives=True)
            yield held.organisation_id, held.person_id


def _end_open(case: CaseView, step: Step[Any], found: Round, why: str, at: datetime) -> None:
    step.voided(case.round_view(found), at, why)
    child = case.child_of(found.id)
    if child is not None:
        end(child, WITHDRAWN, why, at)
    _end_round(case, found, why, at)
    leave(case, step, found, at)
