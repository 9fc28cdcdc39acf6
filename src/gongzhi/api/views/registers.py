"""Estates and who manages them, organisations, and who I am."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from gongzhi.registry import acting
from gongzhi.registry.models import Organisation
from gongzhi.registry.presenting import (
    told_appointment,
    told_body,
    told_estate,
    told_estate_file,
    told_manager_on,
    told_managers,
)
from gongzhi.registry.queries import day_of
from gongzhi.registry.territory import visible_estates
from gongzhi.values.refusals import NotFound

from ..auth import caller_of
from ..paging import page
from ..schemas.asked import AskedByName, AskedDay, AskedOrganisations
from ..schemas.basics import PROBLEMS, Page
from ..schemas.registers import EstateOut, EstateSummary, ManagerOut, ManagersOut, Me, OrganisationOut

router = Router(tags=["登记"])
NO_ESTATE = "没有这个小区，或者不在您的范围内，请核对编号。"


@router.get("/me", response={200: Me, **PROBLEMS}, summary="我是谁，可以以哪些职务办理")
def get_me(request: HttpRequest) -> Any:
    """The account, and every appointment it may name in `Acting-As` today."""
    caller = caller_of(request)
    actor = caller.actor
    held = acting.appointments_of(actor.account_id, caller.at) if actor.account_id is not None else []
    told = [told_appointment(one) for one in held]
    mine = {"account": actor.account_id, "person": actor.person_id, "acting_as": actor.appointment_id}
    return mine | {"appointments": told}


@router.get("/organisations", response={200: Page[OrganisationOut], **PROBLEMS}, summary="已登记的单位")
def list_organisations(request: HttpRequest, wanted: Query[AskedOrganisations]) -> Any:
    """Bodies that are registered now, by name: whom one may name in an act."""
    caller_of(request).appointed  # noqa: B018
    rows = Organisation.objects.filter(to_on=None, name__contains=wanted.name)
    rows = rows.filter(kind=wanted.kind) if wanted.kind is not None else rows
    found, more = page(rows, by="name", after=wanted.after, limit=wanted.limit)
    return {"items": [told_body(row) for row in found], "next": more}


@router.get("/estates", response={200: Page[EstateSummary], **PROBLEMS}, summary="小区")
def list_estates(request: HttpRequest, wanted: Query[AskedByName]) -> Any:
    """Visible estates by pinyin."""
    caller = caller_of(request)
    rows = visible_estates(caller.official, caller.at).filter(name__contains=wanted.name)
    found, more = page(rows, by="pinyin", after=wanted.after, limit=wanted.limit)
    return {"items": [told_estate(row) for row in found], "next": more}


@router.get("/estates/{estate_id}", response={200: EstateOut, **PROBLEMS}, summary="一个小区的档案")
def get_estate(request: HttpRequest, estate_id: UUID) -> Any:
    """An estate's file: manager of the day, earlier ones, owners' side, contracts, areas."""
    return told_estate_file(_seen(request, estate_id), caller_of(request).at)


@router.get("/estates/{estate_id}/manager", response={200: ManagerOut, **PROBLEMS}, summary="谁在管理")
def get_manager(request: HttpRequest, estate_id: UUID, wanted: Query[AskedDay]) -> Any:
    """Who manages the estate on a date, by which paper."""
    return told_manager_on(_seen(request, estate_id), wanted.on or day_of(caller_of(request).at))


@router.get("/estates/{estate_id}/managers", response={200: ManagersOut, **PROBLEMS}, summary="历任管理人")
def list_managers(request: HttpRequest, estate_id: UUID) -> Any:
    """Everybody who managed the estate, newest first; each ends where the next begins."""
    found = _seen(request, estate_id)
    return {"estate": {"id": found.pk, "name": found.name}, "items": told_managers(found)}


def _seen(request: HttpRequest, estate_id: UUID) -> Any:
    caller = caller_of(request)
    found = visible_estates(caller.official, caller.at).filter(pk=estate_id).first()
    if found is None:
        raise NotFound(NO_ESTATE)
    return found
