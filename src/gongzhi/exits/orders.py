"""An authority's order with a time limit, and one that somebody asked for, which may be declined with reasons."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gongzhi.procedures.kinds.issue import Issue
from gongzhi.procedures.kinds.review import Reasons
from gongzhi.procedures.terms import ActSpec, RoundView, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import Role

from .remedies import beginning, remedies


class TimedIssue(Issue[Any]):
    """As `Issue`, of an order that binds: its draft begins with what can be done against it, where and for how long.

    A letter that only urges binds nobody and has no remedies.
    """

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """The remedies, as the law of the place has them on that day."""
        found = remedies(case, self.by, at) if act == self.main_act else ""
        return {"remedy": found} if found else super().begins_with(case, act, at, task)

    def known_before(self, case: CaseView, act: str, at: datetime) -> Mapping[str, str]:
        """Where the remedies the draft begins with come from."""
        told = beginning(case, self.by, at) if act == self.main_act else ""
        return {**super().known_before(case, act, at), **({"remedy": told} if told else {})}


class AskedOrder(TimedIssue):
    """As `TimedIssue`; besides, who drafts may decline with reasons, and `asked_by` may take its request back.

    Declining is the other end of the one task to draft: once there is a draft it goes back first.

    Outcome `unneeded`, with which the case goes on: nobody waits for a paper that is not coming.
    """

    task_names = (*Issue.task_names, "give_up")  # type: ignore[assignment]
    outcomes = (*Issue.outcomes, "unneeded")  # type: ignore[assignment]

    def __init__(self, title: str, *, asked_by: Role, **rest: Any) -> None:
        super().__init__(title, **rest)
        self.asked_by = asked_by

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """The chain, declined instead of drafted; until it is signed off, `give_up` with whoever asked."""
        drafting, *rest = super().task_specs(view)
        specs = [replace(drafting, acts=(*drafting.acts, "decline")), *rest]
        if view.last("sign_off") is None:
            specs.append(TaskSpec("give_up", f"不再需要：{self.title}", self.asked_by, ("give_up",)))
        return specs

    def act_specs(self) -> dict[str, ActSpec]:
        """Those of the chain, and `decline`, `give_up` with reasons."""
        more = (ActSpec("decline", "不予责令", Reasons), ActSpec("give_up", "不再需要", Reasons))
        return super().act_specs() | {spec.name: spec for spec in more}

    def outcome(self, view: RoundView) -> str | None:
        """That of the chain; `unneeded` when it was declined or given up."""
        return "unneeded" if view.last("decline", "give_up") else super().outcome(view)
