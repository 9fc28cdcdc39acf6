"""单位、人员与任职、账号: lists by keys, the same as spreadsheets, and one of each whole."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.accounts.models import Account
from gongzhi.registry.models import Appointment, Estate, Organisation, Post
from gongzhi.registry.queries import day_of
from gongzhi.registry.territory import visible_estates
from gongzhi.ui.exporting import EXPORTED, workbook
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotFound

from ...views.acting import actor_in
from .. import accounts, appointments, offering, organisations
from ..paging import page_of
from ..sealing import may_seal
from ..seeing import demand_administrator, demand_people, people_seen

LONGEST = 50


# 单位 ---------------------------------------------------------------------------------------------------------------


@seated
def organisation_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Registered bodies by pinyin."""
    asked, on = organisations.Asked.read(request.GET.dict()), day_of(seat.at)
    rows = organisations.asked_for(asked, on)
    found = page_of(rows, "pinyin", after=asked.after, before=asked.before)
    told = {
        "asked": asked,
        "rows": organisations.told(found.rows, on),
        "after": found.after,
        "before": found.before,
        "states": organisations.STATES,
        "kinds": organisations.kinds_offered(),
        "places": organisations.places_offered(asked.place, _own_place(seat)),
        "may_register": _offers(request, seat, "registry.register_organisation"),
    }
    return render(request, "desk/administration/organisations.html", told)


def _own_place(seat: Seat) -> str:
    body = seat.appointment.organisation
    return body.jurisdiction_code if body is not None else ""


def _offers(request: HttpRequest, seat: Seat, name: str) -> str:
    """The address of an act's form, "" where the post can never do it."""
    found, by = offering.public_action(name), actor_in(request, seat)
    links = [link for group in offering.offered(by, seat.at) for link in group.links]
    return next((link.href for link in links if link.name == found.name), "")


@seated
def organisation_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    asked, on = organisations.Asked.read(request.GET.dict()), day_of(seat.at)
    rows = list(organisations.asked_for(asked, on).order_by("pinyin", "pk")[:EXPORTED])
    told = organisations.told(rows, on)
    return workbook("单位", organisations.HEADS, (_cells(one, organisations.CELLS) for one in told), seat.at)


