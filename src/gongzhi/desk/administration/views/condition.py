"""运行状态: for the system's administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.ui.seat import Seat, seated

from .. import condition as state
from ..seeing import demand_administrator


@seated
def condition(request: HttpRequest, seat: Seat) -> HttpResponse:
    """How the system itself is."""
    demand_administrator(seat.appointment)
    return render(request, "desk/administration/condition.html", state.condition(seat.at))
