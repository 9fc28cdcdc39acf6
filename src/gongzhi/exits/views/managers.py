"""管理人变更: the estates of a territory that came to another manager, gaps hatched."""

from collections.abc import Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.registry.territory import visible_estates
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.parts.managers import Leaving, leavings_of, manager_band
from gongzhi.ui.seat import Seat, seated

from .. import sheets
from ..keyset import page_of
from ..ledger_asking import periods_offered
from ..ledger_rows import hours
from ..manager_history import Wanted, changed_estates, told_histories, totals_of
from ..places import places_below
from ..readers import demand_office

#: Each estate is drawn whole.
SHOWN = 20
#: What a refusal calls the list.
WHAT = "管理人变更记录"


@seated
def changes(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Estates whose manager changed, the newest change first."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    demand_office(held, WHAT)
    seen = visible_estates(held, seat.at)
    found, more = page_of(
        changed_estates(seen, wanted), "changed_at", wanted.after, newest_first=True, shown=SHOWN
    )
    going = leavings_of([one.pk for one in found], seat.at)
    told = {
        "rows": [_drawn(one, seat, going) for one in told_histories(found, seat.at)],
        "more": more or "",
        "wanted": wanted,
        "totals": totals_of(seen, wanted),
        "offered_places": places_below(held),
        "offered_periods": periods_offered(seat.at),
    }
    return render(request, "exits/managers.html", told)


@seated
def changes_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a spreadsheet, a row for each manager."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    demand_office(held, WHAT)
    rows = changed_estates(visible_estates(held, seat.at), wanted)
    found, _ = page_of(rows, "changed_at", None, newest_first=True, shown=EXPORTED)
    reigns = islice(sheets.reigns(told_histories(found, seat.at)), EXPORTED)
    return workbook("管理人变更", sheets.MANAGERS, reigns, seat.at)


def _drawn(told: dict[str, Any], seat: Seat, going: Mapping[UUID, Leaving]) -> dict[str, Any]:
    """With its band; the manager of now is the newest that has begun."""
    now = next(one for one in told["managers"] if one["from_at"] <= seat.at)
    minutes = told["unmanaged_minutes"]
    return told | {
        "band": manager_band(now, told["managers"], seat.at, going),
        "unmanaged": hours(minutes) if minutes else "",
    }
