"""What must never be false is refused by the database itself; every constraint has its case here."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint, CheckConstraint

from gongzhi.registry import models as m
from gongzhi.registry.tests.cast import Cast

DAY = date(2026, 1, 5)
BEFORE = date(2026, 1, 4)
Case = Callable[[Cast], Any]
CASES: dict[str, Case] = {}


def breaks(*names: str) -> Callable[[Case], Case]:
    """The case tries what these constraints forbid."""

    def keep(case: Case) -> Case:
        CASES.update(dict.fromkeys(names, case))
        return case

    return keep


def estate(cast: Cast, **more: Any) -> m.Estate:
    """A lawful estate but for `more`."""
    where = {level: getattr(cast.estate, level) for level in m.LEVELS}
    plain = {"name": "示例新小区", "pinyin": "x", "initials": "x", "kind": "old", "registered_on": DAY}
    return m.Estate.objects.create(**(where | plain | more))


def outline(cast: Cast, **more: Any) -> m.Outline:
    """A lawful point but for `more`."""
    east, north = Decimal("126.42"), Decimal("41.93")
    plain: dict[str, Any] = {
        "shape": {"type": "Point", "coordinates": [126.42, 41.93]},
        "is_point": True,
        **dict.fromkeys(("west", "east", "longitude"), east),
        **dict.fromkeys(("south", "north", "latitude"), north),
        "datum": "wgs84",
        "source": "drawn",
        "measured_on": DAY,
    }
    return m.Outline.objects.create(estate=cast.bare_estate, **(plain | more))


def unit(cast: Cast, **more: Any) -> m.Unit:
    """A lawful unit but for `more`."""
    building = cast.estate.buildings.order_by("name").first()
    plain = {"estate": cast.estate, "building": building, "label": "999", "use": "dwelling"}
    return m.Unit.objects.create(**(plain | more))


def organisation(cast: Cast, **more: Any) -> m.Organisation:
    """A lawful provider but for `more`."""
    plain = {"kind": "provider", "name": "示例丙", "jurisdiction_code": "220602", "from_on": DAY}
    return m.Organisation.objects.create(**(plain | more))


def ownership(cast: Cast, **more: Any) -> m.Ownership:
    """A lawful share but for `more`."""
    plain: dict[str, Any] = {
        "estate": cast.estate,
        "unit": cast.estate.units.get(label="102"),
        "person_id": cast.tenant.person_id,
        "numerator": 1,
        "denominator": 2,
        "from_on": DAY,
    }
    return m.Ownership.objects.create(**(plain | more))


def appointment(cast: Cast, **more: Any) -> m.Appointment:
    """A lawful post but for `more`."""
    plain = {"person_id": cast.stranger.person_id, "from_on": DAY}
    return m.Appointment.objects.create(**(plain | more))


def power(cast: Cast, **more: Any) -> m.PowerOfAttorney:
    """A lawful power but for `more`."""
    plain: dict[str, Any] = {
        "principal_organisation": cast.organisations["provider"],
        "agent_id": cast.stranger.person_id,
        "matter": "交接",
        "scope": "签署清单",
        "from_on": DAY,
        "to_on": DAY,
    }
    return m.PowerOfAttorney.objects.create(**(plain | more))


def contract(cast: Cast, **more: Any) -> m.ServiceContract:
    """A lawful contract but for `more`."""
    plain = {
        "estate": cast.estate,
        "provider": cast.organisations["provider"],
        "kind": "service",
        "signed_on": DAY,
        "starts_on": DAY,
    }
    return m.ServiceContract.objects.create(**(plain | more))


def engagement(cast: Cast, **more: Any) -> m.Engagement:
    """A lawful change of manager but for `more`."""
    plain = {
        "estate": cast.estate,
        "from_at": cast.at,
        "from_on": cast.at.date(),
        "mode": "contract",
        "organisation": cast.organisations["provider"],
        "paper_title": "示例合同",
    }
    return m.Engagement.objects.create(**(plain | more))


def person(**more: Any) -> m.Person:
    """A lawful person but for `more`."""
    plain = {"name": "示例", "registered_at": datetime.fromisoformat("2026-01-05T09:00:00+08:00")}
    return m.Person.objects.create(**(plain | more))


def condition(cast: Cast, **more: Any) -> m.CommitteeCondition:
    """A lawful condition but for `more`."""
    plain = {
        "committee": cast.organisations["committee"],
        "condition": "refusing",
        "from_on": DAY,
        "paper_title": "示例认定",
    }
    return m.CommitteeCondition.objects.create(**(plain | more))


def term(cast: Cast, **more: Any) -> m.CommitteeTerm:
    """A lawful term but for `more`."""
    plain = {
        "committee": cast.organisations["committee"],
        "starts_on": DAY,
        "ends_on": DAY,
        "seats": 5,
        "paper_title": "示例备案",
    }
    return m.CommitteeTerm.objects.create(**(plain | more))


breaks("estate_kind_known")(lambda c: estate(c, kind="castle"))
breaks("estate_lies_in_a_community")(lambda c: estate(c, community=""))
breaks("estate_has_a_name")(lambda c: estate(c, name=""))
breaks("estate_name_once_in_community")(lambda c: estate(c, name=c.estate.name))
breaks("building_has_a_name")(lambda c: m.Building.objects.create(estate=c.estate, name=""))
breaks("building_name_once_in_estate")(lambda c: m.Building.objects.create(estate=c.estate, name="1幢"))
breaks("unit_use_known")(lambda c: unit(c, use="castle"))
breaks("unit_has_a_label")(lambda c: unit(c, label=""))
breaks("unit_label_once_in_building")(lambda c: unit(c, label="101"))
breaks("unit_exclusive_area_has_its_origin")(lambda c: unit(c, exclusive_area=Decimal("80.00")))
breaks("unit_building_area_has_its_origin")(
    lambda c: unit(c, building_area=Decimal(0), building_source="contract", building_on=DAY)
)
breaks("organisation_kind_known")(lambda c: organisation(c, kind="castle"))
breaks("organisation_days_in_order")(lambda c: organisation(c, to_on=BEFORE))
breaks("organisation_estate_iff_committee")(lambda c: organisation(c, estate=c.estate))
breaks("organisation_named_and_placed")(lambda c: organisation(c, jurisdiction_code=""))
breaks("organisation_uscc_once")(lambda c: organisation(c, uscc=c.organisations["provider"].uscc))
breaks("organisation_one_organ_a_territory")(lambda c: organisation(c, kind="property_authority"))
breaks("organisation_one_committee_an_estate")(
    lambda c: organisation(c, kind="owners_committee", estate=c.estate)
)
breaks("committee_term_days_in_order")(lambda c: term(c, ends_on=BEFORE))
breaks("committee_term_has_seats")(lambda c: term(c, seats=0))
breaks("committee_term_starts_once")(lambda c: (term(c), term(c)))
breaks("committee_condition_known")(lambda c: condition(c, condition="sleepy"))
breaks("committee_condition_days_in_order")(lambda c: condition(c, to_on=BEFORE))
breaks("committee_condition_has_a_paper")(lambda c: condition(c, paper_title=""))
breaks("committee_condition_open_once")(lambda c: (condition(c), condition(c)))
breaks("person_has_a_name")(lambda c: person(name=""))
breaks("person_id_kind_known")(lambda c: person(id_kind="castle"))
breaks("person_id_number_once")(
    lambda c: (
        person(id_number_cipher=b"x", id_number_digest="d"),
        person(id_number_cipher=b"y", id_number_digest="d"),
    )
)
breaks("person_id_number_findable")(lambda c: person(id_number_cipher=b"x"))
breaks("person_phone_findable")(lambda c: person(phone_digest="d"))
breaks("look_has_a_purpose")(
    lambda c: m.Look.objects.create(
        person_id=c.owner.person_id, field="phone", account_id=c.owner.account_id, purpose="", at=c.at
    )
)
breaks("ownership_of_one_owner")(lambda c: ownership(c, organisation=c.organisations["developer"]))
breaks("ownership_share_is_a_fraction")(lambda c: ownership(c, numerator=3))
breaks("ownership_days_in_order")(lambda c: ownership(c, to_on=BEFORE))
breaks("ownership_once_a_person")(lambda c: (ownership(c), ownership(c)))
breaks("ownership_once_an_organisation")(
    lambda c: [ownership(c, person_id=None, organisation=c.organisations["developer"]) for _ in range(2)]
)
breaks("appointment_days_in_order")(lambda c: appointment(c, post="owner", estate=c.estate, to_on=BEFORE))
breaks("appointment_is_somewhere")(lambda c: appointment(c, post="officer"))
breaks("appointment_once_in_organisation")(
    lambda c: [appointment(c, post="officer", organisation=c.organisations["county"]) for _ in range(2)]
)
breaks("appointment_once_at_estate")(
    lambda c: [appointment(c, post="owner", estate=c.estate) for _ in range(2)]
)
breaks("appointment_once_at_both")(
    lambda c: [
        appointment(c, post="provider_leader", organisation=c.organisations["provider"], estate=c.estate)
        for _ in range(2)
    ]
)
breaks("appointment_once_in_system")(lambda c: [appointment(c, post="auditor") for _ in range(2)])
breaks("power_of_one_principal")(lambda c: power(c, principal_organisation=None))
breaks("power_days_in_order")(lambda c: power(c, to_on=BEFORE))
breaks("power_says_what_for")(lambda c: power(c, scope=""))
breaks("contract_kind_known")(lambda c: contract(c, kind="verbal"))
breaks("contract_days_in_order")(lambda c: contract(c, ends_on=BEFORE))
breaks("contract_term_once")(
    lambda c: [
        m.ContractTerm.objects.create(contract_id=c.home.contract_id, key="k", value=1) for _ in range(2)
    ]
)
breaks("engagement_mode_known")(lambda c: engagement(c, mode="magic", organisation=None))
breaks("engagement_one_a_day")(lambda c: (engagement(c), engagement(c, from_at=c.at + timedelta(hours=1))))
breaks("engagement_organisation_iff_managed_by_one")(lambda c: engagement(c, organisation=None))
breaks("engagement_contract_only_with_a_provider")(
    lambda c: engagement(c, mode="self_managed", organisation=None, contract_id=c.home.contract_id)
)
breaks("engagement_has_a_paper_or_says_why_nobody")(lambda c: engagement(c, paper_title=""))
breaks("engagement_until_only_meanwhile")(lambda c: engagement(c, until_on=date(2030, 1, 1)))
breaks("engagement_days_in_order")(lambda c: engagement(c, mode="emergency", until_on=BEFORE))
breaks("outline_datum_known")(lambda c: outline(c, datum="gcj02"))
breaks("outline_source_known")(lambda c: outline(c, source="hearsay"))
breaks("outline_lies_in_the_country")(lambda c: outline(c, west=Decimal(10), longitude=Decimal(10)))
breaks("outline_box_in_order")(lambda c: outline(c, east=Decimal("126.3")))


def _declared() -> dict[str, BaseConstraint]:
    found = apps.get_app_config("registry").get_models()
    return {constraint.name: constraint for model in found for constraint in model._meta.constraints}


def test_every_constraint_of_the_registers_has_a_case() -> None:
    assert set(CASES) == set(_declared())


def test_the_database_refuses_each_of_them(cast: Cast, subtests: pytest.Subtests) -> None:
    """A check names itself in the error on both engines, a unique index on one only."""
    declared = _declared()
    for name, case in CASES.items():
        says = name if isinstance(declared[name], CheckConstraint) else "(?i)unique"
        with subtests.test(name), pytest.raises(IntegrityError, match=says), transaction.atomic():
            case(cast)


def test_the_same_rows_without_the_fault_are_taken(cast: Cast, subtests: pytest.Subtests) -> None:
    for make in (estate, unit, organisation, ownership, power, contract, engagement, condition, term):
        with subtests.test(make.__name__):
            assert make(cast).pk is not None


def test_an_engagement_is_neither_changed_nor_deleted(cast: Cast) -> None:
    row = m.Engagement.objects.filter(estate=cast.estate).first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        m.Engagement.objects.filter(pk=row.pk).update(paper_title="改")
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


def test_a_look_is_neither_changed_nor_deleted(cast: Cast) -> None:
    look = m.Look.objects.create(
        person_id=cast.owner.person_id,
        field="phone",
        account_id=cast.owner.account_id,
        purpose="核对",
        at=cast.at,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        m.Look.objects.filter(pk=look.pk).update(purpose="改")
    with pytest.raises(IntegrityError), transaction.atomic():
        look.delete()
