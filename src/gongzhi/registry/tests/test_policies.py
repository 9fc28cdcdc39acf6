"""Every policy asked of every member of the cast, at home and abroad."""

from datetime import date
from typing import Any

import pytest

from gongzhi.accounts.facts import IssueToken, OpenAccount, RevokeToken, SetPassword
from gongzhi.accounts.models import Token
from gongzhi.acts.door import ACTIONS, SYSTEM, Actor
from gongzhi.acts.facts import Facts, NoFacts
from gongzhi.acts.policies import POLICIES, policy
from gongzhi.law.facts import SetLocalValue
from gongzhi.registry import facts as f
from gongzhi.registry.models import Appointment, Mode, OrganisationKind, Post
from gongzhi.registry.tests.cast import BEGAN_AT, Cast, build_cast
from gongzhi.values.refusals import NotAllowed

#: Who leads the county's bureau; nobody is registered as leading the city's.
LEADING = {"city_officer", "county_leader"}
BUREAUS = {"city_officer", "county_officer", "county_reviewer", "county_leader"}
STREET = {"subdistrict_officer", "subdistrict_reviewer", "subdistrict_leader", "subdistrict_clerk"}
COMMUNITY = {"community_worker", "community_head"}
COMMITTEE = {"committee_head", "committee_member", "second_member"}


def allowed(cast: Cast, name: str, said: Facts) -> set[str]:
    """Who of the whole cast passes the policy."""
    return {who for who, actor in cast.actors.items() if refusal(cast, name, said, actor) is None}


def refusal(cast: Cast, name: str, said: Facts, actor: Actor) -> NotAllowed | None:
    """How the policy refuses that actor."""
    try:
        policy(name).check(by=actor, facts=said, at=cast.at)
    except NotAllowed as refused:
        return refused
    return None


def estate_facts(cast: Cast) -> f.RegisterEstate:
    """A new estate in the home community."""
    return f.RegisterEstate(
        name="示例",
        community=cast.estate.community,
        mode=Mode.UNMANAGED,
        managed_from_at=BEGAN_AT,
        reason="无",
    )


def unit_facts(cast: Cast) -> f.RegisterUnits:
    """A unit of the home estate."""
    return f.RegisterUnits(estate_id=cast.estate.pk, rows=[f.UnitRow(building="1幢", label="9")])


def owner_facts(cast: Cast) -> f.RegisterOwners:
    """An owner of the home estate."""
    row = f.OwnerRow(building="1幢", unit="9", name="示例", from_on=date(2026, 1, 5))
    return f.RegisterOwners(estate_id=cast.estate.pk, rows=[row])


def local_value(code: str) -> SetLocalValue:
    """A local value at a place."""
    return SetLocalValue(
        jurisdiction=code, key="k", value=1, authority="示例", instrument="示例", set_on=date(2026, 1, 5)
    )


def appoint(cast: Cast, post: Post, where: str) -> f.Appoint:
    """The stranger to be appointed at a body of the home area, or at its estate."""
    place = {"estate_id": cast.estate.pk} if where == "estate" else {}
    if where in cast.organisations:
        place = {"organisation_id": cast.organisations[where].pk}
    return f.Appoint(person_id=cast.stranger.person_id, post=post, from_on=date(2026, 1, 5), **place)


def test_who_registers(wide_cast: Cast) -> None:
    assert allowed(wide_cast, "property_authority_of_place", estate_facts(wide_cast)) == BUREAUS
    assert allowed(wide_cast, "registrar_of_estate", unit_facts(wide_cast)) == BUREAUS | STREET
    assert (
        allowed(wide_cast, "registrar_of_owners", owner_facts(wide_cast))
        == BUREAUS | STREET | COMMUNITY | COMMITTEE
    )


