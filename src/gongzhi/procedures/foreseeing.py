"""Which running cases a value that a place sets would date: each gone over as it would be, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gongzhi.acts import chains
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.law.layers import Setting

from . import clocks, watching
from .ladder import AHEAD
from .models import Case, Clock, Rung, Task
from .presenting import title_of, title_of_step
from .view import CaseView

#: Cases that are gone over; of more only the number is told.
MOST = 20
WHY = "预先计算"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One step of a running case as the value would leave it. `due_on` None: no day is known yet."""

    case_id: UUID
    number: str
    procedure: str
    step: str
    due_on: date | None = None
    #: A least time, from whose end on somebody may go on, and no deadline.
    is_least: bool = False
    #: The step itself waited for the value, and goes on.
    goes_on: bool = False
    #: A watch that reminds of its date on other days: on those still to come; None where it is no watch.
    reminded_on: tuple[date, ...] | None = None


def foreseen(setting: Setting, seen: QuerySet[Case], at: datetime) -> tuple[list[Foreseen], int]:
    """What a value that fills a hole would do to the running cases among those seen, and how many more there are.

    The first cases are projected under the law as it would be, each with its root locked, and taken back.
    """
    with law.supposing(setting):
        dated, waiting = _clocks(setting.key, seen), _tasks(setting.key, seen)
        watches = watching.following_another_list(setting.key, seen, at)
        cases = {clock.case_id: clock.case for clock in dated} | {task.case_id: task.case for task in waiting}
        cases |= {row.pk: row for row in watches}
        shown = dict(list(cases.items())[:MOST])
        found = [one for row in shown.values() for one in _dates(row, _of(row, dated), at)]
        found += [_reminds(row, setting.key, at) for row in watches if row.pk in shown]
    found += [
        _told(task.case, task.round.step.code, goes_on=True) for task in waiting if task.case_id in shown
    ]
    return found, len(cases) - len(shown)


def _of(row: Case, dated: Collection[Clock]) -> list[UUID]:
    return [clock.pk for clock in dated if clock.case_id == row.pk]


def _clocks(key: str, seen: QuerySet[Case]) -> list[Clock]:
    """The running clocks that wait for the key and would have it: those `tick.fill_holes` starts."""
    rows = Clock.objects.filter(met_at=None, stopped_at=None, calendar="", key=key)
    rows = rows.filter(case__in=seen.order_by().values("pk"))
    related = rows.select_related("case__parent__case", "step").order_by("anchor_at", "id")
    return [row for row in related if CaseView(row.case).law.is_set(key)]


def _tasks(key: str, seen: QuerySet[Case]) -> list[Task]:
    """The open tasks that wait for the key and would have it."""
    rows = Task.objects.filter(open=True, waits_for=key, case__in=seen.order_by().values("pk"))
    related = rows.select_related("case__parent__case", "round__step").order_by("opened_at", "id")
    return [row for row in related if CaseView(row.case).law.is_set(key)]


def _dates(row: Case, waiting: Collection[UUID], at: datetime) -> Iterator[Foreseen]:
    """The case projected, what its clocks would say then, and all of it taken back."""
    if not waiting:
        return
    with transaction.atomic():
        chains.lock(Root("case", row.root_id))
        clocks.reproject(CaseView(Case.objects.get(pk=row.pk)), at, WHY)
        told = list(Clock.objects.filter(pk__in=waiting).select_related("step").order_by("due_at", "id"))
        transaction.set_rollback(True)
    for clock in told:
        yield _told(row, clock.step.code, due_on=clock.due_on, is_least=clock.minimum)


def _reminds(row: Case, key: str, at: datetime) -> Foreseen:
    """A watch, and the days on which it would still remind of its date."""
    laid = Rung.objects.filter(clock__case=row, clock__key=key, name__startswith=AHEAD)
    step = laid.values_list("clock__step__code", flat=True).first() or ""
    days = tuple(watching.days_to_come(CaseView(row), at))
    return Foreseen(row.pk, row.number, title_of(row), title_of_step(row, step), reminded_on=days)


def _told(
    row: Case, step: str, due_on: date | None = None, *, is_least: bool = False, goes_on: bool = False
) -> Foreseen:
    """In words."""
    return Foreseen(row.pk, row.number, title_of(row), title_of_step(row, step), due_on, is_least, goes_on)
