"""Registers of exits beside the ledger, as the room's pages read them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router

from gongzhi.exits import claim_list, conduct_list, manager_history, report_list, watch_list
from gongzhi.exits.keyset import page_of
from gongzhi.exits.ledger_asking import period_in
from gongzhi.exits.places import code_in, lies_in
from gongzhi.exits.readers import demand_office, demand_part
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of, headers_of
from gongzhi.procedures.models import ClosedFigures
from gongzhi.procedures.queries import reader_of
from gongzhi.registry.queries import day_of
from gongzhi.registry.territory import visible_estates
from gongzhi.values.refusals import NotFound

from ..auth import caller_of
from ..reading import check_text
from ..schemas import exit_registers as shapes
from ..schemas.basics import PROBLEMS, Page

router = Router(tags=["退出管理"])


@router.get("/ledgers/claims", response={200: Page[shapes.ClaimOut], **PROBLEMS}, summary="追偿事项")
def list_claims(request: HttpRequest, asked: Query[shapes.AskedClaims]) -> Any:
    """What providers owe after an exit, the soonest due first; closed ones, the newest first."""
    caller = caller_of(request)
    held, today = caller.official, day_of(caller.at)
    demand_part(held, "追偿事项")
    wanted = claim_list.Wanted(asked.state, asked.kind, code_in(asked.place), asked.debtor, asked.after)
    rows = claim_list.wanted_claims(claim_list.claims_seen(held), wanted, today)
    rows, is_over = rows.select_related(*claim_list.RELATED), asked.state == "closed"
    by = "closed_at" if is_over else "sort_on"
    found, more = page_of(rows, by, asked.after, newest_first=is_over, shown=asked.limit)
    return {"items": claim_list.told_claims(found, held, caller.at), "next": more}


@router.get("/ledgers/holdouts", response={200: Page[shapes.HoldoutOut], **PROBLEMS}, summary="拒不退出")
def list_holdouts(request: HttpRequest, asked: Query[shapes.AskedHoldouts]) -> Any:
    """Providers that do not leave, the longest first; those who have left, the newest first."""
    caller = caller_of(request)
    held, is_over = caller.official, asked.state == "closed"
    demand_part(held, "拒不退出的记录")
    rows = claim_list.holdouts_seen(held).filter(closed_at__isnull=not is_over)
    found, more = page_of(rows, "found_on", asked.after, newest_first=is_over, shown=asked.limit)
    return {"items": claim_list.told_holdouts(found, held, caller.at), "next": more}


@router.get("/ledgers/watches", response={200: Page[shapes.WatchOut], **PROBLEMS}, summary="将到期")
def list_watches(request: HttpRequest, asked: Query[shapes.AskedWatches]) -> Any:
    """Dates that come near, the soonest first, with the warnings given and what is to be done next."""
    caller = caller_of(request)
    held = caller.official
    demand_part(held, "到期预警")
    check_text(asked.kind)
    wanted = watch_list.Wanted(asked.kind, code_in(asked.place), asked.overdue)
    rows = watch_list.wanted_watches(watch_list.watches_seen(held), wanted, caller.at)
    found, more = page_of(rows, "towards_on", asked.after, shown=asked.limit)
    return {"items": watch_list.told_watches(found, caller.at), "next": more}


@router.get("/ledgers/managers", response={200: Page[shapes.HistoryOut], **PROBLEMS}, summary="管理人变更")
def list_changes(request: HttpRequest, asked: Query[shapes.AskedChanges]) -> Any:
    """Estates that came to another manager, the newest change first, each with everybody before."""
    caller = caller_of(request)
    held = caller.official
    demand_office(held, "管理人变更记录")
    wanted = manager_history.Wanted(period_in(asked.period), code_in(asked.place), asked.gaps)
    rows = manager_history.changed_estates(visible_estates(held, caller.at), wanted)
    found, more = page_of(rows, "changed_at", asked.after, newest_first=True, shown=asked.limit)
    return {"items": manager_history.told_histories(found, caller.at), "next": more}


@router.get("/conduct", response={200: Page[shapes.ConductRowOut], **PROBLEMS}, summary="处罚、评价和名单")
def list_conduct(request: HttpRequest, asked: Query[shapes.AskedConduct]) -> Any:
    """What authorities found about providers, the newest decision first; a person is not named."""
    caller = caller_of(request)
    held = caller.official
    demand_part(held, "处罚、评价和名单记录")
    wanted = conduct_list.Wanted(asked.state, asked.kind, asked.provider, asked.estate)
    seen = conduct_list.conduct_seen(held, caller.at)
    rows = conduct_list.wanted_conduct(seen, wanted, day_of(caller.at))
    found, more = page_of(rows, "decided_on", asked.after, newest_first=True, shown=asked.limit)
    return {"items": conduct_list.told_rows(found, held, caller.at), "next": more}


@router.get("/conduct/{conduct_id}/paper", response={200: bytes, **PROBLEMS}, summary="记录的来源文件")
def get_conduct_paper(request: HttpRequest, conduct_id: UUID) -> HttpResponse:
    """The paper a row was recorded from, for whoever sees the row and reads cases unmasked."""
    caller = caller_of(request)
    held = caller.official
    row = conduct_list.conduct_seen(held, caller.at).filter(pk=conduct_id).first()
    file = File.objects.filter(pk=row.paper_id).first() if row is not None and row.paper_id else None
    if file is None or reader_of(held).masked:
        raise NotFound("没有这条记录的来源文件，或者您无权查看。")
    response = HttpResponse(content_of(file), headers=headers_of(file))
    response["Content-Disposition"] = content_disposition_header(True, file.name) or "attachment"
    return response


@router.get("/reports/exits", response={200: Page[shapes.ReportOut], **PROBLEMS}, summary="退出台账上报")
def list_reports(request: HttpRequest, asked: Query[shapes.AskedReports]) -> Any:
    """Reports of counties to their city, the newest first, with their closed figures."""
    caller = caller_of(request)
    rows = report_list.reports_seen(caller.official).filter(lies_in(code_in(asked.place)))
    found, more = page_of(rows, "opened_at", asked.after, newest_first=True, shown=asked.limit)
    return {"items": report_list.told_reports(found), "next": more}


@router.get(
    "/reports/exits/{case_id}", response={200: shapes.ReportFigures, **PROBLEMS}, summary="一期上报的数字"
)
def get_report(request: HttpRequest, case_id: UUID) -> Any:
    """One report: what was compiled, as it stood, beside the days before, with the rows behind each figure."""
    case = report_list.report_seen(caller_of(request).official, case_id)
    (told,) = report_list.told_reports([case])
    return told | {"closed": [_closed(row) for row in report_list.figures_kept(case)]}


def _closed(row: ClosedFigures) -> dict[str, Any]:
    return {
        "id": row.pk,
        "made_at": row.made_at,
        "digest": row.digest,
        "previous": row.previous,
        "counts": row.round.void_at is None,
        "is_whole": report_list.is_whole(row),
        "told": report_list.told_figures(row, report_list.before(row)),
        "figures": row.figures,
    }
