"""Files as they come from offices, with what goes wrong in them: told row by row, and never guessed."""

import csv
import io
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from gongzhi.registry.models import Ownership, Unit
from gongzhi.registry.tables import cells, limits
from gongzhi.registry.tables.cells import Wrong
from gongzhi.registry.tables.faulty import error_file
from gongzhi.registry.tables.kinds import KINDS
from gongzhi.registry.tables.reading import read_table
from gongzhi.registry.tables.words import near_key
from gongzhi.registry.tests.cast import Cast, resident_id
from gongzhi.registry.tests.tables import (
    COMMUNITY,
    OWNERS,
    UNITS,
    checked,
    errors,
    saved,
    sheet,
    taken,
    text,
    unit,
)
from gongzhi.values.refusals import Invalid

AREAS = (*UNITS, "房屋建筑面积", "房屋建筑面积来源", "房屋建筑面积日期")


@pytest.mark.parametrize("cell", ["89,5", "98，12", "1,23", "1,2345", "12,34.5", ",5", "1,,234"])
def test_a_comma_that_parts_no_thousands_is_no_area(cell: str) -> None:
    with pytest.raises(Wrong, match="应为面积数字"):
        cells.area(cell)


@pytest.mark.parametrize(
    ("cell", "area"), [("1,234.56", "1234.56"), ("1，234", "1234.00"), ("12,345㎡", "12345.00")]
)
def test_a_comma_that_parts_thousands_is_one(cell: str, area: str) -> None:
    assert str(cells.area(cell)) == area


def test_a_number_of_floors_may_have_decimals_that_say_nothing() -> None:
    assert cells.count(1, 200)("18.0") == 18
    with pytest.raises(Wrong, match="应为1到200的整数"):
        cells.count(1, 200)("18.5")


# csv ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "gbk"])
def test_a_csv_without_a_mark_of_its_encoding_is_read(db: None, encoding: str) -> None:
    table = read_table(KINDS["units"], text(UNITS, unit("1幢", "101"), encoding=encoding))
    assert table.values["room"] == ["101"]


def test_a_file_of_errors_of_such_a_csv_can_be_opened_and_read_again(cast: Cast) -> None:
    wrong = checked("units", text(UNITS, unit("9幢", "#N/A"), encoding="utf-16-le"), cast.at)
    file = error_file(wrong)
    assert file[:2] in (b"\xff\xfe", b"\xfe\xff")
    mended = file.decode("utf-16").replace("#N/A", "901").encode("utf-16")
    assert taken("units", mended, cast.at).new == 1


def test_bars_part_cells_too() -> None:
    table = read_table(KINDS["units"], text(UNITS, unit("1幢", "101"), delimiter="|"))
    assert table.values["building"] == ["1幢"]


def test_a_quote_that_is_never_closed_swallows_no_rows() -> None:
    content = text(UNITS, unit("1幢", "101"), unit("1幢", "102"), unit("1幢", "103")).replace(
        b",101", b',"101'
    )
    with pytest.raises(Invalid, match="引号没有成对"):
        read_table(KINDS["units"], content)


def test_a_row_that_one_comma_has_moved_to_the_right_is_told() -> None:
    content = text(UNITS, unit("1幢", "101"), unit("A区", "1幢", "101"), unit("1幢", "102", "", " "))
    table = read_table(KINDS["units"], content)
    assert list(table.faults) == [1]
    assert "在没有列名的位置有内容" in table.faults[1][0]
    padded = text((*UNITS, ""), unit("1幢", "101", "随手写的"))  # as a file of errors has it
    assert list(read_table(KINDS["units"], padded).faults) == [0]
    titled = text((*UNITS, "备注"), unit("1幢", "101", "随手写的"))
    assert read_table(KINDS["units"], titled).faults == {}


def test_quotes_within_a_cell_and_lines_within_quotes_are_read() -> None:
    content = text((*UNITS, "备注"), unit("1幢", "101", 'a "b" c'), unit("1幢", "1\n02", "x"))
    table = read_table(KINDS["units"], content)
    assert table.values["room"] == ["101", "102"]
    quoted = io.StringIO()
    csv.writer(quoted, quoting=csv.QUOTE_ALL, delimiter=";").writerows([UNITS, unit("1幢", "101")])
    assert read_table(KINDS["units"], quoted.getvalue().encode()).values["room"] == ["101"]


