"""小区档案: the list of estates, and one estate as one file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.law import queries as law
from gongzhi.registry.acting import seated_in
from gongzhi.registry.models import AT_AN_ESTATE
from gongzhi.registry.queries import day_of
from gongzhi.registry.roles import Place
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound

from ..beginning import may_open
from ..estate_file import cases_at, estate_file, with_crumbs
from ..estate_list import (
    CELLS,
    MANAGED,
    MOST,
    Asked,
    asked_estates,
    cells_of,
    figures,
    page_of,
    places_offered,
    told_rows,
)
from ..estate_places import list_map
from .acting import actor_in
from .places import NO_ESTATE, may_place


@seated
def estate_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Visible estates by pinyin, narrowed by the address."""
    seen = visible_estates(seat.official, seat.at)
    asked = Asked.read(request.GET.dict())
    rows = asked_estates(seen, asked, day_of(seat.at))
    found = page_of(rows, asked)
    total, unmanaged = figures(rows)
    told = {
        "asked": asked,
        "rows": told_rows(found.rows, seat.official),
        "map": list_map(rows, found.rows, seat.official, total),
        "after": found.after,
        "before": found.before,
        "total": f"{total}+" if total == MOST else total,
        "unmanaged": unmanaged,
        "places": places_offered(seen, seat.official, asked.place),
        "managed": MANAGED,
    }
    return render(request, "desk/estate/list.html", told)


@seated
def estate_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    seen = visible_estates(seat.official, seat.at)
    rows = asked_estates(seen, Asked.read(request.GET.dict()), day_of(seat.at))
    found = told_rows(list(rows.order_by("pinyin", "pk")[:EXPORTED]), seat.official)
    return workbook("小区", CELLS, map(cells_of, found), seat.at)


@seated
def estate_page(request: HttpRequest, seat: Seat, estate_id: UUID) -> HttpResponse:
    """One estate whole, as of now."""
    estate = with_crumbs(visible_estates(seat.official, seat.at)).filter(pk=estate_id).first()
    if estate is None:
        raise NotFound(NO_ESTATE)
    place, cases = Place(estate, day_of(seat.at)), cases_at(estate, seat.official)
    with law.pinned(), seated_in(seat.appointment):
        told = estate_file(place, cases, seat.official, seat.at)
        running = [case for case in cases if case.ended_at is None]
        told["may_place"] = may_place(request, seat, estate)
        told["may_register"] = seat.appointment.post not in AT_AN_ESTATE
        told["may_open"] = may_open(place, actor_in(request, seat), seat.at, running)
    return render(request, "desk/estate/page.html", told)
