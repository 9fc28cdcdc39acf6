"""谁在管这个小区: search, and one estate."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongzhi.registry.contacts import contacts_of
from gongzhi.registry.presenting import told_manager_on, told_managers
from gongzhi.registry.queries import day_of, outlines_around
from gongzhi.ui.parts.estatemap import estate_map

from .. import reading
from ..pages import instant, show

#: Notices shown beside the manager; the board has them all.
BESIDE = 6


def search(request: HttpRequest) -> HttpResponse:
    """Search an estate; each is told with who manages it today."""
    text, at = request.GET.get("q", ""), instant()
    found = [(one, told_manager_on(one, day_of(at))) for one in reading.find_estates(text)]
    return show(request, "managers.html", {"q": text, "found": found})


def manager_page(request: HttpRequest, estate_id: UUID) -> HttpResponse:
    """Who manages the estate today, who did before, and what hangs there."""
    estate, at = reading.estate_named(estate_id), instant()
    on = day_of(at)
    told = {
        "estate": estate,
        "map": estate_map(
            estate, outlines_around(estate), lambda row: reverse("manager", args=[row.estate_id])
        ),
        "crumbs": reading.crumbs_of(estate.community or estate.county),
        "manager": told_manager_on(estate, on),
        "contacts": contacts_of(estate, on),
        "managers": told_managers(estate),
        "notices": reading.cards(reading.notices_of_estate(estate)[:BESIDE], at),
        "at": at,
    }
    return show(request, "manager.html", told)
