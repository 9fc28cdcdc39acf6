"""What going back to a step, or ending the case, would undo, in words: told before anybody does it.

From the declaration and the rounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongzhi.values.wording import day_words

from .declare import Step
from .models import Clock, Round
from .standing_acts import END, WITHDRAW, Offered
from .undoing import affected_by, demand_undone, stays
from .view import CaseView


@dataclass(frozen=True, slots=True)
class Undone:
    """What is void when the case goes back to a step. `chosen`: the choice of the form it follows from, "" for any.

    `ends`: the case ends by it.
    """

    chosen: str
    lines: tuple[str, ...]
    ends: bool = False


def undone_by(case: CaseView, one: Offered) -> list[Undone]:
    """What a standing act undoes; nothing where it sends nothing back. NotPossible: it could not be done now."""
    if one.spec in (END, WITHDRAW):
        told = tuple(ending(case))
        return [Undone("", told, ends=True)] if told else []
    targets = one.targets(case)
    for target in targets.values():
        demand_undone(case, affected_by(case, target), "不能退回重办")
    return [Undone(chosen, tuple(lines(case, target))) for chosen, target in targets.items()]


def undone_by_task(case: CaseView, step: Step[Any], act: str) -> list[Undone]:
    """What an act on a task undoes of other steps, or ends; nothing where it only asks for its own step again."""
    outcome = step.leads_to.get(act, act)
    if outcome in step.ends and outcome not in step.positive:
        return [Undone("", tuple(ending(case)), ends=True)]
    target = step.back_to(outcome)
    if target is None or all(
        one in (target, step) or case.live_round(one) is None for one in affected_by(case, target)
    ):
        return []
    return [Undone("", tuple(lines(case, target)))]


def lines(case: CaseView, target: Step[Any]) -> Iterable[str]:
    """What is void when the case goes back to the target, a sentence each."""
    affected = affected_by(case, target)
    live = [(step, found) for step in affected if (found := case.live_round(step)) is not None]
    now = case.live_round(target)
    child = case.child_of(now.id) if now is not None else None
    if child is not None and stays(child):
        yield f"“{target.title}”重新办理，{child.row.number}已有的结果仍然保留"
    elif now is not None:
        again = "，并重新送达" if "arrived" in target.mark_names() else ""
        yield f"“{target.title}”已提交的这一份作废，要重新提交{again}"
    beyond = [(step, found) for step, found in live if step is not target]
    yield from _named(
        "已经办结、随之作废的步骤", (step for step, found in beyond if found.closed_at is not None)
    )
    yield from _named("正在办理、随之作废的步骤", (step for step, found in beyond if found.closed_at is None))
    for step, found in live:
        yield from _of_round(case, step, found)
    for clock in _clocks(case, [step.code for step in affected]):
        until = f"（现为{day_words(clock.due_on)}）" if clock.due_on is not None else ""
        yield f"期限“{case.law.value(clock.key).title}”{until}停止，以后从新的起算日重新计算"


def ending(case: CaseView) -> Iterable[str]:
    """What falls with the case when somebody ends it, and what stays of it, a sentence each."""
    live = case.live_rounds()
    open_now = [(step, found) for step, found in live if found.closed_at is None]
    yield from _named("正在办理、随之终止的步骤", (step for step, _ in open_now))
    for step, found in open_now:
        yield from _of_round(case, step, found)
    served = [
        step for step, found in live if found.closed_at is not None and f"{step.code}.arrived" in case.marks
    ]
    yield from _named("已经送达的文书保持送达时的内容，不因结束而改变", served)
    for clock in _running(case):
        until = f"（现为{day_words(clock.due_on)}）" if clock.due_on is not None else ""
        yield f"期限“{case.law.value(clock.key).title}”{until}停止"


def _named(words: str, steps: Iterable[Step[Any]]) -> Iterable[str]:
    titles = "".join(f"“{step.title}”" for step in steps)
    if titles:
        yield f"{words}：{titles}"


def _of_round(case: CaseView, step: Step[Any], found: Round) -> Iterable[str]:
    """What becomes of what the round has brought about: the case below it, a notice, a paper."""
    child = case.child_of(found.id)
    if child is not None and child.row.ended_at is None:
        yield f"“{step.title}”的办件{child.row.number}随之撤回"
    words = step.undone(case.round_view(found))
    if words:
        yield f"“{step.title}”：{words}"


def _clocks(case: CaseView, codes: Iterable[str]) -> list[Clock]:
    """The clocks that run and count from one of the steps, or that one of them has, soonest first."""
    known = set(codes)
    own = {case.steps[code].id for code in known}
    return [one for one in _running(case) if one.anchor.partition(".")[0] in known or one.step_id in own]


def _running(case: CaseView) -> list[Clock]:
    """The clocks of the case that run, soonest first."""
    running = [clock for clock in case.clocks if clock.met_at is None and clock.stopped_at is None]
    return sorted(running, key=lambda one: (one.due_on is None, one.due_on or date.max))
