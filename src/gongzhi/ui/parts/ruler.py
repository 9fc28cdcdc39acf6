"""The day ruler: one cell a day, or a week where it gets too long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from .days import as_day

#: Over so many days the ruler counts weeks.
LONGEST = 45
WEEK = 7
#: The part of its width that a label at an end, with half of one in between, takes on a narrow telephone in large type:
#: month and day, or the year too.
ROOM, ROOM_FOR_YEARS = 0.22, 0.38
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """One day or week. `kind`: past, now, off (not counted), halt (suspended), due, full or coming."""

    first: date
    last: date
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Ruler:
    """Cells in order, and the same in words."""

    cells: tuple[Cell, ...]
    words: str
    by_weeks: bool


def ruler(
    start: date | datetime,
    end: date | datetime,
    at: date | datetime,
    *,
    skipped: Collection[date] = (),
    halted: Sequence[tuple[date, date | None]] = (),
    counts_first: bool = False,
    minimum: bool = False,
    stopped: date | datetime | None = None,
) -> Ruler:
    """From the day of the event to the last day (both included), as seen on the day of `at`.

    `skipped` days are hatched, `halted` ones (last day included, None while it lasts) marked as suspended; `minimum`:
    the end is a period that is full, not a deadline. `stopped`: the day it ended before it was over; nothing is filled
    from there on.
    """
    first, last, today = as_day(start), as_day(end), as_day(at)
    until = as_day(stopped) if stopped is not None else None
    broken = until if until is not None and until <= last else None
    days = [first + _DAY * number for number in range(max((last - first).days, 0) + 1)]
    off = set(skipped) | (set() if counts_first else {first})
    cells = [
        Cell(
            day, day, "coming" if broken and day >= broken else _kind(day, last, today, off, halted, minimum)
        )
        for day in days
    ]
    by_weeks = len(days) > LONGEST
    if by_weeks:
        cells = [_week(cells[begin : begin + WEEK]) for begin in range(0, len(cells), WEEK)]
    words = f"{first} 至 {last}，共 {len(days)} 日" + (f"，今天 {today}" if first <= today <= last else "")
    words += f"，{broken} 停止" if broken else ""
    marked = (broken, "停止") if broken is not None else (today, "今天")
    return Ruler(tuple(_labelled(cells, *marked)), words, by_weeks)


def _kind(
    day: date,
    last: date,
    today: date,
    off: set[date],
    halted: Sequence[tuple[date, date | None]],
    minimum: bool,
) -> str:
    if day == last:
        return "full" if minimum else "due"
    if day == today:
        return "now"
    if any(begin <= day and (end is None or day <= end) for begin, end in halted):
        return "halt"
    if day in off:
        return "off"
    return "past" if day < today else "coming"


def _week(days: Sequence[Cell]) -> Cell:
    """A week shows the strongest of its days; hatched only if nothing in it counts."""
    kinds = {day.kind for day in days}
    strongest = next((kind for kind in ("due", "full", "now", "halt") if kind in kinds), None)
    kind = strongest or ("off" if kinds == {"off"} else "past" if "past" in kinds else "coming")
    return Cell(days[0].first, days[-1].last, kind)


def _labelled(cells: list[Cell], marked: date, words: str) -> list[Cell]:
    """Its first and last day in figures, with the year where it is not the same, or not that of the day that is marked.

    Today (or where it stopped) stands in between where there is room.
    """
    if not cells:
        return cells
    first, last = cells[0].first, cells[-1].last
    is_plain = first.year == last.year == marked.year
    form, room = ("%m-%d", ROOM) if is_plain else ("%Y-%m-%d", ROOM_FOR_YEARS)
    ends = {0: first.strftime(form), len(cells) - 1: last.strftime(form)}
    found = []
    for place, cell in enumerate(cells):
        has_room = room <= (place + 0.5) / len(cells) <= 1 - room
        is_marked = cell.first <= marked <= cell.last and has_room
        found.append(replace(cell, label=ends.get(place) or (words if is_marked else "")))
    return found
