"""The minute's tick: fires the rungs that are due, once and in order; opens recurring duties; passes tasks on.

Its cost follows what is due. A pause is caught up by the same code: each rung keeps when it was due and when it was
done, and the rungs of one case that come together are one message a holder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.door import Request, enter
from gongzhi.acts.events import raise_event
from gongzhi.acts.roots import Root
from gongzhi.values.exchange import ClocksRang, RungFired

from . import clocks, engine
from .holders import superior
from .ladder import CONSEQUENCE, ORDER
from .models import Beat, Case, Clock, Mark, Rung, Task
from .reassign import reassign
from .view import CaseView

AT_ONCE = 500


class _NothingDue(Exception):
    """Another worker was quicker; nothing is recorded."""


def waiting(at: datetime) -> Any:
    """The rungs that are due and were not fired."""
    return Rung.objects.filter(due_at__lte=at, done_at=None, dropped_at=None).order_by("due_at", "id")


def fire_due(at: datetime) -> int:
    """Fire every rung that is due; returns how many. Idempotent, and safe beside a second worker."""
    fired = 0
    while roots := list(dict.fromkeys(waiting(at).values_list("clock__case__root_id", flat=True)[:AT_ONCE])):
        done = sum(_fire_root(root, at) for root in roots)
        if not done:
            break
        fired += done
    return fired


def _fire_root(root: UUID, at: datetime) -> int:
    """Fire one tree's rungs under its lock."""
    request = Request("procedures.tick", Root("case", root), SYSTEM, at, {}, root)
    try:
        answer = enter(request, may=lambda: None, body=lambda: _fire(root, at))
    except _NothingDue:
        return 0
    return int(answer.value["fired"])


def _fire(root: UUID, at: datetime) -> dict[str, Any]:
    rungs = list(waiting(at).filter(clock__case__root_id=root).select_related("clock__case", "clock__step"))
    if not rungs:
        raise _NothingDue
    rungs.sort(key=lambda rung: (rung.due_at, ORDER.index(rung.name)))
    rang: dict[UUID, list[RungFired]] = defaultdict(list)
    for rung in rungs:
        rung.done_at = at
        rung.save(update_fields=["done_at"])
        told = _told(rung, at)
        rang[rung.clock.case_id].append(told)
        if rung.name == CONSEQUENCE:
            _consequence(rung, at)
    for case_id, fired in rang.items():
        raise_event(ClocksRang(case_id, tuple(fired)))
    return {"fired": len(rungs), "rungs": [f"{rung.clock.key}:{rung.name}" for rung in rungs]}


def _told(rung: Rung, at: datetime) -> RungFired:
    """Whom a rung tells: the holders, and from the rung *superior* on the next level too."""
    clock = rung.clock
    case = CaseView(clock.case)
    step = case.declaration.step(clock.step.code)
    holders = [
        organisation
        for organisation in Task.objects.filter(round__step=clock.step, open=True).values_list(
            "organisation_id", flat=True
        )
        if organisation is not None
    ]
    if rung.name == "superior":
        above = [superior(case, holder, at) for holder in holders] or [superior(case, None, at)]
        holders += [one.organisation.pk for one in above if one is not None and one.organisation is not None]
    return RungFired(clock.id, rung.name, step.title, rung.due_at, tuple(dict.fromkeys(holders)))


def _consequence(rung: Rung, at: datetime) -> None:
    """Set the mark a missed clock leads to (协商未达成); the step stays open."""
    case = CaseView(rung.clock.case)
    step = case.declaration.step(rung.clock.step.code)
    found = case.live_round(step)
    wanted = next((one for one in step.dues(case) if one.key == rung.clock.key), None)
    if found is None or wanted is None or not wanted.on_missed:
        return
    if not Mark.objects.filter(round=found, name=wanted.on_missed).exists():
        Mark.objects.create(case=case.row, round=found, name=wanted.on_missed, at=rung.due_at)
        case.refresh()
        engine.advance(case, at)


# What passes on, and what a new calendar moves ----------------------------------------------------------------------


def pass_on(estate_ids: Iterable[UUID], at: datetime) -> int:
    """Re-assign the open tasks of organs at these estates, each tree under its lock; returns how many passed."""
    rows = Case.objects.filter(estate_id__in=list(estate_ids), ended_at=None)
    return sum(_pass_on_root(root, at) for root in dict.fromkeys(rows.values_list("root_id", flat=True)))


def _pass_on_root(root: UUID, at: datetime) -> int:
    request = Request("procedures.reassign", Root("case", root), SYSTEM, at, {}, root)

    def body() -> dict[str, Any]:
        tasks = Task.objects.filter(case__root_id=root, open=True).select_related("case", "organisation")
        passed = sum(reassign(CaseView(task.case), task, at) for task in tasks)
        if not passed:
            raise _NothingDue
        return {"passed": passed}

    try:
        return int(enter(request, may=lambda: None, body=body).value["passed"])
    except _NothingDue:
        return 0


def recalendar(version: str, at: datetime) -> int:
    """Re-project running clocks counted with another calendar, and write down which moved; returns the trees."""
    stale = Clock.objects.filter(met_at=None, stopped_at=None).exclude(calendar=version)
    roots = list(dict.fromkeys(stale.values_list("case__root_id", flat=True)))
    for root in roots:
        request = Request(
            "procedures.recalendar", Root("case", root), SYSTEM, at, {"calendar": version}, root
        )
        enter(request, may=lambda: None, body=lambda root=root: _recalendar(root, version, at))  # type: ignore[misc]
    return len(roots)


def _recalendar(root: UUID, version: str, at: datetime) -> dict[str, Any]:
    for row in Case.objects.filter(root_id=root, ended_at=None):
        clocks.project(CaseView(row), at, f"放假安排更新为{version}")
    return {"calendar": version}


def beat(name: str, at: datetime) -> None:
    """Write down when a regular job ended."""
    Beat.objects.update_or_create(name=name, defaults={"at": at})
