"""The work list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from gongzhi.law import queries as law
from gongzhi.procedures.models import Task
from gongzhi.procedures.presenting import title_of
from gongzhi.procedures.queries import tasks_of
from gongzhi.registry.models import AT_AN_ESTATE, Post
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.nearness import near_days
from gongzhi.ui.parts.badges import Cite
from gongzhi.ui.parts.chip import Chip, Group, countdown
from gongzhi.ui.parts.days import as_day, short_due
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotPossible

from ..beginners import begins_any
from ..beginning import unsent_of
from ..drafts import MOST_VIEWS, drop_view, save_view, views_of
from ..news import work_version
from ..others import BESIDE, awaited, changes, number_awaited, roots_of, run_out, running
from ..worklist import (
    COLUMNS,
    COUNTED,
    SHOWN,
    URGENCIES,
    Wanted,
    bases_of,
    cells_of,
    earliest_of,
    filtered,
    holder_of,
    left_to_colleagues,
    narrowed,
    number_of_colleagues,
    overview,
    page_of,
    soonest,
    with_shown,
)
from .acting import own_id

#: The posts of the system hold no tasks: their work begins on another page.
BEGINS_AT = {Post.ADMINISTRATOR: "administration", Post.AUDITOR: "audit"}
#: Articles shown in a row.
CITED = 2
#: Rows kept as they were drawn.
ALIKE = 2000


class Row(NamedTuple):
    """One task as a row of the list shows it: no more than that, so that what reads alike is drawn once."""

    chip: Chip | None
    due: str
    title: str
    page: str
    is_vacant: bool
    notes: tuple[str, ...]
    estate: str
    number: str
    basis: tuple[Cite, ...]
    is_urgent: bool
    has_bases: bool


@lru_cache(maxsize=ALIKE)
def _drawn(row: Row) -> SafeString:
    return render_to_string("desk/_task_row.html", {"row": row})


#: Whose work is asked for; "" is the seat's own.
OTHERS, COLLEAGUES = "others", "colleagues"
TITLES = {"": "等我办", OTHERS: "等别人办", COLLEAGUES: "本单位其他人办"}
#: What a saved view keeps of the address.
KEPT = ("urgency", "procedure", "estate", "day", "whose")


@seated
def work_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What waits for the seat, soonest first; what it waits for; the two weeks ahead."""
    if seat.appointment.post in BEGINS_AT:
        return redirect(BEGINS_AT[Post(seat.appointment.post)])
    with law.pinned():
        appointment, near = seat.official, _near(seat)
        wanted, whose = Wanted.read(request.GET), _whose(request)
        waiting = soonest(appointment)
        whole, roots = overview(waiting, seat.at, near), roots_of(appointment, waiting)
        left = narrowed(appointment, waiting, wanted, seat.at, near)
        of_any_day = narrowed(appointment, waiting, replace(wanted, day=None), seat.at, near)
        counts_left = whole.counts if left is waiting else overview(left, seat.at, near).counts
        groups, more, shown = ([], None, 0) if whose else page_of(appointment, wanted, seat.at, near)
        limit, after = (SHOWN, wanted.after) if whose == OTHERS else (BESIDE, None)
        rows_awaited, more_awaited = awaited(appointment, roots, limit, after)
        waits = [_wait(task, seat.at, near) for task in rows_awaited]
        of_colleagues = number_of_colleagues(appointment)
        rows_left, more_left = (
            left_to_colleagues(appointment, wanted.after) if whose == COLLEAGUES else ([], None)
        )
        number = number_awaited(appointment, roots) if more_awaited or after else len(waits)
    told = {
        "wanted": wanted,
        "others": whose == OTHERS,
        "colleagues": whose == COLLEAGUES,
        "whose": whose,
        "left": [_wait(task, seat.at, near) for task in rows_left],
        "left_number": min(of_colleagues, COUNTED),
        "left_has_more": of_colleagues > COUNTED,
        "more_left": more_left or "",
        "overview": whole,
        "counts": whole.counts,
        "counts_left": counts_left,
        "number_left": min(len(of_any_day), COUNTED),
        "has_more_left": len(of_any_day) > COUNTED,
        **_drawn_rows(groups, seat.at),
        "more": more or "",
        "shown": shown,
        "urgencies": {
            code: title
            for code, title in URGENCIES.items()
            if code in ("", wanted.urgency) or counts_left.get(code)
        },
        "awaited": waits,
        "awaited_number": number,
        "more_awaited": more_awaited or "",
        "next_awaited": next((one for one in waits if one[1] is not None), None),
        "run_out": [
            (one, countdown(one.due_at, seat.at, near)) for one in run_out(appointment, roots, seat.at)
        ],
        "changes": changes(appointment, roots, seat.at),
        "views": views_of(own_id(request)),
        "query": _query(request),
        "near": near,
        "cases": running(appointment),
        "may_begin": begins_any(appointment),
        "unsent": unsent_of(own_id(request), appointment, seat.at),
        "seen": work_version([(one.id, one.due_at) for one in waiting], seat.at),
    }
    return render(request, "desk/work.html", told)


