"""The minute's tick: fires the rungs that are due, passes tasks on, follows new calendars and values of the law.

Its cost follows what is due. A pause is caught up by the same code: each rung keeps when it was due and when it was
done, and the rungs of one case that come together are one message a holder. One tree that fails holds up no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.door import Request, enter
from gongzhi.acts.kept import insert_all, save
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.law.book import LawBook

from . import clocks, engine, firing, statements, watching
from .models import Beat, Case, Clock, JobFailure, Task
from .moving import follow_estate
from .reassign import reassign
from .tasks import spec_of
from .view import CaseView

AT_ONCE = 500
#: The law with which waiting clocks were looked at last, by database.
_LOOKED: dict[str, LawBook] = {}
LOG = logging.getLogger("gongzhi.tick")


class _NothingDue(Exception):
    """There is nothing to do, or another worker was quicker: nothing is recorded."""


class Trouble(RuntimeError):
    """Some trees failed; the others were served. The next minute tries again."""


def each_root(
    name: str, roots: Iterable[UUID], at: datetime, body: Callable[[UUID], dict[str, Any]], failed: set[UUID]
) -> list[dict[str, Any]]:
    """Do it to each tree under its lock, on the record; a tree that fails is noted in `failed` and passed over."""
    answers = []
    for root in roots:
        request = Request(name, Root("case", root), SYSTEM, at, {}, root)
        try:
            with law.pinned():
                answers.append(enter(request, may=lambda: None, body=lambda root=root: body(root)).value)  # type: ignore[misc]
        except _NothingDue:
            continue
        except Exception:  # one broken tree must not keep the city's clocks from running
            LOG.exception("%s failed for %s", name, root)
            failed.add(root)
    return answers


def _report(name: str, failed: set[UUID]) -> None:
    if failed:
        raise Trouble(f"{name} failed for {len(failed)} trees")


def fire_due(at: datetime) -> int:
    """Fire every rung that is due, and tell of the days that papers name; returns how many.

    Idempotent, and safe beside a second worker.
    """
    fired, failed = 0, set[UUID]()

    def body(root: UUID) -> dict[str, Any]:
        rungs = firing.fire(root, at, days=True)
        if not rungs:
            raise _NothingDue
        return {"fired": len(rungs), "rungs": rungs}

    while roots := _due_roots(at, failed):
        answers = each_root("procedures.tick", roots, at, body, failed)
        fired += sum(answer["fired"] for answer in answers)
        if not answers:
            break
    _report("tick", failed)
    return fired


def _due_roots(at: datetime, failed: set[UUID]) -> list[UUID]:
    rungs = statements.waiting(at).exclude(clock__case__root_id__in=failed)
    days = statements.days_due(at).exclude(case__root_id__in=failed)
    found = (
        *rungs.values_list("clock__case__root_id", flat=True)[:AT_ONCE],
        *days.values_list("case__root_id", flat=True)[:AT_ONCE],
    )
    return list(dict.fromkeys(found))


# What passes on -----------------------------------------------------------------------------------------------------


def pass_on(estate_ids: Iterable[UUID], at: datetime) -> int:
    """Re-assign the open tasks of organs at these estates, each tree under its lock; returns how many passed.

    Where the boundary moved, the cases move with their estate.
    """
    failed = set[UUID]()
    rows = Case.objects.filter(parent=None, ended_at=None, estate_id__in=list(estate_ids))
    roots = list(rows.order_by("id").values_list("id", flat=True))

    def body(root: UUID) -> dict[str, Any]:
        moved = follow_estate(root, at)
        tasks = Task.objects.filter(case__root_id=root, open=True)
        tasks = tasks.select_related("case", "round__step", "organisation", "person")
        views = [(CaseView(task.case), task) for task in tasks]
        passed = sum(reassign(view, task, spec_of(view, task), at) for view, task in views)
        if not (passed or moved):
            raise _NothingDue
        return {"passed": passed} | ({"moved": True} if moved else {})

    answers = each_root("procedures.reassign", roots, at, body, failed)
    _report("reassign", failed)
    return sum(answer["passed"] for answer in answers)


# What is watched ----------------------------------------------------------------------------------------------------


def follow_dates(at: datetime) -> int:
    """Bring the watches whose date moved, or is gone, to where it is now; returns how many."""
    failed = set[UUID]()

    def body(root: UUID) -> dict[str, Any]:
        if not watching.look_again(CaseView(Case.objects.get(pk=root)), at):
            raise _NothingDue
        return {"watch": str(root)}

    with law.pinned():
        astray = watching.astray(at)
    answers = each_root("procedures.watch", astray, at, body, failed)
    _report("watch", failed)
    return len(answers)


# What a new calendar or a new value moves ---------------------------------------------------------------------------


def recalendar(version: str, at: datetime) -> int:
    """Re-project running clocks counted with another calendar, and write down which moved; returns the trees."""
    stale = (root for rows in with_another(version) for root in rows.values_list("case__root_id", flat=True))
    return _reproject(dict.fromkeys(stale), f"放假安排更新为{version}", at)


def with_another(version: str) -> tuple[QuerySet[Clock], QuerySet[Clock]]:
    """The running clocks counted with another calendar: two ranges of the index on `calendar`.

    Asked as one, by an exclusion or by *or*, every running clock would be read each minute.
    """
    return _running().filter(calendar__gt="", calendar__lt=version), _running().filter(calendar__gt=version)


def fill_holes(at: datetime) -> int:
    """Start the clocks and the steps whose value the place has set by now; returns the trees.

    A value never changes under a case. Looked for when the law has changed since this process looked last.
    """
    with law.pinned() as book:
        if _LOOKED.get(connection.alias) is book:
            return 0
        roots = set(_filled(_running().filter(calendar=""), "key"))
        roots |= set(_filled(Task.objects.filter(open=True).exclude(waits_for=""), "waits_for"))
    found = _reproject(sorted(roots), "本地已设定", at)
    _LOOKED[connection.alias] = book
    return found


def _filled(rows: Any, key: str) -> Iterator[UUID]:
    """The roots of the rows whose key has a value by now."""
    for row in rows.select_related("case__parent__case").iterator():
        if CaseView(row.case).law.is_set(getattr(row, key)):
            yield row.case.root_id


def _running() -> QuerySet[Clock]:
    return Clock.objects.filter(met_at=None, stopped_at=None)


def _reproject(roots: Iterable[UUID], why: str, at: datetime) -> int:
    failed = set[UUID]()

    def body(root: UUID) -> dict[str, Any]:
        for row in Case.objects.filter(root_id=root, ended_at=None).order_by("-opened_at", "-id"):
            case = CaseView(row)
            clocks.reproject(case, at, why)
            case.forget()
            engine.advance(case, at)
        return {"why": why}

    answers = each_root("procedures.reproject", roots, at, body, failed)
    _report("reproject", failed)
    return len(answers)


def beat(name: str, at: datetime) -> None:
    """Write down when a regular job ended."""
    row = Beat(name=name, at=at)
    insert_all([row], ignore_conflicts=True)
    save(row, "at")


def note_failure(name: str, at: datetime, fault: Exception) -> None:
    """Write down that a regular job failed: when, by what kind of fault. Its words may hold data."""
    JobFailure.objects.update_or_create(name=name, defaults={"at": at, "fault": type(fault).__name__[:100]})
