"""An estate's package: what comes back is what was copied, and nobody can be recognised in it."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction

from gongzhi.acts.actor import SYSTEM
from gongzhi.exits.tests.play import adopt_baishan, at, set_here
from gongzhi.law import queries as law
from gongzhi.law.models import Adoption, Jurisdiction
from gongzhi.law.package import law_part, rehearse_waiting, waiting_texts
from gongzhi.law.package import take_in as take_law_in
from gongzhi.registry import actions
from gongzhi.registry.checks import findings
from gongzhi.registry.facts import (
    BeginEngagement,
    CloseOrganisation,
    EndAppointment,
    SetCommitteeCondition,
)
from gongzhi.registry.models import (
    Appointment,
    Condition,
    Estate,
    Mode,
    Organisation,
    OrganisationKind,
    Ownership,
    Person,
    Post,
    ServiceContract,
    Unit,
)
from gongzhi.registry.packages import Package, TakenIn, read_package, take_in, write_package
from gongzhi.registry.personal import read_number
from gongzhi.registry.queries import committee_standing, manager_at
from gongzhi.registry.tests.cast import (
    Cast,
    add_actor,
    add_appointment,
    add_organisation,
    add_person,
    build_cast,
)
from gongzhi.values.refusals import Invalid

pytestmark = pytest.mark.django_db
NOW = at("2026-03-02 09:00")
ON = NOW.date()


@pytest.fixture
def cast() -> Cast:
    """白山 with its text adopted and one value set."""
    return _built(())


@pytest.fixture
def both() -> Cast:
    """诸暨 beside it."""
    return _built(("zhuji",))


def _built(areas: tuple[str, ...]) -> Cast:
    made = build_cast(NOW, areas=areas)
    adopt_baishan()
    set_here("objection.reply_within", "P5WD")
    return made


def carried(package: Package) -> TakenIn:
    """The package in registers of its own: everything that was there before is out of sight until the test ends."""
    empty_registers()
    return take_in(read_package(package.text()), at=NOW)


def empty_registers() -> None:
    """Go back to the database as the migrations left it, within the test's transaction."""
    transaction.savepoint_rollback(MARK[0])


#: The savepoint before anything was registered.
MARK: list[Any] = []


@pytest.fixture(autouse=True)
def _mark(db: None) -> Any:
    """Remember where nothing stood yet; the book of the law is read anew after going back to it."""
    MARK[:] = [transaction.savepoint()]
    yield
    law._BUILT.clear()


def shares_of(estate: Estate) -> list[tuple[str, str, Fraction, date]]:
    """Each share by its unit, without its holder."""
    rows = Ownership.objects.filter(estate=estate).select_related("unit__building")
    return sorted((row.unit.building.name, row.unit.label, row.fraction, row.from_on) for row in rows)


def units_of(estate: Estate) -> list[tuple[Any, ...]]:
    """Each unit with both areas, their sources and dates."""
    columns = ("use", "exclusive_area", "exclusive_source", "exclusive_on")
    columns += ("building_area", "building_source", "building_on", "is_sold")
    rows = Unit.objects.filter(estate=estate).order_by("building__name", "label")
    return list(rows.values_list("building__name", "label", *columns))


def test_areas_shares_contract_and_committee_come_back(cast: Cast) -> None:
    estate = cast.estate
    before = (units_of(estate), shares_of(estate))
    package = write_package(estate, at=NOW)
    copy = carried(package).estate
    law._BUILT.clear()
    assert (units_of(copy), shares_of(copy)) == before
    assert (copy.name, copy.community, copy.registered_on) == (
        "示例白山一号小区",
        "220602001001",
        date(2025, 1, 1),
    )
    # 80 + 72.5 + 96 + 60 + 88 + 44 + 12
    assert sum(unit[3] for unit in units_of(copy)) == Decimal("452.50")
    contract = ServiceContract.objects.get()
    assert (contract.provider.name, contract.ends_on) == ("示例白山甲物业有限公司", date(2026, 12, 31))
    standing = committee_standing(copy, ON)
    assert (standing.state, standing.seats, standing.filled) == ("in_office", 5, 3)
    assert list(findings()) == []


def test_one_owner_of_several_units_stays_one_person(cast: Cast) -> None:
    copy = carried(write_package(cast.estate, at=NOW)).estate
    held = Ownership.objects.filter(estate=copy, person__isnull=False)
    per_person = sorted(
        len(set(held.filter(person=one).values_list("unit", flat=True)))
        for one in Person.objects.filter(ownerships__in=held).distinct()
    )
    # the owner of 101, 102 and P1; four others with one unit each
    assert per_person == [1, 1, 1, 1, 3]
    assert Ownership.objects.get(organisation__isnull=False).organisation.kind == OrganisationKind.DEVELOPER