# xlsx -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["XFD1048576", "XFD3", "A1048576", "GS2"])
def test_one_stray_cell_far_away_is_refused_before_it_fills_the_memory(place: str) -> None:
    book = Workbook()
    for row in (UNITS, unit("1幢", "101")):
        book.active.append(row)
    book.active[place] = "杂"
    with pytest.raises(Invalid, match="还有内容") as refused:
        read_table(KINDS["units"], saved(book))
    assert refused.value.sentence.count("。") == 1


def test_a_cell_far_away_that_is_only_coloured_hinders_nothing() -> None:
    book = Workbook()
    for row in (UNITS, unit("1幢", "101")):
        book.active.append(row)
    book.active["XFD3"].font = Font(bold=True)
    book.active["A1048576"].font = Font(bold=True)
    assert read_table(KINDS["units"], saved(book)).values["room"] == ["101"]


def test_columns_beyond_the_letters_are_read_where_they_are_few() -> None:
    book = Workbook()
    for row in (UNITS, unit("1幢", "101")):
        book.active.append(row)
    book.active["AC1"] = "备注"
    assert read_table(KINDS["units"], saved(book)).values["room"] == ["101"]


def test_hidden_rows_are_read_and_said_to_be() -> None:
    book = Workbook()
    for row in (UNITS, unit("1幢", "101"), unit("1幢", "102"), unit("1幢", "103")):
        book.active.append(row)
    for number in (3, 4):
        book.active.row_dimensions[number].hidden = True
    table = read_table(KINDS["units"], saved(book))
    assert table.values["room"] == ["101", "102", "103"]
    assert table.warnings == ["有2行在表格中被隐藏（如第3行），也已读取，请核对。"]


# Almost the same ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [("1栋", "1幢"), ("01幢", "1号楼"), ("0101", "101室"), ("1单元0101", "1单元101"), ("a座", "a栋")],
)
def test_spellings_that_may_mean_one_place(one: str, other: str) -> None:
    assert near_key(one) == near_key(other)


@pytest.mark.parametrize(("one", "other"), [("1幢", "11幢"), ("101", "1010"), ("p1", "p10"), ("座", "栋")])
def test_spellings_that_mean_two(one: str, other: str) -> None:
    assert near_key(one) != near_key(other)


def test_a_building_spelt_almost_as_a_registered_one_is_taken_in_and_told(cast: Cast) -> None:
    found = checked("units", text(UNITS, unit("1栋", "901"), unit("１栋", "902")), cast.at)
    assert errors(found) == {}
    assert found.table.warnings == ["第2行楼栋“1栋”与“1幢”写法相近，如是同一栋请改成一样的写法。"]


def test_a_room_that_may_have_lost_its_zero_is_told(cast: Cast) -> None:
    found = checked(
        "units", text(UNITS, unit("1幢", "0101"), unit("8幢", "801"), unit("8幢", "801室")), cast.at
    )
    assert errors(found) == {}
    assert [words.partition("房号")[0] for words in found.table.warnings] == ["第2行", "第4行"]
    assert "与“101”写法相近" in found.table.warnings[0]


def test_an_owner_of_a_room_spelt_almost_right_is_told_how_it_is_registered(cast: Cast) -> None:
    row = unit("1栋", "0101", "示例甲", "", "", "", "2025-06-01")
    assert (
        "登记有“1幢 101”，如是同一套请按登记的写法填写"
        in errors(checked("owners", text(OWNERS, row), cast.at))[2]
    )


def test_two_of_one_name_in_one_room_need_numbers_to_be_two(cast: Cast) -> None:
    taken("units", text(UNITS, unit("3幢", "301")), cast.at)
    rows = [unit("3幢", "301", "示例甲", number, "", "1/2", "2025-06-01") for number in ("", "")]
    told = errors(checked("owners", text(OWNERS, *rows), cast.at))
    assert list(told) == [3]
    assert "是同一套房屋的同名业主" in told[3]
    numbers = (resident_id(9001), resident_id(9002))
    rows = [unit("3幢", "301", "示例甲", number, "", "1/2", "2025-06-01") for number in numbers]
    assert taken("owners", text(OWNERS, *rows), cast.at).new == 2
    assert taken("owners", text(OWNERS, *rows), cast.at).same == 2


# All at once ----------------------------------------------------------------------------------------------------------


