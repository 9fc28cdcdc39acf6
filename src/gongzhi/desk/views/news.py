"""Whether an open page has become old: nothing (204) while it has not, else one sentence."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.registry.models import Appointment
from gongzhi.ui.seat import Seat, chosen
from gongzhi.values.now import now

from ..news import newer_in_case, newer_in_work


def case_news(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is new in a case."""
    return _answer(request, lambda seat, seen, at: newer_in_case(case_id, seat, seen, at))


def work_news(request: HttpRequest) -> HttpResponse:
    """What is new in the work list."""
    return _answer(request, newer_in_work)


def _answer(request: HttpRequest, newer: Callable[..., str]) -> HttpResponse:
    """A page that is asked for by nobody is sent nowhere else: who is signed out is told so beside his form."""
    at = now()
    held: Appointment | None = chosen(request, at) if request.user.is_authenticated else None
    if held is None:
        return render(request, "desk/news.html", {"gone": True})
    words = newer(Seat(held, at).official, request.GET.get("seen", "")[:60], at)
    return render(request, "desk/news.html", {"words": words}) if words else HttpResponse(status=204)
