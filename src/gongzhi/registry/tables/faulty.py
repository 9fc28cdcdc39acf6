"""The file of errors: the table as it came, with one more column that says why a row was not taken in."""

from collections.abc import Iterator
from typing import Any

from .checking import Checked
from .formats import Format
from .headers import REASONS
from .sources import Source
from .writing import Look, Sheets, csv_bytes

_WIDTH = 60


def error_file(checked: Checked) -> bytes:
    """The same rows and columns in the same order and format, and the reasons. It goes to the importer alone."""
    source = checked.table.source
    reasons = {line - 1: says for line, says in checked.errors()}
    rows = _rows(source, reasons, _place(source))
    if source.format == Format.CSV:
        return csv_bytes(rows, delimiter=source.delimiter, encoding=source.encoding)
    header, left = source.header, source.left
    digits = {place + left for name, place in header.places.items() if checked.kind.column(name).digits}
    sheets = Sheets()
    sheets.add(source.sheet, rows, Look(frozenset(digits), [14] * (_place(source) + left) + [_WIDTH]))
    return sheets.content()


def _place(source: Source) -> int:
    """Where the reasons stand: where an earlier file of errors had them, else behind the last column."""
    if source.header.reasons is not None:
        return source.header.reasons
    return max((len(cells) for _, cells in source.rows()), default=0)


def _rows(source: Source, reasons: dict[int, str], place: int) -> Iterator[list[Any]]:
    for number, cells in source.rows():
        row = cells + [""] * (place + 1 - len(cells))
        row[place] = REASONS if number == source.header.first else reasons.get(number, "")
        yield [None] * source.left + row
