"""Whose signature a recorded refusal is about, and what became of it: who signs after all has signed."""

from collections.abc import Iterable, Sequence

from gongzhi.registry.roles import Role

from .terms import RoundView, Said

#: The acts with which a side signs, each on a task of the same name and the side's code.
SIGNING = ("sign", "countersign")


def signature_of(said: Iterable[Said], side: Role) -> Said | None:
    """With what a side has signed."""
    tasks = {f"{act}:{side.code}" for act in SIGNING}
    return next((one for one in said if one.act in SIGNING and one.task in tasks), None)


def unsigned(said: Sequence[Said], sides: Iterable[Role]) -> list[Role]:
    """The sides that have not signed by what was said so far."""
    return [side for side in sides if signature_of(said, side) is None]


def refused_side(view: RoundView, refusal: Said, sides: Sequence[Role]) -> Role | None:
    """Which side would not sign: the one that was named, else the only one that had not signed by then."""
    named = next((side for side in sides if side.code == refusal.facts.get("party")), None)
    before = view.said[: view.said.index(refusal)]
    left = unsigned(before, sides)
    return named or (left[0] if len(left) == 1 else None)


def signed_after(view: RoundView, refusal: Said, sides: Sequence[Role]) -> Said | None:
    """With what the side that would not sign has signed after all."""
    side = refused_side(view, refusal, sides)
    return signature_of(view.said, side) if side is not None else None
