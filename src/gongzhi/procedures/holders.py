"""Who holds a task: parties first (bound once), then the organ of the place, and a superior where nobody is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.registry.roles import CITY, COMMUNITY, COUNTY, SUBDISTRICT, Place, Role

from .view import CaseView

_LADDER = (COMMUNITY, SUBDISTRICT, COUNTY, CITY)


#: Composed roles by code, so that a task's role can be told by its title.
COMPOSED: dict[str, Role] = {}


@dataclass(frozen=True)
class FirstOf(Role):
    """A role held by the first of several that somebody holds (the receiver of a handover)."""

    choices: tuple[Role, ...] = ()

    def __post_init__(self) -> None:
        known = COMPOSED.setdefault(self.code, self)
        if known.choices != self.choices:  # type: ignore[attr-defined]
            raise ValueError(f"role {self.code} is composed twice")


@dataclass(frozen=True)
class Holding:
    """Who holds a role in a case on a day."""

    organisation: Organisation | None = None
    person: Person | None = None
    acting_for: str = ""
    vacant: bool = False
    note: str = ""

    @property
    def organisation_id(self) -> UUID | None:
        """The organisation's id."""
        return self.organisation.pk if self.organisation is not None else None

    @property
    def person_id(self) -> UUID | None:
        """The person's id."""
        return self.person.pk if self.person is not None else None

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
    asked = (role.code, case.local_day(at), receives)
    if asked not in case.holders:
        case.holders[asked] = _hold(case, role, at, receives=receives)
    return cast("Holding", case.holders[asked])


def _hold(case: CaseView, role: Role, at: datetime, *, receives: bool) -> Holding:
    if isinstance(role, FirstOf):
        return _first(case, role, at, receives=receives)
    party = case.party(role.code) if role.kind != "organ" else None
    if party is not None:
        return Holding(party.organisation, party.person)
    if role.kind == "organ":
        return _organ(case, role, at, receives=receives)
    return _vacant(case, role, at)


def _first(case: CaseView, role: FirstOf, at: datetime, *, receives: bool) -> Holding:
    for choice in role.choices:
        found = hold(case, choice, at, receives=receives)
        if not found.vacant:
            return found
    return _vacant(case, role, at)


def _organ(case: CaseView, role: Role, at: datetime, *, receives: bool = False) -> Holding:
    found = _place(case, case.local_day(at)).holder_of(role)
    if receives and found.receives is not None:
        return Holding(found.receives, note=found.note)
    return Holding(
        organisation=found.organisation, acting_for=found.acting_for, vacant=found.vacant, note=found.note
    )


def _place(case: CaseView, on: date) -> Place:
    """The place of the tree on a day, read once for all its cases."""
    known = case.root.places
    if on not in known:
        known[on] = Place(cast("Estate", case.row.estate or case.row), on)  # organs need the four codes alone
    return known[on]


def _vacant(case: CaseView, role: Role, at: datetime) -> Holding:
    """Nobody holds the role yet: the superior organ of the place holds the task and says so."""
    found = hold(case, SUBDISTRICT, at)
    return Holding(found.organisation, vacant=True, note=f"{role.title}尚未确定，暂由{found.name}承办。")


def superior(case: CaseView, organisation_id: object, at: datetime) -> Holding | None:
    """The next level told when a clock ran out under this holder; nobody stands above the highest."""
    levels = [hold(case, role, at) for role in _LADDER]
    same = [place for place, level in enumerate(levels) if level.organisation_id == organisation_id]
    place = max(same, default=0)
    above = [level for level in levels[place + 1 :] if level.organisation is not None]
    return above[0] if above else None
