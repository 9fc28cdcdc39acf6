"""What completes a paper is no other paper: after 退回补正 the arrival of what was handed in first stands.

Whoever received it asked for a part that was wanting; what it received it has (《民法典》第137条). A paper that is sent
anew for another reason — refused, changed by its sender — is another paper, and arrives for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .service import handed_at
from .terms import RoundView, Said

if TYPE_CHECKING:
    from .declare import Step
    from .view import CaseView


def completed(step: Step[Any], view: RoundView) -> Iterator[RoundView]:
    """The rounds that a round completes, newest first: each was returned to be completed by who received it."""
    before = [found for found in view.case.rounds(step) if found.id != view.id]
    rounds = [view.case.round_view(found) for found in before if found.opened_at <= view.opened_at]
    for one in reversed(rounds):
        if one.last("return") is None:
            return
        yield one


def sent_at(sent: Said) -> datetime:
    """When it left its sender: told here, or handed over on paper before."""
    return min(sent.at, handed_at(sent.facts) or sent.at)


def papers_sent(step: Step[Any], view: RoundView) -> list[Said]:
    """What was submitted in the round and in those it completes, newest first."""
    said = [one.last("submit") for one in (view, *completed(step, view))]
    return [one for one in said if one is not None]


def first_sent(step: Step[Any], view: RoundView) -> Said | None:
    """What left its sender first of a paper and its completions; None while nothing did."""
    return min(papers_sent(step, view), key=sent_at, default=None)


def completes_since(case: CaseView, step: Step[Any]) -> datetime | None:
    """When the paper that the open round of a step completes was first sent; None where it completes none."""
    found = case.open_round(step)
    if found is None:
        return None
    earlier = [one.last("submit") for one in completed(step, case.round_view(found))]
    return min((sent_at(one) for one in earlier if one is not None), default=None)
