"""Ledgers of authorities: the county's exit ledger, as a page and as a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router

from gongzhi.exits.ledger import Asked, ledger_seen
from gongzhi.exits.ledger_rows import LedgerRow, rows_of
from gongzhi.exits.ledger_sheet import workbook
from gongzhi.exits.readers import is_auditor
from gongzhi.exits.report_queries import unset
from gongzhi.procedures.models import Case
from gongzhi.registry.queries import day_of

from ..auth import caller_of
from ..paging import LARGEST, page
from ..reading import check_text
from ..schemas.basics import PROBLEMS
from ..schemas.ledgers import AskedExits, ExitLedger

router = Router(tags=["台账"])
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/ledgers/exits", response={200: ExitLedger, **PROBLEMS}, summary="物业服务人退出台账")
def list_exits(request: HttpRequest, wanted: Query[AskedExits]) -> Any:
    """The exits of the authority's territory, newest first; `format=xlsx` gives all that were asked for as a file."""
    caller = caller_of(request)
    held = caller.official
    for text in (wanted.jurisdiction, wanted.ground):
        check_text(text)
    rows = ledger_seen(held, _asked(wanted, caller.at))
    masked = is_auditor(held)
    if wanted.format == "xlsx":
        return _file(workbook(_all(rows, caller.at, masked)))
    found, more = page(rows, by="opened_at", after=wanted.after, limit=wanted.limit, newest_first=True)
    body = held.organisation
    warnings = unset(body.jurisdiction_code, day_of(caller.at)) if body is not None else []
    return {"items": rows_of(found, caller.at, masked=masked), "next": more, "warnings": warnings}


def _asked(wanted: AskedExits, at: datetime) -> Asked:
    return Asked(
        wanted.jurisdiction,
        wanted.from_on,
        wanted.to_on,
        wanted.ground,
        wanted.stage,
        wanted.category,
        at if wanted.overdue else None,
    )


def _all(rows: QuerySet[Case], at: datetime, masked: bool) -> Iterator[LedgerRow]:
    """Every row, read page by page."""
    after = None
    while True:
        found, after = page(rows, by="opened_at", after=after, limit=LARGEST, newest_first=True)
        yield from rows_of(found, at, masked=masked)
        if after is None:
            return


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, "物业退出台账.xlsx") or "attachment"
    response["Cache-Control"] = "no-store"
    return response
