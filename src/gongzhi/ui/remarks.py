"""Remarks of rooms on an estate's file: a line with a link, only where there is something to look at.

The file stands above the rooms and knows none of them by name; a room says once what it remarks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import Place


@dataclass(frozen=True, slots=True)
class Remark:
    """What is true, and the page that shows it."""

    words: str
    href: str
    action: str


Remarking = Callable[[Place, Appointment, datetime], Remark | None]

_ON_ESTATES: dict[str, Remarking] = {}


def offer_remark(room: str, remarking: Remarking) -> None:
    """Add a room's remark on estates, or replace it. Call it in `AppConfig.ready`."""
    _ON_ESTATES[room] = remarking


def remarks_on(place: Place, appointment: Appointment, at: datetime) -> list[Remark]:
    """What the rooms remark on an estate to whoever looks."""
    found = (remarking(place, appointment, at) for _, remarking in sorted(_ON_ESTATES.items()))
    return [one for one in found if one is not None]