def test_who_speaks_for_a_jurisdiction(wide_cast: Cast) -> None:
    assert allowed(wide_cast, "authority_over_jurisdiction", local_value("220602")) == LEADING
    assert allowed(wide_cast, "authority_over_jurisdiction", local_value("2206")) == {"city_officer"}
    assert allowed(wide_cast, "authority_over_jurisdiction", local_value("22")) == set()
    abroad = {f"{name}@zhuji" for name in LEADING}
    assert allowed(wide_cast, "authority_over_jurisdiction", local_value("330681001")) == abroad


def test_where_nobody_leads_the_body_its_people_speak_for_the_jurisdiction(wide_cast: Cast) -> None:
    county = wide_cast.organisations["county"]
    Appointment.objects.filter(organisation=county, post=Post.LEADER).update(to_on=date(2025, 12, 31))
    assert "county_officer" in allowed(wide_cast, "authority_over_jurisdiction", local_value("220602"))


def test_the_administrator_keeps_the_frame_and_no_business(wide_cast: Cast) -> None:
    opening = OpenAccount(username="示例")
    assert allowed(wide_cast, "system_administrator", opening) == {"administrator"}
    provider = f.RegisterOrganisation(
        kind=OrganisationKind.PROVIDER, name="示例", jurisdiction_code="220602", from_on=date(2026, 1, 5)
    )
    assert allowed(wide_cast, "registrar_of_organisation", provider) == BUREAUS | {"administrator"}
    assert allowed(wide_cast, "auditor", NoFacts()) == {"auditor"}


def test_anyone_and_whoever_holds_a_post(wide_cast: Cast) -> None:
    everybody = set(wide_cast.actors)
    assert allowed(wide_cast, "anyone", NoFacts()) == everybody
    assert allowed(wide_cast, "signed_in", NoFacts()) == everybody
    assert allowed(wide_cast, "appointed", NoFacts()) == everybody - {"stranger"}


def test_who_appoints_in_an_authority(wide_cast: Cast) -> None:
    county = appoint(wide_cast, Post.OFFICER, "county")
    assert allowed(wide_cast, "appointing_authority", county) == {
        "administrator",
        "city_officer",
        "county_leader",
    }
    street = appoint(wide_cast, Post.OFFICER, "subdistrict")
    assert allowed(wide_cast, "appointing_authority", street) == BUREAUS | {
        "administrator",
        "subdistrict_leader",
    }


def test_who_appoints_elsewhere(wide_cast: Cast) -> None:
    provider = appoint(wide_cast, Post.PROVIDER_LEADER, "provider")
    assert allowed(wide_cast, "appointing_authority", provider) == BUREAUS | {"provider_legal_representative"}
    committee = appoint(wide_cast, Post.COMMITTEE_MEMBER, "committee")
    assert allowed(wide_cast, "appointing_authority", committee) == BUREAUS | STREET
    at_home = appoint(wide_cast, Post.TENANT, "estate")
    expected = BUREAUS | STREET | COMMUNITY | COMMITTEE
    assert allowed(wide_cast, "appointing_authority", at_home) == expected
    system = appoint(wide_cast, Post.AUDITOR, "nowhere")
    assert allowed(wide_cast, "appointing_authority", system) == {"administrator"}


def test_an_appointment_is_ended_by_whoever_could_make_it(wide_cast: Cast) -> None:
    ending = f.EndAppointment(
        appointment_id=wide_cast.provider_leader.appointment_id, to_on=date(2026, 3, 31)
    )
    expected = BUREAUS | {"provider_legal_representative"}
    assert allowed(wide_cast, "appointing_authority", ending) == expected


def test_who_registers_people(wide_cast: Cast) -> None:
    facts = f.RegisterPerson(name="示例")
    home = BUREAUS | STREET | COMMUNITY | {"committee_head", "provider_legal_representative"}
    abroad = {f"{name}@zhuji" for name in home}
    assert allowed(wide_cast, "registrar_of_people", facts) == home | abroad | {"administrator"}


