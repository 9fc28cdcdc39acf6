"""Invented places and people to measure with, made through the door like everybody's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gongzhi.accounts.actions import open_account
from gongzhi.accounts.facts import OpenAccount
from gongzhi.acts.door import SYSTEM, Actor
from gongzhi.law.actions import adopt_instrument, load_divisions
from gongzhi.law.facts import AdoptInstrument, LoadDivisions
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.registry import actions
from gongzhi.registry.facts import Appoint, LinkAccount, RegisterEstate, RegisterOrganisation, RegisterPerson
from gongzhi.registry.models import Estate, Mode, Organisation, OrganisationKind, Post
from gongzhi.values.now import ZONE

BEGAN = datetime(2025, 1, 6, 9, 0, tzinfo=ZONE)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
#: Of every account; nothing but the measures is there to be guarded.
PASSWORD = "measured-only-1234"
COUNTY, STREET, COMMUNITY = "220602", "220602001", "220602001001"


@dataclass(frozen=True)
class Place:
    """One community with a provider; who acts for whom."""

    provider: Organisation
    provider_actor: Actor
    community_actor: Actor


def build() -> Place:
    """A county, a street, a community, a provider and a person in each of the last two."""
    load_divisions(by=SYSTEM, at=BEGAN, facts=LoadDivisions())
    adopted = AdoptInstrument(
        jurisdiction="2206",
        instrument="BS",
        number="示例建发〔2025〕1号",
        adopted_on=BEGAN.date(),
        authority="示例市住房和城乡建设局",
    )
    adopt_instrument(by=SYSTEM, at=BEGAN, facts=adopted)
    _organisation(OrganisationKind.PROPERTY_AUTHORITY, "示例县建设局", COUNTY)
    _organisation(OrganisationKind.SUBDISTRICT_OFFICE, "示例街道办事处", STREET)
    community = _organisation(OrganisationKind.RESIDENTS_COMMITTEE, "示例社区居民委员会", COMMUNITY)
    provider = _organisation(OrganisationKind.PROVIDER, "示例物业有限公司", COUNTY)
    return Place(
        provider,
        _actor("示例法人", provider, Post.PROVIDER_LEGAL_REPRESENTATIVE),
        _actor("示例主任", community, Post.COMMUNITY_HEAD),
    )


def _organisation(kind: OrganisationKind, name: str, code: str) -> Organisation:
    facts = RegisterOrganisation(kind=kind, name=name, jurisdiction_code=code, from_on=BEGAN.date())
    answer = actions.register_organisation(by=SYSTEM, at=BEGAN, facts=facts)
    return Organisation.objects.get(pk=answer.value["organisation_id"])


def _actor(name: str, organisation: Organisation, post: Post) -> Actor:
    person = actions.register_person(by=SYSTEM, at=BEGAN, facts=RegisterPerson(name=name)).value["person_id"]
    appointed = Appoint(
        person_id=person, post=post, organisation_id=organisation.pk, from_on=date(2025, 1, 1)
    )
    appointment = actions.appoint(by=SYSTEM, at=BEGAN, facts=appointed).value["appointment_id"]
    opened = OpenAccount(username=f"bench-{post}", password=PASSWORD)
    account = open_account(by=SYSTEM, at=BEGAN, facts=opened).value["account_id"]
    actions.link_account(by=SYSTEM, at=BEGAN, facts=LinkAccount(person_id=person, account_id=account))
    return Actor(UUID(account), UUID(appointment), UUID(person))


def add_estates(place: Place, count: int) -> list[Estate]:
    """Estates the provider manages."""
    return [_estate(place, number) for number in range(count)]


def _estate(place: Place, number: int) -> Estate:
    facts = RegisterEstate(
        name=f"示例{number}号小区",
        community=COMMUNITY,
        mode=Mode.CONTRACT,
        managed_from_at=BEGAN,
        organisation_id=place.provider.pk,
        paper_title="示例合同",
    )
    answer = actions.register_estate(by=SYSTEM, at=BEGAN, facts=facts)
    return Estate.objects.get(pk=answer.value["estate_id"])


def open_exit(place: Place, estate: Estate, paper: dict[str, str]) -> UUID:
    """An exit that was applied for and has not arrived."""
    said = {
        "exit_on": str(NOW.date() + timedelta(days=150)),
        "reason": "示例原因",
        "handover_plan": "示例安排",
        "contact": "示例联系人",
        "staff_until_takeover": "示例人员",
        "serves_until_takeover": True,
    }
    answer = open_case(
        by=place.provider_actor,
        at=NOW,
        procedure="exit",
        variant="provider_early",
        subject=Subject(estate=estate),
        facts=said,
        papers=[paper],
    )
    return UUID(answer.value["case"])
