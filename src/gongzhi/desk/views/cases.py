"""Cases: the list and one whole."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.procedures.presenting import told_summary
from gongzhi.procedures.queries import listed_cases
from gongzhi.ui.casefile import case_file
from gongzhi.ui.nearness import near_days
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.now import ZONE

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
    clocks = sorted(case["clocks"], key=lambda clock: (clock["due_at"] is None, clock["due_at"]))
    running = [clock for clock in clocks if clock["state"] not in ("met", "stopped")]
    over = [clock for clock in clocks if clock["state"] in ("met", "stopped")]
    code = next((code for code in reversed(list(case["codes"].values())) if code), "")
    near = near_days(code, seat.at.astimezone(ZONE).date())
    told = {"case": case, "running": running, "over": over, "near": near}
    return render(request, "desk/case.html", told)
