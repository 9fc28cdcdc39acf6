"""What goes out: templates, files of errors, exports; and that what was written out comes in again unchanged."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.registry.models import Look, Person
from gongzhi.registry.tables.exporting import EXPORT, export_table
from gongzhi.registry.tables.faulty import error_file
from gongzhi.registry.tables.formats import Format
from gongzhi.registry.tables.kinds import KINDS
from gongzhi.registry.tables.reading import read_table
from gongzhi.registry.tables.templates import NOTES_SHEET, template
from gongzhi.registry.tests.cast import Cast
from gongzhi.registry.tests.tables import OWNERS, UNITS, checked, errors, sheet, taken, text, unit
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible

COUNTY = "220602"
FORMATS = [Format.XLSX, Format.CSV]


def rows_of(content: bytes, format_: Format) -> list[list[Any]]:
    """The rows of a file."""
    if format_ == Format.CSV:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


# Templates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_template_has_every_column_and_no_row(kind: Any, format_: Format) -> None:
    content = template(kind, format_)
    assert rows_of(content, format_)[0] == [column.title for column in kind.columns]
    with pytest.raises(Invalid, match="没有数据行"):
        read_table(kind, content)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_example_of_a_template_can_be_read(kind: Any) -> None:
    example = tuple(column.example for column in kind.columns)
    table = read_table(kind, text(tuple(column.title for column in kind.columns), example))
    assert table.faults == {}
    assert "示例" in "".join(example)


def test_a_template_explains_its_columns_on_a_second_sheet() -> None:
    book = load_workbook(io.BytesIO(template(KINDS["units"], Format.XLSX)))
    notes = list(book[NOTES_SHEET].iter_rows(values_only=True))
    assert notes[1][:2] == ("社区代码", "必填")
    assert any(row[0] == "用途" and "住宅" in (row[4] or "") for row in notes)


# Files of errors ---------------------------------------------------------------------------------------------------

HEADER = ("序号", "房号", "楼栋", "小区名称", "社区代码")


def faulty_rows(*rows: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Rows of units in an order of their own, with a column that is not used."""
    return [HEADER, *rows]


def row(number: Any, room: Any, building: Any = "3幢") -> tuple[Any, ...]:
    """One of them."""
    return (number, room, building, unit("", "")[1], unit("", "")[0])


