"""A list as a spreadsheet, as it is seen. A text stays a text, also where it looks like a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gongzhi.registry.tables.formats import MEDIA_TYPES, Format
from gongzhi.registry.tables.writing import Look, Sheets, marked
from gongzhi.ui.parts.days import as_day
from gongzhi.values.now import ZONE

#: Rows of one file at most; the last row then says so.
EXPORTED = 5000
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file: its title, its columns, its rows."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Row]


def workbook(title: str, columns: Sequence[str], rows: Iterable[Row], at: datetime) -> HttpResponse:
    """The file of one list, named by the list and the day."""
    return workbook_of(title, [Sheet(title, columns, rows)], at)


def workbook_of(title: str, sheets: Iterable[Sheet], at: datetime) -> HttpResponse:
    """The file of several lists, named by what they tell and the day."""
    book = Sheets()
    for sheet in sheets:
        cells = [[_cell(cell) for cell in row] for row in sheet.rows]
        if len(cells) == EXPORTED:
            cells.append([f"只导出前 {EXPORTED} 行，请用筛选缩小范围后再导出。"])
        columns = sheet.columns
        look = Look(digits=frozenset(range(len(columns))), widths=[22] * len(columns))
        book.add(sheet.title, marked([columns, *cells]), look)
    response = HttpResponse(book.content(), content_type=MEDIA_TYPES[Format.XLSX])
    response["Content-Disposition"] = content_disposition_header(True, f"{title}{as_day(at)}.xlsx") or ""
    response["Cache-Control"] = "no-store"
    return response


def _cell(value: Any) -> str:
    """Words; an instant in local time."""
    if isinstance(value, datetime):
        return f"{value.astimezone(ZONE):%Y-%m-%d %H:%M}"
    return str(value) if value is not None else ""
