"""公示栏: of an estate, of a place, and where to begin."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from gongzhi.notices.models import Notice
from gongzhi.registry.presenting import told_manager_on
from gongzhi.registry.queries import day_of, place_named

from .. import reading
from ..pages import instant, qr_picture, show, whole_address

#: Estates of a place that are listed; who looks for another searches.
LISTED = 200


def start(request: HttpRequest) -> HttpResponse:
    """Search an estate, or choose a place; a number or code of something printed leads on to its verification."""
    text = request.GET.get("q", "")
    estates, number = reading.find_estates(text), reading.number_in(text)
    told = {"q": text, "estates": estates, "number": number, "places": reading.top_places()}
    return show(request, "board_start.html", told)


def of_estate(request: HttpRequest, estate_id: UUID) -> HttpResponse:
    """The notices of an estate, and who manages it today."""
    estate, at = reading.estate_named(estate_id), instant()
    told = {
        "estate": estate,
        "manager": told_manager_on(estate, day_of(at)),
        "crumbs": reading.crumbs_of(estate.community or estate.county),
        "feed": _feed(str(estate_id)),
    }
    return show(request, "board_estate.html", told | _listed(request, reading.notices_of_estate(estate)))


def of_place(request: HttpRequest, code: str) -> HttpResponse:
    """The notices of a place, the places below it and its estates."""
    place = place_named(code)
    told = {
        "place": place,
        "crumbs": reading.crumbs_of(place.code)[:-1],
        "places": reading.below(place),
        "estates": reading.estates_in(place)[:LISTED],
        "feed": _feed(f"places/{place.code}"),
    }
    return show(request, "board_place.html", told | _listed(request, reading.notices_of_place(place)))


def _feed(of: str) -> str:
    return f"/api/v1/feeds/notices/{of}.atom"


def _listed(request: HttpRequest, rows: QuerySet[Notice]) -> dict[str, Any]:
    """The notices of the state asked for, a page of them, each with its QR."""
    at, state = instant(), request.GET.get("state", "hanging")
    found, after = reading.page_of(reading.in_state(rows, state, at), request.GET.get("after", ""))
    notices = [
        one | {"qr": qr_picture(whole_address(request, one["verify"]))} for one in reading.cards(found, at)
    ]
    counts = {name: reading.in_state(rows, name, at).count() for name in ("hanging", "full", "ended")}
    states = reading.STATES
    return {"notices": notices, "after": after, "states": states, "counts": counts, "state": state, "at": at}
