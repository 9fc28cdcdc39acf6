"""Cases: the list and one whole."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.procedures.presenting import told_summary
from gongzhi.procedures.queries import listed_cases
from gongzhi.ui.casefile import case_file
from gongzhi.ui.seat import Seat, seated

SHOWN = 200


@seated
def case_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Visible cases, newest first, running and ended."""
    rows = listed_cases(seat.official)
    rows = rows.select_related("estate", "organisation", "jurisdiction").order_by("-opened_at", "-id")
    return render(request, "desk/cases.html", {"cases": [told_summary(row) for row in rows[:SHOWN]]})


@seated
def case_page(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """One case whole."""
    case = case_file(case_id, seat.official, seat.at)
    waiting = [task for task in case["tasks"] if task["state"] == "open"]
    clocks = sorted(case["clocks"], key=lambda clock: (clock["due_at"] is None, clock["due_at"]))
    running = [clock for clock in clocks if clock["state"] not in ("met", "stopped")]
    over = [clock for clock in clocks if clock["state"] in ("met", "stopped")]
    told = {"case": case, "waiting": waiting, "running": running, "over": over}
    return render(request, "desk/case.html", told)
