"""Who holds each role at the cast's estates; the owners' side in each of its six states."""

from datetime import date, timedelta

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.registry import actions, roles
from gongzhi.registry.facts import (
    CloseOrganisation,
    CommitteeSeat,
    EndAppointment,
    EndCommitteeCondition,
    FormCommittee,
    SetCommitteeCondition,
)
from gongzhi.registry.models import Condition, OrganisationKind
from gongzhi.registry.queries import CommitteeState, committee_standing, committee_state
from gongzhi.registry.roles import holder_of, stands_in
from gongzhi.registry.tests.cast import BEGAN_AT, TERM_ENDS_ON, Cast, add_person

TODAY = date(2026, 3, 2)


def close(cast: Cast, name: str, to_on: date) -> None:
    """A body of the home area ceases."""
    facts = CloseOrganisation(organisation_id=cast.organisations[name].pk, to_on=to_on)
    actions.close_organisation(by=SYSTEM, at=cast.at, facts=facts)


def form_interim(cast: Cast, *, bare: bool) -> None:
    """An interim committee stands at one of the home estates."""
    member = add_person("示例物管会主任")
    facts = FormCommittee(
        estate_id=(cast.bare_estate if bare else cast.estate).pk,
        kind=OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE,
        name="示例物业管理委员会",
        starts_on=date(2026, 1, 1),
        seats=7,
        members=[CommitteeSeat(person_id=member.pk, is_head=True)],
        paper_title="示例街道公告",
    )
    actions.form_committee(by=SYSTEM, at=cast.at, facts=facts)


def refuse(cast: Cast, condition: Condition = Condition.REFUSING) -> None:
    """The committee is found to be hindered from 2026-02-01 on."""
    facts = SetCommitteeCondition(
        committee_id=cast.organisations["committee"].pk,
        condition=condition,
        from_on=date(2026, 2, 1),
        paper_title="示例街道认定书",
    )
    actions.set_committee_condition(by=SYSTEM, at=cast.at, facts=facts)


def lose_a_member(cast: Cast, name: str, to_on: date) -> None:
    """A member leaves; the day is the last in post."""
    appointment_id = cast[name].appointment_id
    assert appointment_id is not None
    facts = EndAppointment(appointment_id=appointment_id, to_on=to_on)
    actions.end_appointment(by=SYSTEM, at=cast.at, facts=facts)


# Organs of the territory ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "body"),
    [
        (roles.COMMUNITY, "community"),
        (roles.SUBDISTRICT, "subdistrict"),
        (roles.COUNTY, "county"),
        (roles.CITY, "city"),
        (roles.PROVIDER, "provider"),
        (roles.OWNERS, "committee"),
        (roles.ASSEMBLY, "committee"),
    ],
)
def test_each_role_is_held_by_its_own_body(cast: Cast, role: roles.Role, body: str) -> None:
    held = holder_of(role, cast.estate, TODAY)
    assert held.organisation == cast.organisations[body]
    assert (held.vacant, held.acting_for, held.may_decide) == (False, "", True)


def test_a_foreign_body_never_holds_a_role_here(wide_cast: Cast) -> None:
    for role in (roles.COMMUNITY, roles.SUBDISTRICT, roles.COUNTY, roles.CITY, roles.OWNERS):
        there = holder_of(role, wide_cast.areas["zhuji"].estate, TODAY).organisation
        assert there is not None
        assert there in wide_cast.areas["zhuji"].organisations.values()


def test_a_missing_organ_lies_vacant_with_the_next_above_and_says_so(cast: Cast) -> None:
    close(cast, "community", date(2026, 2, 28))
    held = holder_of(roles.COMMUNITY, cast.estate, TODAY)
    assert held.vacant
    assert held.organisation == cast.organisations["subdistrict"]
    assert "没有登记社区居民委员会" in held.note
    assert not holder_of(roles.COMMUNITY, cast.estate, date(2026, 2, 28)).vacant


