"""Reminders of a day that a paper names (`Task.due_on`): before it, when it is over, to the next level.

No clock stands behind such a day, so no rung does either: the task keeps when it rings next (`Task.rings_at`), by the
tick alone, for nothing is drawn from a day that is missed. A task that is done or void rings no more; one that nobody
may do while the case stands still is not told of meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from gongzhi.acts.kept import save
from gongzhi.values.exchange import RungFired
from gongzhi.values.now import ZONE

from .holders import superior
from .ladder import REMIND, SUPERIOR, ordinary_times
from .models import Task
from .view import CaseView


def _times(case: CaseView, on: date) -> Mapping[str, datetime]:
    return ordinary_times(datetime.combine(on + timedelta(days=1), time(), ZONE), case)


def first_ring(case: CaseView, on: date | None, at: datetime) -> datetime | None:
    """When a task that is given at `at`, to be done by a day, rings first; a reminder whose hour is over never does."""
    if on is None:
        return None
    return min(when for name, when in _times(case, on).items() if name != REMIND.name or when > at)


def ring(root: UUID, at: datetime) -> list[tuple[UUID, RungFired]]:
    """What rings now in one tree, by its case, oldest first; each task is set to when it rings next. Root locked."""
    rows = Task.objects.filter(case__root_id=root, open=True, rings_at__lte=at)
    fired: list[tuple[datetime, UUID, RungFired]] = []
    for task in rows.select_related("case__estate", "round__step").order_by("rings_at", "id"):
        case = CaseView(task.case)
        assert task.due_on is not None
        assert task.rings_at is not None
        times = _times(case, task.due_on)
        for name, when in times.items():
            if task.rings_at <= when <= at and (task.runs_on or not case.is_paused):
                fired.append((when, case.id, _told(case, task, name, times["overdue"], at)))
        task.rings_at = min((when for when in times.values() if when > at), default=None)
        save(task, "rings_at")
    return [(case_id, rung) for _, case_id, rung in sorted(fired, key=lambda one: one[0])]


def _told(case: CaseView, task: Task, name: str, due_at: datetime, at: datetime) -> RungFired:
    """Its holder is told; from *superior* on the next level as well."""
    bodies: list[Any] = [task.organisation_id] if task.organisation_id is not None else []
    people = (task.person_id,) if task.person_id is not None else ()
    if name == SUPERIOR.name:
        above = superior(case, task.organisation_id, at)
        bodies += [above.organisation_id] if above is not None and above.organisation_id is not None else []
    told = tuple(dict.fromkeys(bodies))
    return RungFired(None, name, task.title, due_at, told, people, task_id=task.id)
