"""Days and instants in the words of an official paper."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from .minutes import minute_of
from .now import ZONE

_WEEKDAYS = "一二三四五六日"


def date_words(day: date) -> str:
    """2026年3月1日, no zeros, no weekday: the date of a paper. GB/T 9704-2012 7.3.5.4.

    TypeError for an instant: it is a day only where one says in which zone.
    """
    if isinstance(day, datetime):
        raise TypeError("a day is asked for, not an instant")
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=4096)
def day_words(day: date) -> str:
    """2026年10月1日（周四）."""
    return f"{date_words(day)}（周{_WEEKDAYS[day.weekday()]}）"


def instant_words(instant: datetime) -> str:
    """2026年10月1日（周四）18:30, in Asia/Shanghai; seconds only where there are any."""
    local = instant.astimezone(ZONE)
    return day_words(local.date()) + local.strftime("%H:%M:%S" if local.second else "%H:%M")


def minute_words(instant: datetime) -> str:
    """The same to the minute, whatever the record keeps: what people read of an event."""
    return instant_words(minute_of(instant))


def due_words(due_at: datetime) -> str:
    """The end of a period: the midnight that ends a day is that day's 24:00; any other instant as it is."""
    local = due_at.astimezone(ZONE)
    if local.time() == time():
        return f"{day_words(local.date() - timedelta(days=1))}24:00"
    return instant_words(due_at)
