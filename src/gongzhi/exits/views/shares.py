"""Who bears what of a settlement's cost: every unit's share, and what of it is paid."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.law import queries as law
from gongzhi.procedures.models import Case
from gongzhi.procedures.presenting import ReadView, subject_name
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.parts.listing import Listing, columns
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotAllowed, NotFound

from .. import sheets
from ..models import CostPlan
from ..pieces.settling import SHARE_COLUMNS, share_cells
from ..settlement_queries import plan_of, shares_of

FIGURES = ("分摊面积", "应摊", "已缴", "尚欠")
SHOWN = 200


@seated
def cost_shares(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """Each unit's share, a page at a time."""
    row, plan = _plan(case_id, seat)
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 7 else 0
    found = shares_of(plan, start, start + SHOWN + 1)
    cells = tuple(share_cells(share) for share in found[:SHOWN])
    told = {
        "row": row,
        "name": subject_name(row),
        "listing": Listing("每户应摊", columns(*SHARE_COLUMNS, figures=FIGURES), cells),
        "more": str(start + SHOWN) if len(found) > SHOWN else "",
        "shown": len(cells),
    }
    return render(request, "exits/shares.html", told)


@seated
def cost_shares_export(request: HttpRequest, seat: Seat, case_id: UUID) -> HttpResponse:
    """The list as a spreadsheet."""
    _, plan = _plan(case_id, seat)
    return workbook("每户应摊", sheets.SHARES, map(sheets.share, shares_of(plan, stop=EXPORTED)), seat.at)


def _plan(case_id: UUID, seat: Seat) -> tuple[Case, CostPlan]:
    """The plan of a case one acts in; what single units owe is not for everybody who may read the case."""
    row = case_seen(case_id, seat.official)
    if reader_of(seat.official).masked:
        raise NotAllowed("各户的缴费情况只给经办单位查看，您可以查看公示的分摊标准和合计。")
    with law.pinned():
        plan = plan_of(ReadView(row))
    if plan is None:
        raise NotFound("这件案件还没有费用方案，请回到办件查看进展。")
    return row, plan