def test_two_missing_organs_climb_two_steps(cast: Cast) -> None:
    close(cast, "subdistrict", date(2026, 2, 28))
    close(cast, "county", date(2026, 2, 28))
    assert holder_of(roles.SUBDISTRICT, cast.estate, TODAY).organisation == cast.organisations["city"]


def test_without_any_organ_above_the_role_is_vacant_with_nobody(cast: Cast) -> None:
    close(cast, "city", date(2026, 2, 28))
    held = holder_of(roles.CITY, cast.estate, TODAY)
    assert (held.vacant, held.organisation) == (True, None)


def test_parties_are_not_resolved_before_they_are_bound(cast: Cast) -> None:
    for role in (roles.SUCCESSOR, roles.FIRM):
        assert holder_of(role, cast.estate, TODAY).vacant


def test_an_unmanaged_estate_has_no_provider(cast: Cast) -> None:
    assert holder_of(roles.PROVIDER, cast.bare_estate, TODAY).vacant


# The owners' side -------------------------------------------------------------------------------------------


def test_not_formed_the_community_stands_in_and_neither_hires_nor_dismisses(cast: Cast) -> None:
    assert committee_state(cast.bare_estate, TODAY) == CommitteeState.NOT_FORMED
    held = holder_of(roles.OWNERS, cast.bare_estate, TODAY)
    assert held.organisation == cast.organisations["community"]
    assert "代行" in held.acting_for
    assert "不得代行选聘、解聘" in held.note
    assert not held.vacant
    assert not held.may_decide


def test_where_the_owners_side_may_not_decide_the_street_convenes_the_owners(cast: Cast) -> None:
    for estate, on in ((cast.bare_estate, TODAY), (cast.estate, date(2029, 1, 2))):
        held = holder_of(roles.ASSEMBLY, estate, on)
        assert held.organisation == cast.organisations["subdistrict"]
        assert "不代替业主决定" in held.acting_for
        assert not held.vacant


def test_not_formed_and_no_community_lies_with_the_street(cast: Cast) -> None:
    close(cast, "community", date(2026, 2, 28))
    held = holder_of(roles.OWNERS, cast.bare_estate, TODAY)
    assert held.organisation == cast.organisations["subdistrict"]
    assert held.vacant


def test_in_office_the_committee_decides_for_itself(cast: Cast) -> None:
    standing = committee_standing(cast.estate, TODAY)
    assert (standing.state, standing.seats, standing.filled) == (CommitteeState.IN_OFFICE, 5, 3)
    assert standing.may_decide


def test_on_its_last_day_a_committee_is_in_office_and_on_the_next_expired(cast: Cast) -> None:
    assert committee_state(cast.estate, TERM_ENDS_ON) == CommitteeState.IN_OFFICE
    assert committee_state(cast.estate, TERM_ENDS_ON + timedelta(days=1)) == CommitteeState.EXPIRED


def test_expired_it_keeps_papers_and_receives_but_does_not_decide(cast: Cast) -> None:
    held = holder_of(roles.OWNERS, cast.estate, date(2029, 1, 2))
    assert held.organisation == cast.organisations["committee"]
    assert held.recipient == cast.organisations["committee"]
    assert not held.may_decide
    assert not held.vacant
    assert "不得作出选聘、解聘决定" in held.note


def test_below_half_nobody_decides_and_the_street_organises(cast: Cast) -> None:
    lose_a_member(cast, "second_member", date(2026, 1, 31))
    assert committee_state(cast.estate, date(2026, 1, 31)) == CommitteeState.IN_OFFICE
    assert committee_state(cast.estate, date(2026, 2, 1)) == CommitteeState.BELOW_HALF
    held = holder_of(roles.OWNERS, cast.estate, TODAY)
    assert held.organisation == cast.organisations["subdistrict"]
    assert held.recipient == cast.organisations["committee"]
    assert (held.vacant, held.may_decide) == (True, False)
    assert "应有5人，在任2人" in held.note


