"""The cast: invented people and bodies of four real areas, built by the actions alone, asked about every door.

`build_cast(at)` returns a `Cast`. `cast.owner`, `cast["county_officer"]` are actors of the home area (白山市浑江区);
`cast.of("zhuji", "county_officer")` is their counterpart elsewhere. Everything is built as of 2025.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.accounts.actions import issue_token, open_account
from gongzhi.accounts.facts import IssueToken, OpenAccount
from gongzhi.acts.door import SYSTEM, Actor
from gongzhi.law.actions import load_divisions
from gongzhi.law.facts import LoadDivisions
from gongzhi.registry import actions
from gongzhi.registry.facts import (
    Appoint,
    BuildingRow,
    CommitteeSeat,
    FormCommittee,
    LinkAccount,
    OwnerRow,
    RegisterBuildings,
    RegisterEstate,
    RegisterOrganisation,
    RegisterOwners,
    RegisterPerson,
    RegisterUnits,
    SignContract,
    UnitRow,
)
from gongzhi.registry.models import (
    Appointment,
    AreaSource,
    Estate,
    Mode,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    UnitUse,
)
from gongzhi.registry.tests.keeping import kept
from gongzhi.values.identifiers import check_resident_id, check_uscc
from gongzhi.values.now import ZONE

BEGAN_ON = date(2025, 1, 1)
BEGAN_AT = datetime(2025, 1, 1, 9, 0, tzinfo=ZONE)
TERM_ENDS_ON = date(2028, 12, 31)
CONTRACT_ENDS_ON = date(2026, 12, 31)
HOME = "baishan"


@dataclass(frozen=True)
class AreaSpec:
    """Where an area lies; every code is a real division's."""

    key: str
    mark: str
    city: str
    county: str
    subdistrict: str
    community: str


AREAS = {
    spec.key: spec
    for spec in (
        AreaSpec("baishan", "白山", "2206", "220602", "220602001", "220602001001"),
        AreaSpec("zhuji", "诸暨", "3306", "330681", "330681001", "330681001001"),
        AreaSpec("shuangliao", "双辽", "2203", "220382", "220382001", "220382001001"),
        AreaSpec("yangcheng", "阳城", "1405", "140522", "140522100", "140522100001"),
    )
}

#: Who is appointed where: name of the actor → organisation of the area, post, title in the invented name.
STAFF = {
    "city_officer": ("city", Post.OFFICER, "市局经办"),
    "county_officer": ("county", Post.OFFICER, "县局经办"),
    "county_reviewer": ("county", Post.REVIEWER, "县局审核"),
    "county_leader": ("county", Post.LEADER, "县局领导"),
    "subdistrict_officer": ("subdistrict", Post.OFFICER, "街道经办"),
    "subdistrict_reviewer": ("subdistrict", Post.REVIEWER, "街道审核"),
    "subdistrict_leader": ("subdistrict", Post.LEADER, "街道领导"),
    "subdistrict_clerk": ("subdistrict", Post.CLERK, "街道文书"),
    "community_worker": ("community", Post.COMMUNITY_WORKER, "社区干事"),
    "community_head": ("community", Post.COMMUNITY_HEAD, "社区主任"),
    "provider_legal_representative": ("provider", Post.PROVIDER_LEGAL_REPRESENTATIVE, "物业法人"),
    "provider_leader": ("provider", Post.PROVIDER_LEADER, "物业项目"),
    "other_provider_leader": ("other_provider", Post.PROVIDER_LEADER, "乙物业项目"),
    "firm_accountant": ("firm", Post.FIRM_ACCOUNTANT, "会计"),
    "second_accountant": ("firm", Post.FIRM_ACCOUNTANT, "会计二"),
}
#: Owners and others of the estate, and members of its committee.
RESIDENTS = ("owner", "co_owner", "committee_head", "committee_member", "second_member", "tenant")
TITLES = {
    "owner": "业主",
    "co_owner": "共有业主",
    "committee_head": "业委会主任",
    "committee_member": "业委会委员",
    "second_member": "业委会委员二",
    "tenant": "租户",
}


@dataclass
class Area:
    """One area of the cast."""

    spec: AreaSpec
    organisations: dict[str, Organisation] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    estate: Estate = None  # type: ignore[assignment]
    bare_estate: Estate = None  # type: ignore[assignment]
    contract_id: UUID = None  # type: ignore[assignment]


