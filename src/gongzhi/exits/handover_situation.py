"""What the rules of a handover look at: a plain frozen value, read by `handover_queries.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HandoverSituation:
    """A handover as its rules see it."""

    at: datetime
    today: date
    opened_at: datetime
    lists_done_at: datetime | None = None
    #: Whether somebody is there to receive.
    has_receiver: bool = True
    #: Labels of what is missing, over all lists.
    missing: tuple[str, ...] = ()
    #: By when the last of it is to be made up, as the lists say.
    make_up_by: date | None = None
    #: Code → (state, condition) of the further items.
    extra: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Code of a further item → how many rows stand behind it.
    behind: Mapping[str, int] = field(default_factory=dict)
    #: Titles of the lists that a side would not sign.
    unsigned: tuple[str, ...] = ()
    #: While it is planned: when the contract ends, by when one has to leave, whether the settlement is cleared.
    contract_end: date | None = None
    leave_by: date | None = None
    is_settled: bool = False
    #: Once it is confirmed: each meter by name, and the day it was read on.
    readings: tuple[tuple[str, date], ...] = ()
    units: frozenset[UUID] = frozenset()
    parties: frozenset[UUID] = frozenset()
