"""What is said about a period: its length, how it is counted, when it was suspended, and where it ends."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Unit(StrEnum):
    """《中华人民共和国民法典》第200条; working days where a text says 工作日."""

    DAYS = "D"
    WORKING_DAYS = "WD"
    HOURS = "h"
    MONTHS = "M"
    YEARS = "Y"


class Direction(StrEnum):
    """Which way a period is counted from its event."""

    AFTER = "after"
    BEFORE = "before"


class Roll(StrEnum):
    """What happens when the last day is a rest day."""

    NONE = "none"
    NEXT_WORKDAY = "next_workday"


_ISO = re.compile(r"P(?:(?P<amount>\d{1,5})(?P<unit>WD|D|M|Y)|T(?P<hours>\d{1,5})H)", re.ASCII)
_WORDS = {
    Unit.DAYS: "日",
    Unit.WORKING_DAYS: "个工作日",
    Unit.HOURS: "小时",
    Unit.MONTHS: "个月",
    Unit.YEARS: "年",
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, at least one of its unit."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or self.amount < 1:
            raise ValueError(f"a period is a whole number of its unit, at least one: {self.amount!r}")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `P90D`, `P5WD`, `PT24H`, `P3M` or `P2Y`; ValueError for anything else."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise ValueError(f"not a period: {text!r}")
        if found["hours"]:
            return cls(int(found["hours"]), Unit.HOURS)
        return cls(int(found["amount"]), Unit(found["unit"]))

    @property
    def iso(self) -> str:
        """The form that `parse` reads."""
        return f"PT{self.amount}H" if self.unit is Unit.HOURS else f"P{self.amount}{self.unit.value}"

    def __str__(self) -> str:
        return f"{self.amount}{_WORDS[self.unit]}"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a period is counted. Without more: forward, first day not counted, rolled over rest days (201, 203)."""

    period: Period
    direction: Direction = Direction.AFTER
    roll: Roll = Roll.NEXT_WORKDAY
    count_first_day: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """Time that does not count, from `from_at` until `to_at` (exclusive; None while it lasts)."""

    from_at: datetime
    to_at: datetime | None
    reason: str

    def __post_init__(self) -> None:
        if self.from_at.tzinfo is None or (self.to_at is not None and self.to_at.tzinfo is None):
            raise ValueError("a suspension's instants need a zone")
        if self.to_at is not None and self.to_at < self.from_at:
            raise ValueError("a suspension ends before it begins")


@dataclass(frozen=True, slots=True)
class DueDate:
    """Where a period ends, and why.

    `due_on` is the last day, to 24:00, and `due_at` the first instant after it; a period of hours has `due_at` only.
    Counted backwards, `due_on` is 最迟到达日 and `advised_on` 建议送达日. All three are None while suspended.
    `exact` is False when the result rests on a year whose calendar is not announced; `warnings` names the year.
    """

    due_at: datetime | None
    due_on: date | None
    advised_on: date | None
    exact: bool
    working: tuple[str, ...]
    warnings: tuple[str, ...]
    calendar: str
