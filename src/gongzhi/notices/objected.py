"""Objections as they are told in a round: said by their objector, or entered from paper, in the order they came.

Cleared is cleared: what is entered later from paper that was received in time gets its reply, and opens nothing again.
"""

from datetime import datetime

from gongzhi.procedures.hearing import CORRECT
from gongzhi.procedures.terms import RoundView, Said

from .hanging import LATE

SAID, ENTERED = "object", "enter_objection"
#: The objector says that the reply has arrived.
CONFIRMED = "confirm_reply"
ACTS = (SAID, ENTERED)


def is_cleared(view: RoundView) -> bool:
    """Whether there was an instant at which it was taken down and every objection said by then had its reply."""
    return _cleared_with(view) is not None


def versions(view: RoundView) -> list[datetime]:
    """When the note of how it hung could be made first, and each time something it tells of was said since."""
    told: list[datetime] = []
    objected = replied = 0
    is_down = False
    for said in view.said:
        objected += said.act in ACTS
        replied += said.act == "reply"
        is_down |= said.act == "take_down"
        adds = said.act in ("reply", ENTERED, LATE) or (said.act == CORRECT and said.facts["act"] == "reply")
        if (not told and is_down and objected == replied) or (told and adds):
            told.append(said.at)
    return told


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


def confirmed(view: RoundView, turn: int) -> Said | None:
    """That the objector of that number said that the reply has arrived."""
    return next((said for said in view.acts(CONFIRMED) if said.facts.get("turn") == turn), None)


def served(view: RoundView, turn: int) -> Said | None:
    """What tells that the reply of that number has arrived: proved by who replied, or confirmed by who objected."""
    return view.done(f"serve:{turn}") or confirmed(view, turn)


def unserved(view: RoundView) -> list[int]:
    """The numbers of the replies that were given and have not arrived, as far as anybody said."""
    turns = (int(said.task.partition(":")[2]) for said in view.acts("reply"))
    return [turn for turn in turns if served(view, turn) is None]
