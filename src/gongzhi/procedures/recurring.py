"""Recurring duties (每季度, 每年): the tick opens one case a calendar period for each holder.

A duty whose frequency the place has still to set (定期) waits visibly: one case, whose task says so and allows
nothing, until the value is there.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.door import Request, enter
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.law.models import Jurisdiction
from gongzhi.values.ids import uuid7
from gongzhi.values.now import ZONE

from . import catalogue, undoing
from .declare import Every, Procedure
from .founding import open_by_itself
from .models import Case
from .subjects import Subject
from .terms import UNSET
from .view import CaseView

LEVELS = {"community": "community", "subdistrict": "street", "county": "county", "city": "city"}


def period_of(per: str, on: date) -> str:
    """The calendar period a day lies in: `2026Q1`, `2026H2`, `2026`, `2026-03`."""
    if per == "quarter":
        return f"{on.year}Q{(on.month + 2) // 3}"
    if per == "half_year":
        return f"{on.year}H{1 if on.month <= 6 else 2}"
    return f"{on.year}" if per == "year" else f"{on.year}-{on.month:02}"


def open_due(at: datetime) -> int:
    """Open the recurring cases whose period has begun and that are not there yet; returns how many."""
    with law.pinned():
        return sum(
            _open_all(procedure, procedure.opens, at)
            for procedure in catalogue.current()
            if isinstance(procedure.opens, Every)
        )


def _open_all(procedure: type[Procedure], every: Every, at: datetime) -> int:
    wanted = list(_wanted(every, at.astimezone(ZONE).date()))
    periods = {period for _, period in wanted} | {UNSET}
    rows = Case.objects.filter(procedure=procedure.code, period__in=periods)
    told = list(rows.values_list("jurisdiction_id", "period", "pk", "ended_at"))
    there = {(place, period) for place, period, *_ in told}
    waiting = {place: case for place, period, case, ended_at in told if period == UNSET and ended_at is None}
    for place in {place.pk for place, period in wanted if period != UNSET} & set(waiting):
        _end_waiting(procedure, waiting[place], at)
    return sum(
        _open_one(procedure, place, period, at) for place, period in wanted if (place.pk, period) not in there
    )


def _wanted(every: Every, on: date) -> Iterator[tuple[Jurisdiction, str]]:
    """Each place that has the duty in the period of the day; as often in it as its law says."""
    places = Jurisdiction.objects.filter(level=LEVELS[every.per.code], to_on=None)
    for place in places.select_related("parent__parent__parent__parent").order_by("code"):
        value = law.value_of(every.key, place.code, on)
        if value.is_set:
            period, times = period_of(str(value.value["per"]), on), int(value.value.get("at_least", 1))
            yield from ((place, period if turn == 1 else f"{period}-{turn}") for turn in range(1, times + 1))
        elif value.is_defined:
            yield place, UNSET


def _open_one(procedure: type[Procedure], place: Jurisdiction, period: str, at: datetime) -> int:
    case_id = uuid7(at)
    row = Case(
        id=case_id,
        root_id=case_id,
        law_on=at.astimezone(ZONE).date(),
        jurisdiction=place,
        period=period,
        opened_at=at,
        procedure=procedure.code,
        version=procedure.version,
        **Subject(jurisdiction=place).codes,
    )
    return int(open_by_itself(row, procedure, {"period": period}, at))


def _end_waiting(procedure: type[Procedure], root: UUID, at: datetime) -> None:
    """The frequency is set by now: the case that waited for it ends, and those of the period begin."""

    def body() -> dict[str, Any]:
        undoing.end(CaseView(Case.objects.get(pk=root)), "ended", "本地已设定频次，按期另行立案", at)
        return {"case": str(root)}

    request = Request(f"{procedure.code}.end", Root("case", root), SYSTEM, at, {})
    enter(request, may=lambda: None, body=body)


# The days of a period -----------------------------------------------------------------------------------------------

_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|-(?P<month>\d\d))?(?:-(?P<turn>\d+))?"
)


def days_of(period: str) -> tuple[date, date]:
    """First and last day of a calendar period; the turn within it (`2026Q1-2`) is left aside. ValueError otherwise."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"not a calendar period: {period!r}")
    year, first, months = int(found["year"]), 1, 12
    for name, length in (("quarter", 3), ("half", 6), ("month", 1)):
        if found[name]:
            first, months = (int(found[name]) - 1) * length + 1, length
    last = first + months - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def turn_of(period: str) -> int:
    """Which case of its period it is: 1 unless the duty is due several times in it."""
    found = _PERIOD.fullmatch(period)
    return int(found["turn"] or 1) if found is not None else 1


def period_before(period: str) -> tuple[date, date]:
    """First and last day of the calendar period of the same length before."""
    first, last = days_of(period)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1), first - timedelta(days=1)
