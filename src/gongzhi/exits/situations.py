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
