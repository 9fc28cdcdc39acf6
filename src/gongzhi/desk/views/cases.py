"""Cases: the list, and one whole with the reader's forms in place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.law import queries as law
from gongzhi.procedures.documents import papers_by_step
from gongzhi.procedures.grounds import other_grounds
from gongzhi.procedures.presenting import ReadView, past_papers, subject_name, title_of
from gongzhi.procedures.queries import case_seen
from gongzhi.ui.casefile import read_file
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.nearness import near_days
from gongzhi.ui.parts.said import Saying, by_round
from gongzhi.ui.parts.steps import UNDONE, Beside
from gongzhi.ui.pieces import Look, Piece, offered
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.now import ZONE
from gongzhi.values.remaining import NOT_BEGUN

from ..albums import mark_shown
from ..beginners import begins_any
from ..caselist import COLUMNS, Wanted, case_page_of, cells_of, listed
from ..casepage import (
    IN_PLACE,
    beside,
    blocked,
    duties,
    ended_by,
    heading,
    how_it_ended,
    offered_at_steps,
    reasons,
)
from ..checklists import inventories, names_of_lists
from ..deeds import shown
from ..drafts import Kept, kept_of
from ..news import case_version
from ..said import told_sayings
from ..whole import elsewhere_of, whole_of
from .acting import DONE, actor_in, own_id, version_of

#: The reader's forms, and the cases that were opened, under a step.
ACTING = Piece("desk/act/_step.html", stays=True)
#: Messages that stand open.
TOLD = 5


@seated
def case_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Visible cases, newest first, filtered by the address."""
    wanted = Wanted.read(request.GET)
    rows, more = case_page_of(seat.official, wanted)
    told: dict[str, Any] = {
        "cases": rows,
        "more": more or "",
        "wanted": wanted,
        "procedures": wanted.procedures(),
    }
    told["may_begin"] = begins_any(seat.official)
    return render(request, "desk/cases.html", told)


@seated
def case_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    rows = listed(seat.official, Wanted.read(request.GET))[:EXPORTED]
    return workbook("办件", COLUMNS, (cells_of(row) for row in rows), seat.at)


