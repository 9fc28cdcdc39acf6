"""How many days before its end a date counts as near."""

from datetime import date

from gongzhi.law import queries as law
from gongzhi.values.refusals import NotFound
from gongzhi.values.terms import Unit

#: Where the place has set nothing. Ours to choose, not law.
NEAR = 7
KEY = "ladder.remind_before"
_DAYS = {Unit.DAYS: 1, Unit.WORKING_DAYS: 1, Unit.MONTHS: 30}


def near_days(at_code: str, on: date) -> int:
    """The place's own reminder period in days, rounded for display; else `NEAR`."""
    try:
        value = law.value_of(KEY, at_code, on) if at_code else None
    except NotFound:
        return NEAR
    if value is None or not value.is_counted:
        return NEAR
    period = value.period
    return max(period.amount * _DAYS.get(period.unit, 0), 1)
