"""What keeps an authority from taking its case back: a paper that was signed, and what others have begun in it.

Whoever applied takes the application back. An authority's case is no application: once its leader signed, or once
somebody else decides in a case below, one officer does not undo it; who leads an overseeing body ends it.
"""

from collections.abc import Iterator

from gongzhi.registry.roles import CITY, COUNTY, SUBDISTRICT, Role
from gongzhi.values.refusals import NotPossible

from .declare import Procedure
from .view import SKIPPED, CaseView

#: The roles that an authority fills; a community is a party.
AUTHORITIES = (SUBDISTRICT, COUNTY, CITY)


def openers(procedure: type[Procedure]) -> tuple[Role, ...]:
    """The roles of the steps a case begins with: those who may take it back."""
    return tuple(dict.fromkeys(step.by for step in procedure.steps if not step.after))


def withdrawers(case: CaseView) -> tuple[Role, ...]:
    """Who may take the case back now: those whose step it began with, authorities only while nothing keeps them."""
    begun = _begun(case)
    if not any(role in AUTHORITIES for role in begun) or not why_kept(case):
        return begun
    return tuple(role for role in begun if role not in AUTHORITIES)


def asked(case: CaseView) -> tuple[Role, ...]:
    """Whose matter it is: who may take it back, or could have while nothing was signed."""
    return withdrawers(case) or _begun(case)


def _begun(case: CaseView) -> tuple[Role, ...]:
    begun = [step.by for step in case.declared if not step.after and case.outcome_of(step) != SKIPPED]
    return tuple(dict.fromkeys(begun)) or openers(case.declaration)


def why_kept(case: CaseView) -> str:
    """What keeps an authority from taking the case back, in half a sentence; "" while nothing does."""
    signed = list(dict.fromkeys(_signed(case)))
    if signed:
        return f"{'、'.join(f'“{title}”' for title in signed)}已经签发"
    others = [f"“{title}”" for title in _of_others(case)]
    return f"{'、'.join(others)}正在由其他方办理" if others else ""


def refusal(case: CaseView) -> NotPossible | None:
    """Why nobody can take the case back, and who ends it instead; None where somebody can."""
    if withdrawers(case):
        return None
    names = "、".join(role.title for role in case.declaration.overseers)
    return NotPossible(f"{why_kept(case)}，经办人不能再“撤回”，确需结束的，请由{names}的负责人“终止办理”。")


def _signed(case: CaseView) -> Iterator[str]:
    """The papers of the tree that were signed and whose numbers are not void, the rounds gone back over with them."""
    for step in case.declared:
        if any(step.is_signed(case.round_view(found)) for found in case.rounds(step)):
            yield step.title
    for child in case.children.values():
        yield from _signed(child)


def _of_others(case: CaseView) -> Iterator[str]:
    """The steps whose case below is under way and was not begun by an authority: the owners' own decision."""
    for step, found in case.live_rounds():
        child = case.child_of(found.id)
        if child is None or child.row.ended_at is not None:
            continue
        if any(role not in AUTHORITIES for role in openers(child.declaration)):
            yield step.title
