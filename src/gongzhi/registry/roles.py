"""Roles of procedures, and who holds them at an estate on a day. One resolver a role.

A party is bound when a case opens and never resolved again; an organ is resolved anew when people or boundaries
change; the public is a predicate on the person. `../requirements/practice.md` 2 tells who acts for the missing one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from gongzhi.acts.actor import Actor

from .models import Appointment, Engagement, Estate, Mode, Organisation, OrganisationKind, Ownership, Post
from .queries import (
    Bodies,
    CommitteeState,
    Standing,
    bodies_of,
    committee_standing,
    history_of_managers,
    in_force,
    manager_of_day,
    members_of,
)


@dataclass(frozen=True, slots=True)
class Role:
    """Who a task or an act belongs to."""

    code: str
    title: str
    kind: Literal["party", "organ", "public"]

    def __str__(self) -> str:
        return self.title


PROVIDER = Role("provider", "物业服务人", "party")
SUCCESSOR = Role("successor", "接替单位", "party")
FIRM = Role("firm", "第三方机构", "party")
OWNERS = Role("owners", "业主方（业主委员会）", "organ")
ASSEMBLY = Role("assembly", "业主大会召集人", "organ")
COMMUNITY = Role("community", "社区居民委员会", "organ")
SUBDISTRICT = Role("subdistrict", "街道办事处（乡镇人民政府）", "organ")
COUNTY = Role("county", "县级物业主管部门", "organ")
CITY = Role("city", "市级物业主管部门", "organ")
OWNER = Role("owner", "业主", "public")
RESIDENT = Role("resident", "业主或住户", "public")
VOLUNTEER = Role("volunteer", "小区志愿者", "public")
ANYONE = Role("anyone", "任何人", "public")
#: Who has not signed in: what they say is passed on by the system.
PASSER_BY = Role("passer_by", "未登录的人", "public")

ROLES = {
    role.code: role
    for role in (
        PROVIDER,
        SUCCESSOR,
        FIRM,
        OWNERS,
        ASSEMBLY,
        COMMUNITY,
        SUBDISTRICT,
        COUNTY,
        CITY,
        OWNER,
        RESIDENT,
        VOLUNTEER,
        ANYONE,
        PASSER_BY,
    )
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role. `organisation` is where its task lies.

    acting_for   the note 代行: whom the organisation acts for, "" when it acts in its own right
    vacant       nobody holds the role; the task lies with the superior organ, and `note` says so
    may_decide   whether the holder can decide what the role decides (hire, dismiss: 《民法典》第278条 aside)
    receives     the body papers are served on, where it is not the holder (a committee that may not decide)
    """

    role: Role
    organisation: Organisation | None
    acting_for: str = ""
    vacant: bool = False
    note: str = ""
    may_decide: bool = True
    receives: Organisation | None = None

    @property
    def recipient(self) -> Organisation | None:
        """The body a paper addressed to the role is served on."""
        return self.receives or self.organisation


@dataclass(slots=True)
class Place:
    """An estate on a day, as the resolvers look at it: each thing is read when first asked for, and once."""

    estate: Estate
    on: date
    _bodies: Bodies | None = None
    _standing: Standing | None = None
    _members: list[Appointment] | None = None
    _managers: list[Engagement] | None = None

    @property
    def bodies(self) -> Bodies:
        """Its organs and committees."""
        self._bodies = self._bodies or bodies_of(self.estate, self.on)
        return self._bodies

    @property
    def standing(self) -> Standing:
        """The state of its committee."""
        self._standing = self._standing or committee_standing(
            self.estate, self.on, self.bodies, lambda *_: self.members
        )
        return self._standing

    @property
    def members(self) -> list[Appointment]:
        """Head and members of its committee who are in post."""
        if self._members is None:
            committee = self.bodies.committee(OrganisationKind.OWNERS_COMMITTEE)
            self._members = members_of(committee, self.on) if committee is not None else []
        return self._members

    @property
    def managers(self) -> list[Engagement]:
        """Everybody who was ever registered to manage it, newest first."""
        if self._managers is None:
            self._managers = history_of_managers(self.estate)
        return self._managers

    @property
    def manager(self) -> Engagement | None:
        """The row in force on the day, as `manager_of_day` finds it; of what was read, where all of it was."""
        if self._managers is None:
            return manager_of_day(self.estate, self.on)
        begun = [row for row in self._managers if row.from_on <= self.on]
        return max(begun, key=lambda row: row.from_on, default=None)

    def holder_of(self, role: Role) -> Holder:
        """Who holds an organ, or today's manager for the provider; parties not yet bound are vacant."""
        return _RESOLVERS.get(role.code, _not_bound)(role, self)


def holder_of(role: Role, estate: Estate, on: date) -> Holder:
    """Who holds a role at an estate on a day, asked once; who asks for several roles keeps a `Place`."""
    return Place(estate, on).holder_of(role)


def _not_bound(role: Role, place: Place) -> Holder:
    return Holder(role, None, vacant=True, note=f"{role.title}尚未确定", may_decide=False)


def _manager(role: Role, place: Place) -> Holder:
    """The provider of the day, before a case binds it."""
    row = place.manager
    if row is None or row.mode not in (Mode.CONTRACT, Mode.EMERGENCY):
        return _not_bound(role, place)
    return Holder(role, row.organisation)


# Organs of a territory, from the nearest up -----------------------------------------------------------------------

_LADDER: tuple[tuple[Role, OrganisationKind, str], ...] = (
    (COMMUNITY, OrganisationKind.RESIDENTS_COMMITTEE, "community"),
    (SUBDISTRICT, OrganisationKind.SUBDISTRICT_OFFICE, "subdistrict"),
    (COUNTY, OrganisationKind.PROPERTY_AUTHORITY, "county"),
    (CITY, OrganisationKind.PROPERTY_AUTHORITY, "city"),
)


