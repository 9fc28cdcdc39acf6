"""Registering bodies: credit codes warn, organs stand once, committees are formed."""

from datetime import date
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.divisions import ancestors_of, codes_of
from gongzhi.registry.facts import (
    ChangeContacts,
    CloseOrganisation,
    CommitteeSeat,
    FormCommittee,
    RegisterOrganisation,
)
from gongzhi.registry.models import Organisation, OrganisationKind
from gongzhi.registry.tests.cast import Cast, credit_code
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible

KIND = OrganisationKind


def register(cast: Cast, **more: Any) -> dict[str, Any]:
    """A provider of the home county, but for `more`."""
    plain: dict[str, Any] = {
        "kind": KIND.PROVIDER,
        "name": "示例丙物业有限公司",
        "jurisdiction_code": "220602",
        "from_on": date(2026, 1, 5),
    }
    facts = RegisterOrganisation(**(plain | more))
    return actions.register_organisation(by=SYSTEM, at=cast.at, facts=facts).value


def test_a_wrong_credit_code_warns_and_does_not_block(cast: Cast) -> None:
    right = credit_code(9001)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    value = register(cast, uscc=wrong)
    made = Organisation.objects.get(pk=value["organisation_id"])
    assert made.uscc == wrong
    assert "校验位（第18位）不符" in made.uscc_warning
    assert value["warnings"] == [made.uscc_warning]


@pytest.mark.parametrize("wrong", ["123", "9122060200000000001", "91220602MA0000000O"])
def test_what_has_not_the_form_of_a_credit_code_is_refused_at_its_field(cast: Cast, wrong: str) -> None:
    count = Organisation.objects.count()
    with pytest.raises(Invalid) as refused:
        register(cast, uscc=wrong)
    assert set(refused.value.fields) == {"uscc"}
    assert Organisation.objects.count() == count
    register(cast, uscc="")  # a body without a code


def test_a_right_credit_code_is_taken_in_any_spelling(cast: Cast) -> None:
    code = credit_code(9002)
    value = register(cast, uscc=f" {code[:8]}-{code[8:].lower()} ")
    made = Organisation.objects.get(pk=value["organisation_id"])
    assert (made.uscc, made.uscc_warning, value["warnings"]) == (code, "", [])


def test_one_credit_code_is_one_body(cast: Cast) -> None:
    with pytest.raises(Conflict, match="已登记为“示例白山甲物业有限公司”"):
        register(cast, uscc=cast.organisations["provider"].uscc)


@pytest.mark.parametrize(
    ("kind", "code", "refusal", "says"),
    [
        (KIND.PROPERTY_AUTHORITY, "220602", Conflict, "如已变更请先终止原登记"),
        (KIND.PROPERTY_AUTHORITY, "220602001", NotPossible, "一级不设物业主管部门"),
        (KIND.SUBDISTRICT_OFFICE, "220602", NotPossible, "一级不设街道办事处"),
        (KIND.RESIDENTS_COMMITTEE, "220602001", NotPossible, "一级不设社区居民委员会"),
        (KIND.OWNERS_COMMITTEE, "220602001001", NotPossible, "请用“成立委员会”办理"),
        (KIND.PROVIDER, "999999", NotFound, "没有行政区划代码“999999”"),
    ],
)
def test_an_organ_stands_once_at_its_own_level(
    cast: Cast, kind: KIND, code: str, refusal: type[Exception], says: str
) -> None:
    with pytest.raises(refusal, match=says):
        register(cast, kind=kind, jurisdiction_code=code)


def test_a_code_may_carry_trailing_zeros(cast: Cast) -> None:
    assert codes_of("220600") == codes_of("2206")
    assert ancestors_of("220602001001") == {"220602001001", "220602001", "220602", "2206", "22"}
    value = register(cast, kind=KIND.COURT, jurisdiction_code="220600")
    assert Organisation.objects.get(pk=value["organisation_id"]).jurisdiction_code == "2206"


