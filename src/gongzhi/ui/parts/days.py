"""Days as pages write them: always with the weekday."""

from datetime import date, datetime, timedelta

from gongzhi.values.now import ZONE

WEEKDAYS = "一二三四五六日"


def as_day(when: date | datetime) -> date:
    """The day in Asia/Shanghai."""
    return when.astimezone(ZONE).date() if isinstance(when, datetime) else when


def weekday(when: date | datetime) -> str:
    """周四."""
    return f"周{WEEKDAYS[as_day(when).weekday()]}"


def day_weekday(when: date | datetime | None) -> str:
    """2026-11-19 周四."""
    return f"{as_day(when)} {weekday(when)}" if when is not None else ""


def short_day(when: date | datetime | None) -> str:
    """11-23 周一."""
    return f"{as_day(when):%m-%d} {weekday(when)}" if when is not None else ""


def last_day(due_at: datetime) -> tuple[date, str]:
    """The day a due instant falls on and its time: the midnight that ends a day is that day's 24:00."""
    local = due_at.astimezone(ZONE)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return local.date() - timedelta(days=1), "24:00"
    return local.date(), f"{local:%H:%M}"


def short_due(due_at: datetime | None) -> str:
    """11-23 周一 24:00; "" where there is none."""
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
