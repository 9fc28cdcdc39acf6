"""Giving tasks to their holders, and telling them. Inside the door, with the root locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongzhi.acts.events import raise_event
from gongzhi.acts.kept import insert, save
from gongzhi.acts.rows import fresh, link
from gongzhi.values.exchange import TaskOpened, TasksOpened

from . import clocks
from .declare import Every, Step
from .holders import hold
from .models import Round, Task
from .paper_days import first_ring
from .tasks import posts_of
from .terms import UNSET, TaskSpec
from .view import CaseView


def tell(case: CaseView) -> None:
    """Tell of the tasks that were created and are still open; nobody is called to what is done only instead."""
    told = [
        TaskOpened(case.id, task.id, task.organisation_id, task.title, task.person_id, posts_of(case, task))
        for task in case.opened
        if task.open and not task.instead
    ]
    case.opened = []
    if told:
        raise_event(TasksOpened(case.id, case.row.number, case.where, tuple(told)))


def create(case: CaseView, found: Round, spec: TaskSpec, at: datetime) -> Task:
    """Create a task of a round; its holder is told by `tell`."""
    holding = hold(case, spec.role, at, receives=spec.receives)
    row = case.row
    task = fresh(
        Task,
        case_id=row.pk,
        round_id=found.pk,
        name=spec.name,
        title=spec.title,
        role=spec.role.code,
        organisation_id=holding.organisation_id,
        person_id=holding.person_id,
        acting_for=holding.acting_for,
        vacant=holding.vacant,
        note=_note(case, spec, holding.note),
        note_before=spec.note if spec.note_until is not None else "",
        note_until=spec.note_until,
        waits_for=_awaited(case, spec),
        holds=spec.holds,
        instead=spec.instead,
        runs_on=spec.runs_on,
        due_on=spec.due_on,
        rings_at=first_ring(case, spec.due_on, at),
        city=row.city,
        county=row.county,
        subdistrict=row.subdistrict,
        community=row.community,
        opened_at=at,
        sort_at=clocks.FAR,
    )
    link(task, "case", row)
    link(task, "round", found)
    case.opened.append(insert(task))
    return task


def follow_day(case: CaseView, task: Task, spec: TaskSpec, at: datetime) -> None:
    """The paper that names its last day was put right: the task follows, and is reminded of anew."""
    task.due_on, task.rings_at = spec.due_on, first_ring(case, spec.due_on, at)
    task.note = _note(case, spec, hold(case, spec.role, at, receives=spec.receives).note)
    save(task, "due_on", "rings_at", "note")


def _note(case: CaseView, spec: TaskSpec, note: str) -> str:
    """What the task says beside its title: who acts for whom, and which value the place has to set first."""
    key = _awaited(case, spec)
    unset = f"本地未设定“{case.law.value(key).title}”，设定后才能办理" if key else ""
    lasting = spec.note if spec.note_until is None else ""
    return "；".join(filter(None, (unset, lasting, note)))[:300]


def _awaited(case: CaseView, spec: TaskSpec) -> str:
    """The key the place has to set first: the task's own, or how often a recurring duty is done."""
    opens = case.declaration.opens
    often = opens.key if isinstance(opens, Every) and case.row.period == UNSET else ""
    return spec.waits_for or often


def leave(case: CaseView, step: Step[Any], found: Round, at: datetime) -> None:
    """Create what a round that is void by now still asks of somebody and did not before, and tell them."""
    there = case.tasks[found.id]
    specs = [spec for spec in step.left_over(case.round_view(found)) if spec.name not in there]
    for spec in specs:
        there[spec.name] = create(case, found, spec, at)
    if specs:
        tell(case)
