"""The official calendar: weekends, the holidays of the State Council's yearly notice, and its make-up working days.

One table a year stands in `calendar_years/`, written from the notice it names. A year without a table is counted
with weekends and the holidays that the regulation itself gives to fixed days (《全国年节及纪念日放假办法》第二条), and
whoever asked for it is told (`is_known`). A notice may also move the last days of the
December before it, so a table may hold those; the calendar's `version` then changes and running clocks are
projected again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

_SATURDAY = 5
_FOLDER = Path(__file__).with_name("calendar_years")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearTable:
    """What one yearly notice says: rest days by holiday name, and weekend days that are worked (调休)."""

    year: int
    notice: str
    number: str
    issued_on: date
    rest: Mapping[date, str]
    make_up: frozenset[date]

    def __post_init__(self) -> None:
        strangers = sorted(day for day in {*self.rest, *self.make_up} if not self._is_of_year(day))
        if strangers:
            raise ValueError(f"{self.year}: {strangers[0]} is not a day this notice can rule on")
        worked = sorted(day for day in self.make_up if day in self.rest or day.weekday() < _SATURDAY)
        if worked:
            raise ValueError(
                f"{self.year}: {worked[0]} cannot be a make-up day: it is a holiday or no weekend"
            )

    def _is_of_year(self, day: date) -> bool:
        """A notice rules on its year, and may shift the last week of the year before."""
        return day.year == self.year or date(self.year - 1, 12, 25) <= day < date(self.year, 1, 1)


class Calendar:
    """Which days are worked. Immutable; equal tables give an equal `version`.

    `standing`: the holidays of years without a table, by month and day.
    """

    def __init__(
        self, tables: Iterable[YearTable], standing: Mapping[tuple[int, int], str] = MappingProxyType({})
    ) -> None:
        self._standing = standing
        self.tables = tuple(sorted(tables, key=lambda table: table.year))
        self._years = frozenset(table.year for table in self.tables)
        if len(self._years) != len(self.tables):
            raise ValueError("two tables for one year")
        self._make_up = frozenset[date]().union(*(table.make_up for table in self.tables))
        self._rest = {day: name for table in self.tables for day, name in table.rest.items()}

    @cached_property
    def version(self) -> str:
        """The years known and a short digest of their days, e.g. `2024–2026#1a2b3c`."""
        days = [f"{day}{name}" for day, name in sorted(self._rest.items())]
        days += [f"{day}+" for day in sorted(self._make_up)]
        days += [f"{month}-{day}{name}" for (month, day), name in sorted(self._standing.items())]
        digest = hashlib.sha256("\n".join([*map(str, sorted(self._years)), *days]).encode()).hexdigest()[:6]
        return f"{_spans(self._years)}#{digest}"

    def is_known(self, year: int) -> bool:
        """Whether the yearly notice of `year` is in this calendar."""
        return year in self._years

    def is_before(self, year: int) -> bool:
        """Whether `year` lies before every yearly notice in this calendar: its own will not be added."""
        return bool(self._years) and year < min(self._years)

    def is_rest(self, day: date) -> bool:
        """Whether `day` is a statutory rest day, 《中华人民共和国民法典》第203条."""
        if isinstance(day, datetime):
            raise TypeError("a calendar is asked for a day, not for an instant")
        if day in self._rest or (day.weekday() >= _SATURDAY and day not in self._make_up):
            return True
        return day.year not in self._years and (day.month, day.day) in self._standing

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`: make-up days (调休上班) are working days."""
        return not self.is_rest(day)

    def why_rest(self, day: date) -> str:
        """The holiday's name, else 周六 or 周日; empty for a working day."""
        name = self._rest.get(day)
        if name is None and not self.is_known(day.year):
            name = self._standing.get((day.month, day.day))
        if name is not None:
            return name
        weekday = day.weekday()
        if weekday < _SATURDAY or day in self._make_up:
            return ""
        return "周六" if weekday == _SATURDAY else "周日"

    def is_make_up(self, day: date) -> bool:
        """Whether `day` is a weekend day that is worked by the notice."""
        return day in self._make_up

    def working_on_or_after(self, day: date) -> date:
        """`day` itself when it is worked, else the next day that is."""
        while self.is_rest(day):
            day += _DAY
        return day

    def working_on_or_before(self, day: date) -> date:
        """`day` itself when it is worked, else the last day before it that is."""
        while self.is_rest(day):
            day -= _DAY
        return day

    def with_table(self, table: YearTable) -> "Calendar":
        """This calendar with one more year, or with that year's table replaced."""
        return Calendar([*(old for old in self.tables if old.year != table.year), table], self._standing)


def _spans(years: Iterable[int]) -> str:
    """Years as ranges: {2024, 2025, 2027} → 2024–2025、2027."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return "、".join(f"{span[0]}–{span[-1]}" if len(span) > 1 else str(span[0]) for span in spans)


def _days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, both included."""
    if last < first:
        raise ValueError(f"{last} is before {first}")
    return [first + _DAY * number for number in range((last - first).days + 1)]


def year_table(said: Mapping[str, Any]) -> YearTable:
    """Read one year's table from the shape of the files in `calendar_years/`."""
    rest = {day: span["name"] for span in said["rest"] for day in _days(span["first"], span["last"])}
    return YearTable(
        year=said["year"],
        notice=said["notice"],
        number=said["number"],
        issued_on=said["issued_on"],
        rest=rest,
        make_up=frozenset(said["make_up"]),
    )


def read_calendar(folder: Path = _FOLDER) -> Calendar:
    """The calendar of all year files in `folder`; raises ValueError for a table that cannot be right."""
    said = {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yaml"))
    }
    standing = said.pop("standing", {"rest": ()})
    fixed = {(span["month"], day): span["name"] for span in standing["rest"] for day in span["days"]}
    return Calendar(map(year_table, said.values()), fixed)


#: The calendar this release knows.
CALENDAR = read_calendar()