def test_the_manager_of_every_day_comes_back(cast: Cast) -> None:
    left, back = at("2025-10-01 12:00"), at("2026-01-01 00:00")
    gone = BeginEngagement(
        estate_id=cast.estate.pk, from_at=left, mode=Mode.UNMANAGED, reason="示例：擅自撤离"
    )
    actions.begin_engagement(by=SYSTEM, at=left, facts=gone)
    other = cast.organisations["other_provider"]
    follows = BeginEngagement(
        estate_id=cast.estate.pk,
        from_at=back,
        mode=Mode.EMERGENCY,
        organisation_id=other.pk,
        paper_title="示例协议",
    )
    actions.begin_engagement(by=SYSTEM, at=back, facts=follows)
    first = cast.organisations["provider"]
    closed = CloseOrganisation(organisation_id=first.pk, to_on=date(2026, 2, 1))
    actions.close_organisation(by=SYSTEM, at=NOW, facts=closed)
    copy = carried(write_package(cast.estate, at=NOW)).estate
    modes = []
    for day in (left - timedelta(days=1), left, back - timedelta(seconds=1), back, NOW):
        row = manager_at(copy, day)
        assert row is not None
        modes.append((row.mode, row.organisation.name if row.organisation else ""))
    first_name, second_name = "示例白山甲物业有限公司", "示例白山乙物业有限公司"
    assert modes == [
        ("contract", first_name),
        ("unmanaged", ""),
        ("unmanaged", ""),
        ("emergency", second_name),
        ("emergency", second_name),
    ]
    assert Organisation.objects.get(name=first_name).to_on == date(2026, 2, 1)


def test_nobodys_name_identity_or_telephone_number_is_in_it(cast: Cast) -> None:
    text = write_package(cast.estate, at=NOW).text()
    for person in Person.objects.all():
        assert f'"{person.name}"' not in text
        assert str(person.pk) not in text
        for field in ("id_number", "phone"):
            assert read_number(person, field) not in text  # type: ignore[arg-type]
    assert str(cast.estate.pk) not in text
    names = {one["name"] for one in json.loads(text)["people"]}
    assert {"示例业主0001", "示例业主0002", "示例经办人0001"} <= names


def test_telephones_of_bodies_and_the_address_of_a_committee_stay_behind(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.organisations["county"].pk).update(phone_supervision="0439-1234567")
    Organisation.objects.filter(pk=cast.organisations["committee"].pk).update(service_address="示例主任家中")
    text = write_package(cast.estate, at=NOW).text()
    assert "0439-1234567" not in text
    assert "示例主任家中" not in text


def test_everybody_needed_has_a_chair_though_nobody_holds_the_post(cast: Cast) -> None:
    carried(write_package(cast.estate, at=NOW))
    there = {
        (one.organisation.name.removeprefix("示例白山"), one.post)
        for one in Appointment.objects.filter(organisation__isnull=False)
        if one.organisation is not None
    }
    for body in ("市住房和城乡建设局", "县住房和城乡建设局", "街道办事处"):
        assert {(body, post) for post in ("officer", "reviewer", "leader", "clerk")} <= there
    # the city has one officer in the cast, the other provider a leader
    invented = Appointment.objects.filter(person__name__startswith="示例补设").values_list(
        "organisation__name", "post"
    )
    assert ("示例白山市住房和城乡建设局", "clerk") in invented
    assert ("示例白山市住房和城乡建设局", "officer") not in invented
    assert ("示例白山乙物业有限公司", "provider_legal_representative") in invented


def test_only_bodies_of_the_place_and_possible_followers_go_along(both: Cast) -> None:
    cast = both
    add_organisation(OrganisationKind.PROVIDER, "示例江源物业", "220605")
    add_organisation(OrganisationKind.RESIDENTS_COMMITTEE, "示例另一社区", "220602001002")
    names = {body.name for body in write_package(cast.estate, at=NOW).bodies}
    assert {
        "示例白山乙物业有限公司",
        "示例白山会计师事务所",
        "示例江源物业",
        "示例白山房地产开发有限公司",
    } <= names
    assert "示例另一社区" not in names
    assert not any("诸暨" in name for name in names)
    assert carried(write_package(cast.estate, at=NOW)).left_out == []
    assert Jurisdiction.objects.count() == 5


def test_few_of_one_post_go_along(cast: Cast) -> None:
    for number in range(5):
        add_actor(f"示例经办{number}", Post.OFFICER, organisation_id=cast.organisations["county"].pk)
    package = write_package(cast.estate, at=NOW)
    county = next(body.key for body in package.bodies if body.name == "示例白山县住房和城乡建设局")
    assert sum(seat.body == county and seat.post == Post.OFFICER for seat in package.seats) == 3


