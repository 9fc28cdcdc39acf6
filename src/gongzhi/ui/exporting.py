"""A list as a spreadsheet: numbers, sums and days as such; a text stays a text, also where it looks like a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from gongzhi.registry.tables.formats import MEDIA_TYPES, Format
from gongzhi.registry.tables.writing import mark, marked
from gongzhi.ui.parts.days import as_day
from gongzhi.values.now import ZONE

#: Rows of one file at most; the last row then says so.
EXPORTED = 5000
#: The least and the greatest width of a column, in signs of a Latin letter's width.
NARROWEST, WIDEST = 8, 44
_TEXT, _DAY, _INSTANT, _WHOLE, _HUNDREDTHS = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0", "#,##0.00"
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Yuan:
    """A sum, written in yuan with two places."""

    cents: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file: its title, its columns, its rows. `fixed`: so many columns stay when one scrolls."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Row]
    fixed: int = 0


def workbook(title: str, columns: Sequence[str], rows: Iterable[Row], at: datetime) -> HttpResponse:
    """The file of one list, named by the list and the day."""
    return workbook_of(title, [Sheet(title, columns, rows)], at)


def workbook_of(title: str, sheets: Iterable[Sheet], at: datetime) -> HttpResponse:
    """The file of several lists, named by what they tell and the day."""
    response = HttpResponse(content_of(sheets, most=EXPORTED), content_type=MEDIA_TYPES[Format.XLSX])
    response["Content-Disposition"] = content_disposition_header(True, f"{title}{as_day(at)}.xlsx") or ""
    response["Cache-Control"] = "no-store"
    return response


def content_of(sheets: Iterable[Sheet], most: int | None = None) -> bytes:
    """The file. `most`: a sheet of so many rows says that there may be more."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet, most)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Any, sheet: Sheet, most: int | None) -> None:
    """The head, which stays when one scrolls, then the rows; each column as wide as what stands in it."""
    page = book.create_sheet(sheet.title)
    rows = [[_valued(cell) for cell in row] for row in sheet.rows]
    head = list(marked([sheet.columns]))
    page.freeze_panes = f"{get_column_letter(sheet.fixed + 1)}{len(head) + 1}"
    for place, name in enumerate(sheet.columns):
        shown = [name, *(_shown(*row[place]) for row in rows)]
        page.column_dimensions[get_column_letter(place + 1)].width = _width(shown)
    mark(page)
    for line in head:
        page.append([_cell(page, name, _TEXT, is_head=line is head[-1]) for name in line])
    for row in rows:
        page.append([_cell(page, value, format_) for value, format_ in row])
    if most is not None and len(rows) == most:
        page.append([_cell(page, f"只导出前 {most} 行，请用筛选缩小范围后再导出。", _TEXT, is_head=True)])


def _valued(said: Any) -> tuple[Any, str]:
    """What a cell holds and how it is shown: a sum in yuan, a number, a day, an instant in local time, else words."""
    if isinstance(said, Yuan):
        return Decimal(said.cents) / 100, _HUNDREDTHS
    if isinstance(said, datetime):
        return said.astimezone(ZONE).replace(tzinfo=None), _INSTANT
    if isinstance(said, date):
        return said, _DAY
    if isinstance(said, Decimal):
        return said, _HUNDREDTHS
    if isinstance(said, int) and not isinstance(said, bool):
        return said, _WHOLE
    return ILLEGAL_CHARACTERS_RE.sub("", str(said)) if said is not None else "", _TEXT


def _cell(page: Any, value: Any, format_: str, *, is_head: bool = False) -> WriteOnlyCell:
    made = WriteOnlyCell(page, value)
    if format_ == _TEXT:
        made.data_type = "s"
    made.number_format = format_
    made.alignment = Alignment(wrap_text=not is_head, vertical="top")
    if is_head:
        made.font = Font(bold=True)
    return made


def _shown(value: Any, format_: str) -> str:
    """About what a program shows of a cell, to measure it."""
    if format_ == _TEXT:
        return str(value)
    return (
        f"{value:,.2f}"
        if format_ == _HUNDREDTHS
        else str(value)[: len(format_) if format_ != _WHOLE else None]
    )


def _width(shown: Iterable[str]) -> int:
    lines = (line for words in shown for line in words.split("\n"))
    widest = max(sum(1 + (east_asian_width(sign) in "WF") for sign in line) for line in lines)
    return min(max(widest + 2, NARROWEST), WIDEST)