@dataclass
class Cast:
    """Everybody. Attribute and index access give the home area's actors, then those of no area."""

    at: datetime
    areas: dict[str, Area] = field(default_factory=dict)
    alone: dict[str, Actor] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Area:
        """白山市浑江区."""
        return self.areas[HOME]

    @property
    def estate(self) -> Estate:
        """The home area's estate: managed under contract, with a committee in office."""
        return self.home.estate

    @property
    def bare_estate(self) -> Estate:
        """The home area's other estate: nobody manages it, no committee was ever formed."""
        return self.home.bare_estate

    @property
    def organisations(self) -> dict[str, Organisation]:
        """The home area's: province, city, county, subdistrict, community, provider, other_provider, firm …"""
        return self.home.organisations

    @property
    def actors(self) -> dict[str, Actor]:
        """Everybody by name; those of another area as `name@area`."""
        named = {
            name if key == HOME else f"{name}@{key}": actor
            for key, area in self.areas.items()
            for name, actor in area.actors.items()
        }
        return named | self.alone

    def of(self, area: str, name: str) -> Actor:
        """The counterpart in another area."""
        return self.areas[area].actors[name]

    def __getitem__(self, name: str) -> Actor:
        return self.actors[name]

    def __getattr__(self, name: str) -> Actor:
        if name.startswith("_") or name not in self.actors:
            raise AttributeError(name)
        return self.actors[name]


_COUNT = {"person": 0, "organisation": 0}


def resident_id(number: int) -> str:
    """A well-formed identity number of a region that does not exist."""
    first = f"999999{1950 + number // 1000:04d}0101{number % 1000:03d}"
    return next(first + check for check in "0123456789X" if not check_resident_id(first + check))


def credit_code(number: int) -> str:
    """A well-formed credit code of a region that does not exist."""
    first = f"91999999MA{number:06d}"
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    inner = (first + check for check in "0123456789X")
    return next(code + last for code in inner for last in signs if not check_uscc(code + last))


def _next(kind: str) -> int:
    _COUNT[kind] += 1
    return _COUNT[kind]


def add_organisation(kind: OrganisationKind, name: str, code: str, **more: Any) -> Organisation:
    """An invented body, registered through the door."""
    facts = RegisterOrganisation(
        kind=kind,
        name=name,
        jurisdiction_code=code,
        uscc=credit_code(_next("organisation")),
        from_on=BEGAN_ON,
        **more,
    )
    answer = actions.register_organisation(by=SYSTEM, at=BEGAN_AT, facts=facts)
    return Organisation.objects.get(pk=answer.value["organisation_id"])


def add_person(name: str) -> Person:
    """An invented person with well-formed invented numbers."""
    number = _next("person")
    facts = RegisterPerson(name=name, id_number=resident_id(number), phone=f"138{number:08d}")
    answer = actions.register_person(by=SYSTEM, at=BEGAN_AT, facts=facts)
    return Person.objects.get(pk=answer.value["person_id"])


def add_appointment(person: Person, post: Post, **where: Any) -> UUID:
    """A post from the beginning of the cast on."""
    facts = Appoint(person_id=person.pk, post=post, **({"from_on": BEGAN_ON} | where))
    return UUID(actions.appoint(by=SYSTEM, at=BEGAN_AT, facts=facts).value["appointment_id"])


def add_account(person: Person) -> UUID:
    """A sign-in of that person, without a password."""
    facts = OpenAccount(username=f"example-{person.pk}")
    account_id = UUID(open_account(by=SYSTEM, at=BEGAN_AT, facts=facts).value["account_id"])
    link = LinkAccount(person_id=person.pk, account_id=account_id)
    actions.link_account(by=SYSTEM, at=BEGAN_AT, facts=link)
    return account_id


def add_actor(name: str, post: Post, **where: Any) -> Actor:
    """A person with an account, acting in one post."""
    person = add_person(name)
    appointment_id = add_appointment(person, post, **where)
    return Actor(add_account(person), appointment_id, person.pk)


def build_cast(at: datetime, areas: Iterable[str] = tuple(AREAS), *, tokens: bool = False) -> Cast:
    """Everybody. `areas` narrows it (the home area is always there); `tokens` issues one to each."""
    cast = _build_everybody(tuple(areas), tokens=tokens)
    cast.at = at
    return cast