def _organ(role: Role, place: Place) -> Holder:
    """The organ itself; where it is missing the task lies vacant with the next above."""
    start = [step for step, *_ in _LADDER].index(role)
    for step, kind, level in _LADDER[start:]:
        found = place.bodies.organ(kind, getattr(place.estate, level))
        if found is not None and step == role:
            return Holder(role, found)
        if found is not None:
            return Holder(
                role,
                found,
                vacant=True,
                note=f"本地没有登记{role.title}，由上级{found.name}指定办理",
                may_decide=False,
            )
    return Holder(
        role, None, vacant=True, note=f"本地没有登记{role.title}，请系统管理员先登记", may_decide=False
    )


# The owners' side, state by state ----------------------------------------------------------------------------------


def _owners(role: Role, place: Place) -> Holder:
    return _OWNERS_SIDE[place.standing.state](place.standing, place)


def _in_office(standing: Standing, place: Place) -> Holder:
    note = "业主委员会印章失控，用印须先补救" if standing.is_seal_lost else ""
    return Holder(OWNERS, standing.committee, note=note)


def _interim(standing: Standing, place: Place) -> Holder:
    return Holder(
        OWNERS,
        standing.interim,
        acting_for="业主委员会（物业管理委员会代行）",
        note="物管会代行业主委员会职责，至业主委员会选出为止",
        receives=standing.interim,
    )


def _not_formed(standing: Standing, place: Place) -> Holder:
    """The community stands in, within its limits: it neither hires nor dismisses.

    《白山市物业服务人退出及应急服务管理办法》第7条第2项; 《民法典》第278条.
    """
    community = _organ(COMMUNITY, place)
    return Holder(
        OWNERS,
        community.organisation,
        acting_for="业主（未成立业主委员会，由社区居民委员会代行）",
        vacant=community.vacant,
        note=community.note or "社区代行清算、交接、公示等事项，不得代行选聘、解聘",
        may_decide=False,
    )


def _expired(standing: Standing, place: Place) -> Holder:
    """It keeps papers and seal and is still served on; it neither hires nor dismisses."""
    return Holder(
        OWNERS,
        standing.committee,
        note="业主委员会任期届满未换届：保管资料、印章并接收文书，不得作出选聘、解聘决定，由街道指导换届",
        may_decide=False,
    )


def _below_half(standing: Standing, place: Place) -> Holder:
    return _with_the_street(
        standing,
        place,
        f"业主委员会成员不足半数（应有{standing.seats}人，在任{standing.filled}人），不能作出决定，由街道组织补选或者换届",
    )


def _refusing(standing: Standing, place: Place) -> Holder:
    return _with_the_street(
        standing, place, "业主委员会拒不履职，由街道责令限期履职，逾期由街道或者社区组织业主召开会议"
    )


def _with_the_street(standing: Standing, place: Place, note: str) -> Holder:
    """Nobody holds the role: the task lies with the street, papers still go to the committee."""
    street = _organ(SUBDISTRICT, place)
    return Holder(
        OWNERS,
        street.organisation,
        vacant=True,
        note=note if not street.vacant else f"{note}；{street.note}",
        may_decide=False,
        receives=standing.committee,
    )


_OWNERS_SIDE: dict[CommitteeState, Callable[[Standing, Place], Holder]] = {
    CommitteeState.IN_OFFICE: _in_office,
    CommitteeState.INTERIM: _interim,
    CommitteeState.NOT_FORMED: _not_formed,
    CommitteeState.EXPIRED: _expired,
    CommitteeState.BELOW_HALF: _below_half,
    CommitteeState.REFUSING: _refusing,
}


def _assembly(role: Role, place: Place) -> Holder:
    """Who convenes the owners: the committee where it may; else the street organises, and nobody decides for them.

    A community, or a committee whose term is over, does not hire or dismiss. 《民法典》第278条; `practice.md` 2.
    """
    owners = _owners(OWNERS, place)
    if owners.may_decide:
        return Holder(role, owners.organisation, acting_for=owners.acting_for, note=owners.note)
    street = _organ(SUBDISTRICT, place)
    return Holder(
        role,
        street.organisation,
        acting_for="业主大会召集人（由街道组织业主共同决定，不代替业主决定）",
        vacant=street.vacant,
        note="；".join(filter(None, (owners.note, street.note))),
    )


_RESOLVERS: dict[str, Callable[[Role, Place], Holder]] = {
    PROVIDER.code: _manager,
    OWNERS.code: _owners,
    ASSEMBLY.code: _assembly,
    COMMUNITY.code: _organ,
    SUBDISTRICT.code: _organ,
    COUNTY.code: _organ,
    CITY.code: _organ,
}


# The public ---------------------------------------------------------------------------------------------------------


def stands_in(role: Role, person: Actor | UUID | None, estate: Estate, on: date) -> bool:
    """Whether the person belongs to that part of the public at the estate on that day."""
    if role == ANYONE:
        return True
    person_id = person.person_id if isinstance(person, Actor) else person
    if person_id is None:
        return False
    if role == VOLUNTEER:
        return _is_posted(person_id, estate, on, Post.VOLUNTEER)
    if Ownership.objects.filter(in_force(on), person_id=person_id, estate=estate).exists():
        return True
    return role == RESIDENT and _is_posted(person_id, estate, on, Post.RESIDENT, Post.TENANT)


def _is_posted(person_id: UUID, estate: Estate, on: date, *posts: Post) -> bool:
    rows = Appointment.objects.filter(in_force(on), person_id=person_id, estate=estate, post__in=posts)
    return rows.exists()