@seated
def case_page(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """One case whole."""
    with law.pinned():
        file = read_file(case_id, seat.official, seat.at)
        case, view = file.told, file.view
        near = _near(case, seat)
        mine = duties(case, view, seat.at, seat.appointment.person.name)
        said = told_sayings(case, view, seat.appointment)
        elsewhere = elsewhere_of(case, seat.official, seat.at, near)
        mark_shown(case, view.row.estate, seat)
        own = own_id(request)
        forms = [deed.about.name for duty in mine for deed in duty.deeds]
        kept = kept_of(own, [*forms, *names_of_lists(case)])
        look = Look(seat.at, masked=case["masked"])
        at_steps = offered_at_steps(case, view, seat.official.organisation_id)
        told: dict[str, Any] = {
            "duties": _with_forms(mine, kept, own),
            "blocked": blocked(case, mine),
            "beside": _beside(case, view, said, _pieces(case, view, look, kept, own, at_steps)),
            "near": near,
        }
    told |= {
        "case": case,
        "at_steps": at_steps,
        "said": said,
        "stands": heading(case),
        "ended": how_it_ended(case),
        "ended_by": ended_by(case, seat.official),
        "counts": _counts(case, told["beside"].aside),
        "whole": whole_of(view, seat.at, near),
        "elsewhere": elsewhere.mine[:IN_PLACE],
        "below": elsewhere.below,
        "done": request.session.pop(DONE, None),
        "seen": case_version(version_of(view.row), seat.at),
        **_clocks(case),
        **_messages(case),
        "lists": _lists(case),
        "past": past_papers(case),
        "printable": papers_by_step(case),
    }
    return render(request, "desk/case.html", told)


def _beside(
    case: Mapping[str, Any], view: ReadView, said: Sequence[Saying], pieces: Mapping[str, Sequence[Piece]]
) -> Beside:
    """What stands beside each step: its pieces in place, the articles of its skipping, what was said in it."""
    skipped = {step["code"] for step in case["steps"] if step["state"] == "skipped"}
    aside = other_grounds(view.declaration, view.variant, skipped)
    return Beside(
        pieces=pieces,
        reasons=reasons(case, view, aside),
        said=by_round(said),
        aside=aside,
    )


def _counts(case: Mapping[str, Any], aside: frozenset[str]) -> dict[str, int]:
    """How many steps there are, and how many of them are where: what nobody had to do is not done."""
    states = [
        "unneeded" if step["outcome"] in UNDONE else step["state"]
        for step in case["steps"]
        if step["code"] not in aside
    ]
    counted = {state: states.count(state) for state in ("done", "unneeded", "skipped", "open", "waiting")}
    return {"all": len(states), **counted}


@seated
def case_more(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """The standing acts that are the reader's to do."""
    view = ReadView(case_seen(case_id, seat.official))
    with law.pinned():
        acts = beside(view, actor_in(request, seat), seat.at)
    told = {"row": view.row, "name": subject_name(view.row), "title": title_of(view.row), "acts": acts}
    return render(request, "desk/case/more.html", told)


def _pieces(
    case: Mapping[str, Any],
    view: ReadView,
    look: Look,
    kept: Mapping[str, Kept],
    account_id: UUID,
    at_steps: Iterable[str],
) -> dict[str, list[Piece]]:
    """What stands under each step: its list, what its room shows, then the reader's forms."""
    acting = {task["step"] for task in case["tasks"] if task["mine"] and task["state"] == "open"}
    acting |= {child["step"] for child in case["children"]} | set(at_steps)
    found = {code: list(one) for code, one in inventories(case, view, kept, account_id).items()}
    for code, one in offered(view, case, look).items():
        found.setdefault(code, []).extend(one)
    for code in acting:
        found.setdefault(code, []).append(ACTING)
    return found


def _with_forms(mine: list[Any], kept: Mapping[str, Kept], account_id: UUID) -> list[dict[str, Any]]:
    """Each task with the forms that are shown in place; those beyond are links."""
    deeds = [deed for duty in mine[:IN_PLACE] for deed in duty.deeds]
    forms = {page.deed.about.name: page for page in shown(deeds, kept, account_id)}
    return [
        {
            "task": duty.task,
            "why_not": duty.why_not,
            "papers": duty.papers,
            "asked": duty.asked,
            "forms": [forms[deed.about.name] for deed in duty.deeds if deed.about.name in forms],
            "links": [deed for deed in duty.deeds if deed.about.name not in forms],
        }
        for duty in mine
    ]


def _clocks(case: Mapping[str, Any]) -> dict[str, Any]:
    clocks = sorted(case["clocks"], key=lambda clock: (clock["due_at"] is None, clock["due_at"]))
    running = [clock for clock in clocks if clock["state"] not in ("met", "stopped")]
    over = [clock for clock in clocks if clock["state"] in ("met", "stopped")]
    halted = [clock for clock in running if clock["state"] == "suspended"]
    going = [clock for clock in running if clock["state"] not in ("suspended", "unset")]
    return {
        "running": running,
        "over": over,
        "named": _named_days(case, running),
        "halted": len(halted),
        "going": len(going),
        "not_begun": NOT_BEGUN,
    }


def _named_days(case: Mapping[str, Any], running: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Open tasks whose day no clock counts: a paper names it. They go on when the case is over, the soonest first."""
    counted = {clock["due_at"] for clock in running}
    named = [
        task
        for task in case["tasks"]
        if task["state"] == "open" and task["due_at"] is not None and task["due_at"] not in counted
    ]
    return sorted(named, key=lambda task: task["due_at"])


def _messages(case: Mapping[str, Any]) -> dict[str, Any]:
    """Who was told, newest first, the older ones folded."""
    newest = list(reversed(case["messages"]))
    return {"latest": newest[:TOLD], "earlier": newest[TOLD:]}


def _lists(case: Mapping[str, Any]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Each list as it counts now, by its step."""
    titles = {step["code"]: step["title"] for step in case["steps"]}
    live = [item for item in case["items"] if not item["void"]]
    codes = dict.fromkeys(item["step"] for item in live)
    return [(titles[code], [item for item in live if item["step"] == code]) for code in codes]


def _near(case: Mapping[str, Any], seat: Seat) -> int:
    code = next((code for code in reversed(list(case["codes"].values())) if code), "")
    return near_days(code, seat.at.astimezone(ZONE).date())
