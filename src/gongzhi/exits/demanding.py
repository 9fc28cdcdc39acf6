"""The formal demand for books that were not provided: it begins with them, and ends when none is missing any more.

`practice.md` 6. Nobody has to demand what has come in meanwhile, and the report waits for no such demand.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.terms import RoundView
from gongzhi.procedures.view import CaseView

from .settlement_facts import BooksDemand
from .settlement_queries import books_missing, missing_books


class DemandOfBooks(Submit[BooksDemand]):
    """As `Submit`; outcome `unneeded`, with which the case goes on, once nothing is missing before it has arrived."""

    outcomes = (*Submit.outcomes, "unneeded")  # type: ignore[assignment]

    def outcome(self, view: RoundView) -> str | None:
        """That of what is said and arrives; `unneeded` when what was missing came in first."""
        said = super().outcome(view)
        return "unneeded" if said is None and not books_missing(view.case) else said

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """What is still missing, each on a line."""
        if act != self.main_act:
            return super().begins_with(case, act, at, task)
        return {"items": "\n".join(missing_books(case).values_list("label", flat=True))}
