"""本地设定: what a place may set, what it set, which texts it adopted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.law import queries as law
from gongzhi.registry.policies import setters_at
from gongzhi.registry.queries import day_of
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.seat import Seat, seated

from ... import law_table
from ...law_words import words
from ...views.acting import actor_in
from .. import settings as local


@seated
def local_settings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One place."""
    on, by = day_of(seat.at), actor_in(request, seat)
    with law.pinned() as book:
        place = local.place_asked(book, request.GET.get("at", "").strip()[:15], seat.appointment)
        asked = local.Asked.read(request.GET.dict(), place)
        may = bool(local.settable(seat.appointment, by, seat.at, book, [place]))
        groups = local.rows_of(book, asked, on)
        told = {
            "asked": asked,
            "place": place,
            "name": law_table.names_of(book, [place]).get(place, place),
            "groups": [
                (title, [(row, local.set_address(row.key, place)) for row in rows]) for title, rows in groups
            ],
            "families": [(one.code, one.title) for one in words().groups],
            "states": local.STATES,
            "counts": local.counts(book, asked, on),
            "places": local.places_offered(book, place),
            "texts": local.texts_of(book, place, may=may),
            "history": local.history_of(book, place),
            "may": may,
            "setters": [] if may else setters_at(place),
        }
    return render(request, "desk/administration/settings.html", told)


@seated
def local_settings_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    with law.pinned() as book:
        place = local.place_asked(book, request.GET.get("at", "").strip()[:15], seat.appointment)
        asked = local.Asked.read(request.GET.dict(), place)
        rows = [row.cells for _, found in local.rows_of(book, asked, day_of(seat.at)) for row in found]
    return workbook("本地设定", local.HEADS, rows[:EXPORTED], seat.at)
