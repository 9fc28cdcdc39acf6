"""Who holds a task: parties first (bound once), then the organ of the place, and a superior where nobody is."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.registry.roles import CITY, COMMUNITY, COUNTY, SUBDISTRICT, Role, holder_of

from .view import CaseView

_LADDER = (COMMUNITY, SUBDISTRICT, COUNTY, CITY)


#: Composed roles by code, so that a task can be resolved anew.
COMPOSED: dict[str, Role] = {}


@dataclass(frozen=True)
class FirstOf(Role):
    """A role held by the first of several that somebody holds (the receiver of a handover)."""

    choices: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        COMPOSED[self.code] = self


@dataclass(frozen=True)
class Holding:
    """Who holds a role in a case on a day."""

    organisation: Organisation | None = None
    person: Person | None = None
    acting_for: str = ""
    vacant: bool = False
    note: str = ""

    @property
    def name(self) -> str:
        """The holder's name for a sentence."""
        if self.organisation is not None:
            return self.organisation.name
        return self.person.name if self.person is not None else "有权人员"


def hold(case: CaseView, role: Role, at: datetime, *, receives: bool = False) -> Holding:
    """Resolve a role. A role nobody holds is vacant at the superior organ, and says so.

    `receives`: who is to take a paper in, which a committee may that may not decide (`practice.md` 2).
    """
    if isinstance(role, FirstOf):
        return _first(case, role, at)
    if role.kind == "party":
        party = case.party(role.code)
        if party is not None:
            return Holding(party.organisation, party.person)
        return _vacant(case, role, at)
    return _organ(case, role, at, receives=receives)


def _first(case: CaseView, role: FirstOf, at: datetime) -> Holding:
    for choice in role.choices:
        if choice.kind == "party" and case.party(choice.code) is None:
            continue
        found = hold(case, choice, at)
        if not found.vacant:
            return found
    return _vacant(case, role, at)


def _organ(case: CaseView, role: Role, at: datetime, *, receives: bool = False) -> Holding:
    place = cast("Estate", case.row.estate or case.row)  # organs need the four codes alone
    found = holder_of(role, place, case.local_day(at))
    if receives and found.receives is not None:
        return Holding(found.receives, note=found.note)
    return Holding(
        organisation=found.organisation, acting_for=found.acting_for, vacant=found.vacant, note=found.note
    )


def _vacant(case: CaseView, role: Role, at: datetime) -> Holding:
    """Nobody holds the role yet: the superior organ of the place holds the task and says so."""
    found = _organ(case, SUBDISTRICT, at)
    return Holding(found.organisation, vacant=True, note=f"{role.title}尚未确定，暂由{found.name}承办。")


def superior(case: CaseView, organisation_id: object, at: datetime) -> Holding | None:
    """The next level told when a clock ran out under this holder."""
    levels = [_organ(case, role, at) for role in _LADDER]
    for place, level in enumerate(levels[:-1]):
        if level.organisation is not None and level.organisation.pk == organisation_id:
            return levels[place + 1]
    return levels[1]
