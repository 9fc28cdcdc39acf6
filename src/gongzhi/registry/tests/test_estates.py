"""Registering estates, buildings and units."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.registry import actions, roles
from gongzhi.registry.facts import (
    AreaRow,
    BuildingRow,
    ChangeBoundary,
    RecordAreas,
    RegisterBuildings,
    RegisterEstate,
    RegisterUnits,
    UnitRow,
)
from gongzhi.registry.models import Appointment, AreaSource, Building, Estate, Mode, Unit
from gongzhi.registry.queries import head_count, named, owners_on, unit_totals
from gongzhi.registry.tests.cast import BEGAN_AT, Cast, add_estate
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible

COMMUNITY = "220602001001"


def units(cast: Cast, *rows: dict[str, Any]) -> None:
    """Register units of the home estate."""
    facts = RegisterUnits(estate_id=cast.estate.pk, rows=[UnitRow(**row) for row in rows])
    actions.register_units(by=SYSTEM, at=cast.at, facts=facts)


def test_an_estate_carries_the_codes_of_its_community(cast: Cast) -> None:
    assert cast.estate.codes == ("2206", "220602", "220602001", COMMUNITY)
    assert cast.estate.lies_in("220602")
    assert not cast.estate.lies_in("22")


def test_an_estate_is_sorted_and_found_by_pinyin(cast: Cast) -> None:
    made = add_estate("幸福小区", COMMUNITY)
    assert (made.pinyin, made.initials) == ("xing fu xiao qu", "xfxq")


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("幸福", True),
        ("小区 幸福", True),
        ("幸 区", True),
        ("福幸", False),
        ("xfxq", True),
        ("XQ", True),
        ("fx", True),
        ("xingfu", True),
        ("xing fu", True),
        ("xiaoq", True),
        ("ing", False),
        ("fuq", False),
        ("x.*q", False),
        ("", True),
    ],
)
def test_a_name_is_found_from_any_sign_of_it_on(cast: Cast, typed: str, is_found: bool) -> None:
    made = add_estate("幸福小区", COMMUNITY)
    assert Estate.objects.filter(named(typed), pk=made.pk).exists() is is_found


def test_a_name_is_looked_for_at_whatever_refers_to_it(cast: Cast) -> None:
    provider = cast.organisations["provider"]
    found = Appointment.objects.filter(named(provider.initials[2:5], "organisation__"))
    assert provider.pk in set(found.values_list("organisation", flat=True))
    assert not Appointment.objects.filter(named("zzzz", "organisation__")).exists()


@pytest.mark.parametrize(
    ("community", "refusal", "says"),
    [("220602001", NotPossible, "不是社区"), ("229999999999", NotFound, "没有行政区划代码")],
)
def test_an_estate_lies_in_a_known_community(
    cast: Cast, community: str, refusal: type[Exception], says: str
) -> None:
    facts = RegisterEstate.model_construct(
        name="示例", community=community, mode=Mode.UNMANAGED, managed_from_at=BEGAN_AT, reason="无"
    )
    with pytest.raises(refusal, match=says):
        actions.register_estate.body(by=SYSTEM, at=cast.at, facts=facts)


def test_two_estates_of_one_community_have_two_names(cast: Cast) -> None:
    with pytest.raises(Conflict, match="已登记“示例白山一号小区”"):
        add_estate(cast.estate.name, COMMUNITY)


def test_an_estate_whose_manager_is_refused_is_not_registered(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="须填写管理单位"):
        add_estate(
            "示例三号小区", COMMUNITY, mode=Mode.CONTRACT, managed_from_at=BEGAN_AT, paper_title="合同"
        )
    assert not Estate.objects.filter(name="示例三号小区").exists()


def test_buildings_are_registered_all_or_none(cast: Cast) -> None:
    rows = [BuildingRow(name="9幢", floors=6), BuildingRow(name="1幢"), BuildingRow(name="9幢")]
    with pytest.raises(Invalid, match="第2、3行有误，整批都没有登记"):
        actions.register_buildings(
            by=SYSTEM, at=cast.at, facts=RegisterBuildings(estate_id=cast.estate.pk, rows=rows)
        )
    assert not Building.objects.filter(name="9幢").exists()


def test_an_unknown_area_is_counted_and_never_guessed(cast: Cast) -> None:
    units(cast, {"building": "2幢", "label": "301"})
    totals = unit_totals(cast.estate)
    assert (totals.units, totals.unsold) == (8, 1)
    assert (totals.exclusive_unknown, totals.building_unknown) == (1, 1)
    # 80 + 72.50 + 96 + 60 + 88 + 44 + 12, and 100 + 90.25 + 120 + 75 + 110 + 55 + 30
    assert (totals.exclusive_area, totals.building_area) == (Decimal("452.50"), Decimal("580.25"))


def test_an_estate_without_units_adds_up_to_nothing(cast: Cast) -> None:
    totals = unit_totals(cast.bare_estate.pk)
    assert (totals.units, totals.exclusive_area, totals.building_unknown) == (0, Decimal(0), 0)


def test_a_batch_with_faults_names_every_row_and_writes_nothing(cast: Cast) -> None:
    before = Unit.objects.count()
    with pytest.raises(Invalid) as refused:
        units(
            cast,
            {"building": "2幢", "label": "401"},
            {"building": "8幢", "label": "101"},
            {"building": "1幢", "label": "101"},
            {"building": "2幢", "label": "402", "exclusive_area": Decimal(70)},
            {"building": "2幢", "label": "401"},
        )
    assert refused.value.sentence.startswith(
        "第2、3、4、5行有误，整批都没有登记，请改正后整批重新提交：第2行楼栋“8幢”没有登记"
    )
    assert "来源和日期要么都填、要么都不填" in refused.value.fields["rows.3"]
    assert Unit.objects.count() == before


def test_ten_thousand_units_are_one_act_that_keeps_a_digest(cast: Cast) -> None:
    rows = [
        {
            "building": "2幢",
            "label": f"大{number}",
            "building_area": Decimal("88.80"),
            "building_source": AreaSource.CONTRACT,
            "building_on": date(2025, 6, 1),
        }
        for number in range(10_000)
    ]
    units(cast, *rows)
    assert unit_totals(cast.estate).units == 10_007
    act = Act.objects.filter(name="registry.register_units").latest("id")
    assert act.said is None
    assert len(act.said_digest) == 64


def test_heads_are_owners_not_units(cast: Cast) -> None:
    """101 两人共有计一人; 102 与车位同一人; 103、201、202 各一人; 未售归建设单位一人."""
    assert head_count(cast.estate, date(2026, 3, 2)) == 6
    assert head_count(cast.estate, date(2024, 12, 31)) == 0
    assert owners_on(cast.estate, date(2026, 3, 2)).count() == 8


def areas(cast: Cast, *rows: dict[str, Any]) -> None:
    """Record areas of the home estate's units."""
    facts = RecordAreas(estate_id=cast.estate.pk, rows=[AreaRow(**row) for row in rows])
    actions.record_areas(by=cast.subdistrict_officer, at=cast.at, facts=facts)