def test_refusing_it_lies_with_the_street_until_the_finding_ends(cast: Cast) -> None:
    refuse(cast)
    assert committee_state(cast.estate, date(2026, 1, 31)) == CommitteeState.IN_OFFICE
    assert committee_state(cast.estate, TODAY) == CommitteeState.REFUSING
    held = holder_of(roles.OWNERS, cast.estate, TODAY)
    assert (held.organisation, held.vacant) == (cast.organisations["subdistrict"], True)
    assert held.recipient == cast.organisations["committee"]
    assert "拒不履职" in held.note
    over = EndCommitteeCondition(
        committee_id=cast.organisations["committee"].pk,
        condition=Condition.REFUSING,
        to_on=date(2026, 2, 27),
    )
    actions.end_committee_condition(by=SYSTEM, at=cast.at, facts=over)
    assert committee_state(cast.estate, TODAY) == CommitteeState.IN_OFFICE


def test_a_lost_seal_is_noted_and_changes_nothing_else(cast: Cast) -> None:
    refuse(cast, Condition.SEAL_LOST)
    held = holder_of(roles.OWNERS, cast.estate, TODAY)
    assert held.organisation == cast.organisations["committee"]
    assert "印章失控" in held.note


def test_interim_acts_where_no_committee_was_elected(cast: Cast) -> None:
    form_interim(cast, bare=True)
    assert committee_state(cast.bare_estate, TODAY) == CommitteeState.INTERIM
    held = holder_of(roles.OWNERS, cast.bare_estate, TODAY)
    assert held.organisation is not None
    assert held.organisation.kind == OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE
    assert "物业管理委员会代行" in held.acting_for
    assert held.may_decide


def test_interim_never_displaces_a_committee_in_office(cast: Cast) -> None:
    form_interim(cast, bare=False)
    assert holder_of(roles.OWNERS, cast.estate, TODAY).organisation == cast.organisations["committee"]


def test_interim_takes_over_from_a_committee_that_may_not_decide(cast: Cast) -> None:
    form_interim(cast, bare=False)
    refuse(cast)
    assert committee_state(cast.estate, TODAY) == CommitteeState.INTERIM


def test_a_reelection_opens_a_new_term_with_new_members(cast: Cast) -> None:
    head = add_person("示例新主任")
    facts = FormCommittee(
        estate_id=cast.estate.pk,
        name="示例业主委员会",
        starts_on=date(2029, 2, 1),
        ends_on=date(2034, 1, 31),
        seats=1,
        members=[CommitteeSeat(person_id=head.pk, is_head=True)],
        paper_title="示例备案证明",
    )
    actions.form_committee(by=SYSTEM, at=BEGAN_AT, facts=facts)
    assert committee_state(cast.estate, date(2029, 1, 31)) == CommitteeState.EXPIRED
    standing = committee_standing(cast.estate, date(2029, 2, 1))
    assert (standing.state, standing.filled) == (CommitteeState.IN_OFFICE, 1)
    assert standing.committee == cast.organisations["committee"]


# The public -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "owner", "resident"),
    [
        ("owner", True, True),
        ("co_owner", True, True),
        ("committee_head", True, True),
        ("tenant", False, True),
        ("community_worker", False, False),
        ("stranger", False, False),
        ("administrator", False, False),
    ],
)
def test_the_public_is_told_apart_by_facts(cast: Cast, name: str, owner: bool, resident: bool) -> None:
    assert stands_in(roles.OWNER, cast[name], cast.estate, TODAY) is owner
    assert stands_in(roles.RESIDENT, cast[name].person_id, cast.estate, TODAY) is resident
    assert stands_in(roles.ANYONE, cast[name], cast.estate, TODAY)
    assert not stands_in(roles.OWNER, cast[name], cast.bare_estate, TODAY)


def test_somebody_without_a_name_is_only_anyone(cast: Cast) -> None:
    assert stands_in(roles.ANYONE, None, cast.estate, TODAY)
    assert not stands_in(roles.OWNER, None, cast.estate, TODAY)


def test_every_role_has_one_code() -> None:
    assert all(code == role.code for code, role in roles.ROLES.items())
    assert len(roles.ROLES) == 14
