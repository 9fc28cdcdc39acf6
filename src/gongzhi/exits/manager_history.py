"""管理人变更: which estates changed their manager, everybody before, and the time in which nobody managed them.

《民法典》第284条、第949条、第950条.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gongzhi.procedures.recurring import days_of
from gongzhi.registry.models import Engagement, Estate, Mode
from gongzhi.registry.presenting import told_manager

from .keyset import id_in
from .ledger import midnight
from .ledger_asking import period_in
from .ledger_rows import unmanaged_minutes
from .places import code_in, lies_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which estates: changed in a period, in a place, with a time in which nobody managed them."""

    period: str = ""
    place: str = ""
    gaps: bool = False
    after: UUID | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        return cls(
            period=period_in(said.get("period", "")),
            place=code_in(said.get("place", "")),
            gaps=said.get("gaps", "") == "1",
            after=id_in(said.get("after", "")),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.period or self.place or self.gaps)


def changed_estates(seen: QuerySet[Estate], wanted: Wanted) -> QuerySet[Estate]:
    """The estates that came to another manager in the period, each with `changed_at`, its last change in it."""
    changes = _changes(wanted).filter(estate=OuterRef("pk"))
    rows = seen.filter(lies_in(wanted.place))
    rows = rows.annotate(changed_at=Subquery(changes.order_by("-from_at").values("from_at")[:1]))
    rows = rows.filter(changed_at__isnull=False)
    return rows.filter(Exists(changes.filter(mode=Mode.UNMANAGED))) if wanted.gaps else rows


def _changes(wanted: Wanted) -> QuerySet[Engagement]:
    """Whatever followed somebody else: the first manager of an estate is no change."""
    before = Engagement.objects.filter(estate=OuterRef("estate"), from_at__lt=OuterRef("from_at"))
    return Engagement.objects.filter(Exists(before)).filter(_in_period(wanted))


def _in_period(wanted: Wanted) -> Q:
    if not wanted.period:
        return Q()
    first, last = days_of(wanted.period)
    return Q(from_at__gte=midnight(first), from_at__lt=midnight(last + timedelta(days=1)))


def totals_of(seen: QuerySet[Estate], wanted: Wanted) -> dict[str, int]:
    """How many estates changed, how often, and how many of them stood without a manager."""
    estates = changed_estates(seen, wanted)
    with_gap = changed_estates(seen, Wanted(wanted.period, wanted.place, gaps=True))
    changes = _changes(wanted).filter(estate__in=estates.order_by().values("pk"))
    return {"estates": estates.count(), "changes": changes.count(), "gaps": with_gap.count()}


def told_histories(estates: Sequence[Any], at: datetime) -> list[dict[str, Any]]:
    """Each estate with everybody who managed it, newest first, and its minutes without anybody."""
    rows = Engagement.objects.filter(estate__in=[one.pk for one in estates]).select_related(
        "organisation", "contract"
    )
    by_estate: dict[UUID, list[Engagement]] = defaultdict(list)
    for row in rows.order_by("from_at"):
        by_estate[row.estate_id].append(row)
    return [_told(one, by_estate[one.pk], at) for one in estates]


def _named_end(row: Engagement) -> date | None:
    """The last day the row's own decision or contract names."""
    return row.until_on or (row.contract.ends_on if row.contract is not None else None)


def _told(estate: Any, rows: list[Engagement], at: datetime) -> dict[str, Any]:
    """As `told_managers` tells one estate: each ends where the next begins."""
    following = [*rows[1:], None]
    managers = [
        told_manager(estate, row, row.from_on)
        | {"to_at": after.from_at if after is not None else None, "until": _named_end(row)}
        for row, after in zip(rows, following, strict=True)
    ]
    return {
        "estate": {"id": estate.pk, "name": estate.name},
        "changed_at": estate.changed_at,
        "unmanaged_minutes": unmanaged_minutes(rows, rows[0].from_at, at, at),
        "managers": managers[::-1],
    }