def test_a_principal_acts_for_itself(wide_cast: Cast) -> None:
    power: dict[str, Any] = {
        "agent_id": wide_cast.stranger.person_id,
        "matter": "交接",
        "scope": "签字",
        "from_on": date(2026, 3, 2),
        "to_on": date(2026, 3, 3),
        "is_signed_by_principal": True,
        "is_signed_by_agent": True,
    }
    provider = wide_cast.organisations["provider"].pk
    by_body = f.GrantPowerOfAttorney(principal_organisation_id=provider, **power)
    assert allowed(wide_cast, "principal", by_body) == {"provider_legal_representative"}
    by_person = f.GrantPowerOfAttorney(principal_person_id=wide_cast.owner.person_id, **power)
    assert allowed(wide_cast, "principal", by_person) == {"owner"}


def test_who_may_look_at_an_owners_number(wide_cast: Cast) -> None:
    facts = f.Unmask(person_id=wide_cast.owner.person_id, field="phone", purpose="核对")
    officials = BUREAUS | STREET - {"subdistrict_clerk"} | COMMUNITY
    assert allowed(wide_cast, "may_look", facts) == officials | {"owner", "committee_head"}


def test_who_may_look_at_a_providers_people(wide_cast: Cast) -> None:
    facts = f.Unmask(
        person_id=wide_cast.provider_legal_representative.person_id, field="phone", purpose="核对"
    )
    assert allowed(wide_cast, "may_look", facts) == BUREAUS | {"provider_legal_representative"}


def test_ones_own_organisation(wide_cast: Cast) -> None:
    facts = f.CloseOrganisation(organisation_id=wide_cast.organisations["firm"].pk, to_on=date(2026, 3, 2))
    assert allowed(wide_cast, "own_organisation", facts) == {"firm_accountant", "second_accountant"}


def test_tokens_and_passwords_are_ones_own(at: Any, db: None) -> None:
    cast = build_cast(at, areas=(), tokens=True)
    owner = cast.owner
    issue = IssueToken(account_id=owner.account_id, appointment_id=owner.appointment_id, purpose="示例程序")
    assert allowed(cast, "token_holder", issue) == {"owner"}
    anothers = issue.model_copy(update={"appointment_id": cast.county_officer.appointment_id})
    assert allowed(cast, "token_holder", anothers) == set()
    password = SetPassword(account_id=owner.account_id, password="long enough 1")
    assert allowed(cast, "account_holder", password) == {"owner", "administrator"}
    token_id = owner_token(cast)
    assert allowed(cast, "token_revoker", RevokeToken(token_id=token_id)) == {"owner", "administrator"}


def owner_token(cast: Cast) -> Any:
    """The owner's token."""
    return Token.objects.get(account_id=cast.owner.account_id).pk


def test_the_systems_own_actor_passes_every_policy(cast: Cast) -> None:
    for name, said in (
        ("registrar_of_estate", unit_facts(cast)),
        ("system_administrator", OpenAccount(username="示例")),
        ("signed_in", NoFacts()),
    ):
        policy(name).check(by=SYSTEM, facts=said, at=cast.at)


def test_every_action_of_these_rooms_names_a_bound_policy_that_says_who() -> None:
    mine = [act for name, act in ACTIONS.items() if name.split(".")[0] in ("registry", "accounts")]
    assert len(mine) == 40
    for act in mine:
        assert act.may in POLICIES, act.name
        assert act.title
        assert POLICIES[act.may].says
        assert act.body.__doc__


def test_every_field_said_has_a_chinese_title() -> None:
    for name, act in ACTIONS.items():
        if name.split(".")[0] in ("registry", "accounts"):
            untitled = [field for field, info in act.facts.model_fields.items() if not info.title]
            assert not untitled, (name, untitled)


def test_a_refusal_names_who_may(cast: Cast) -> None:
    with pytest.raises(
        NotAllowed, match="您无权办理，应由小区所在地物业主管部门或者街道办事处（乡镇人民政府）办理"
    ):
        policy("registrar_of_estate").check(by=cast.owner, facts=unit_facts(cast), at=cast.at)
