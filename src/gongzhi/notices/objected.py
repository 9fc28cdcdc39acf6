"""Objections as they are told in a round: said by their objector, or entered from paper, in the order they came.

Cleared is cleared: what is entered later from paper that was received in time gets its reply, and opens nothing again.
"""

from datetime import datetime

from gongzhi.procedures.terms import RoundView, Said

SAID, ENTERED = "object", "enter_objection"
ACTS = (SAID, ENTERED)


def is_cleared(view: RoundView) -> bool:
    """Whether there was an instant at which it was taken down and every objection said by then had its reply."""
    return _cleared_with(view) is not None


def in_time(view: RoundView) -> int:
    """How many of the objections the notice waits for, or waited for: all, until it was cleared."""
    cleared = _cleared_with(view)
    return len(view.acts(*ACTS)) if cleared is None else cleared


def received_at(said: Said) -> datetime:
    """When an objection was said, or its paper received."""
    text = said.facts.get("received_at")
    return datetime.fromisoformat(str(text)) if text is not None else said.at


def _cleared_with(view: RoundView) -> int | None:
    """The number of objections with which it was cleared first; None while it is not."""
    objected = replied = 0
    is_down = False
    for said in view.said:
        objected += said.act in ACTS
        replied += said.act == "reply"
        is_down |= said.act == "take_down"
        if is_down and objected == replied:
            return objected
    return None
