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
    """What the catalogue knows of a key without a value. `stops`: a step waits until it has one."""

    words: str
    stops: bool = False


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
    return Unset("；".join(told), bool(stopped or asking))


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
