"""追偿事项 and 拒不退出: what is owed after an exit, by whom, by when, how far it was pursued."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.registry.queries import day_of
from gongzhi.ui.nearness import near_days
from gongzhi.ui.seat import Seat, seated

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
    demand_part(held, "追偿事项")
    seen = claims_seen(held)
    is_over = wanted.state == "closed"
    rows = wanted_claims(seen, wanted, today).select_related(*RELATED)
    found, more = page_of(rows, "closed_at" if is_over else "sort_on", wanted.after, newest_first=is_over)
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
        "is_side": is_side(held),
        "staying": holdouts_seen(held).filter(closed_at=None).count(),
    }
    return render(request, "exits/claims.html", told)


@seated
def holdouts(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Providers that do not leave, the longest first; those who have left, the newest first."""
    held = seat.official
    demand_part(held, "拒不退出的记录")
    is_over = request.GET.get("state") == "closed"
    seen = holdouts_seen(held)
    rows = seen.filter(closed_at__isnull=not is_over)
    found, more = page_of(rows, "found_on", id_in(request.GET.get("after", "")), newest_first=is_over)
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


def near_of(seat: Seat) -> int:
    """How many days before its end a date is near to the reader's place."""
    body = seat.appointment.organisation
    return near_days(body.jurisdiction_code if body is not None else "", day_of(seat.at))
