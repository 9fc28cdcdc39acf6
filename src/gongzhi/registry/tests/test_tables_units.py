"""Units from tables: what is new, what is there already, what is wrong; nothing is written while a row is wrong."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.registry import actions
from gongzhi.registry.facts import RegisterUnits, UnitRow
from gongzhi.registry.models import Building, Unit
from gongzhi.registry.tables.checking import FaultyTable
from gongzhi.registry.tables.importing import IMPORT, take_in
from gongzhi.registry.tests.cast import Cast
from gongzhi.registry.tests.tables import COMMUNITY, UNITS, checked, errors, sheet, taken, text, unit
from gongzhi.values.refusals import NotAllowed

HEADER = (*UNITS, "用途", "专有部分面积", "专有部分面积来源", "专有部分面积日期", "是否已售")


def test_units_come_in_with_buildings_that_are_new(cast: Cast) -> None:
    content = sheet(
        HEADER,
        unit("3幢", 301.0, "住宅", "89.5㎡", "登记", "2024年6月1日", "是"),
        unit("３幢", "３０２", "商铺", None, None, None, "未售"),
    )
    done = taken("units", content, cast.at)
    assert (done.rows, done.new, done.same) == (2, 2, 0)
    first, second = Unit.objects.filter(building__name="3幢").order_by("label")
    assert (first.label, first.use, first.exclusive_area) == ("301", "dwelling", Decimal("89.50"))
    assert (first.exclusive_source, first.exclusive_on, first.is_sold) == (
        "registered",
        date(2024, 6, 1),
        True,
    )
    assert (second.label, second.use, second.exclusive_area, second.is_sold) == (
        "302",
        "commercial",
        None,
        False,
    )


def test_the_same_table_again_changes_nothing(cast: Cast) -> None:
    content = sheet(HEADER, unit("3幢", "301", "住宅", 89.5, "登记", "2024-06-01", "是"))
    taken("units", content, cast.at)
    before = (Unit.objects.count(), Building.objects.count(), Act.objects.count())
    again = taken("units", content, cast.at)
    assert (again.new, again.same, again.act_id) == (0, 1, None)
    assert (Unit.objects.count(), Building.objects.count(), Act.objects.count()) == before


def test_a_part_that_is_there_is_passed_over_and_the_rest_comes_in(cast: Cast) -> None:
    done = taken("units", text(UNITS, unit("1幢", "101"), unit("1幢", "109")), cast.at)
    assert (done.new, done.same) == (1, 1)


def test_what_is_registered_otherwise_is_an_error_that_says_how_to_correct_it(cast: Cast) -> None:
    found = checked("units", text((*UNITS, "专有部分面积", "专有部分面积来源", "专有部分面积日期"),
                                  unit("1幢", "101", "81", "登记", "2025-01-01")), cast.at)  # fmt: skip
    (says,) = errors(found).values()
    assert "房号“1幢 101”已登记，专有部分面积登记为80.00、表中为81.00" in says
    assert "“登记房屋面积”" in says


def test_nothing_is_written_while_one_row_is_wrong(cast: Cast) -> None:
    units, acts = Unit.objects.count(), Act.objects.count()
    with pytest.raises(FaultyTable, match="有1行有误，没有登记任何一行") as refused:
        taken("units", text(UNITS, unit("3幢", "301"), unit("3幢", "")), cast.at)
    assert refused.value.fields == {"rows.3": "“房号”没有填写"}
    assert (Unit.objects.count(), Act.objects.count()) == (units, acts)


@pytest.mark.parametrize("second", ["101", "1单元 101", "1单元101", "１单元１０１", "1单元\u00a0101"])
def test_a_room_that_is_twice_in_the_file_is_told_with_the_first_row(cast: Cast, second: str) -> None:
    first = "1单元101" if "单元" in second else "101"
    found = checked("units", text(UNITS, unit("3幢", first), unit("3幢", second)), cast.at)
    assert list(errors(found)) == [3]
    assert "与第2行重复" in errors(found)[3]


def test_the_entrance_and_the_room_make_the_label(cast: Cast) -> None:
    header = (*UNITS, "单元")
    taken("units", text(header, unit("3幢", "101", "1"), unit("3幢", "2单元101", "2单元")), cast.at)
    assert list(
        Unit.objects.filter(building__name="3幢").order_by("label").values_list("label", flat=True)
    ) == [
        "1单元101",
        "2单元101",
    ]
    found = checked("units", text(header, unit("4幢", "1单元 101", None), unit("4幢", "101", "1")), cast.at)
    assert "与第2行重复" in errors(found)[3]


def test_a_room_registered_with_a_blank_in_it_is_the_same_room(cast: Cast) -> None:
    facts = RegisterUnits(estate_id=cast.estate.pk, rows=(UnitRow(building="1幢", label="1单元 105"),))
    actions.register_units(by=SYSTEM, at=cast.at, facts=facts)
    done = taken("units", text(UNITS, unit("１ 幢", "1单元105")), cast.at)
    assert (done.new, done.same) == (0, 1)


def test_a_new_room_joins_the_building_as_it_is_registered(cast: Cast) -> None:
    taken("units", text(UNITS, unit("１ 幢", "109")), cast.at)
    assert Unit.objects.get(label="109").building.name == "1幢"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("999999001001", "示例白山一号小区", "1幢", "109"), "没有社区代码“999999001001”"),
        ((COMMUNITY, "示例没有的小区", "1幢", "109"), "没有登记小区“示例没有的小区”"),
        (("2.20602E+11", "示例白山一号小区", "1幢", "109"), "丢了位数"),
        ((COMMUNITY, "示例白山一号小区", "", "109"), "“楼栋”没有填写"),
        ((COMMUNITY, "示例白山一号小区", "1幢", "长" * 51), "最多50个字"),
    ],
)
def test_a_row_that_cannot_be_placed_is_told(cast: Cast, row: tuple[Any, ...], says: str) -> None:
    assert says in errors(checked("units", text(UNITS, row), cast.at))[2]


def test_an_area_without_source_and_date_is_told(cast: Cast) -> None:
    header = (*UNITS, "房屋建筑面积", "房屋建筑面积来源")
    found = checked("units", text(header, unit("3幢", "301", "90", "")), cast.at)
    assert errors(found) == {2: "房屋建筑面积、来源和日期要么都填、要么都不填"}


def test_one_building_has_one_number_of_floors(cast: Cast) -> None:
    header = (*UNITS, "楼栋层数")
    found = checked("units", text(header, unit("3幢", "301", "18"), unit("3幢", "302", "17")), cast.at)
    assert "层数为17，与第2行的18不一致" in errors(found)[3]
    taken("units", text(header, unit("3幢", "301", ""), unit("3幢", "302", "18层")), cast.at)
    assert Building.objects.get(name="3幢").floors == 18


def test_every_fault_of_a_row_is_told_at_once(cast: Cast) -> None:
    found = checked("units", text((*UNITS, "用途", "楼栋层数"), unit("", "301", "别墅", "0")), cast.at)
    assert errors(found)[2].count("；") == 2


def test_rows_of_many_estates_come_in_together(wide_cast: Cast) -> None:
    zhuji = wide_cast.areas["zhuji"]
    rows = (unit("3幢", "301"), (zhuji.spec.community, zhuji.estate.name, "3幢", "301"))
    assert taken("units", text(UNITS, *rows), wide_cast.at).new == 2
    assert Unit.objects.filter(estate=zhuji.estate, label="301").exists()


def test_the_record_holds_the_files_digest_and_no_row(cast: Cast) -> None:
    done = taken("units", text(UNITS, unit("3幢", "机密房301")), cast.at)
    act = Act.objects.get(pk=done.act_id)
    assert (act.name, set(act.said)) == (IMPORT, {"kind", "digest", "sheet"})
    assert act.answer == {"rows": 1, "new": 1, "same": 0, "changed": 0, "acts": 2}
    assert not [one for one in Act.objects.all() if "机密房" in f"{one.said}{one.answer}"]


def test_what_somebody_else_registers_between_check_and_write_refuses_the_whole_table(cast: Cast) -> None:
    found = checked("units", text(UNITS, unit("1幢", "109"), unit("1幢", "108"), unit("3幢", "301")), cast.at)
    facts = RegisterUnits(estate_id=cast.estate.pk, rows=(UnitRow(building="1幢", label="108"),))
    actions.register_units(by=SYSTEM, at=cast.at, facts=facts)
    before = (Unit.objects.count(), Building.objects.count())
    with pytest.raises(FaultyTable) as refused:
        take_in(found, by=SYSTEM, at=cast.at)
    assert refused.value.fields == {"rows.3": "房号“1幢 108”重复"}
    assert (Unit.objects.count(), Building.objects.count()) == before


# Who ---------------------------------------------------------------------------------------------------------------

ROW = text(UNITS, unit("3幢", "301"))


@pytest.mark.parametrize("name", ["city_officer", "county_officer", "subdistrict_officer"])
def test_who_registers_units_may_bring_them_in(cast: Cast, name: str) -> None:
    assert taken("units", ROW, cast.at, by=cast[name]).new == 1


@pytest.mark.parametrize(
    "name",
    ["community_worker", "committee_head", "provider_leader", "owner", "tenant", "auditor", "administrator"],
)
def test_nobody_else_may(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed, match="应由小区所在地物业主管部门或者街道办事处"):
        checked("units", ROW, cast.at, by=cast[name])


def test_somebody_without_a_post_may_not(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="请先选择以哪个职务办理"):
        checked("units", ROW, cast.at, by=cast["stranger"])


def test_an_officer_of_elsewhere_is_refused_before_anything_is_written(wide_cast: Cast) -> None:
    with pytest.raises(FaultyTable, match="第2行：不在您的范围"):
        taken("units", ROW, wide_cast.at, by=wide_cast.of("zhuji", "county_officer"))


def test_rows_of_elsewhere_among_ones_own_are_told_and_nothing_is_written(wide_cast: Cast) -> None:
    zhuji = wide_cast.areas["zhuji"]
    rows = (unit("3幢", "301"), (zhuji.spec.community, zhuji.estate.name, "1幢", "101"))
    found = checked("units", text(UNITS, *rows), wide_cast.at, by=wide_cast["county_officer"])
    assert list(errors(found)) == [3]
    assert errors(found)[3].startswith("不在您的范围，应由")
    assert "80.00" not in errors(found)[3]
