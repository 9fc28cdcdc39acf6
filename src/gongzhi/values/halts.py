"""Suspensions made ready for counting: sorted, merged, and in whole days where a period runs in days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .now import ZONE
from .terms import Suspension
from .wording import day_words, instant_words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HaltedTime:
    """A stretch of instants that does not count; `until` is exclusive, None while it lasts."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class HaltedDays:
    """Days that do not count, `first` to `last` included; `last` is None while it lasts."""

    first: date
    last: date | None
    reason: str

    def covers(self, day: date) -> bool:
        """Whether `day` is not counted."""
        return self.first <= day and (self.last is None or day <= self.last)

    def words(self, since: date) -> str:
        """The line that says which days from `since` on were not counted, and why."""
        if self.last is None:
            return f"暂停中：{day_words(self.first)}起暂停（{self.reason}），恢复后再定届满日"
        first = max(self.first, since)
        number = (self.last - first).days + 1
        return f"暂停：{day_words(first)}至{day_words(self.last)}，共{number}日不计（{self.reason}）"


def halted_time(suspensions: Iterable[Suspension]) -> list[HaltedTime]:
    """Suspensions in order, those that meet or overlap made one."""
    merged: list[HaltedTime] = []
    for one in sorted(suspensions, key=lambda one: one.from_at):
        since = one.from_at.astimezone(UTC)
        until = one.to_at and one.to_at.astimezone(UTC)
        last = merged[-1] if merged else None
        if last and (last.until is None or since <= last.until):
            ends = None if last.until is None or until is None else max(last.until, until)
            merged[-1] = HaltedTime(last.since, ends, _both(last.reason, one.reason))
        else:
            merged.append(HaltedTime(since, until, one.reason))
    return merged


def halted_days(suspensions: Iterable[Suspension]) -> list[HaltedDays]:
    """The days of which a suspension covers the end: as many as the midnights, in Asia/Shanghai, that it spans.

    From the day it begins to the day before it is lifted. One that is lifted on the day it began changes no date.
    """
    days: list[HaltedDays] = []
    for span in halted_time(suspensions):
        first = span.since.astimezone(ZONE).date()
        last = None if span.until is None else span.until.astimezone(ZONE).date() - _DAY
        if last is None or last >= first:
            days.append(HaltedDays(first, last, span.reason))
    return days


def halted_words(span: HaltedTime, since: datetime) -> str:
    """The line for a period of hours."""
    if span.until is None:
        return f"暂停中：{instant_words(span.since)}起暂停（{span.reason}），恢复后再定届满时刻"
    first = max(span.since, since)
    minutes, seconds = divmod(round((span.until - first).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "小时"), (minutes, "分"), (seconds, "秒"))
    length = "".join(f"{number}{unit}" for number, unit in parts if number)
    return f"暂停：{instant_words(first)}至{instant_words(span.until)}，共{length}不计（{span.reason}）"


def _both(one: str, other: str) -> str:
    """Two reasons as one, each once."""
    return one if other in one.split("、") else f"{one}、{other}"
