"""台账上报: the periods of a county or of a city's counties, and one report with what each figure was counted from."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.procedures.models import ClosedFigures
from gongzhi.registry.queries import day_of
from gongzhi.ui.exporting import EXPORTED, workbook, workbook_of
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound

from .. import sheets
from ..keyset import id_in, page_of
from ..ledger import STAGES
from ..ledger_rows import CATEGORIES
from ..places import code_in, lies_in, places_below
from ..report_list import (
    BY_NAME,
    LEVELS,
    before,
    exits_behind,
    figures_kept,
    is_whole,
    report_seen,
    reports_seen,
    rows_behind,
    stage_table,
    told_figures,
    told_reports,
)
from ..report_queries import cites_of, unset


@seated
def reports(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Reports, the newest first."""
    held, place = seat.official, code_in(request.GET.get("place", ""))
    rows = reports_seen(held).filter(lies_in(place))
    found, more = page_of(rows, "opened_at", id_in(request.GET.get("after", "")), newest_first=True)
    body, today = held.organisation, day_of(seat.at)
    told = {
        "rows": told_reports(found),
        "more": more or "",
        "place": place,
        "counties": [] if body is not None and body.county else places_below(held),
        "warnings": unset(body.jurisdiction_code, today) if body is not None else [],
        "cites": cites_of(body.jurisdiction_code, today) if body is not None else (),
    }
    return render(request, "exits/reports.html", told)


@seated
def reports_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a spreadsheet."""
    rows = reports_seen(seat.official).filter(lies_in(code_in(request.GET.get("place", ""))))
    found, _ = page_of(rows, "opened_at", None, newest_first=True, shown=EXPORTED)
    return workbook("退出台账上报", sheets.REPORTS, map(sheets.report, told_reports(found)), seat.at)


@seated
def report(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """One report: its figures as they were closed, beside those before, and the rows behind the one asked for."""
    case = report_seen(seat.official, case_id)
    kept = figures_kept(case)
    (told,) = told_reports([case])
    shown = _chosen(kept, request.GET.get("as", ""))
    page: dict[str, Any] = {"report": told, "kept": kept, "shown": shown}
    if shown is not None:
        last = before(shown)
        page |= {
            "figures": told_figures(shown, last),
            "stages": stage_table(shown),
            "last": last,
            "is_whole": is_whole(shown),
            "is_replaced": shown.round.void_at is not None,
            **_behind(request, shown),
        }
    return render(request, "exits/report.html", page)


@seated
def report_export(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """One report whole, as it was closed."""
    case = report_seen(seat.official, case_id)
    (told,) = told_reports([case])
    shown = _chosen(figures_kept(case), request.GET.get("as", ""))
    if shown is None:
        raise NotFound("这一期还没有编制，没有可以导出的数字，请在编制后导出。")
    title = f"{told['county']}退出台账上报{shown.from_on}至{shown.to_on}"
    return workbook_of(title, sheets.report_sheets(shown, before(shown)), seat.at)


def _chosen(kept: list[ClosedFigures], asked: str) -> ClosedFigures | None:
    """The figures asked for, else those that count, else the newest."""
    named = id_in(asked)
    wanted = [row for row in kept if row.pk == named] or [row for row in kept if row.round.void_at is None]
    return next(iter(wanted or kept), None)


def _behind(request: HttpRequest, shown: ClosedFigures) -> dict[str, Any]:
    """The list that was opened: of a figure, else the exits."""
    name, level = request.GET.get("figure", ""), request.GET.get("level", "")
    if name in BY_NAME:
        words = f"{BY_NAME[name].title}{'·' + LEVELS[level] if level in LEVELS else ''}"
        return {"opened": name, "opened_title": words, "behind": rows_behind(shown, name, level)}
    category, stage = request.GET.get("category", ""), request.GET.get("stage", "")
    parts = (CATEGORIES.get(category, ""), STAGES.get(stage, ""))
    words = "·".join(filter(None, parts)) or "全部退出案件"
    return {"opened": "", "opened_title": words, "exits": exits_behind(shown, category, stage)}
