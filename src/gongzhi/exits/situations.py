"""What the rules of an exit look at: plain frozen values, read by `queries.py`."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gongzhi.values.exchange import VoteTold

from .conduct_rules import Entry
from .grounds import NOTHING_KNOWN, Contract


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
    #: The hour at which everything was handed over, as the confirmation names it; it is signed later.
    handed_over_named: datetime | None = None
    #: What the lists of the handover still have as missing: (list, code, label).
    lacking: tuple[tuple[str, str, str], ...] = ()
    handover_decided: bool = False
    #: From when and until which day, included, the street's decision has somebody serve meanwhile, where nobody else
    #: follows; None where it names no hour, or there is none.
    interim_from: datetime | None = None
    interim_until: date | None = None
    #: The numbers of the street's earlier decisions on it, which others have replaced.
    interim_numbers: tuple[str, ...] = ()
    taken_over_at: datetime | None = None
    #: Where somebody was named to serve meanwhile: whether nobody is registered as managing the estate now.
    is_unserved: bool = False
    irregular_cents: int = 0
    #: Until which day the settlement's figures reach; None where nothing was reported.
    settled_to: date | None = None
    variant: str = ""
    contract: Contract = NOTHING_KNOWN
    #: The first day on which the provider is known to have served here; None where no record tells it.
    serves_since: date | None = None
    #: What the owners decided about the provider, where the ground rests on their vote.
    decision: VoteTold | None = None
    #: When the contract ends, as far as it is known; when the paper that ends it arrived, and which day it names.
    contract_end: date | None = None
    told_at: datetime | None = None
    told_ends_on: date | None = None
    #: When the notice that is being completed was first sent; None where none is.
    completes_since: date | None = None
    #: The time to leave as the law, the contract or the agreement counts it, in words; "" where a person sets a day.
    leave_counted: str = ""
    #: How far an open refusal to leave has been pursued; "" where there is none.
    holdout: str = ""
    #: The day of that: of the last step through court, else of the record; None where there is none.
    holdout_on: date | None = None
    #: What is recorded of the provider, while a forced ground is still to be found.
    conduct: tuple[Entry, ...] = ()
