"""What was left of a period on the day it was halted, counted as it goes on: so many days are counted after it, too.

An end that lies on a rest day rolls on only once it is there: what is left is told without.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from .calendars import Calendar
from .now import ZONE
from .periods import due, local_day
from .terms import Roll, Rule, Suspension, Unit

#: What is left of a period whose first day had not come.
NOT_BEGUN = "还没有起算"
_DAY = timedelta(days=1)


def remaining(
    rule: Rule, start: datetime | date, calendar: Calendar, suspensions: Sequence[Suspension]
) -> str:
    """`14 日`, `3 个工作日`, `5 小时 12 分`, `NOT_BEGUN`; "" where nothing is halted. Raises as `due`."""
    since = min((one.from_at for one in suspensions if one.to_at is None), default=None)
    if since is None:
        return ""
    found = due(
        replace(rule, roll=Roll.NONE), start, calendar, [one for one in suspensions if one.to_at is not None]
    )
    if rule.period.unit is Unit.HOURS:
        return _hours(start, since, found.due_at)
    stopped = since.astimezone(ZONE).date()
    if stopped < local_day(start) + _DAY * (not rule.count_first_day):
        return NOT_BEGUN
    days = max((found.due_on - stopped).days, 0) if found.due_on is not None else 0
    if rule.period.unit is not Unit.WORKING_DAYS:
        return f"{days} 日"
    worked = sum(not calendar.is_rest(stopped + _DAY * number) for number in range(1, days + 1))
    return f"{worked} 个工作日"


def _hours(start: datetime | date, since: datetime, ends_at: datetime | None) -> str:
    if ends_at is None or (isinstance(start, datetime) and since < start):
        return NOT_BEGUN
    minutes = max(int((ends_at - since).total_seconds()) // 60, 0)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分"