def test_a_register_full_of_traps_names_each_wrong_row_and_writes_nothing(cast: Cast) -> None:
    """A title and a merged building above, and below it everything that is wrong, each in its own row."""
    rows: list[tuple[Any, ...]] = [
        ("示例小区房屋清册（2026年3月）",),
        AREAS,
        unit("７幢", "７０１", "１２０．５㎡", "实测", "2026.3.1"),
        (None, None, None, 702.0, "1,020.50平方米", "登记", "2026年3月1日"),
        (None, None, None, "703", 98.5, "实测", 46082),
        unit("7幢", "701", 90, "实测", "2026-03-01"),
        unit("7幢", "704", "-90", "实测", "2026-03-01"),
        unit("7幢", "705", "0", "实测", "2026-03-01"),
        unit("7幢", "706", "90", "实测", "2026年2月30日"),
        unit("7幢", "707", "98，5", "实测", "2026-03-01"),
        unit("7幢", "708", "90", "", ""),
        unit("7幢", None, "90", "实测", "2026-03-01"),
        unit("1幢", "101", "1.00", "实测", "2026-03-01"),
        (None, None, None, None, None, None, None),
    ]
    content = sheet(*rows, merged=("A1:G1", "A3:A5", "B3:B5", "C3:C5"))
    before = Unit.objects.count()
    found = checked("units", content, cast.at)
    told = errors(found)
    assert list(told) == [6, 7, 8, 9, 10, 11, 12, 13]
    says = [
        "与第3行重复",
        "应大于0",
        "应大于0",
        "没有“2026年2月30日”这一天",
        "应为面积数字",
        "要么都填",
        "“房号”没有填写",
        "已登记",
    ]
    assert all(part in told[line] for part, line in zip(says, told, strict=True))
    assert Unit.objects.count() == before
    good = sheet(*rows[:5], merged=("A1:G1", "A3:A5", "B3:B5", "C3:C5"))
    assert taken("units", good, cast.at).new == 3
    areas = Unit.objects.filter(building__name="7幢").order_by("label").values_list("label", "building_area")
    assert [(label, str(area)) for label, area in areas] == [
        ("701", "120.50"),
        ("702", "1020.50"),
        ("703", "98.50"),
    ]
    assert (
        str(Unit.objects.get(building__name="7幢", label="703").building_on) == "2026-03-01"
    )  # serial 46082
    assert taken("units", good, cast.at).same == 3


def test_three_thirds_are_a_whole_and_three_times_a_rounded_third_are_told(cast: Cast) -> None:
    taken("units", text(UNITS, unit("3幢", "301"), unit("3幢", "302")), cast.at)
    thirds = [unit("3幢", "301", f"示例{who}", "", "", "1/3", "2025-06-01") for who in "甲乙丙"]
    assert checked("owners", text(OWNERS, *thirds), cast.at).table.warnings == []
    taken("owners", text(OWNERS, *thirds), cast.at)
    assert sum(share.fraction for share in Ownership.objects.filter(unit__label="301")) == 1
    rounded = [unit("3幢", "302", f"示例{who}", "", "", "33.33%", "2025-06-01") for who in "甲乙丙"]
    found = checked("owners", text(OWNERS, *rounded), cast.at)
    assert errors(found) == {}
    assert found.table.warnings == ["第4行“3幢 302”的份额合计为9999/10000，不足1。"]


def test_no_more_near_spellings_are_told_than_a_person_reads(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOLD", 2)
    rooms = [unit("8幢", f"{room}{end}") for room in range(801, 806) for end in ("", "室")]
    assert len(checked("units", text(UNITS, *rooms), cast.at).table.warnings) == 2


def test_what_has_happened_lies_not_ahead(cast: Cast) -> None:
    """The present is 2 March 2026."""
    area = text(
        AREAS, unit("3幢", "301", "90", "实测", "2026-03-03"), unit("3幢", "302", "90", "实测", "2026-03-02")
    )
    assert errors(checked("units", area, cast.at)) == {2: "“房屋建筑面积日期”2026-03-03晚于今天，请核对"}
    taken("units", text(UNITS, unit("3幢", "301")), cast.at)
    owner = text(OWNERS, unit("3幢", "301", "示例甲", "", "", "", "2062-05-01"))
    assert errors(checked("owners", owner, cast.at)) == {2: "“取得日期”2062-05-01晚于今天，请核对"}
    estate = text(
        ("社区代码", "小区名称", "管理方式", "管理起始日期", "原因"),
        (COMMUNITY, "示例三号小区", "无人在管", "2027-01-01", "示例"),
    )
    assert "晚于现在" in errors(checked("estates", estate, cast.at))[2]