@kept
def _build_everybody(areas: tuple[str, ...], *, tokens: bool) -> Cast:
    load_divisions(by=SYSTEM, at=BEGAN_AT, facts=LoadDivisions())
    cast = Cast(BEGAN_AT)
    _build_alone(cast)
    for key in dict.fromkeys((HOME, *areas)):
        cast.areas[key] = _build_area(AREAS[key])
    if tokens:
        _issue_tokens(cast)
    return cast


def _build_alone(cast: Cast) -> None:
    cast.alone["administrator"] = add_actor("示例系统管理员", Post.ADMINISTRATOR)
    cast.alone["auditor"] = add_actor("示例审计员", Post.AUDITOR)
    stranger = add_person("示例路人")
    cast.alone["stranger"] = Actor(add_account(stranger), None, stranger.pk)


def _build_area(spec: AreaSpec) -> Area:
    area = Area(spec)
    _build_organisations(area)
    _build_estates(area)
    _build_units(area)
    _build_owners(area)
    _build_committee(area)
    _build_staff(area)
    return area


def _build_organisations(area: Area) -> None:
    spec, kind, made = area.spec, OrganisationKind, area.organisations
    bodies = {
        "city": (kind.PROPERTY_AUTHORITY, "市住房和城乡建设局", spec.city, "示例市建"),
        "county": (kind.PROPERTY_AUTHORITY, "县住房和城乡建设局", spec.county, "示例县建"),
        "subdistrict": (kind.SUBDISTRICT_OFFICE, "街道办事处", spec.subdistrict, "示例街办"),
        "community": (kind.RESIDENTS_COMMITTEE, "社区居民委员会", spec.community, ""),
        "provider": (kind.PROVIDER, "甲物业有限公司", spec.county, ""),
        "other_provider": (kind.PROVIDER, "乙物业有限公司", spec.county, ""),
        "firm": (kind.THIRD_PARTY_FIRM, "会计师事务所", spec.county, ""),
        "developer": (kind.DEVELOPER, "房地产开发有限公司", spec.county, ""),
    }
    for key, (of_kind, name, code, document_code) in bodies.items():
        made[key] = add_organisation(
            of_kind,
            f"示例{spec.mark}{name}",
            code,
            document_code=f"{document_code}{spec.mark}" if document_code else "",
            registered_address=f"示例{spec.mark}路1号",
            service_address=f"示例{spec.mark}路1号",
        )


def add_estate(name: str, community: str, **manager: Any) -> Estate:
    """An invented estate; without a manager it says that nobody manages it."""
    nobody = {"mode": Mode.UNMANAGED, "reason": "示例：从未有物业服务人", "managed_from_at": BEGAN_AT}
    facts = RegisterEstate(name=name, community=community, **(manager or nobody))
    answer = actions.register_estate(by=SYSTEM, at=BEGAN_AT, facts=facts)
    return Estate.objects.get(pk=answer.value["estate_id"])


def _build_estates(area: Area) -> None:
    spec, provider = area.spec, area.organisations["provider"]
    area.estate = add_estate(
        f"示例{spec.mark}一号小区",
        spec.community,
        mode=Mode.CONTRACT,
        managed_from_at=BEGAN_AT,
        organisation_id=provider.pk,
        paper_title="示例物业服务合同",
    )
    area.bare_estate = add_estate(f"示例{spec.mark}二号小区", spec.community)
    contract = SignContract(
        estate_id=area.estate.pk,
        provider_id=provider.pk,
        signed_on=BEGAN_ON - timedelta(days=10),
        starts_on=BEGAN_ON,
        ends_on=CONTRACT_ENDS_ON,
    )
    answer = actions.sign_contract(by=SYSTEM, at=BEGAN_AT, facts=contract)
    area.contract_id = UUID(answer.value["contract_id"])


#: Building, label, use, area for votes, area for cost shares. 104 is not sold.
UNITS = (
    ("1幢", "101", UnitUse.DWELLING, "80.00", "100.00"),
    ("1幢", "102", UnitUse.DWELLING, "72.50", "90.25"),
    ("1幢", "103", UnitUse.DWELLING, "96.00", "120.00"),
    ("1幢", "104", UnitUse.DWELLING, "60.00", "75.00"),
    ("2幢", "201", UnitUse.DWELLING, "88.00", "110.00"),
    ("2幢", "202", UnitUse.COMMERCIAL, "44.00", "55.00"),
    ("地下车库", "P1", UnitUse.PARKING, "12.00", "30.00"),
)
UNSOLD = "104"


