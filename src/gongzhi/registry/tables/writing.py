"""Writing tables: csv and xlsx in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .cells import Spoilt
from .formats import Format

Row = Sequence[Any]
#: A spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEXT, _DAY = "@", "yyyy-mm-dd"
#: What follows the mark of a rehearsal.
WITHOUT_EFFECT = "（不是正式数据，没有法律效力）"
BOM = "utf-8-sig"


@dataclass(slots=True)
class Look:
    """How an xlsx shows a sheet: which positions hold digits as text, how wide the columns are, what may be chosen."""

    digits: frozenset[int] = frozenset()
    widths: Sequence[int] = ()
    options: dict[int, Sequence[str]] = field(default_factory=dict)


# csv ---------------------------------------------------------------------------------------------------------------


def csv_bytes(rows: Iterable[Row], *, delimiter: str = ",", encoding: str = BOM) -> bytes:
    """The rows as csv; a text that begins like a formula gets an apostrophe, which reading takes away again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode(encoding)


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Spoilt):
        return cell.shown
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


# xlsx --------------------------------------------------------------------------------------------------------------


class Sheets:
    """An xlsx under construction, written row by row."""

    def __init__(self) -> None:
        self.book = Workbook(write_only=True)

    def add(self, title: str, rows: Iterable[Row], look: Look | None = None) -> None:
        """A sheet of these rows."""
        look = look or Look()
        sheet = self.book.create_sheet(title)
        _prepare(sheet, look)
        mark(sheet)
        for row in rows:
            sheet.append([_cell(sheet, cell, place in look.digits) for place, cell in enumerate(row)])

    def content(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def mark(sheet: Any) -> None:
    """In a demonstration or a rehearsal every printed page of the sheet says so; its cells stay as they are."""
    if settings.PAPER_MARK:
        sheet.oddHeader.center.text = f"{settings.PAPER_MARK}{WITHOUT_EFFECT}"


def marked(rows: Iterable[Row]) -> Iterable[Row]:
    """The rows of a list that nobody takes in again; in a demonstration or a rehearsal the first line says so."""
    first = [[f"{settings.PAPER_MARK}{WITHOUT_EFFECT}"]] if settings.PAPER_MARK else []
    return chain(first, rows)


def _prepare(sheet: Any, look: Look) -> None:
    for place, width in enumerate(look.widths):
        column = sheet.column_dimensions[get_column_letter(place + 1)]
        column.width = width
        if place in look.digits:
            column.number_format = _TEXT
    for place, options in look.options.items():
        listed = f'"{",".join(options)}"'
        if len(listed) <= 255:  # what a spreadsheet takes for a list
            letter = get_column_letter(place + 1)
            rule = DataValidation(type="list", formula1=listed, allow_blank=True)
            rule.add(f"{letter}2:{letter}10000")
            sheet.data_validations.append(rule)


def _cell(sheet: Any, cell: Any, digits: bool) -> Any:
    if isinstance(cell, Spoilt):
        cell = cell.shown
    if isinstance(cell, str):
        return _text(sheet, cell, digits)
    if isinstance(cell, date) and not isinstance(cell, datetime):
        made = WriteOnlyCell(sheet, cell)
        made.number_format = _DAY
        return made
    return cell


def _text(sheet: Any, text: str, digits: bool) -> Any:
    """A text stays a text, also where it looks like a formula or an error."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not digits and not text.startswith(("=", "#")):
        return text
    made = WriteOnlyCell(sheet, text)
    made.data_type = "s"
    if digits:
        made.number_format = _TEXT
    return made


def file_of(format_: Format, title: str, rows: Iterable[Row], look: Look | None = None) -> bytes:
    """The rows as a file of that format."""
    if format_ == Format.CSV:
        return csv_bytes(rows)
    sheets = Sheets()
    sheets.add(title, rows, look)
    return sheets.content()
