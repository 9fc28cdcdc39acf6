"""A paper that arrived so late that the day it names no longer leaves the time the law wants: found at its arrival.

The receipt is a fact and stands; whoever sent the paper names another day (《民法典》第137条: it counts from arrival).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from gongzhi.procedures.view import CaseView

from .counting import earliest_after
from .ground_queries import law_of_contract
from .ground_rules import notice_key
from .rules import EARLY


class Short(NamedTuple):
    """The day that was named, the earliest there is, and both in a sentence that says what to do."""

    named: date
    earliest: date
    words: str


def short_notice(case: CaseView) -> Mapping[str, Short]:
    """Code of the step whose paper arrived → what is short of it. 《白山市…管理办法》第12条; 《民法典》第946、948条.

    Nothing once both sides have agreed on the end, or the provider is out.
    """
    from .procedures import ProviderExit as Exit

    if case.is_done(Exit.agreement) or case.is_done(Exit.departure):
        return {}
    key = notice_key(case.variant)
    papers: Sequence[tuple[Any, str, str, str]] = (
        (Exit.application, EARLY, "exit_on", "变更申请"),
        (Exit.ending, key, "ends_on", "变更申请"),
        (Exit.notice, key, "ends_on", "变更通知"),
    )
    found = {step.code: _short(case, step, key, field, act) for step, key, field, act in papers if key}
    return {code: short for code, short in found.items() if short is not None}


def _short(case: CaseView, step: Any, key: str, field: str, act: str) -> Short | None:
    arrived, heard = case.instant(f"{step.code}.arrived"), case.heard(step)
    law = law_of_contract(case)
    if arrived is None or heard is None or not law.is_period(key):
        return None
    named, earliest = getattr(heard, field), earliest_after(law, key, arrived)
    if earliest is None or named >= earliest:
        return None
    return Short(
        named,
        earliest,
        f"{step.title}于{case.local_day(arrived)}到达，满{law.value(key).period}最早到{earliest}，"
        f"原定的{named}已经来不及，请提交方用“{act}”改期",
    )


def at_arrival(case: CaseView, code: str, at: datetime) -> Sequence[str]:
    """What both sides are told at the receipt."""
    short = short_notice(case).get(code)
    return (f"{short.words}。",) if short is not None else ()