def test_members_who_came_and_left_and_what_hinders_come_back(cast: Cast) -> None:
    committee = cast.organisations["committee"]
    for name in ("committee_member", "second_member"):
        held = Appointment.objects.get(person=cast.home.people[name], organisation=committee)
        facts = EndAppointment(appointment_id=held.pk, to_on=date(2026, 1, 31))
        actions.end_appointment(by=SYSTEM, at=NOW, facts=facts)
    add_appointment(
        add_person("示例补选委员"),
        Post.COMMITTEE_MEMBER,
        organisation_id=committee.pk,
        from_on=date(2026, 2, 1),
    )
    lost = SetCommitteeCondition(
        committee_id=committee.pk, condition=Condition.SEAL_LOST, from_on=ON, paper_title="示例认定"
    )
    actions.set_committee_condition(by=SYSTEM, at=NOW, facts=lost)
    copy = carried(write_package(cast.estate, at=NOW)).estate
    standing = committee_standing(copy, ON)
    # head and the new member: two of five
    assert (standing.state, standing.filled, standing.is_seal_lost) == ("below_half", 2, True)
    assert committee_standing(copy, date(2026, 1, 31)).filled == 3


def test_a_committee_whose_head_nobody_knows_is_left_out_and_said(cast: Cast) -> None:
    Appointment.objects.filter(
        organisation=cast.organisations["committee"], post=Post.COMMITTEE_HEAD
    ).delete()
    taken = carried(write_package(cast.estate, at=NOW))
    assert taken.left_out == ["示例白山一号小区业主委员会没有带入：登记簿里没有它的任期或者负责人。"]
    assert committee_standing(taken.estate, ON).state == "not_formed"


def test_an_estate_that_nobody_manages_and_nobody_built_comes_back(cast: Cast) -> None:
    copy = carried(write_package(cast.bare_estate, at=NOW)).estate
    row = manager_at(copy, NOW)
    assert row is not None
    assert (row.mode, row.reason) == ("unmanaged", "示例：从未有物业服务人")
    assert not copy.units.exists()


def test_a_package_that_was_changed_or_is_none_is_refused(cast: Cast) -> None:
    text = write_package(cast.estate, at=NOW).text()
    with pytest.raises(Invalid, match="摘要不符"):
        read_package(text.replace('"80.00"', '"81.00"', 1))
    with pytest.raises(Invalid, match="格式版本"):
        read_package(text.replace("gongzhi-estate/1", "gongzhi-estate/0"))
    for broken in ("{", "[]", json.dumps({"format": "gongzhi-estate/1"})):
        with pytest.raises(Invalid, match="读不懂"):
            read_package(broken)


# The law's part -----------------------------------------------------------------------------------------------------


def test_what_the_places_adopted_and_set_counts_in_the_copy(cast: Cast) -> None:
    package = write_package(cast.estate, at=NOW)
    assert [one.code for one in package.law.divisions] == [
        "22",
        "2206",
        "220602",
        "220602001",
        "220602001001",
    ]
    assert carried(package).left_out == []
    law._BUILT.clear()
    assert law.value_of("exit.provider_early_exit_notice_before", "220602001001", ON).is_set
    assert law.value_of("objection.reply_within", "220602001001", ON).value == 5
    assert Adoption.objects.get().number == "示例建发〔2025〕1号"


def test_what_this_release_refuses_is_said_and_the_rest_taken_in(cast: Cast) -> None:
    part = law_part(cast.estate.community)
    gone = part.settings[0].model_copy(update={"key": "exit.no_longer_known"})
    empty_registers()
    law._BUILT.clear()
    said = take_law_in(part.model_copy(update={"settings": (gone, *part.settings)}), at=NOW)
    assert len(said) == 1
    assert "exit.no_longer_known" in said[0]
    assert Adoption.objects.exists()


def test_a_draft_may_be_rehearsed_and_says_that_nobody_adopted_it(both: Cast) -> None:
    cast = both
    code = cast.areas["zhuji"].spec.community
    found = [(text.code, text.is_draft) for text in waiting_texts(code, ON)]
    assert ("ZJ", True) in found
    assert waiting_texts(cast.estate.community, ON) == []
    assert not law.value_of("provider.filing", code, ON).is_set
    titles = rehearse_waiting(code, at=NOW)
    law._BUILT.clear()
    assert law.value_of("provider.filing", code, ON).is_set
    assert len(titles) == len(found)
    assert Adoption.objects.get(instrument="ZJ").number == "演练，未正式采用"
    assert waiting_texts(code, ON) == []


def test_a_share_that_ended_and_a_post_that_ended_stay_behind(cast: Cast) -> None:
    Ownership.objects.filter(unit__label="103").update(to_on=date(2026, 2, 28))
    package = write_package(cast.estate, at=NOW)
    assert "103" not in {share.unit for share in package.shares}
    assert isinstance(package.made_at, datetime)
