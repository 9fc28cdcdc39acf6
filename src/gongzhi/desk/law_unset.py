"""What happens while a place has not set a key: which step cannot be finished, which merely has no period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongzhi.law import reading
from gongzhi.law.schema import Kind
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Ahead, Every, Step
from gongzhi.procedures.ladder import OFFSETS

from .law_askers import askers, steps_asking

#: Steps that are named; of more the number is told.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Unset:
    """What the catalogue knows of a key without a value. `stops`: a step waits until it has one.

    `follows`: what a value does to the cases that run, as the form says it; `nothing`: the same where no running case
    that one sees is moved by it, as the confirmation says it.
    """

    words: str
    stops: bool = False
    follows: str = "生效日期填今天或以前，在办案件也按它办"
    nothing: str = "您范围内现在没有在办案件等着这一项，在办案件以后办到这一项也按它办"


#: What reminds beside a date: the rungs that were laid stay where they are.
_LAID = "已经起算的期限照原来的时间提醒和催办，以后起算、改期的和文书上写明的日期按它办"


@cache
def while_unset(key: str) -> Unset:
    """What happens while nobody has set the key, in one sentence."""
    steps = [step for procedure in catalogue.current() for step in procedure.steps]
    stopped = [step.title for step in steps if key in step.least.values()]
    dated = [step.title for step in steps if step.title not in stopped and _dates(step, key)]
    usual = _usual(key)
    said = {*stopped, *dated}
    asking = {step.title for step in steps} & set(steps_asking(key)) - said if not usual else set()
    rules = [what for told in askers(key).values() for what in told]
    told = [
        *([f"{_named(stopped)}算不出要等满几日，设定以前办不结"] if stopped else ()),
        *([f"{_named(sorted(asking))}要用到它，设定以前可能办不了"] if asking else ()),
        *([f"{_named(dated)}照常办，由它定的一步不带期限"] if dated else ()),
        *usual,
    ]
    if not told:
        told = [
            f"用到它的规则（{'、'.join(rules)}）办到时会说明缺这一项"
            if rules
            else "现有步骤没有用到，不影响办理"
        ]
        if not rules:
            return Unset(
                told[0],
                follows="生效日期填今天或以前，只作登记，在办案件不变",
                nothing=f"{told[0]}，只作登记",
            )
    if any(offset.key == key for offset in OFFSETS):
        return Unset("；".join(told), follows=f"生效日期填今天或以前，{_LAID}", nothing=_LAID)
    if _is_looked_ahead(key):
        return Unset(
            "；".join(told),
            follows="生效日期填今天或以前，在办的预警也按它办，已经过去的时点不补提醒",
            nothing="您范围内现在没有在办的预警要改提醒日期，以后的预警按它办",
        )
    return Unset("；".join(told), bool(stopped or asking))


def _is_looked_ahead(key: str) -> bool:
    """Whether it is the list by which a watch looks ahead to its date."""
    return any(isinstance(one.opens, Ahead) and one.opens.key == key for one in catalogue.current())


def _dates(step: Step[Any], key: str) -> bool:
    """Whether the step, or its kind, only counts a date by it: without one it is done all the same."""
    declared = {due.key for due in step.due if not due.ahead}
    about, of_its_kind = reading.keys().get(key), set(step.keys())
    return key in declared or (about is not None and about.kind is Kind.PERIOD and key in of_its_kind)


def _usual(key: str) -> list[str]:
    """What goes by office practice, or waits by itself, without a value."""
    found = [f"按办公惯例（{offset.usual}）提醒和催办" for offset in OFFSETS if offset.key == key]
    for procedure in catalogue.current():
        if isinstance(procedure.opens, Ahead) and procedure.opens.key == key:
            found.append(f"“{procedure.title}”按办公惯例提前提醒")
        if isinstance(procedure.opens, Every) and procedure.opens.key == key:
            found.append(f"“{procedure.title}”不按期立案，只立一件等待设定")
    return found


def _named(titles: Iterable[str]) -> str:
    """Steps by their titles; of many the first, and how many there are."""
    told = list(dict.fromkeys(titles))
    first = "、".join(f"“{title}”" for title in told[:NAMED])
    return first if len(told) <= NAMED else f"{first}等 {len(told)} 个步骤"