def known(kind: str, area: str) -> dict[str, Any]:
    """An area with source and date."""
    return {f"{kind}_area": Decimal(area), f"{kind}_source": "surveyed", f"{kind}_on": date(2026, 2, 2)}


def test_an_unknown_area_becomes_known_and_the_other_stays(cast: Cast) -> None:
    units(cast, {"building": "2幢", "label": "301", **known("exclusive", "50.00")})
    areas(cast, {"building": "2幢", "label": "301", **known("building", "62.50")})
    unit = Unit.objects.get(label="301")
    assert (unit.exclusive_area, unit.building_area) == (Decimal("50.00"), Decimal("62.50"))
    assert (unit.building_source, unit.building_on) == (AreaSource.SURVEYED, date(2026, 2, 2))
    assert unit_totals(cast.estate).building_unknown == 0


def test_areas_with_faults_change_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid, match="第2、3、4、5行有误") as refused:
        areas(
            cast,
            {"building": "1幢", "label": "101", **known("building", "1.00")},
            {"building": "1幢", "label": "101", **known("building", "2.00")},
            {"building": "9幢", "label": "101", **known("building", "2.00")},
            {"building": "1幢", "label": "102"},
            {"building": "1幢", "label": "103", "building_area": Decimal(2)},
        )
    assert refused.value.fields["rows.3"] == "没有填写面积"
    assert unit_totals(cast.estate).building_area == Decimal("580.25")


def move(cast: Cast, community: str) -> None:
    """Move the home estate."""
    facts = ChangeBoundary(estate_id=cast.estate.pk, community=community, paper_title="示例区划调整批复")
    actions.change_boundary(by=cast.county_officer, at=cast.at, facts=facts)


def test_a_boundary_moves_the_estate_and_its_committee(cast: Cast) -> None:
    move(cast, "220602001002")
    cast.estate.refresh_from_db()
    committee = cast.organisations["committee"]
    committee.refresh_from_db()
    assert cast.estate.community == committee.community == committee.jurisdiction_code == "220602001002"
    assert roles.holder_of(roles.COMMUNITY, cast.estate, date(2026, 3, 2)).vacant
    with pytest.raises(NotPossible, match="已在这个社区"):
        move(cast, "220602001002")


def test_a_foreign_bureau_moves_nothing(wide_cast: Cast) -> None:
    facts = ChangeBoundary(
        estate_id=wide_cast.estate.pk, community="220602001002", paper_title="示例区划调整批复"
    )
    with pytest.raises(NotAllowed):
        actions.change_boundary(by=wide_cast.of("zhuji", "county_officer"), at=wide_cast.at, facts=facts)


def test_very_many_faults_are_counted_and_told_one_by_one_in_the_fields(cast: Cast) -> None:
    with pytest.raises(Invalid, match="、50等60行有误") as refused:
        units(cast, *[{"building": "9幢", "label": str(number)} for number in range(60)])
    assert len(refused.value.fields) == 60
