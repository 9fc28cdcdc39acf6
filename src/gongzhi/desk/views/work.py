"""The work list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.procedures.presenting import title_of
from gongzhi.procedures.queries import listed_cases, tasks_of
from gongzhi.ui.seat import Seat, seated

SHOWN = 100
RUNNING = 20


@seated
def work_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What waits, soonest first, and the newest running cases."""
    appointment = seat.official
    tasks = list(tasks_of(appointment)[: SHOWN + 1])
    cases = listed_cases(appointment).filter(ended_at=None).select_related("estate")
    rows = [(case, title_of(case)) for case in cases.order_by("-opened_at", "-id")[:RUNNING]]
    told = {"tasks": tasks[:SHOWN], "has_more": len(tasks) > SHOWN, "cases": rows}
    return render(request, "desk/work.html", told)
