"""将到期: dates that come near, which warnings were given, what is to be done next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.registry.queries import day_of
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.seat import Seat, seated

from .. import sheets
from ..keyset import page_of
from ..places import places_below
from ..readers import demand_part
from ..watch_list import Wanted, counts_of, kinds, told_watches, wanted_watches, watches_seen
from .claims import near_of

#: What a refusal calls the list.
WHAT = "到期预警"


@seated
def watches(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The running watches one sees, the soonest first."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    demand_part(held, WHAT)
    seen = watches_seen(held)
    rows = wanted_watches(seen, wanted, seat.at)
    found, more = page_of(rows, "towards_on", wanted.after)
    told = {
        "rows": told_watches(found, seat.at),
        "total": rows.count(),
        "over": rows.filter(towards_on__lt=day_of(seat.at)).count(),
        "more": more or "",
        "wanted": wanted,
        "kinds": {"": "全部", **kinds()},
        "counts": counts_of(wanted_watches(seen, wanted, seat.at, any_kind=True)),
        "offered_places": places_below(held),
        "near": near_of(seat),
    }
    return render(request, "exits/watches.html", told)


@seated
def watches_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a spreadsheet."""
    held, wanted = seat.official, Wanted.read(request.GET.dict())
    demand_part(held, WHAT)
    found, _ = page_of(
        wanted_watches(watches_seen(held), wanted, seat.at), "towards_on", None, shown=EXPORTED
    )
    return workbook("将到期", sheets.WATCHES, map(sheets.watch, told_watches(found, seat.at)), seat.at)
