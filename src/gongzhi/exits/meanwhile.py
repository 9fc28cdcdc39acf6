"""Who serves an estate meanwhile: named by the street's leader, on a basis and at whose cost the decision itself says.

《白山市…管理办法》第21、26、27、29条. Elsewhere no text of the place may say by what the street decides,
and who pays: there both are asked of the street, and nothing stands in their place.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.terms import RoundView, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Post

from .facts import InterimNamed
from .ground_queries import contract_as_it_stands, contract_ends
from .meanwhile_rules import basis_of, order_of_payment, still_running
from .remedies import beginning, remedies

PAPER, TASK = "决定书", "designate"


class Meanwhile(Submit[InterimNamed]):
    """As `Submit`, of a decision that is signed by hand: its leader says it, and nobody else of the body.

    Its form begins with the articles, the order of payment and the remedies, as the law of the place has them.
    """

    task_names = (TASK,)  # type: ignore[assignment]
    posted = {TASK: (str(Post.LEADER),)}
    #: A leader's decision is not undone by a vote that is held anew: it serves until somebody else follows.
    stands = True

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """One task, of the leader's post."""
        return [TaskSpec(TASK, self.title, self.by, (self.main_act,), posts=self.posts_of(TASK))]

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What the law has; each may be put right."""
        if act != self.main_act:
            return super().begins_with(case, act, at, task)
        found = {
            "basis": basis_of(case.law),
            "money": order_of_payment(case.law),
            "remedy": remedies(case, self.by, at, PAPER),
        }
        # a decision that replaces another has a number of its own
        return {"number": "", **{name: words for name, words in found.items() if words}}

    def known_before(self, case: CaseView, act: str, at: datetime) -> Mapping[str, str]:
        """What has to be said here since no text says it; when the contract ends; where the remedies come from."""
        if act != self.main_act:
            return super().known_before(case, act, at)
        told = {
            "basis": "" if basis_of(case.law) else "本地规定没有写明依据，必须填写",
            "money": "" if order_of_payment(case.law) else "本地规定没有写明费用由谁承担，必须填写",
            "from_at": still_running(contract_end(case), case.local_day(at)),
            "remedy": beginning(case, self.by, at),
        }
        return {
            **super().known_before(case, act, at),
            **{name: words for name, words in told.items() if words},
        }


def contract_end(case: CaseView) -> date | None:
    """When the contract of the provider that leaves ends: as the exit says, else as it is registered."""
    return contract_ends(case) or contract_as_it_stands(case).ends_on
