"""The shape of an effect: what a room does when an act of its step goes through the door."""

from datetime import datetime
from typing import Any, Protocol

from gongzhi.acts.actor import Actor

from .view import CaseView


class Effect(Protocol):
    """Runs inside the door, with the root locked; writes typed rows, raises events, or refuses."""

    def __call__(self, *, case: CaseView, round_id: Any, facts: Any, by: Actor, at: datetime) -> None:
        """Carry it out."""
