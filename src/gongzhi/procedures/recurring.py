"""Recurring duties (每季度, 每年): the tick opens one case a calendar period for each holder."""

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
from .models import Case
from .opening import Subject, write_case
from .view import CaseView

_LEVELS = {"community": "community", "subdistrict": "street", "county": "county", "city": "city"}


def period_of(per: str, on: date) -> str:
    """The calendar period a day lies in: `2026Q1`, `2026`, `2026-03`."""
    if per == "quarter":
        return f"{on.year}Q{(on.month + 2) // 3}"
    return f"{on.year}" if per == "year" else f"{on.year}-{on.month:02}"


def open_due(at: datetime) -> int:
    """Open the recurring cases whose period has begun and that are not there yet; returns how many."""
    return sum(_open_all(procedure, at) for procedure in catalogue.current() if procedure.opens is not None)


def _open_all(procedure: type[Procedure], at: datetime) -> int:
    every = procedure.opens
    assert every is not None
    on, opened = at.astimezone(ZONE).date(), 0
    for place in Jurisdiction.objects.filter(level=_LEVELS[every.per.code], to_on=None).order_by("code"):
        value = law.value_of(every.key, place.code, on)
        if value.is_set:
            opened += _open_one(procedure, place, period_of(str(value.value["per"]), on), at)
    return opened


def _open_one(procedure: type[Procedure], place: Jurisdiction, period: str, at: datetime) -> int:
    if Case.objects.filter(procedure=procedure.code, jurisdiction=place, period=period).exists():
        return 0
    case_id = uuid7(at)
    request = Request(f"{procedure.code}.open", Root("case", case_id), SYSTEM, at, {"period": period})
    columns: dict[str, Any] = {
        "id": case_id,
        "root_id": case_id,
        "law_on": at.astimezone(ZONE).date(),
        "jurisdiction": place,
        "period": period,
        "opened_at": at,
        "procedure": procedure.code,
        "version": procedure.version,
        **Subject(jurisdiction=place).codes,
    }

    def body() -> dict[str, Any]:
        row = write_case(columns, procedure, {}, at)
        engine.advance(CaseView(row), at)
        return {"case": str(row.id)}

    try:
        enter(request, may=lambda: None, body=body)
    except IntegrityError:  # another worker opened it in the same minute
        return 0
    return 1
