"""Scenes of an exit for the pages of its cases: each with the case that is looked at."""

from collections.abc import Callable
from uuid import UUID

from gongzhi.exits.tests.play import Play

Scene = Callable[[Play], UUID]
#: Who looks, and how much of the case each may read.
READERS = ("subdistrict_officer", "provider_leader", "committee_head", "owner")


def _id(play: Play, procedure: str = "exit") -> UUID:
    return play.case(procedure).row.pk


def just_applied(play: Play) -> UUID:
    """The application is on its way."""
    play.apply("2026-06-30")
    return _id(play)


def notices_hanging(play: Play) -> UUID:
    """It has arrived, its notice hangs, somebody objected."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.go(hours=2).stand("owner", "exit", "object", "publicity", content="示例异议")
    return _id(play)


def agreed(play: Play) -> UUID:
    """Both sides agreed; settlement, vote and handover are open."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30")
    return _id(play)


def settling(play: Play) -> UUID:
    """The settlement: its cost falls on the owners, unit by unit; the apportionment hangs."""
    agreed(play)
    play.ask_books().give_books().compare().fund(1_000_001, 0)
    play.post("committee_head", "settlement.apportionment")
    return _id(play, "settlement")


def half_handed_over(play: Play) -> UUID:
    """The handover: one list is signed, the next one begun."""
    agreed(play)
    play.settle().until("2026-06-30 09:00").plan().go(hours=2)
    play.empower("provider_leader").empower("other_provider_leader")
    first, second, *_ = play.lists()
    play.fill(first)
    play.sign(first)
    item = play.items(second)[0]
    play.do("provider_leader", f"handover.{second}.fill", "record", code=item.code, state="present")
    return _id(play, "handover")


def ended(play: Play) -> UUID:
    """All of it is over."""
    agreed(play)
    play.settle().until("2026-06-30 09:00").hand_over()
    play.take_over().go(minutes=5).leave()
    for role in ("subdistrict", "county"):
        said = {"sent_at": play.now.isoformat(), "method": "platform", "proof": "示例"}
        play.do("other_provider_leader", f"handover.filing.send:{role}", "send", **said)
    return _id(play)


SCENES: dict[str, Scene] = {
    "just applied": just_applied,
    "notices hanging": notices_hanging,
    "agreed": agreed,
    "settlement with shares": settling,
    "handover half filled": half_handed_over,
    "ended": ended,
}
