"""Estates, organisations, oneself, files."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Schema

from .basics import Named, PhotographOut


class EstateSummary(Schema):
    """An estate in a list."""

    id: UUID
    name: str
    kind: str
    address: str
    city: str
    county: str
    subdistrict: str
    community: str


class ManagerOut(Schema):
    """Who manages an estate on a day, and by which paper. `mode` unmanaged is said, with its reason.

    `until` is the last day its contract, or the decision by which it serves meanwhile, names: it goes on after it until
    somebody takes over.
    """

    estate: Named
    on: date
    mode: str
    mode_title: str
    organisation: Named | None
    service_phone: str
    from_on: date
    from_at: datetime
    paper: str
    reason: str
    until: date | None = None


class ManagedOut(Schema):
    """One stretch in which an estate was managed so. `to_at` is where the next begins; null while none does."""

    mode: str
    mode_title: str
    organisation: Named | None
    from_on: date
    from_at: datetime
    to_on: date | None
    to_at: datetime | None
    paper: str
    paper_id: UUID | None
    reason: str


class ManagersOut(Schema):
    """Everybody who managed an estate, newest first, without a gap."""

    estate: Named
    items: list[ManagedOut]


class CommitteeOut(Schema):
    """What stands on the owners' side."""

    state: str
    title: str
    organisation: Named | None
    seats: int
    filled: int
    is_seal_lost: bool


class ContractOut(Schema):
    """A service contract."""

    id: UUID
    kind: str
    provider: Named
    signed_on: date
    starts_on: date
    ends_on: date | None


class TotalsOut(Schema):
    """Sums over the units; an unknown area is counted, never guessed."""

    units: int
    unsold: int
    exclusive_area: Decimal
    exclusive_unknown: int
    building_area: Decimal
    building_unknown: int


class OutlineOut(Schema):
    """Where an estate lies: a GeoJSON geometry (longitude, latitude) in the frame named, and its centre."""

    shape: dict[str, Any]
    longitude: Decimal
    latitude: Decimal
    datum: str
    source: str
    source_title: str
    measured_on: date


class EstateOut(EstateSummary):
    """An estate's file."""

    first_delivered_on: date | None
    registered_on: date
    manager: ManagerOut | None
    managers: list[ManagerOut]
    committee: CommitteeOut
    contracts: list[ContractOut]
    outline: OutlineOut | None
    totals: TotalsOut


class OrganisationOut(Schema):
    """A registered body."""

    id: UUID
    name: str
    kind: str
    kind_title: str
    jurisdiction_code: str
    service_address: str
    phone_service: str


class AppointmentOut(Schema):
    """A post I may act in."""

    id: UUID
    post: str
    post_title: str
    organisation: Named | None
    estate: Named | None
    from_on: date
    to_on: date | None


class Me(Schema):
    """Who asks, and as what."""

    account: UUID
    person: UUID | None
    acting_as: UUID | None
    appointments: list[AppointmentOut]


class FileOut(Schema):
    """A file that was kept."""

    id: UUID
    digest: str
    size: int
    media_type: str
    name: str
    photograph: PhotographOut | None
