"""What the rules of this room look at: plain frozen values, read by `queries.py`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TermSituation:
    """A committee's term on a day. `contract_until` is the end of the longest contract that runs."""

    today: date
    ends_on: date | None
    seats: int = 0
    filled: int = 0
    is_below_half: bool = False
    is_seal_lost: bool = False
    has_interim: bool = False
    contract_until: date | None = None
