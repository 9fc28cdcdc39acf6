"""将到期: what is looked ahead to, the soonest first.

Contracts, services meanwhile, exits without a successor, committees' terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from gongzhi.procedures import watching
from gongzhi.procedures.ladder import AHEAD
from gongzhi.procedures.models import Case, Rung, Task
from gongzhi.procedures.presenting import title_of
from gongzhi.procedures.queries import listed_cases
from gongzhi.registry.models import Appointment
from gongzhi.registry.queries import day_of
from gongzhi.values.terms import Period

from .claim_list import end_of
from .keyset import id_in
from .places import code_in, lies_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which watches: of a kind, in a place, past their date."""

    kind: str = ""
    place: str = ""
    overdue: bool = False
    after: UUID | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        kind = said.get("kind", "")
        return cls(
            kind=kind if kind in kinds() else "",
            place=code_in(said.get("place", "")),
            overdue=said.get("overdue", "") == "1",
            after=id_in(said.get("after", "")),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.kind or self.place or self.overdue)


def kinds() -> dict[str, str]:
    """What is watched, by code and title; every room's."""
    return {procedure.code: procedure.title for procedure, _ in watching.watches()}


def watches_seen(appointment: Appointment) -> QuerySet[Case]:
    """The running watches one sees."""
    rows = listed_cases(appointment).filter(procedure__in=list(kinds()), ended_at=None)
    return rows.filter(towards_on__isnull=False).select_related("estate", "organisation", "jurisdiction")


def wanted_watches(
    seen: QuerySet[Case], wanted: Wanted, at: datetime, *, any_kind: bool = False
) -> QuerySet[Case]:
    """Of those seen the ones that were asked for."""
    rows = seen.filter(lies_in(wanted.place))
    if wanted.kind and not any_kind:
        rows = rows.filter(procedure=wanted.kind)
    return rows.filter(towards_on__lt=day_of(at)) if wanted.overdue else rows


def counts_of(rows: QuerySet[Case]) -> dict[str, int]:
    """How many of each kind, and of all under ""."""
    found = dict(rows.order_by().values_list("procedure").annotate(Count("pk")))
    return {"": sum(found.values()), **found}


def told_watches(rows: Sequence[Case], at: datetime) -> list[dict[str, Any]]:
    """Watches as they are told: each rung of the ladder ahead, and what is to be done next, by whom."""
    rungs, tasks = _rungs(rows), _tasks(rows)
    today = day_of(at)
    return [
        {
            "case": row.pk,
            "number": row.number,
            "kind": row.procedure,
            "kind_title": title_of(row),
            "estate": {"id": row.estate.pk, "name": row.estate.name} if row.estate is not None else None,
            "on": row.towards_on,
            "due_at": end_of(row.towards_on),
            "is_over": row.towards_on is not None and row.towards_on < today,
            "rungs": rungs[row.pk],
            "next": tasks[row.pk],
        }
        for row in rows
    ]


def _rungs(rows: Sequence[Case]) -> dict[UUID, list[dict[str, Any]]]:
    """How long before the date each warning stands, on which day, and when it was given."""
    laid = Rung.objects.filter(
        clock__case__in=[row.pk for row in rows], name__startswith=AHEAD, dropped_at=None
    )
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for rung in laid.select_related("clock").order_by("due_at", "id"):
        told = {
            "before": f"−{Period.parse(rung.name.removeprefix(AHEAD))}",
            "on": day_of(rung.due_at),
            "done_at": rung.done_at,
            "given_on": day_of(rung.done_at) if rung.done_at is not None else None,
        }
        found[rung.clock.case_id].append(told)
    return found


def _tasks(rows: Sequence[Case]) -> dict[UUID, list[dict[str, Any]]]:
    """The open tasks, the soonest first, each with who holds it."""
    waiting = Task.objects.filter(case__in=[row.pk for row in rows], open=True)
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for task in waiting.select_related("organisation").order_by("sort_at", "id"):
        body = task.organisation
        holder = {"name": body.name, "kind": body.kind} if body is not None else None
        found[task.case_id].append({"title": task.title, "holder": holder, "acting_for": task.acting_for})
    return found