def _whose(request: HttpRequest) -> str:
    asked = request.GET.get("whose", "")
    return asked if asked in TITLES else ""


def _wait(task: Task, at: datetime, near: int) -> tuple[Task, Chip | None, str, str]:
    """What somebody else has to do: the task, its chip, who has to do it, its procedure."""
    return task, countdown(task.due_at, at, near), holder_of(task), title_of(task.case)


def _drawn_rows(groups: Sequence[Group[Task]], at: datetime) -> dict[str, Any]:
    """Each group with its rows drawn; whether any names an article."""
    tasks = [task for group in groups for task, _ in group.rows]
    bases, earliest = bases_of(tasks), earliest_of(tasks, at)
    has_bases = any(bases.values())

    def draw(task: Task, chip: Chip | None) -> SafeString:
        row = _row(task, chip, bases.get(task.pk, ()), earliest.get(task.pk), at)
        return _drawn(row._replace(has_bases=has_bases))

    drawn = [(group, [draw(task, chip) for task, chip in group.rows]) for group in groups]
    return {"groups": drawn, "has_bases": has_bases}


def _row(
    task: Task, chip: Chip | None, basis: Sequence[Cite], earliest: datetime | None, at: datetime
) -> Row:
    case = task.case
    words = (
        task.acting_for and f"代行：{task.acting_for}",
        task.note_on(as_day(at)),
        earliest is not None and f"{short_due(earliest)} 以后办",
    )
    return Row(
        chip=chip,
        due=short_due(chip.due_at) if chip is not None else "",
        title=task.title,
        page=f"{_case_page(task.case_id)}#step-{task.round.step.code}",
        is_vacant=task.vacant,
        notes=tuple(said for said in words if said),
        estate=case.estate.name if case.estate is not None else "",
        number=case.number,
        basis=tuple(basis)[:CITED],
        is_urgent=chip is not None and chip.state in ("over", "today"),
        has_bases=False,
    )


@lru_cache(maxsize=ALIKE)
def _case_page(case_id: UUID) -> str:
    return reverse("case", args=[case_id])


@seated
def work_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    near = _near(seat)
    whose = _whose(request)
    if whose == COLLEAGUES:
        rows, _ = left_to_colleagues(seat.official, limit=EXPORTED)
    elif whose == OTHERS:
        rows, _ = awaited(seat.official, roots_of(seat.official, soonest(seat.official)), EXPORTED)
    else:
        asked = filtered(tasks_of(seat.official), Wanted.read(request.GET), seat.at, near)
        rows = list(with_shown(asked)[:EXPORTED])
    bases = bases_of(rows)
    cells = (cells_of(task, bases.get(task.pk, ()), seat.at, near) for task in rows)
    return workbook(TITLES[whose], COLUMNS, cells, seat.at)


@seated
@require_POST
def keep_view(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Save the filters one looks through, under a title."""
    title = request.POST.get("title", "").strip()
    if not title or len(title) > 20:
        raise Invalid("请给这个视图起一个名称，最多 20 个字。", fields={"title": "1 至 20 个字"})
    asked = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    query = urlencode(asked)[:300]
    if not save_view(own_id(request), title, query, seat.at):
        raise NotPossible(f"最多保存 {MOST_VIEWS} 个视图，请先删去不用的。")
    return redirect(f"{_own_list(seat)}?{query}")


@seated
@require_POST
def forget_view(request: HttpRequest, seat: Seat, view_id: UUID) -> HttpResponse:
    """Forget a saved view."""
    drop_view(own_id(request), view_id)
    return redirect(_own_list(seat))


def _own_list(seat: Seat) -> str:
    """Where the seat's list stands: at the front, unless another start page does."""
    return reverse("workbench" if seat.appointment.post in AT_AN_ESTATE else "work")


def _near(seat: Seat) -> int:
    organisation = seat.official.organisation
    place = organisation.jurisdiction_code if organisation is not None else ""
    return near_days(place, seat.at.astimezone(ZONE).date())


def _query(request: HttpRequest) -> str:
    """The filters of the address, without its page."""
    return urlencode({name: request.GET[name] for name in KEPT if request.GET.get(name)})
