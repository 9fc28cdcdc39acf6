"""由登记事实得出的提示: what the recorded conduct of an estate's provider could be a ground of, in every reading."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongzhi.procedures.models import Case
from gongzhi.registry.models import Appointment, Estate, OrganisationKind, Post
from gongzhi.registry.roles import Place
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.remarks import Remark
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound

from ..conduct_hints import hinted
from ..conduct_queries import exit_proposals
from ..ledger import EXIT

NO_ESTATE = "没有这个小区，或者不在您的范围内，请核对地址。"


@seated
def hints(request: HttpRequest, seat: Seat, estate_id: UUID) -> HttpResponse:
    """Every proposal with its rows; why it is only a hint; what the county may do next."""
    held = seat.official
    estate = visible_estates(held, seat.at).filter(pk=estate_id).first()
    if estate is None or not may_read(held):
        raise NotFound(NO_ESTATE)
    told = exit_proposals(estate, seat.at)
    numbers = {row["id"]: number for number, row in enumerate(told["conduct"], 1)}
    page = {
        "told": told,
        "hints": [hinted(one, numbers) for one in told["proposals"]],
        "running": Case.objects.filter(procedure=EXIT, parent=None, estate=estate, ended_at=None).first(),
        **_next(estate, held),
    }
    return render(request, "exits/hints.html", page)


def may_read(appointment: Appointment) -> bool:
    """Offices, committees, the provider and auditors; an owner reads what is published."""
    return appointment.organisation is not None or appointment.post == Post.AUDITOR


def _next(estate: Estate, held: Appointment) -> dict[str, Any]:
    """Where a case on a forced ground is opened, and whether the reader's office is the one to do it."""
    body = held.organisation
    is_county = body is not None and body.kind == OrganisationKind.PROPERTY_AUTHORITY and bool(body.county)
    return {"may_open": is_county, "opens_at": reverse("open-variant", args=[EXIT, str(estate.pk)])}


def remark(place: Place, appointment: Appointment, at: datetime) -> Remark | None:
    """The one line on an estate's file, where there is anything to look at."""
    if not may_read(appointment):
        return None
    found = [one for one in exit_proposals(place.estate, at, place)["proposals"] if one["state"] != "not_met"]
    if not found:
        return None
    words = f"由登记事实得出 {len(found)} 项强制解聘退出的提示，只作提示，不是认定。"
    return Remark(words, reverse("exits-hints", args=[place.estate.pk]), "看每一种算法")
