"""What the kernel reads of a case through its room: for the rules, for the law, for the parent, for the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .view import CaseView


def no_situation(case: CaseView, at: datetime) -> Any:
    """The situation of a procedure whose rules look at the case alone."""
    return case


def no_terms(case: CaseView) -> Mapping[str, Any]:
    """A case without a contract whose terms could prevail."""
    return {}


def gives_nothing(case: CaseView) -> Any:
    """A procedure that tells its parent its outcome alone."""
    return None


#: Why a case has ended of which nothing else is to be said.
ALL_DONE = "各步骤均已办结"


def ends_done(case: CaseView) -> tuple[str, str]:
    """All steps gone through: the outcome, and why in words."""
    return "done", ALL_DONE


def nothing_to_note(case: CaseView, at: datetime) -> Sequence[str]:
    """A file of which its note has nothing to say beside its papers."""
    return ()


@dataclass(frozen=True)
class Reads:
    """What the kernel reads of a case through its room: for the rules, for the law, for the parent."""

    situation: Callable[[CaseView, datetime], Any] = no_situation
    terms: Callable[[CaseView], Mapping[str, Any]] = no_terms
    gives: Callable[[CaseView], Any] = gives_nothing
    #: The outcome of a case whose steps are all decided, and why: it may have gone through without coming to its end.
    ends_as: Callable[[CaseView], tuple[str, str]] = ends_done
    #: What the note at the end of the file says of how the case came out, as of an instant, in sentences (情况说明).
    notes: Callable[[CaseView, datetime], Sequence[str]] = nothing_to_note
