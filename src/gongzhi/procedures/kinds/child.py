"""Child: another procedure runs; its outcome decides how this one goes on."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from gongzhi.acts.canonical import plain_json
from gongzhi.acts.facts import NoFacts
from gongzhi.registry.roles import ANYONE

from .. import catalogue
from ..declare import Step
from ..terms import ActSpec, RoundView, TaskSpec
from ..view import CaseView


def takes_nothing(case: CaseView) -> None:
    """A child that is told nothing."""
    return


class Child(Step[NoFacts]):
    """A child case of the procedure `runs`. Every outcome of it must be named; `done` goes on."""

    kind = "child"
    #: A child taken back or ended from outside is begun anew, unless the declaration says otherwise.
    returns = ("withdrawn", "ended")

    opens_child = True

    def __init__(
        self,
        title: str,
        runs: str,
        *,
        variant: str = "",
        takes: Callable[[CaseView], Any] = takes_nothing,
        **rest: Any,
    ) -> None:
        super().__init__(title, by=rest.pop("by", ANYONE), **rest)
        self.runs, self.variant, self.takes = runs, variant, takes

    def all_outcomes(self) -> tuple[str, ...]:
        """The outcomes the child's procedure declares."""
        return catalogue.find(self.runs).outcomes

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """None of its own: the child has them."""
        return []

    def act_specs(self) -> dict[str, ActSpec]:
        """None of its own."""
        return {}

    def opened(self, view: RoundView, at: datetime) -> None:
        """Open the child under the same root, told what it takes."""
        from ..founding import open_child

        told = self.takes(view.case)
        takes: Mapping[str, Any] = plain_json(asdict(told)) if is_dataclass(told) else {}  # type: ignore[arg-type]
        open_child(
            parent=view.case,
            round_id=view.id,
            step=self,
            procedure=self.runs,
            variant=self.variant,
            takes=takes,
            at=at,
        )

    def outcome(self, view: RoundView) -> str | None:
        """The child's outcome, once it has ended."""
        child = view.case.child_of(view.id)
        return (child.row.outcome or None) if child is not None else None