@pytest.mark.parametrize("format_", FORMATS)
def test_errors_come_back_in_the_same_shape_with_the_reasons(cast: Cast, format_: Format) -> None:
    made = sheet if format_ == Format.XLSX else text
    content = made(("示例清单",), *faulty_rows(row("a", "301"), row("b", ""), row("c", "302", "")))
    told = rows_of(error_file(checked("units", content, cast.at)), format_)
    assert told[0][0] == "示例清单"
    assert told[1] == [*HEADER, "错误原因"]
    assert [one[0] for one in told[2:]] == ["a", "b", "c"]
    assert [one[5] for one in told[2:]] == [
        "",
        "“房号”没有填写",
        "“楼栋”没有填写（如原表是合并单元格，请取消合并后每行都填）",
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_corrected_file_of_errors_comes_in(cast: Cast, format_: Format) -> None:
    made = sheet if format_ == Format.XLSX else text
    content = made(*faulty_rows(row("a", "301"), row("b", "")))
    told = rows_of(error_file(checked("units", content, cast.at)), format_)
    told[2][1] = "302"
    corrected = made(*map(tuple, told))
    assert checked("units", corrected, cast.at).table.warnings == ["没有使用的列：“序号”。"]
    assert taken("units", corrected, cast.at).new == 2
    told[2][1] = ""
    again = rows_of(error_file(checked("units", made(*map(tuple, told)), cast.at)), format_)
    assert again[0] == [*HEADER, "错误原因"]


def test_a_file_of_errors_keeps_its_delimiter_and_encoding(cast: Cast) -> None:
    content = text(UNITS, unit("3幢", ""), delimiter=";", encoding="gb18030")
    told = error_file(checked("units", content, cast.at)).decode("gb18030")
    assert told.splitlines()[0] == "社区代码;小区名称;楼栋;房号;错误原因"


CALLS = ("=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(1)")


@pytest.mark.parametrize("call", CALLS)
def test_nothing_that_is_written_is_a_formula(cast: Cast, call: str) -> None:
    rows = faulty_rows(row(f"'{call}", ""))
    csv_told = rows_of(error_file(checked("units", text(*rows), cast.at)), Format.CSV)
    assert csv_told[1][0] == f"'{call}"
    book = load_workbook(io.BytesIO(error_file(checked("units", sheet(*rows), cast.at))))
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{call}")


@pytest.mark.parametrize("call", CALLS)
def test_a_name_that_looks_like_a_formula_is_exported_as_text(cast: Cast, call: str) -> None:
    taken("units", text(UNITS, unit(f"示例{call}", "301")), cast.at)
    label = f"'{call}"
    taken("units", text(UNITS, unit("3幢", label)), cast.at)
    book = load_workbook(io.BytesIO(exported("units", Format.XLSX, cast)))
    written = [
        cell for line in book.active.iter_rows() for cell in line if cell.value == call.replace(" ", "")
    ]
    assert [cell.data_type for cell in written] == ["s"]
    told = [cell for line in rows_of(exported("units", Format.CSV, cast), Format.CSV) for cell in line]
    assert label.replace(" ", "") in told


# Exports -----------------------------------------------------------------------------------------------------------


def exported(
    kind: str, format_: Format, cast: Cast, by: Actor = SYSTEM, code: str = COUNTY, why: str = ""
) -> bytes:
    """What is exported."""
    return export_table(KINDS[kind], format_, [code], by=by, at=cast.at, purpose=why)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_", FORMATS)
def test_what_was_written_out_comes_in_again_and_changes_nothing(
    cast: Cast, kind: str, format_: Format
) -> None:
    content = exported(kind, format_, cast)
    again = checked(kind, content, cast.at)
    assert errors(again) == {}
    assert (again.plan.new, again.plan.changed, again.plan.same) == (0, 0, len(again.table))
    assert again.plan.steps == []


def test_only_the_territories_asked_for_are_written_out(wide_cast: Cast) -> None:
    content = exported("units", Format.CSV, wide_cast, code="330681")
    assert {line[0] for line in rows_of(content, Format.CSV)[1:]} == {"330681001001"}
    with pytest.raises(NotFound, match="没有可以导出的小区"):
        exported("units", Format.CSV, wide_cast, code="140522")
    with pytest.raises(NotFound, match="没有行政区划代码"):
        exported("units", Format.CSV, wide_cast, code="999999")


def test_owners_are_written_out_masked_and_the_act_is_recorded(cast: Cast) -> None:
    content = exported("owners", Format.CSV, cast, cast["county_officer"]).decode("utf-8-sig")
    person = Person.objects.get(pk=cast.owner.person_id)
    assert person.name in content
    assert "***" in content
    assert "138000000" not in content
    act = Act.objects.get(name=EXPORT)
    assert act.said["at_codes"] == [COUNTY]
    assert act.answer == {"rows": 8, "unmasked": False}
    assert Look.objects.count() == 0


def test_numbers_in_the_clear_leave_a_look_for_everyone_shown(cast: Cast) -> None:
    content = exported("owners", Format.CSV, cast, cast["county_officer"], why="核对业主名册（示例）").decode(
        "utf-8-sig"
    )
    assert "***" not in content
    looks = Look.objects.filter(person_id=cast.owner.person_id)
    assert {look.field for look in looks} == {"id_number", "phone"}
    assert {look.purpose for look in looks} == {"核对业主名册（示例）"}


@pytest.mark.parametrize("name", ["county_reviewer", "community_worker", "committee_head"])
def test_who_may_look_may_take_numbers_out(cast: Cast, name: str) -> None:
    assert exported("owners", Format.CSV, cast, cast[name], why="示例核对")


@pytest.mark.parametrize(("name", "why"), [("subdistrict_clerk", "示例核对"), ("second_member", "示例核对"),
                                           ("provider_leader", ""), ("owner", ""), ("administrator", "")])  # fmt: skip
def test_nobody_else_may(cast: Cast, name: str, why: str) -> None:
    with pytest.raises(NotAllowed):
        exported("owners", Format.CSV, cast, cast[name], why=why)
    assert Look.objects.count() == 0


def test_the_system_looks_at_nobody(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="请指明由谁导出"):
        exported("owners", Format.CSV, cast, why="示例核对")


def test_an_officer_of_elsewhere_gets_nothing(wide_cast: Cast) -> None:
    for kind in ("units", "owners", "estates", "contracts"):
        with pytest.raises(NotAllowed):
            exported(kind, Format.CSV, wide_cast, wide_cast.of("zhuji", "county_officer"))


def test_the_header_of_owners_is_the_one_that_is_read() -> None:
    assert set(OWNERS) <= {column.title for column in KINDS["owners"].columns}
