"""审计记录: acts by time, one act, one chain recomputed. For auditors and nobody else."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.acts.check import findings_of
from gongzhi.acts.models import Act, Chain
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound

from .. import audit
from ..paging import page_of
from ..seeing import demand_auditor


@seated
def record(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The acts, the newest first."""
    demand_auditor(seat.appointment)
    asked = audit.Asked.read(request.GET.dict())
    rows = audit.asked_for(seat.appointment, asked, ZONE)
    found = page_of(rows, "-at", after=asked.after, before=asked.before)
    told = {
        "asked": asked,
        "rows": audit.told(found.rows),
        "after": found.after,
        "before": found.before,
        "sections": audit.SECTIONS,
        "root": audit.root_words([asked.root]).get(asked.root, "") if asked.root is not None else "",
        "body": seat.appointment.organisation,
    }
    return render(request, "desk/administration/audit.html", told)


@seated
def record_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    demand_auditor(seat.appointment)
    asked = audit.Asked.read(request.GET.dict())
    rows = list(audit.asked_for(seat.appointment, asked, ZONE).order_by("-at", "-pk")[:EXPORTED])
    cells = (tuple(one[name] for name in audit.CELLS) for one in audit.told(rows))
    return workbook("审计记录", audit.HEADS, cells, seat.at)


@seated
def act_page(request: HttpRequest, seat: Seat, act_id: UUID) -> HttpResponse:
    """One act as the record has it."""
    demand_auditor(seat.appointment)
    row = audit.acts_seen(seat.appointment).filter(pk=act_id).select_related("chain").first()
    if row is None:
        raise NotFound("没有这条记录，或者不在您的审计范围内，请从审计记录中打开。")
    return render(request, "desk/administration/audit_act.html", audit.act_file(row))


@seated
def chain_page(request: HttpRequest, seat: Seat, chain_id: UUID) -> HttpResponse:
    """核验这条链: every link recomputed, and what was sealed of it compared."""
    demand_auditor(seat.appointment)
    chain = Chain.objects.filter(pk=chain_id).first()
    seen = audit.acts_seen(seat.appointment).filter(chain=chain_id)
    if chain is None or not seen.exists():
        raise NotFound("没有这条记录链，或者不在您的审计范围内，请从审计记录中打开。")
    ends = Act.objects.filter(chain=chain).order_by("seq")
    told = {
        "chain": chain,
        "name": audit.root_words([chain.pk]).get(chain.pk, ""),
        "first": ends.first(),
        "last": ends.last(),
        "broken": list(findings_of(chain)),
        "waiting": chain.seq - chain.sealed_seq,
    }
    return render(request, "desk/administration/audit_chain.html", told)
