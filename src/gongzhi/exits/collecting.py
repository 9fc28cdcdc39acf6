"""Collecting the shares of a settlement's cost: before it is closed the community is asked whether it bridges the rest.

《白山市物业服务人退出及应急服务管理办法》第13条第3项 lets the community bridge what stays unpaid after demand, and
says neither that it must nor by when: so it is asked, and may say no. A community that says nothing holds nothing up.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.facts import Facts
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.kinds.review import Reasons
from gongzhi.procedures.terms import ActSpec, RoundView, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import COMMUNITY
from gongzhi.values.money import yuan
from gongzhi.values.refusals import NotPossible

from . import cost_rules
from .actions.costs import keep_advance
from .settlement_facts import Advance, CollectionClosed
from .settlement_queries import community_is_asked

BRIDGE, DECLINE = "bridge", "decline"


class Collecting(Submit[CollectionClosed]):
    """As `Submit`; once something stays unpaid after demand, the community has a task to bridge it or not."""

    task_names = (*Submit.task_names, "advance")  # type: ignore[assignment]

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`submit`, and `advance` with the community while it was not answered."""
        specs = super().task_specs(view)
        if not view.last("submit", BRIDGE, DECLINE) and community_is_asked(view.case):
            specs.append(TaskSpec("advance", "是否临时垫付未缴部分", COMMUNITY, (BRIDGE, DECLINE)))
        return specs

    def act_specs(self) -> dict[str, ActSpec]:
        """`submit`; `bridge` and `decline`, the two answers of the community."""
        more = (ActSpec(BRIDGE, "临时垫付", Advance), ActSpec(DECLINE, "不垫付", Reasons))
        return super().act_specs() | {spec.name: spec for spec in more}

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """What is bridged is bounded; nothing is closed before the community was heard, or said to be silent."""
        super().check(view, task, act, facts, at)
        if isinstance(facts, Advance):
            situation = view.case.declaration.reads.situation(view.case, at)
            cost_rules.advance_is_bounded(view.case.law, facts, situation).demand()
        if isinstance(facts, CollectionClosed):
            heard = view.last(BRIDGE, DECLINE) or facts.silent
            if not heard and community_is_asked(view.case):
                raise NotPossible(
                    "社区还没有答复是否临时垫付未缴部分，请等社区办理，社区不答复的请写明何时、怎样询问过。"
                )

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Keep what was bridged."""
        super().record(view, task, act, facts, at)
        if isinstance(facts, Advance):
            keep_advance(case=view.case, round_id=view.id, facts=facts, by=SYSTEM, at=at)

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What may be bridged at most stands in the form; its writer may bridge less."""
        if act != BRIDGE:
            return super().begins_with(case, act, at, task)
        return {"amount_cents": self._room(case, at)}

    def known_before(self, case: CaseView, act: str, at: datetime) -> Mapping[str, str]:
        """How much stays unpaid after demand."""
        if act != BRIDGE:
            return super().known_before(case, act, at)
        return {"amount_cents": f"催缴后仍未缴{yuan(self._room(case, at))}，垫付不超过这个数"}

    def _room(self, case: CaseView, at: datetime) -> int:
        return int(case.declaration.reads.situation(case, at).unpaid_demanded_cents)
