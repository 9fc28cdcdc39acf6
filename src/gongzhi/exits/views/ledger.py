"""退出台账: the exits of a territory under the offices' columns, what they add up to, and the same as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongzhi.procedures.models import Case
from gongzhi.registry.models import Appointment
from gongzhi.registry.queries import day_of
from gongzhi.registry.tables.formats import MEDIA_TYPES, Format
from gongzhi.ui.seat import Seat, seated

from .. import grounds
from ..keyset import page_of
from ..ledger import RUNNING, ledger_seen
from ..ledger_asking import Wanted, periods_offered
from ..ledger_rows import CATEGORIES, LedgerRow, rows_of
from ..ledger_sheet import COLUMNS, cells, workbook
from ..ledger_totals import Totals, stage_choices, totals_of
from ..places import level_below, names_of, places_below
from ..readers import is_auditor
from ..report_queries import unset

#: Rows read at once for the file.
AT_ONCE = 200


@seated
def ledger(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One page of the ledger, narrowed by the address."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    rows = ledger_seen(held, wanted.asked(seat.at))
    found, more = page_of(rows, "opened_at", wanted.after, newest_first=True)
    level = level_below(held)
    totals = totals_of(ledger_seen(held, wanted.asked(seat.at, any_stage=True)), level, seat.at)
    told = {
        "rows": _shown(found, seat.at, masked=is_auditor(held)),
        "columns": COLUMNS,
        "more": more or "",
        "wanted": wanted,
        "totals": totals,
        "places": _by_place(totals),
        "warnings": _warnings(held, seat.at),
        **_offered(held, totals, seat.at),
    }
    return render(request, "exits/ledger.html", told)


@seated
def export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Every row under the same filters, as the offices keep it."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    rows = ledger_seen(held, wanted.asked(seat.at))
    content = workbook(_all(rows, seat.at, masked=is_auditor(held)))
    response = HttpResponse(content, content_type=MEDIA_TYPES[Format.XLSX])
    name = f"物业退出台账{day_of(seat.at)}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "no-store"
    return response


def _all(rows: QuerySet[Case], at: datetime, *, masked: bool) -> Iterator[LedgerRow]:
    after: UUID | None = None
    while True:
        found, after = page_of(rows, "opened_at", after, newest_first=True, shown=AT_ONCE)
        yield from rows_of(found, at, masked=masked)
        if after is None:
            return


def _shown(found: Sequence[Case], at: datetime, *, masked: bool) -> list[dict[str, Any]]:
    """Each exit with the words of its columns, the first of which is its estate."""
    return [
        {"row": row, "cells": list(zip(COLUMNS, cells(row), strict=True))[1:]}
        for row in rows_of(found, at, masked=masked)
    ]


def _by_place(totals: Totals) -> list[dict[str, Any]]:
    """The places with an exit, by code."""
    names = names_of(set(totals.places))
    return [
        {"code": code, "name": names.get(code, code), "sum": one}
        for code, one in sorted(totals.places.items())
        if code
    ]


def _offered(held: Appointment, totals: Totals, at: datetime) -> dict[str, Any]:
    return {
        "offered_places": places_below(held),
        "offered_periods": periods_offered(at),
        "offered_grounds": [
            (title, [(one.code, one.title) for one in variants])
            for title, variants in zip(CATEGORIES.values(), (grounds.NORMAL, grounds.FORCED), strict=True)
        ],
        "stages": stage_choices(),
        "stage_counts": {
            "": totals.whole.all + totals.whole.stopped,
            RUNNING: totals.whole.running,
            **totals.stages,
        },
    }


def _warnings(held: Appointment, at: datetime) -> list[str]:
    body = held.organisation
    return unset(body.jurisdiction_code, day_of(at)) if body is not None else []
