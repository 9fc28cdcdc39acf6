"""Recurring duties (每季度, 每年): the tick opens one case a calendar period for each holder."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.door import Request, enter
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.law.models import Jurisdiction
from gongzhi.values.ids import uuid7
from gongzhi.values.now import ZONE

from . import catalogue, engine
from .declare import Procedure
from .founding import write_case
from .models import Case
from .subjects import Subject

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
        procedures = [procedure for procedure in catalogue.current() if procedure.opens is not None]
        return sum(_open_all(procedure, at) for procedure in procedures)


def _open_all(procedure: type[Procedure], at: datetime) -> int:
    wanted = list(_wanted(procedure, at.astimezone(ZONE).date()))
    periods = {period for _, period in wanted}
    rows = Case.objects.filter(procedure=procedure.code, period__in=periods)
    there = set(rows.values_list("jurisdiction_id", "period"))
    return sum(
        _open_one(procedure, place, period, at) for place, period in wanted if (place.pk, period) not in there
    )


def _wanted(procedure: type[Procedure], on: date) -> Iterator[tuple[Jurisdiction, str]]:
    """Each place that has the duty in the period of the day; as often in it as its law says."""
    every = procedure.opens
    assert every is not None
    places = Jurisdiction.objects.filter(level=LEVELS[every.per.code], to_on=None)
    for place in places.select_related("parent__parent__parent__parent").order_by("code"):
        value = law.value_of(every.key, place.code, on)
        if value.is_set:
            period, times = period_of(str(value.value["per"]), on), int(value.value.get("at_least", 1))
            yield from ((place, period if turn == 1 else f"{period}-{turn}") for turn in range(1, times + 1))


def _open_one(procedure: type[Procedure], place: Jurisdiction, period: str, at: datetime) -> int:
    case_id = uuid7(at)
    request = Request(f"{procedure.code}.open", Root("case", case_id), SYSTEM, at, {"period": period})
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

    def body() -> dict[str, Any]:
        engine.advance(write_case(row, procedure, {}, at), at)
        return {"case": str(row.id)}

    try:
        enter(request, may=lambda: None, body=body)
    except IntegrityError:  # another worker opened it in the same minute
        return 0
    return 1
