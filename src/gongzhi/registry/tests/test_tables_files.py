"""Which files are read, and how: formats, encodings, headers wherever they stand, sheets, merged and spoilt cells."""

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from gongzhi.registry.tables.kinds import KINDS
from gongzhi.registry.tables.reading import Table, read_table
from gongzhi.registry.tests.tables import COMMUNITY, ESTATE, UNITS, saved, sheet, text, unit
from gongzhi.values.refusals import Invalid

ROWS = (UNITS, unit("1幢", "101"), unit("1幢", "102"))


def read(content: bytes, kind: str = "units", page: str = "") -> Table:
    """The table of units in the file."""
    return read_table(KINDS[kind], content, page)


def rooms(content: bytes, page: str = "") -> list[Any]:
    """Buildings and rooms as they were read."""
    table = read(content, page=page)
    assert table.faults == {}
    return list(zip(table.values["building"], table.values["room"], strict=True))


TWO = [("1幢", "101"), ("1幢", "102")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_every_usual_form(encoding: str, delimiter: str) -> None:
    assert rooms(text(*ROWS, encoding=encoding, delimiter=delimiter)) == TWO


def test_an_xlsx_is_read() -> None:
    assert rooms(sheet(*ROWS)) == TWO


def test_columns_may_stand_in_any_order_beside_others() -> None:
    content = sheet(("备注", "房号", "楼栋", "小区名称", "社区代码"), ("无", "101", "1幢", ESTATE, COMMUNITY))
    table = read(content)
    assert table.values["room"] == ["101"]
    assert table.warnings == ["没有使用的列：“备注”。"]


def test_a_title_above_the_header_and_blank_rows_are_passed_over() -> None:
    content = sheet(
        ("示例小区房屋清单", None, None, None), (), UNITS, unit("1幢", "101"), (), ("", " ", "\u3000"),
        unit("1幢", "102"), (), (), merged=("A1:D1",),
    )  # fmt: skip
    assert rooms(content) == TWO
    assert read(content).lines == [4, 7]


@pytest.mark.parametrize(
    "header",
    [
        ("社区\n代码", "小区 名称", "*楼栋", "房号："),
        ("社区代码（必填）", "小区名称(全称)", "楼 栋", "房号【室】"),
        ("社区编码", "小区", "楼号", "室号"),
        ("community", "estate", "building", "room"),
        ("ｃommunity", "小区名称\u200b", "楼栋", "房号"),
    ],
)
def test_a_header_is_found_however_it_is_written(header: tuple[str, ...]) -> None:
    assert rooms(sheet(header, *ROWS[1:])) == TWO


TWO_ROWS = (
    ("社区代码", "小区名称", "楼栋", "房号", "专有部分面积", None, None),
    (None, None, None, None, "面积", "来源", "日期"),
    unit("1幢", "101", 80.5, "登记", "2024-01-01"),
)


@pytest.mark.parametrize("merged", [("E1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2"), ("E1:G1",), ()])
def test_a_header_of_two_rows_is_read_together(merged: tuple[str, ...]) -> None:
    table = read(sheet(*TWO_ROWS, merged=merged))
    assert (str(table.values["exclusive_area"][0]), table.values["exclusive_source"][0]) == (
        "80.50",
        "registered",
    )
    assert table.lines == [3]


def test_a_column_that_is_missing_or_there_twice_is_named() -> None:
    with pytest.raises(Invalid, match="缺少“房号”列"):
        read(sheet(UNITS[:3], unit("1幢", "101")[:3]))
    with pytest.raises(Invalid, match="“房号”列出现两次"):
        read(sheet((*UNITS, "房号"), unit("1幢", "101", "102")))
    with pytest.raises(Invalid, match=r"^文件不是xlsx表格，按csv文本读取，没有找到“房屋”表的表头"):
        read("示例文字".encode())
    with pytest.raises(Invalid, match=r"^没有找到“房屋”表的表头"):
        read(sheet(("甲", "乙"), (1, 2)))
    with pytest.raises(Invalid, match="没有数据行"):
        read(sheet(UNITS))


# Sheets ------------------------------------------------------------------------------------------------------------


def book_of(**sheets: Any) -> Workbook:
    """A workbook of several sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def test_the_one_sheet_with_such_a_header_is_read() -> None:
    assert rooms(saved(book_of(说明=[("怎样填写",)], 房屋=ROWS))) == TWO


def test_several_sheets_that_would_do_have_to_be_chosen_from() -> None:
    content = saved(book_of(一期=ROWS, 二期=ROWS[:2]))
    with pytest.raises(Invalid, match="工作表“一期”、“二期”都像是“房屋”表") as several:
        read(content)
    assert rooms(content, "二期") == TWO[:1]
    with pytest.raises(Invalid, match="没有工作表“三期”") as none:
        read(content, page="三期")
    assert [list(one.value.fields) for one in (several, none)] == [["sheet"], ["sheet"]]


def test_a_hidden_sheet_is_not_read_and_said_so() -> None:
    book = book_of(房屋=ROWS, 旧表=ROWS)
    book["旧表"].sheet_state = "hidden"
    assert rooms(saved(book)) == TWO
    assert read(saved(book)).warnings == ["没有读取隐藏的工作表：旧表。"]
    only = book_of(空=[], 旧表=ROWS)
    only["旧表"].sheet_state = "veryHidden"
    with pytest.raises(Invalid, match="取消隐藏"):
        read(saved(only))


# Merged and spoilt cells -------------------------------------------------------------------------------------------


def test_a_building_merged_over_its_rooms_is_read_down() -> None:
    content = sheet(
        UNITS, unit("1幢", "101"), (None, None, None, "102"), unit("2幢", "201"),
        merged=("A2:A3", "B2:B3", "C2:C3"),
    )  # fmt: skip
    assert rooms(content) == [*TWO, ("2幢", "201")]


def test_a_room_or_a_number_merged_over_rows_is_told() -> None:
    content = sheet(UNITS, unit("1幢", "101"), unit("1幢", None), merged=("D2:D3",))
    assert set(read(content).faults) == {0, 1}
    assert "“房号”是合并单元格" in read(content).faults[1][0]


def test_a_building_left_blank_below_the_first_is_told_with_the_likely_cause() -> None:
    table = read(text(UNITS, unit("1幢", "101"), unit("", "102")))
    assert table.faults == {1: ["“楼栋”没有填写（如原表是合并单元格，请取消合并后每行都填）"]}


def test_cells_merged_across_columns_are_told() -> None:
    table = read(sheet(UNITS, unit("1幢101", None), merged=("C2:D2",)))
    assert any("“楼栋”是合并单元格" in says for says in table.faults[0])


def test_an_error_value_is_told_and_not_taken_for_a_blank() -> None:
    book = book_of(房屋=[(*UNITS, "是否已售"), unit("1幢", "101", None)])
    cell = book["房屋"]["E2"]
    cell.value, cell.data_type = "#N/A", "e"
    assert read(saved(book)).faults == {0: ["“是否已售”是错误值#N/A，请改正公式或者直接填写内容"]}
    assert "错误值#REF!" in read(text(UNITS, unit("1幢", "#REF!"))).faults[0][0]


def test_a_formula_nobody_computed_is_told_and_a_computed_one_is_read() -> None:
    content = sheet((*UNITS, "用途"), unit("1幢", "101", '=IF(1,"住宅","")'))
    assert "公式没有计算结果" in read(content).faults[0][0]
    computed = replaced(content, b"<v></v>", b"<v>\xe4\xbd\x8f\xe5\xae\x85</v>", b"<v />")
    computed = replaced(computed, b'r="E2"', b'r="E2" t="str"')
    assert read(computed).values["use"] == ["dwelling"]


def replaced(content: bytes, *words: bytes) -> bytes:
    """The xlsx with the first (or last) words of its sheet replaced by the second."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for found in (words[0], *words[2:]):
                    part = part.replace(found, words[1])
            new.writestr(name, part)
    return out.getvalue()


def test_dates_and_their_serials_are_the_same() -> None:
    header = (*UNITS, "专有部分面积", "专有部分面积来源", "专有部分面积日期")
    on = datetime(2024, 2, 29)  # noqa: DTZ001
    content = sheet(header, unit("1幢", "101", 80, "登记", on), unit("1幢", "102", 80, "登记", to_excel(on)))
    assert [str(day) for day in read(content).values["exclusive_on"]] == ["2024-02-29", "2024-02-29"]


def test_serials_counted_from_1904_are_not_taken_for_others() -> None:
    on = datetime(2024, 2, 29)  # noqa: DTZ001
    header = (*UNITS, "专有部分面积", "专有部分面积来源", "专有部分面积日期")
    rows = (unit("1幢", "101", 80, "登记", on), unit("1幢", "102", 80, "登记", 43889))
    book = book_of(房屋=(header, *rows))
    book.epoch = CALENDAR_MAC_1904
    table = read(saved(book))
    assert str(table.values["exclusive_on"][0]) == "2024-02-29"
    assert "从1904年起算" in table.faults[1][0]


# What is no table --------------------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "文件是空的"),
        (OLE, "旧版xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设了密码"),
        (b"%PDF-1.7 example", "PDF或者图片"),
        (b"\x89PNG\r\n\x1a\n", "PDF或者图片"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页格式"),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped(word__document_dot_xml=b"<w/>"), "Word文档"),
        (zipped(xl__workbook_dot_bin=b"x"), "xlsb"),
        (zipped(a_dot_csv=b"x"), "压缩包"),
        (zipped(xl__workbook_dot_xml=b"<workbook/>"), "损坏"),
        (sheet(*ROWS)[:800], "损坏"),
        (b"PK\x03\x04 no zip at all", "损坏"),
        (b"\x00\x01\x02\x03", "认不出"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        read(content)
    assert refused.value.sentence.count("。") == 1


def test_a_bomb_is_not_unfolded() -> None:
    bomb = zipped(xl__workbook_dot_xml=b"<workbook/>", xl__worksheets__sheet1_dot_xml=b" " * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Invalid, match="展开后过大"):
        read(bomb)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_part_that_is_larger_than_it_says_is_not_read(part: str) -> None:
    content = sheet(*ROWS)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo(part).file_size.to_bytes(4, "little")
    place = content.rindex(part.encode()) - 46 + 24  # where the central directory keeps the size
    assert content[place : place + 4] == size
    lying = content[:place] + (10).to_bytes(4, "little") + content[place + 4 :]
    with pytest.raises(Invalid, match="损坏"):
        read(lying)


def test_signs_that_cannot_be_stored_are_left_out() -> None:
    with pytest.raises(Invalid, match="认不出"):
        read(text(UNITS, unit("1幢", "10\x1f1")))
    assert rooms(text(UNITS, unit("1\u202e幢", "101\ufeff"))) == TWO[:1]
    assert rooms(sheet(UNITS, unit("1幢", "101_x0000_"))) == TWO[:1]


def test_a_file_larger_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.registry.tables.limits.FILE", 100)
    with pytest.raises(Invalid, match="文件不能超过"):
        read(text(*ROWS))


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongzhi.registry.tables.limits.ROWS", 1)
    with pytest.raises(Invalid, match="一个文件最多1行"):
        read(text(*ROWS))