def test_every_kind_of_body_can_be_registered_or_formed(cast: Cast, subtests: pytest.Subtests) -> None:
    for number, kind in enumerate(KIND):
        if kind in ("owners_committee", "interim_management_committee", "preparation_group"):
            continue
        if kind in ("reelection_group", "property_authority", "subdistrict_office", "residents_committee"):
            continue
        with subtests.test(str(kind)):
            value = register(cast, kind=kind, name=f"示例{kind.label}", uscc=credit_code(9100 + number))
            assert Organisation.objects.get(pk=value["organisation_id"]).kind == kind


def test_a_closed_body_makes_room_for_its_successor(cast: Cast) -> None:
    county = cast.organisations["county"]
    close = CloseOrganisation(organisation_id=county.pk, to_on=date(2026, 2, 28))
    actions.close_organisation(by=SYSTEM, at=cast.at, facts=close)
    register(cast, kind=KIND.PROPERTY_AUTHORITY, name="示例新局", from_on=date(2026, 3, 1))
    with pytest.raises(NotPossible, match="已于2026-02-28终止"):
        actions.close_organisation(by=SYSTEM, at=cast.at, facts=close)


def form(cast: Cast, **more: Any) -> None:
    """A first committee at the bare estate, but for `more`."""
    plain: dict[str, Any] = {
        "estate_id": cast.bare_estate.pk,
        "name": "示例业主委员会",
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2028, 12, 31),
        "seats": 3,
        "members": [CommitteeSeat(person_id=cast.home.people["owner"].pk, is_head=True)],
        "paper_title": "示例备案证明",
    }
    actions.form_committee(by=SYSTEM, at=cast.at, facts=FormCommittee(**(plain | more)))


def test_a_committee_is_formed_with_its_head(cast: Cast) -> None:
    form(cast)
    made = Organisation.objects.get(kind=KIND.OWNERS_COMMITTEE, estate=cast.bare_estate)
    assert made.codes == cast.bare_estate.codes
    assert made.jurisdiction_code == cast.bare_estate.community


def test_a_committee_that_does_not_add_up_is_refused(cast: Cast, subtests: pytest.Subtests) -> None:
    owner, other = cast.home.people["owner"].pk, cast.home.people["co_owner"].pk
    seat = CommitteeSeat(person_id=owner, is_head=True)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"kind": KIND.PROVIDER}, "不是小区的委员会"),
        ({"members": [seat, CommitteeSeat(person_id=owner)]}, "同一人出现两次"),
        ({"members": [seat, CommitteeSeat(person_id=other)], "seats": 1}, "多于应有的1人"),
        ({"members": [CommitteeSeat(person_id=owner)]}, "须有且只有一名主任"),
        ({"ends_on": None}, "须填写任期止"),
        ({"ends_on": date(2025, 12, 31)}, "任期止早于任期起"),
        ({"estate_id": cast.estate.pk, "starts_on": date(2025, 1, 1)}, "上一任期自2025-01-01起"),
    )
    for more, says in cases:
        with subtests.test(says), pytest.raises(NotPossible, match=says):
            form(cast, **more)


def test_contacts_change_and_the_rest_stays(cast: Cast) -> None:
    county = cast.organisations["county"]
    facts = ChangeContacts(organisation_id=county.pk, phone_supervision="0000-0000001")
    actions.change_contacts(by=cast.county_leader, at=cast.at, facts=facts)
    changed = Organisation.objects.get(pk=county.pk)
    assert (changed.phone_supervision, changed.document_code) == ("0000-0000001", county.document_code)
    with pytest.raises(NotPossible, match="至少填写一项"):
        actions.change_contacts(
            by=cast.county_leader, at=cast.at, facts=ChangeContacts(organisation_id=county.pk)
        )
    with pytest.raises(NotAllowed):
        actions.change_contacts(by=cast.owner, at=cast.at, facts=facts)
