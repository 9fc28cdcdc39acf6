"""Firing the rungs of one tree that are due, in order: by the tick each minute, and by the door before every act.

The door does it too, so that what comes of a missed clock never hangs on whether the worker was quick.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.acts.events import raise_event
from gongzhi.values.exchange import ClocksRang, RungFired

from . import engine
from .holders import superior
from .ladder import CONSEQUENCE, ORDER
from .models import Case, Clock, Rung, Task
from .view import CaseView


def waiting(at: datetime) -> QuerySet[Rung]:
    """The rungs that are due and were not fired."""
    return Rung.objects.filter(due_at__lte=at, done_at=None, dropped_at=None).order_by("due_at", "id")


def fire(root: UUID, at: datetime) -> list[str]:
    """Fire what is due in one tree, and what becomes due by it; one message a case comes of it. Root locked."""
    told: dict[UUID, list[RungFired]] = defaultdict(list)
    names: list[str] = []
    while rungs := list(waiting(at).filter(clock__case__root_id=root).select_related("clock__step")):
        rungs.sort(key=lambda rung: (rung.due_at, ORDER.index(rung.name)))
        views = {
            case_id: CaseView(Case.objects.get(pk=case_id)) for case_id in {r.clock.case_id for r in rungs}
        }
        for rung in rungs:
            told[rung.clock.case_id].append(_fire_one(rung, views[rung.clock.case_id], at))
            names.append(f"{rung.clock.key}:{rung.name}")
        for case_id in dict.fromkeys(rung.clock.case_id for rung in rungs if rung.name == CONSEQUENCE):
            engine.advance(CaseView(Case.objects.get(pk=case_id)), at)
    for case_id, fired in told.items():
        raise_event(ClocksRang(case_id, tuple(fired)))
    return names


def _fire_one(rung: Rung, case: CaseView, at: datetime) -> RungFired:
    """Write down that it fired; tell the holders, and from the rung *superior* on the next level too."""
    rung.done_at = at
    rung.save(update_fields=["done_at"])
    clock = rung.clock
    if rung.name == CONSEQUENCE:
        Clock.objects.filter(pk=clock.pk).update(missed_at=rung.due_at)
    tasks = Task.objects.filter(round__step_id=clock.step_id, open=True)
    tasks = tasks.filter(name=clock.task) if clock.task else tasks.filter(holds=True)
    holders: list[Any] = [task.organisation_id for task in tasks if task.organisation_id is not None]
    if rung.name == "superior":
        above = [superior(case, holder, at) for holder in holders or [None]]
        holders += [one.organisation.pk for one in above if one is not None and one.organisation is not None]
    people = tuple(dict.fromkeys(task.person_id for task in tasks if task.person_id is not None))
    title = case.declaration.step(clock.step.code).title
    return RungFired(clock.id, rung.name, title, rung.due_at, tuple(dict.fromkeys(holders)), people)
