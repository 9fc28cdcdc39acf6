"""What the rules of an exit look at: plain frozen values, read by `queries.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongzhi.values.exchange import VoteTold


@dataclass(frozen=True, slots=True)
class ExitSituation:
    """An exit as its rules see it on a day."""

    at: datetime
    today: date
    said_exit_on: date | None = None
    arrived_at: datetime | None = None
    vote: VoteTold | None = None
    successor: UUID | None = None
    provider: UUID | None = None
    committee: UUID | None = None
    managers: tuple[UUID, ...] = ()
    handed_over_at: datetime | None = None
    handover_decided: bool = False
    taken_over_at: datetime | None = None
    irregular_cents: int = 0
    contract_days: int | None = None


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


@dataclass(frozen=True, slots=True)
class HandoverSituation:
    """A handover as its rules see it."""

    at: datetime
    lists_done_at: datetime | None = None
    opened_at: datetime | None = None
