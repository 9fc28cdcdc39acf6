"""期限计算: one period, or a chain of them.

Each is counted from a date that was typed, from the date another one counts from, or from the result before it.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from gongzhi.law.arguments import Unreadable, read_day, read_instant
from gongzhi.law.book import LawBook
from gongzhi.law.value import Value
from gongzhi.values import periods
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.refusals import Invalid, NotPossible, Refusal
from gongzhi.values.terms import Direction, DueDate, Roll, Unit

from .law_words import anchor_words, calendar_words, event_words, in_words, is_minimum, said

#: Links of a chain at most.
LONGEST = 12
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LAST_MONTH = 12
_SAME_AS = re.compile(r"同第\s*(\d{1,2})\s*步")


@dataclass(frozen=True, slots=True)
class Link:
    """One period of the chain, with its result or the sentence that says why there is none.

    `typed`: the date in the form, or the step whose date it is (同第1步), "" where it counts from the result before.
    `start`: the instant it counts from.
    `called`: the key's title; `in_date`: what was refused is the date, and not the period.
    """

    key: str
    typed: str
    value: Value | None = None
    start: datetime | None = None
    reckoned: DueDate | None = None
    warnings: tuple[str, ...] = ()
    refused: str = ""
    called: str = ""
    in_date: bool = False

    @property
    def title(self) -> str:
        """The key's title; what was asked for where there is no such key."""
        return self.called or self.key

    @property
    def period(self) -> str:
        """How long."""
        return said(self.value) if self.value is not None and self.value.is_set else ""

    @property
    def event(self) -> str:
        """What it counts from by the law."""
        return anchor_words(self.value) if self.value is not None else ""

    @property
    def same_as(self) -> int:
        """The number of the step from whose date it counts, 0 for none."""
        found = _SAME_AS.fullmatch(self.typed)
        return int(found[1]) if found is not None else 0

    @property
    def day_of(self) -> str:
        """The event alone: 交接确认."""
        return event_words(self.value) if self.value is not None else ""

    @property
    def is_latest_arrival(self) -> bool:
        """Whether the result is the last day something may arrive on."""
        return self.value is not None and self.value.direction is Direction.BEFORE

    @property
    def is_least(self) -> bool:
        """Whether the period is the least time, so that the result is the first end of it."""
        return self.value is not None and is_minimum(self.value)

    @property
    def stays(self) -> bool:
        """Whether its own rule keeps a last day that is a rest day, though days counted forward roll on."""
        if self.reckoned is None or self.value is None:
            return False
        rule = self.value.rule
        forward = rule.direction is Direction.AFTER and rule.period.unit is not Unit.HOURS
        return forward and rule.roll is Roll.NONE

    @property
    def result(self) -> date | datetime | None:
        """Where the next one counts from: the last day, or the instant of a period of hours."""
        return (self.reckoned.due_on or self.reckoned.due_at) if self.reckoned is not None else None

    @property
    def clock(self) -> dict[str, Any] | None:
        """As the part 这个日期怎么算的 reads a clock."""
        if self.reckoned is None or self.value is None:
            return None
        found = self.reckoned
        return {
            "title": self.value.title,
            "anchor": "",
            "anchor_at": self.start,
            "due_at": found.due_at,
            "due_on": found.due_on,
            "advised_on": found.advised_on,
            "exact": found.exact,
            "calendar": calendar_words(CALENDAR),
            "minimum": self.is_least,
            "moves": (),
            "working": (*found.working, *self.value.set_here),
            "citations": self.value.citations,
            "warnings": tuple(in_words(one, self.key, self.value.options) for one in self.warnings),
        }


def asked(keys: Sequence[str], typed: Sequence[str]) -> list[Link]:
    """The rows of the form that name a key, with the date typed beside each."""
    dates = [*typed, *([""] * len(keys))]
    rows = [Link(key, day.strip()) for key, day in zip(keys, dates, strict=False) if key]
    return rows[:LONGEST]


def reckon(book: LawBook, code: str, links: Sequence[Link], on: date | None) -> list[Link]:
    """Each link with its result. The law is that of `on`, else of the day the first event falls on."""
    done: list[Link] = []
    for asked_for in links:
        link = replace(asked_for, called=_title(book, asked_for.key))
        try:
            made = _reckon(book, code, link, done, on)
        except Unreadable as unreadable:
            told = _no_such_day(link.typed) or str(unreadable)
            made = replace(link, value=_told(book, code, link, on), refused=told, in_date=True)
        except Refusal as refused:
            in_date = isinstance(refused, Invalid)
            made = replace(link, value=_told(book, code, link, on), refused=refused.sentence, in_date=in_date)
        on = on or (made.start.date() if made.start is not None else None)
        done.append(made)
    return done


def _title(book: LawBook, key: str) -> str:
    """The key's title; "" for no key."""
    try:
        return book.key(key).title
    except Refusal:
        return ""


def _no_such_day(typed: str) -> str:
    """What to type for a day its month does not have; "" for anything else."""
    found = _ISO_DAY.fullmatch(typed)
    year, month, day = map(int, found.groups()) if found is not None else (0, 0, 0)
    if not year or not 1 <= month <= _LAST_MONTH:
        return ""
    last = monthrange(year, month)[1]
    near = date(year, month, min(max(day, 1), last))
    return f"{year}年{month}月没有{day}日，最接近的是 {near}。" if near.day != day else ""


def _told(book: LawBook, code: str, link: Link, on: date | None) -> Value | None:
    try:
        return book.value_of(link.key, code, on, deciding=False) if on is not None else None
    except Refusal:
        return None


def _reckon(book: LawBook, code: str, link: Link, done: Sequence[Link], on: date | None) -> Link:
    start, is_day = _start(link, done)
    value = book.value_of(link.key, code, on or start.date(), deciding=False)
    if not value.is_defined:
        raise NotPossible(f"此地没有“{value.title}”的规定，不能计算日期。")
    found = periods.due(value.rule, start, CALENDAR)
    hours = value.period.unit is Unit.HOURS
    early = ("起算只给了日期，按当日0时起算，请补充时刻",) if hours and is_day else ()
    warnings = (*early, *found.warnings, *value.warnings)
    return replace(link, value=value, start=start, reckoned=found, warnings=warnings)


def _start(link: Link, done: Sequence[Link]) -> tuple[datetime, bool]:
    """The instant typed, that of the step it names, or the result before it; Unreadable where there is none."""
    if link.same_as:
        return _same_start(link.same_as, done)
    if link.typed:
        return read_instant(link.typed)
    before = done[-1].result if done else None
    if before is None:
        raise Unreadable("前面没有得出日期，请填写起算的日期，例如 2026-09-01。")
    return read_instant(before.isoformat())


def _same_start(step: int, done: Sequence[Link]) -> tuple[datetime, bool]:
    """From where an earlier step counts; whether only a day was given is told there once."""
    start = done[step - 1].start if step <= len(done) else None
    if start is None:
        raise Unreadable(f"前面没有第 {step} 步的起算日期，请填写起算的日期，例如 2026-09-01。")
    return start, False


def read_on(text: str, today: date) -> date:
    """The day the law is asked of; today where nothing was typed. Invalid: what was typed is no day."""
    try:
        return read_day(text) if text else today
    except Unreadable as unreadable:
        raise Invalid(_no_such_day(text) or str(unreadable)) from None
