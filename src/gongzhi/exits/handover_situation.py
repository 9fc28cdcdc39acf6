"""What the rules of a handover look at: a plain frozen value, read by `handover_queries.py`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HandoverSituation:
    """A handover as its rules see it."""

    at: datetime
    lists_done_at: datetime | None = None
    opened_at: datetime | None = None
