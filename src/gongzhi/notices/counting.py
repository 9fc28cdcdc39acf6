"""How long a notice has to hang, with the working."""

from __future__ import annotations

import re
from copy import copy
from datetime import date, datetime
from typing import Any

from gongzhi.procedures.clocks import counted
from gongzhi.procedures.terms import Due
from gongzhi.procedures.view import CaseView
from gongzhi.values.periods import DueDate

from .models import Notice


def counting(step: Any, case: CaseView, since: datetime) -> DueDate | None:
    """The days of a step's notice, counted from `since`; None while the place must set them."""
    return counted(case, Due(step.days, "", minimum=True), since) if case.law.is_period(step.days) else None


def count(step: Any, case: CaseView, notice: Notice, since: datetime) -> None:
    """Write on the notice how long it has to hang; nothing is saved."""
    notice.counted_from, answer = since, counting(step, case, since)
    if answer is None:
        notice.until_on = notice.until_at = None
        notice.working = ["本地未设定公示期限"]
        return
    notice.until_on, notice.until_at = answer.due_on, answer.due_at
    notice.working = [*answer.working, *case.law.value(step.days).set_here]
    notice.exact = answer.exact


_LENGTH = re.compile(r"起算(\d+个工作日)$")
_OFF = re.compile(r"^跳过：(\d+)年(\d+)月(\d+)日")


def working_days(notice: Notice) -> tuple[str, tuple[date, ...]]:
    """How many working days it hangs, in words, and the days between that do not count, by its own working.

    "" and none where it hangs by the calendar.
    """
    lines = [str(line) for line in notice.working]
    length = next((found[1] for line in lines if (found := _LENGTH.search(line))), "")
    off = (tuple(map(int, found.groups())) for line in lines if (found := _OFF.match(line)))
    return length, tuple(date(*day) for day in off) if length else ()


def to_be_hung(notice: Notice, step: Any, case: CaseView, at: datetime) -> Notice:
    """The notice as it would be printed now: what was torn and does not hang again begins its days anew today."""
    if step is None or not any(torn.again_at is None for torn in notice.interruptions.all()):
        return notice
    hung = copy(notice)
    count(step, case, hung, at)
    return hung
