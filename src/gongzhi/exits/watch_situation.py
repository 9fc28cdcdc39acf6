"""What the rules of the watches look at."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WatchSituation:
    """A watched date as the rules see it on a day. `owners` says who stands on the owners' side."""

    today: date
    on: date | None
    may_decide: bool = True
    owners: str = ""
    exit_running: bool = False
