"""Which estates each member of the cast sees."""

from datetime import date, datetime

import pytest

from gongzhi.acts.door import SYSTEM, Actor
from gongzhi.registry import acting, actions
from gongzhi.registry.facts import BeginEngagement, EndContract
from gongzhi.registry.models import Estate, Mode, OrganisationKind, Post
from gongzhi.registry.territory import can_see_estate, visible_estates
from gongzhi.registry.tests.cast import Cast, add_actor, add_organisation
from gongzhi.values.now import ZONE

#: Sees both estates of its territory.
OFFICIALS = (
    "city_officer",
    "county_officer",
    "county_leader",
    "subdistrict_officer",
    "subdistrict_reviewer",
    "community_worker",
    "community_head",
)
#: Sees the managed estate alone.
INSIDERS = (
    "owner",
    "co_owner",
    "tenant",
    "committee_head",
    "committee_member",
    "provider_leader",
    "provider_legal_representative",
)
#: Sees no estate by its post.
OUTSIDERS = ("other_provider_leader", "firm_accountant", "administrator")


def seen(cast: Cast, actor: Actor, at: datetime | None = None) -> set[Estate]:
    """The estates that actor sees."""
    moment = at or cast.at
    return set(visible_estates(acting.appointment_of(actor, moment), moment))


def test_officials_see_their_territory_and_nothing_else(wide_cast: Cast) -> None:
    for name in OFFICIALS:
        assert seen(wide_cast, wide_cast[name]) == {wide_cast.estate, wide_cast.bare_estate}, name


def test_those_of_an_estate_see_it_alone(wide_cast: Cast) -> None:
    for name in INSIDERS:
        assert seen(wide_cast, wide_cast[name]) == {wide_cast.estate}, name


def test_the_rest_see_nothing(wide_cast: Cast) -> None:
    for name in OUTSIDERS:
        assert seen(wide_cast, wide_cast[name]) == set(), name
    assert not visible_estates(None, wide_cast.at).exists()


def test_the_auditor_sees_all(wide_cast: Cast) -> None:
    assert len(seen(wide_cast, wide_cast.auditor)) == 4


def test_a_province_sees_its_cities_estates(wide_cast: Cast) -> None:
    province = add_organisation(OrganisationKind.PROPERTY_AUTHORITY, "示例省住房和城乡建设厅", "22")
    officer = add_actor("示例省厅经办", Post.OFFICER, organisation_id=province.pk)
    assert seen(wide_cast, officer) == {wide_cast.estate, wide_cast.bare_estate}


def test_a_developer_sees_where_it_still_owns(cast: Cast) -> None:
    developer = cast.organisations["developer"].pk
    assert seen(cast, add_actor("示例开发商", Post.REPRESENTATIVE, organisation_id=developer)) == {
        cast.estate
    }


def test_one_estate_is_asked_for_by_the_same_rule(wide_cast: Cast) -> None:
    appointment = acting.appointment_of(wide_cast.county_officer, wide_cast.at)
    assert can_see_estate(appointment, wide_cast.estate, wide_cast.at)
    assert not can_see_estate(appointment, wide_cast.areas["zhuji"].estate, wide_cast.at)


def test_a_post_that_has_ended_sees_nothing(cast: Cast) -> None:
    held = acting.appointment_of(cast.county_officer, cast.at)
    held.to_on = date(2026, 3, 1)
    assert not visible_estates(held, cast.at).exists()


def test_a_provider_sees_an_estate_from_its_contract_to_its_departure(cast: Cast) -> None:
    change = BeginEngagement(
        estate_id=cast.estate.pk,
        from_at=datetime(2026, 5, 6, 9, 0, tzinfo=ZONE),
        mode=Mode.EMERGENCY,
        organisation_id=cast.organisations["other_provider"].pk,
        paper_title="示例应急接管决定书",
    )
    actions.begin_engagement(by=SYSTEM, at=cast.at, facts=change)
    later = datetime(2026, 5, 7, 9, 0, tzinfo=ZONE)
    assert seen(cast, cast.other_provider_leader, later) == {cast.estate}
    assert seen(cast, cast.provider_legal_representative, later) == {cast.estate}
    ended = EndContract(contract_id=cast.home.contract_id, ends_on=date(2026, 5, 6))
    actions.end_contract(by=SYSTEM, at=cast.at, facts=ended)
    assert seen(cast, cast.provider_legal_representative, later) == set()


@pytest.mark.django_db
def test_a_territory_is_found_by_one_equality(cast: Cast) -> None:
    appointment = acting.appointment_of(cast.subdistrict_officer, cast.at)
    sql = str(visible_estates(appointment, cast.at).query)
    assert "LIKE" not in sql
    assert '"subdistrict" = 220602001' in sql
