"""Tables of a demonstration or a rehearsal: printed pages say so; a list nobody takes in again says it first."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from gongzhi.registry.tables.formats import Format
from gongzhi.registry.tables.writing import file_of, marked

ROWS = [["楼栋", "房号"], ["示例1幢", "101"]]


def sheet_of(content: bytes) -> Any:
    """The only sheet."""
    return load_workbook(BytesIO(content)).worksheets[0]


def test_every_printed_page_says_so_and_the_cells_stay_as_they_are(settings: Any) -> None:
    plain = sheet_of(file_of(Format.XLSX, "房屋", ROWS))
    settings.PAPER_MARK = "演练"
    sheet = sheet_of(file_of(Format.XLSX, "房屋", ROWS))
    assert sheet.oddHeader.center.text == "演练（不是正式数据，没有法律效力）"
    assert plain.oddHeader.center.text is None
    assert [[cell.value for cell in row] for row in sheet.rows] == ROWS


def test_a_list_says_it_in_its_first_line(settings: Any) -> None:
    assert list(marked(ROWS)) == ROWS
    settings.PAPER_MARK = "演练"
    assert list(marked(ROWS)) == [["演练（不是正式数据，没有法律效力）"], *ROWS]
