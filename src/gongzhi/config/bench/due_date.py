"""Row *due date*: one due date with its working, pure."""

from datetime import date

from gongzhi.values.calendars import CALENDAR
from gongzhi.values.periods import Direction, Period, Roll, Rule, Unit, due

from .figures import Figure, median, seconds

ROUNDS, CALLS, LIMIT = 7, 2000, 50.0
#: Ninety days that end in a holiday and roll; ninety days backward; twenty working days.
RULES = (
    ("90 days, rolled over a holiday", Rule(Period(90, Unit.DAYS), Direction.AFTER, Roll.NEXT_WORKDAY)),
    ("90 days before", Rule(Period(90, Unit.DAYS), Direction.BEFORE, Roll.NONE)),
    ("20 working days", Rule(Period(20, Unit.WORKING_DAYS))),
)
START = date(2026, 7, 5)


def measure() -> list[Figure]:
    """Microseconds a call, the median of several rounds."""
    return [
        Figure("due date", name, median([_once(rule) for _ in range(ROUNDS)]), LIMIT, "µs", "pure")
        for name, rule in RULES
    ]


def _once(rule: Rule) -> float:
    def work() -> None:
        for _ in range(CALLS):
            due(rule, START, CALENDAR)

    return seconds(work) / CALLS * 1e6
