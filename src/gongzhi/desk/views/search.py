"""Search over everything the reader may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.ui.seat import Seat, seated

from ..finding import LONGEST, find


@seated
def search_page(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What was found, by kind."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "desk/search.html", {"asked": asked, "found": find(asked, seat.official, seat.at)})