def _build_units(area: Area) -> None:
    names = dict.fromkeys(building for building, *_ in UNITS)
    buildings = RegisterBuildings(estate_id=area.estate.pk, rows=[BuildingRow(name=name) for name in names])
    actions.register_buildings(by=SYSTEM, at=BEGAN_AT, facts=buildings)
    rows = [
        UnitRow(
            building=building,
            label=label,
            use=use,
            exclusive_area=Decimal(exclusive),
            exclusive_source=AreaSource.REGISTERED,
            exclusive_on=BEGAN_ON,
            building_area=Decimal(whole),
            building_source=AreaSource.SURVEYED,
            building_on=BEGAN_ON,
            is_sold=label != UNSOLD,
        )
        for building, label, use, exclusive, whole in UNITS
    ]
    actions.register_units(by=SYSTEM, at=BEGAN_AT, facts=RegisterUnits(estate_id=area.estate.pk, rows=rows))


def _build_owners(area: Area) -> None:
    """101 is shared by halves; its first owner also holds 102 and the parking space; 104 is the developer's."""
    for name in RESIDENTS:
        area.people[name] = add_person(f"示例{area.spec.mark}{TITLES[name]}")
    shares = (
        ("1幢", "101", "owner", 2),
        ("1幢", "101", "co_owner", 2),
        ("1幢", "102", "owner", 1),
        ("1幢", "103", "committee_head", 1),
        ("2幢", "201", "committee_member", 1),
        ("2幢", "202", "second_member", 1),
        ("地下车库", "P1", "owner", 1),
    )
    rows = [
        OwnerRow(
            building=building,
            unit=label,
            person_id=area.people[name].pk,
            denominator=parts,
            from_on=BEGAN_ON,
        )
        for building, label, name, parts in shares
    ]
    developer = area.organisations["developer"].pk
    rows.append(OwnerRow(building="1幢", unit=UNSOLD, organisation_id=developer, from_on=BEGAN_ON))
    actions.register_owners(by=SYSTEM, at=BEGAN_AT, facts=RegisterOwners(estate_id=area.estate.pk, rows=rows))
    for name in ("owner", "co_owner"):
        area.actors[name] = _as_owner(area, name)
    tenant = add_appointment(area.people["tenant"], Post.TENANT, estate_id=area.estate.pk)
    area.actors["tenant"] = Actor(add_account(area.people["tenant"]), tenant, area.people["tenant"].pk)


def _as_owner(area: Area, name: str) -> Actor:
    person = area.people[name]
    held = Appointment.objects.get(person=person, post=Post.OWNER, estate=area.estate)
    return Actor(add_account(person), held.pk, person.pk)


def _build_committee(area: Area) -> None:
    names = ("committee_head", "committee_member", "second_member")
    seats = [CommitteeSeat(person_id=area.people[name].pk, is_head=name == names[0]) for name in names]
    facts = FormCommittee(
        estate_id=area.estate.pk,
        name=f"示例{area.spec.mark}一号小区业主委员会",
        starts_on=BEGAN_ON,
        ends_on=TERM_ENDS_ON,
        seats=5,
        members=seats,
        paper_title="示例备案证明",
    )
    answer = actions.form_committee(by=SYSTEM, at=BEGAN_AT, facts=facts)
    committee = Organisation.objects.get(pk=answer.value["organisation_id"])
    area.organisations["committee"] = committee
    for name in names:
        held = Appointment.objects.get(person=area.people[name], organisation=committee)
        area.actors[name] = Actor(add_account(area.people[name]), held.pk, area.people[name].pk)


def _build_staff(area: Area) -> None:
    for name, (organisation, post, title) in STAFF.items():
        where: dict[str, Any] = {"organisation_id": area.organisations[organisation].pk}
        if name == "provider_leader":
            where["estate_id"] = area.estate.pk
        actor = add_actor(f"示例{area.spec.mark}{title}", post, **where)
        area.actors[name] = actor
        area.people[name] = Person.objects.get(pk=actor.person_id)


def _issue_tokens(cast: Cast) -> None:
    for name, actor in cast.actors.items():
        if actor.account_id is None or actor.appointment_id is None:
            continue
        facts = IssueToken(
            account_id=actor.account_id, appointment_id=actor.appointment_id, purpose="示例程序"
        )
        cast.tokens[name] = issue_token(by=SYSTEM, at=BEGAN_AT, facts=facts).value["secret"]
