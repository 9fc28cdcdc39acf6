"""The two weeks ahead: what falls on which day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongzhi.values.calendars import CALENDAR

from .days import WEEKDAYS, as_day

DAYS = 14
#: Days before today that are shown, for what is overdue.
BEHIND = 2
#: At most so many words a day.
WORDS = 2


@dataclass(frozen=True, slots=True)
class Due:
    """What falls on a day: its words and the state of its chip."""

    on: date
    words: str
    state: str = "calm"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the strip."""

    on: date
    weekday: str
    count: int
    state: str
    words: str
    is_rest: bool
    is_today: bool
    is_past: bool
    href: str = ""


def fortnight(dues: Sequence[Due], at: date | datetime, href: str = "") -> list[Cell]:
    """Fourteen days from the day before yesterday; `href` is completed by the day and filters the list."""
    today = as_day(at)
    days = [today + timedelta(days=number - BEHIND) for number in range(DAYS)]
    return [_cell(day, [due for due in dues if due.on == day], today, href) for day in days]


def _cell(day: date, dues: Sequence[Due], today: date, href: str) -> Cell:
    order: Mapping[str, int] = {"over": 0, "today": 1, "near": 2, "calm": 3}
    worst = min((due.state for due in dues), key=lambda state: order.get(state, 9), default="")
    is_rest = CALENDAR.is_rest(day)
    rest = CALENDAR.why_rest(day)
    words = "、".join(dict.fromkeys(due.words for due in dues[:WORDS]))
    holiday = rest if rest and not rest.startswith("周") else "休息日"
    return Cell(
        on=day,
        weekday="今天" if day == today else f"周{WEEKDAYS[day.weekday()]}",
        count=len(dues),
        state=worst,
        words=words or (holiday if is_rest else ""),
        is_rest=is_rest,
        is_today=day == today,
        is_past=day < today,
        href=f"{href}{day}" if href and dues else "",
    )
