"""追偿事项 and 拒不退出: what is owed after an exit, by whom, by when, how far it was pursued."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.registry.models import Appointment
from gongzhi.registry.queries import day_of
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.nearness import near_days
from gongzhi.ui.seat import Seat, seated

from .. import sheets
from ..claim_list import (
    RELATED,
    STATES,
    Wanted,
    claims_seen,
    holdouts_seen,
    told_claims,
    told_holdouts,
    totals_of,
    wanted_claims,
    within_filter,
)
from ..keyset import id_in, page_of
from ..models import ClaimKind
from ..places import places_below
from ..readers import demand_part, is_side


@seated
def claims(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What providers owe, the overdue first; what is closed, the newest first."""
    held, wanted, today = seat.official, Wanted.read(request.GET.dict()), day_of(seat.at)
    seen, found, more = _claims_of(held, wanted, today)
    totals = totals_of(within_filter(seen, wanted), today)
    told = {
        "rows": told_claims(found, held, seat.at),
        "more": more or "",
        "wanted": wanted,
        "totals": totals,
        "states": STATES,
        "kinds": ClaimKind.choices,
        "offered_places": places_below(held),
        "near": near_of(seat),
        "staying": holdouts_seen(held).filter(closed_at=None).count(),
    }
    return render(request, "exits/claims.html", told)


@seated
def claims_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a spreadsheet."""
    wanted = replace(Wanted.read(request.GET.dict()), after=None)
    _, found, _ = _claims_of(seat.official, wanted, day_of(seat.at), shown=EXPORTED)
    rows = map(sheets.claim, told_claims(found, seat.official, seat.at))
    return workbook("追偿事项", sheets.CLAIMS, rows, seat.at)


def _claims_of(held: Appointment, wanted: Wanted, today: date, *, shown: int | None = None) -> Any:
    """Every claim one sees; of those that were asked for the next, and the id to go on after."""
    demand_part(held, "追偿事项")
    seen, is_over = claims_seen(held), wanted.state == "closed"
    rows = wanted_claims(seen, wanted, today).select_related(*RELATED)
    by = "closed_at" if is_over else "sort_on"
    return seen, *page_of(rows, by, wanted.after, newest_first=is_over, shown=shown)


@seated
def holdouts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Providers that do not leave, the longest first; those who have left, the newest first."""
    held, is_over = seat.official, request.GET.get("state") == "closed"
    seen, found, more = _holdouts_of(held, is_over, id_in(request.GET.get("after", "")))
    told: dict[str, Any] = {
        "rows": told_holdouts(found, held, seat.at),
        "more": more or "",
        "states": {"open": "未退出", "closed": "已退出"},
        "counts": {
            "open": seen.filter(closed_at=None).count(),
            "closed": seen.exclude(closed_at=None).count(),
        },
        "is_over": is_over,
        "is_side": is_side(held),
    }
    return render(request, "exits/holdouts.html", told)


@seated
def holdouts_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a spreadsheet."""
    held, is_over = seat.official, request.GET.get("state") == "closed"
    _, found, _ = _holdouts_of(held, is_over, None, shown=EXPORTED)
    rows = map(sheets.holdout, told_holdouts(found, held, seat.at))
    return workbook("拒不退出", sheets.HOLDOUTS, rows, seat.at)


def _holdouts_of(held: Appointment, is_over: bool, after: UUID | None, *, shown: int | None = None) -> Any:
    demand_part(held, "拒不退出的记录")
    seen = holdouts_seen(held)
    rows = seen.filter(closed_at__isnull=not is_over)
    return seen, *page_of(rows, "found_on", after, newest_first=is_over, shown=shown)


def near_of(seat: Seat) -> int:
    """How many days before its end a date is near to the reader's place."""
    body = seat.appointment.organisation
    return near_days(body.jurisdiction_code if body is not None else "", day_of(seat.at))
