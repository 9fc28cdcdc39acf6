"""Registers as they are told, in plain JSON values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound

from .models import (
    Appointment,
    Engagement,
    Estate,
    Mode,
    Organisation,
    OrganisationKind,
    Post,
    ServiceContract,
)
from .queries import (
    committee_standing,
    history_of_managers,
    managed_until,
    manager_of_day,
    outline_of,
    unit_totals,
)
from .roles import Place


def _named(found: Organisation | Estate | None) -> dict[str, Any] | None:
    return {"id": found.pk, "name": found.name} if found is not None else None


def told_estate(estate: Estate) -> dict[str, Any]:
    """An estate in a list."""
    fields = ("id", "name", "kind", "address", "city", "county", "subdistrict", "community")
    return {name: getattr(estate, name) for name in fields}


def told_estate_file(estate: Estate, at: datetime) -> dict[str, Any]:
    """An estate's file as of `at`; no personal data."""
    today = at.astimezone(ZONE).date()
    managers = [_with_end(estate, row, row.from_on) for row in history_of_managers(estate)]
    now = manager_of_day(estate, today)
    outline = outline_of(estate)
    contracts = ServiceContract.objects.filter(estate=estate).select_related("provider")
    return told_estate(estate) | {
        "first_delivered_on": estate.first_delivered_on,
        "registered_on": estate.registered_on,
        "manager": _with_end(estate, now, today) if now is not None else None,
        "managers": managers,
        "committee": _committee(estate, today),
        "contracts": [_contract(row) for row in contracts.order_by("-starts_on", "id")],
        "outline": outline.told() if outline is not None else None,
        "totals": {name: getattr(unit_totals(estate), name) for name in TOTALS},
    }


TOTALS = (
    *("units", "unsold", "exclusive_area", "exclusive_unknown"),
    *("building_area", "building_unknown"),
)


def _committee(estate: Estate, on: date) -> dict[str, Any]:
    found = committee_standing(estate, on)
    return {
        "state": found.state.value,
        "title": str(found.state.label),
        "organisation": _named(found.interim or found.committee),
        "seats": found.seats,
        "filled": found.filled,
        "is_seal_lost": found.is_seal_lost,
    }


def _contract(row: ServiceContract) -> dict[str, Any]:
    copied = {name: getattr(row, name) for name in ("id", "kind", "signed_on", "starts_on", "ends_on")}
    return copied | {"provider": _named(row.provider)}


def told_manager_on(estate: Estate, on: date) -> dict[str, Any]:
    """Who manages the estate on a day, and until when; NotFound before it was registered."""
    return told_manager_of(Place(estate, on))


def told_manager_of(place: Place, contracts: Iterable[ServiceContract] | None = None) -> dict[str, Any]:
    """The same of a place. `contracts`: all of the estate, where they were read."""
    row = place.manager
    if row is None:
        raise NotFound("那一天小区还没有登记，请换一个以后的日期。")
    return _with_end(place.estate, row, place.on, contracts)


def _with_end(
    estate: Estate, row: Engagement, on: date, contracts: Iterable[ServiceContract] | None = None
) -> dict[str, Any]:
    return told_manager(estate, row, on) | {"until": managed_until(row, on, contracts)}


def told_managers(estate: Estate, rows: Sequence[Engagement] | None = None) -> list[dict[str, Any]]:
    """Everybody who managed the estate, newest first: each ends where the next begins, so there is never a gap.

    `to_at` is exclusive, and null where nobody follows; `to_on` is the last day the row is said to manage.
    """
    rows = history_of_managers(estate) if rows is None else rows
    following = [None, *rows[:-1]]
    return [
        told_manager(estate, row, row.from_on)
        | {
            "to_at": after.from_at if after is not None else None,
            "to_on": after.from_on - timedelta(days=1) if after is not None else None,
            "paper_id": row.paper_id,
        }
        for row, after in zip(rows, following, strict=True)
    ]


def told_manager(estate: Estate, row: Engagement, on: date) -> dict[str, Any]:
    """One engagement; nobody in charge is told with its reason."""
    organisation = row.organisation
    return {
        "estate": _named(estate),
        "on": on,
        "mode": row.mode,
        "mode_title": str(Mode(row.mode).label),
        "organisation": _named(organisation),
        "service_phone": organisation.phone_service if organisation is not None else "",
        "from_on": row.from_on,
        "from_at": row.from_at,
        "paper": row.paper_title,
        "reason": row.reason,
    }


def told_body(row: Organisation) -> dict[str, Any]:
    """A registered body."""
    fields = ("id", "name", "kind", "jurisdiction_code", "service_address", "phone_service")
    copied = {name: getattr(row, name) for name in fields}
    return copied | {"kind_title": str(OrganisationKind(row.kind).label)}


def told_appointment(row: Appointment) -> dict[str, Any]:
    """A post, with `organisation` and `estate` selected."""
    return {
        "id": row.pk,
        "post": row.post,
        "post_title": str(Post(row.post).label),
        "organisation": _named(row.organisation),
        "estate": _named(row.estate),
        "from_on": row.from_on,
        "to_on": row.to_on,
    }