def _cells(told: dict[str, Any], names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(told[name] for name in names)


@seated
def organisation_page(request: HttpRequest, seat: Seat, organisation_id: UUID) -> HttpResponse:
    """One body whole, with the acts one may do to it."""
    row = Organisation.objects.filter(pk=organisation_id).select_related("estate").first()
    if row is None:
        raise NotFound("没有登记这个单位，请核对地址，或者到单位列表中查找。")
    by = actor_in(request, seat)
    told = organisations.body_file(row, seat.appointment, seat.at, day_of(seat.at)) | {
        "acts": offering.about(by, seat.at, organisation_id=row.pk),
        "may_end": _may_end(request, seat, row),
        "may_seal": may_seal(by, seat, row.pk),
    }
    return render(request, "desk/administration/organisation.html", told)


def _may_end(request: HttpRequest, seat: Seat, row: Organisation) -> bool:
    """Whether one may end posts there."""
    found, held = offering.public_action("registry.end_appointment"), row.appointments.first()
    if held is None:
        return False
    return offering.may_there(found, actor_in(request, seat), seat.at, {"appointment_id": held.pk})


# 人员与任职 ----------------------------------------------------------------------------------------------------------


@seated
def appointment_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Posts, those that began last first."""
    demand_people(seat.appointment)
    asked, on = appointments.Asked.read(request.GET.dict()), day_of(seat.at)
    rows = appointments.asked_for(seat.appointment, asked, seat.at, on)
    found = page_of(rows, "-from_on", after=asked.after, before=asked.before)
    told = {
        "asked": asked,
        "rows": appointments.told(found.rows, on),
        "after": found.after,
        "before": found.before,
        "states": appointments.STATES,
        "posts": Post.choices,
        "organisation": Organisation.objects.filter(pk=asked.organisation).first()
        if asked.organisation
        else None,
        "estate": _estate_asked(seat, asked.estate),
        "may_appoint": _offers(request, seat, "registry.appoint"),
        "may_register": _offers(request, seat, "registry.register_person"),
    }
    return render(request, "desk/administration/appointments.html", told)


def _estate_asked(seat: Seat, estate_id: UUID | None) -> Estate | None:
    if estate_id is None:
        return None
    found: Estate | None = visible_estates(seat.appointment, seat.at).filter(pk=estate_id).first()
    return found


@seated
def appointment_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    demand_people(seat.appointment)
    asked, on = appointments.Asked.read(request.GET.dict()), day_of(seat.at)
    rows: list[Appointment] = list(
        appointments.asked_for(seat.appointment, asked, seat.at, on).order_by("-from_on", "-pk")[:EXPORTED]
    )
    told = appointments.told(rows, on)
    return workbook("任职", appointments.HEADS, (_cells(one, appointments.CELLS) for one in told), seat.at)


@seated
def person_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """People by the beginning of a name, or by a whole number."""
    demand_people(seat.appointment)
    text = request.GET.get("q", "").strip()[:LONGEST]
    rows, more = appointments.found_people(seat.appointment, text, seat.at)
    told = {
        "asked": text,
        "rows": rows,
        "has_more": more,
        "may_register": _offers(request, seat, "registry.register_person"),
    }
    return render(request, "desk/administration/people.html", told)


@seated
def person_page(request: HttpRequest, seat: Seat, person_id: UUID) -> HttpResponse:
    """One person, the numbers masked."""
    demand_people(seat.appointment)
    row = people_seen(seat.appointment, seat.at).filter(pk=person_id).first()
    if row is None:
        raise NotFound("没有这个人员，或者不在您的范围内，请用姓名或者完整的证件号码查找。")
    told = appointments.person_file(row, seat.appointment, seat.at, day_of(seat.at))
    told |= {"acts": offering.about(actor_in(request, seat), seat.at, person_id=row.pk)}
    return render(request, "desk/administration/person.html", told)


# 账号 ---------------------------------------------------------------------------------------------------------------


@seated
def account_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Accounts by name."""
    demand_administrator(seat.appointment)
    name, state = _asked_account(request)
    rows = accounts.asked_for(name, state)
    found = page_of(
        rows, "username", after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    told = {
        "asked": name,
        "state": state,
        "states": accounts.STATES,
        "rows": accounts.told(found.rows, seat.appointment, seat.at),
        "after": found.after,
        "before": found.before,
        "may_open": _offers(request, seat, "accounts.open_account"),
    }
    return render(request, "desk/administration/accounts.html", told)


def _asked_account(request: HttpRequest) -> tuple[str, str]:
    state = request.GET.get("state", "")
    return request.GET.get("q", "").strip()[:64], state if state in accounts.STATES else ""


@seated
def account_export(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The list as a spreadsheet, under the same filters."""
    demand_administrator(seat.appointment)
    rows = list(accounts.asked_for(*_asked_account(request)).order_by("username", "pk")[:EXPORTED])
    told = accounts.told(rows, seat.appointment, seat.at)
    return workbook("账号", accounts.HEADS, (_cells(one, accounts.CELLS) for one in told), seat.at)


@seated
def account_page(request: HttpRequest, seat: Seat, account_id: UUID) -> HttpResponse:
    """One account, with what the administrator may do to it."""
    demand_administrator(seat.appointment)
    row = Account.objects.filter(pk=account_id).first()
    if row is None:
        raise NotFound("没有这个账号，请到账号列表中查找。")
    told = accounts.account_file(row, seat.appointment, seat.at)
    told |= {"acts": offering.about(actor_in(request, seat), seat.at, account_id=row.pk)}
    return render(request, "desk/administration/account.html", told)
