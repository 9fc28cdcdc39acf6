"""Days as pages write them: always with the weekday; a short one says its year where that is not the page's own."""

from contextvars import ContextVar
from datetime import date, datetime, timedelta

from gongzhi.values.now import ZONE

WEEKDAYS = "一二三四五六日"
#: The day the page is read on; None outside of a page, where no short date says its year.
_READ_ON: ContextVar[date | None] = ContextVar("read_on", default=None)


def read_on(at: datetime | None) -> None:
    """From now on pages are read at that instant; None: no page is made any more."""
    _READ_ON.set(as_day(at) if at is not None else None)


def as_day(when: date | datetime) -> date:
    """The day in Asia/Shanghai."""
    return when.astimezone(ZONE).date() if isinstance(when, datetime) else when


def weekday(when: date | datetime) -> str:
    """周四."""
    return f"周{WEEKDAYS[as_day(when).weekday()]}"


def day_weekday(when: date | datetime | None) -> str:
    """2026-11-19 周四."""
    return f"{as_day(when)} {weekday(when)}" if when is not None else ""


def month_day(when: date | datetime | None) -> str:
    """11-23; 2028-01-31 where it is read in another year."""
    if when is None:
        return ""
    day, read = as_day(when), _READ_ON.get()
    return f"{day:%m-%d}" if read is None or day.year == read.year else f"{day}"


def short_day(when: date | datetime | None) -> str:
    """11-23 周一; 2028-01-31 周一 where it is read in another year."""
    return f"{month_day(when)} {weekday(when)}" if when is not None else ""


def short_time(when: datetime | None) -> str:
    """11-23 09:30, of what happened; 2025-11-23 09:30 where it is read in another year."""
    return f"{month_day(when)} {when.astimezone(ZONE):%H:%M}" if when is not None else ""


def last_day(due_at: datetime) -> tuple[date, str]:
    """The day a due instant falls on and its time: the midnight that ends a day is that day's 24:00."""
    local = due_at.astimezone(ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), f"{local:%H:%M}"


def short_due(due_at: datetime | None) -> str:
    """11-23 周一 24:00, with its year where it is read in another one; "" where there is none."""
    if due_at is None:
        return ""
    day, hour = last_day(due_at)
    return f"{short_day(day)} {hour}"


def binding(due_at: datetime | None) -> str:
    """2026 年 11 月 23 日 星期一 24:00, where it binds."""
    if due_at is None:
        return "日期未定"
    day, hour = last_day(due_at)
    return f"{day.year} 年 {day.month} 月 {day.day} 日 星期{WEEKDAYS[day.weekday()]} {hour}"
