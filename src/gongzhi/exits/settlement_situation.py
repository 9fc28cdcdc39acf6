"""What the rules of a settlement look at: a plain frozen value, read by `settlement_queries.py`."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SettlementSituation:
    """A settlement as its rules see it."""

    today: date
    units: int
    unknown_areas: tuple[str, ...]
    total_cents: int = 0
    firms: tuple[UUID, ...] = ()
    provider: UUID | None = None
    owners_cents: int = 0
    paid_cents: int = 0
    unpaid_demanded_cents: int = 0
    unpaid_cents: int = 0
    advanced_cents: int = 0
    reported_cents: int = 0
    payable: tuple[tuple[UUID, int], ...] = ()
