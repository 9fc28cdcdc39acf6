"""Firing the rungs of one tree that are due, in order: by the tick each minute, and by the door before every act.

The door does it too, so that what comes of a missed clock never hangs on whether the worker was quick.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.events import raise_event
from gongzhi.acts.kept import save
from gongzhi.values.exchange import ClocksRang, RungFired
from gongzhi.values.wording import day_words

from . import engine, paper_days, statements, watching
from .holders import Holding, hold, superior
from .ladder import AHEAD, CONSEQUENCE, is_last_ahead, place_in_order
from .models import Clock, Rung, Task
from .view import CaseView


def fire(root: UUID, at: datetime, *, days: bool = False) -> list[str]:
    """Fire what is due in one tree, and what becomes due by it; one message a case comes of it. Root locked.

    `days`: tell of the days too that papers name; nothing comes of those, so the door need not look for them.
    """
    told: dict[UUID, list[RungFired]] = defaultdict(list)
    names: list[str] = []
    while rungs := statements.rungs_due.rows(root=root, at=at):
        rungs.sort(key=place_in_order)
        views = {case_id: _view(case_id) for case_id in {rung.clock.case_id for rung in rungs}}
        if [view for view in views.values() if watching.refresh(view, at)]:
            continue  # a date has moved: other rungs are due
        for rung in rungs:
            told[rung.clock.case_id].append(_fire_one(rung, views[rung.clock.case_id], at))
            names.append(f"{rung.clock.key}:{rung.name}")
        for case_id in dict.fromkeys(rung.clock.case_id for rung in rungs if rung.name == CONSEQUENCE):
            engine.advance(_view(case_id), at)
    for case_id, rang in paper_days.ring(root, at) if days else ():
        told[case_id].append(rang)
        names.append(f"{rang.task_id}:{rang.name}")
    for case_id, fired in told.items():
        raise_event(ClocksRang(case_id, tuple(fired)))
    return names


def _view(case_id: UUID) -> CaseView:
    return CaseView(statements.case_of.rows(case=case_id)[0])


def _fire_one(rung: Rung, case: CaseView, at: datetime) -> RungFired:
    """Write down that it fired; tell the holders, whom the declaration names, and from *superior* on the next level."""
    rung.done_at = at
    save(rung, "done_at")
    clock = rung.clock
    if rung.name == CONSEQUENCE:
        clock.missed_at = rung.due_at
        save(clock, "missed_at")
    tasks = _bound(clock)
    holders: list[Any] = [task.organisation_id for task in tasks if task.organisation_id is not None]
    if rung.name == "superior":
        above = [superior(case, holder, at) for holder in holders or [None]]
        holders += [one.organisation.pk for one in above if one is not None and one.organisation is not None]
    people = [task.person_id for task in tasks if task.person_id is not None]
    for told in _told_beside(rung, case, at):
        holders += [told.organisation.pk] if told.organisation is not None else []
        people += [told.person.pk] if told.person is not None else []
    title = case.declaration.step(clock.step.code).title
    bodies, persons = tuple(dict.fromkeys(holders)), tuple(dict.fromkeys(people))
    due_at = clock.due_at or rung.due_at
    return RungFired(clock.id, rung.name, title, due_at, bodies, persons, _words(rung, case, at))


def _bound(clock: Clock) -> list[Task]:
    """The open tasks a clock binds; the latest day of what may be left undone binds none."""
    if not clock.binds:
        return []
    tasks = statements.open_tasks_of_step.rows(step=clock.step_id)
    return [
        task for task in tasks if (task.name == clock.task if clock.task else task.holds and not task.instead)
    ]


def _told_beside(rung: Rung, case: CaseView, at: datetime) -> list[Holding]:
    """Whom the declaration of the clock names for this rung. A paper reaches a committee that may not decide, too."""
    step = case.declaration.step(rung.clock.step.code)
    asked = (rung.clock.key, rung.clock.anchor)
    wanted = next((due for due in step.dues(case) if (due.key, due.anchor) == asked), None)
    if wanted is None:
        return []
    last = wanted.at_last if is_last_ahead(rung.name, case, wanted) else ()
    return [hold(case, role, at, receives=True) for role in (*wanted.tells, *last)]


def _words(rung: Rung, case: CaseView, at: datetime) -> str:
    """What a rung before a date says: how many days are left on the day it fires, which may be later than planned."""
    if not rung.name.startswith(AHEAD) or rung.clock.due_on is None:
        return ""
    left = (rung.clock.due_on - case.local_day(at)).days
    day = day_words(rung.clock.due_on)
    return f"距{day}还有{left}天" if left >= 0 else f"{day}已过{-left}天"
