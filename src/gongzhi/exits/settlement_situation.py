"""What the rules of a settlement look at: a plain frozen value, read by `settlement_queries.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SettlementSituation:
    """A settlement as its rules see it. Sums in cents; `related` are firms with people of the provider."""

    today: date
    units: int
    unknown_areas: tuple[str, ...]
    #: The last day of the service as it is known; the period that was asked for.
    service_ends: date | None = None
    period: tuple[date, date] | None = None
    firms: tuple[UUID, ...] = ()
    related: tuple[UUID, ...] = ()
    provider: UUID | None = None
    quotes: Mapping[UUID, int] = field(default_factory=dict)
    chosen: UUID | None = None
    total_cents: int = 0
    owners_cents: int = 0
    fee_cents: int = 0
    paid_cents: int = 0
    unpaid_demanded_cents: int = 0
    unpaid_cents: int = 0
    advanced_cents: int = 0
    offset_cents: int = 0
    is_collected: bool = False
    #: Code → label of what was asked for and has not come in.
    missing_books: Mapping[str, str] = field(default_factory=dict)
    reported_cents: int = 0
    payable: tuple[tuple[UUID, int], ...] = ()
