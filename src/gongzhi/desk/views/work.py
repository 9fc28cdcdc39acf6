"""The work list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.procedures.models import Task
from gongzhi.procedures.presenting import title_of
from gongzhi.procedures.queries import listed_cases, tasks_of
from gongzhi.ui.nearness import near_days
from gongzhi.ui.parts.chip import Chip, by_urgency
from gongzhi.ui.parts.days import last_day
from gongzhi.ui.parts.fortnight import Due
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.now import ZONE

SHOWN = 100
RUNNING = 20


@seated
def work_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What waits, soonest first, and the newest running cases."""
    appointment = seat.official
    tasks = list(tasks_of(appointment)[: SHOWN + 1])
    cases = listed_cases(appointment).filter(ended_at=None).select_related("estate")
    place = appointment.organisation.jurisdiction_code if appointment.organisation is not None else ""
    near = near_days(place, seat.at.astimezone(ZONE).date())
    groups = by_urgency(tasks[:SHOWN], lambda task: task.due_at, seat.at, near)
    told = {
        "groups": groups,
        "counts": {group.state: len(group.rows) for group in groups},
        "dues": [due(task, chip) for group in groups for task, chip in group.rows if chip is not None],
        "has_more": len(tasks) > SHOWN,
        "shown": min(len(tasks), SHOWN),
        "cases": [(case, title_of(case)) for case in cases.order_by("-opened_at", "-id")[:RUNNING]],
    }
    return render(request, "desk/work.html", told)


def due(task: Task, chip: Chip) -> Due:
    """A task as the strip of two weeks shows it."""
    assert chip.due_at is not None
    return Due(last_day(chip.due_at)[0], task.title, chip.state)
