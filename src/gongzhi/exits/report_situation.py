"""What the rules of the report look at."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportSituation:
    """The days a report is about, both included; none while the place has not set how often it reports."""

    today: date
    from_on: date | None = None
    to_on: date | None = None
