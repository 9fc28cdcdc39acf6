"""Counting a notice's time forward from its arrival, though the law says it backward. Pure."""

from dataclasses import replace
from datetime import date, datetime

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.periods import Direction, Roll, due


def earliest_after(law: CaseLaw, key: str, arrived: date | datetime) -> date | None:
    """The first day on which a notice that arrived then has had the full time of `key`. 《民法典》第137条."""
    rule = replace(law.rule(key), direction=Direction.AFTER, roll=Roll.NONE)
    return due(rule, arrived, CALENDAR).due_on
