"""Reading a table column by column: each distinct cell is read once, every cell that is wrong is told."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from . import limits
from .cells import ERROR_VALUES, Spoilt, Wrong, day, moment
from .columns import Column, Kind
from .formats import Format, refused
from .sources import Source, open_source
from .words import NOTHING, words_of

#: What is being done, how many rows of it are done, and of how many.
Progress = Callable[[str, int, int], None]
CHUNK = 5_000
#: Rows of a template that are no data begin so.
NOTES = ("说明：", "示例：", "说明:", "示例:")
#: Cells that are remembered by value; above it a column is taken to hold mostly different ones.
REMEMBERED = 50_000
SERIAL = "是没有日期格式的数字，而这个表格从1904年起算日期，请把该列设为日期格式"
UNTITLED = "在没有列名的位置有内容，可能多了一个分隔符而使各格错位，请核对这一行，或者给该列写上列名"
MERGED = "是合并单元格，请取消合并后逐行填写"


def nobody_watches(doing: str, done: int, whole: int) -> None:
    """The progress of which nobody is told."""


@dataclass(slots=True)
class Table:
    """What was read. Values by column, in the order of the rows; None where a cell is blank or cannot be read.

    `lines` are the numbers of the rows as a spreadsheet shows them; `faults` says what is wrong with which row (its
    place among the values, counted from 0).
    """

    kind: Kind
    source: Source
    values: dict[str, list[Any]]
    lines: list[int] = field(default_factory=list)
    faults: dict[int, list[str]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines)

    def wrong(self, row: int, says: str) -> None:
        """Something is wrong with a row."""
        said = self.faults.setdefault(row, [])
        if says not in said:
            said.append(says)

    def good(self) -> Iterator[int]:
        """The rows nothing is wrong with so far."""
        return (row for row in range(len(self.lines)) if row not in self.faults)


def read_table(kind: Kind, content: bytes, sheet: str = "", progress: Progress = nobody_watches) -> Table:
    """Read a file. Raises Invalid where it is no table of the kind; what is wrong with single rows is in `faults`."""
    source = open_source(kind, content, sheet)
    table = Table(kind, source, {}, warnings=list(source.warnings))
    _read_rows(table, progress)
    if not table.lines:
        raise refused(f"“{kind.title}”表里没有数据行，请填写后再导入。")
    _check_merged(table)
    _check_needed(table)
    return table


class ColumnReading:
    """Reads the cells of one column, each distinct one once."""

    def __init__(self, column: Column, position: int, *, counts_from_1904: bool = False) -> None:
        self.column, self.position = column, position
        self.refuses_serials = counts_from_1904 and column.read in (day, moment)
        self.known: dict[Any, Any] = {"": None, None: None}

    def read(self, cells: list[Any]) -> list[Any]:
        """The values; a `Wrong` stands for a cell that cannot be read."""
        known, values = self.known, []
        for cell in cells:
            if cell is True or cell is False:  # equal to 1 and 0, and not the same
                value = self._value(cell)
            elif cell in known:
                value = known[cell]
            else:
                value = self._value(cell)
                if len(known) < REMEMBERED:
                    known[cell] = value
            values.append(value)
        return values

    def _value(self, cell: Any) -> Any:
        if isinstance(cell, Spoilt):
            return Wrong(cell.says)
        if isinstance(cell, str):
            words = words_of(cell)
            if not words or (words in NOTHING and not self.column.needed):
                return None
            if ERROR_VALUES.fullmatch(words):
                return Wrong(f"是错误值{words}，请改正公式或者直接填写内容")
        if self.refuses_serials and isinstance(cell, float):
            return Wrong(SERIAL)
        try:
            return self.column.read(cell)
        except Wrong as wrong:
            return wrong


def _read_rows(table: Table, progress: Progress) -> None:
    header, whole = table.source.header, table.source.height
    since = table.source.counts_from_1904
    readings = [
        ColumnReading(table.kind.column(name), place, counts_from_1904=since)
        for name, place in header.places.items()
    ]
    table.values = {reading.column.name: [] for reading in readings}
    rows = (row for row in table.source.rows() if row[0] > header.last)
    while chunk := list(islice(rows, CHUNK)):
        _read_chunk(table, readings, [row for row in chunk if not _is_no_data(row[1])])
        progress("读取", chunk[-1][0] + 1, whole)
        if len(table.lines) > limits.ROWS:
            raise refused(f"一个文件最多{limits.ROWS}行，请拆成几个文件后分别导入。")
    for column in table.kind.columns:
        table.values.setdefault(column.name, [None] * len(table.lines))


def _is_no_data(cells: list[Any]) -> bool:
    """A blank row, or one of the template's own."""
    if not any(cells):
        return True
    first = next(cell for cell in cells if cell)
    return isinstance(first, str) and first.lstrip("\ufeff ").startswith(NOTES)


def _read_chunk(table: Table, readings: list[ColumnReading], chunk: list[tuple[int, list[Any]]]) -> None:
    read = [
        reading.read([row[at] if at < len(row) else "" for _, row in chunk])
        for reading in readings
        for at in (reading.position,)
    ]
    untitled = _untitled(table.source, chunk)
    blank = {n for n, values in enumerate(zip(*read, strict=True)) if values.count(None) == len(values)}
    for reading, values in zip(readings, read, strict=True):
        title, kept = reading.column.title, table.values[reading.column.name]
        first = len(table.lines)
        values = [value for n, value in enumerate(values) if n not in blank] if blank else values
        for place, value in enumerate(values):
            if type(value) is Wrong:
                table.wrong(first + place, f"“{title}”{value}")
                values[place] = None
        kept.extend(values)
    there = [n for n in range(len(chunk)) if n not in blank]
    for place, n in enumerate(there) if untitled else ():
        if n in untitled:
            table.wrong(len(table.lines) + place, UNTITLED)
    table.lines.extend(chunk[n][0] + 1 for n in there)


def _untitled(source: Source, chunk: list[tuple[int, list[Any]]]) -> set[int]:
    """The rows of a csv that have something where the header has nothing: a sign too many has moved their cells."""
    if source.format != Format.CSV:
        return set()
    titled = source.header.titled
    width = max(titled) + 1
    bare = [position for position in range(width) if position not in titled]
    return {
        n
        for n, (_, row) in enumerate(chunk)
        if (len(row) > width and any(map(words_of, row[width:])))
        or any(words_of(row[position]) for position in bare if position < len(row))
    }


def _check_merged(table: Table) -> None:
    """A merged cell is read down only in columns in which rows share a value."""
    source = table.source
    if not source.merged:
        return
    rows = {line - 1: row for row, line in enumerate(table.lines)}
    columns = {place + source.left: table.kind.column(n) for n, place in source.header.places.items()}
    for (top, left), (bottom, right) in source.merged:
        if bottom <= source.header.last:
            continue
        for number in range(max(top, source.header.last + 1), min(bottom, source.height) + 1):
            if number in rows:
                _check_merged_row(table, rows[number], [columns.get(c) for c in range(left, right + 1)])


def _check_merged_row(table: Table, row: int, columns: list[Column | None]) -> None:
    for column in columns:
        if column is not None and (len(columns) > 1 or not column.fills):
            table.wrong(row, f"“{column.title}”{MERGED}")


def _check_needed(table: Table) -> None:
    for column in table.kind.columns:
        values = table.values[column.name]
        if not column.needed or None not in values:
            continue
        above = False
        for row, value in enumerate(values):
            above = above or value is not None
            if value is None and not _told(table, row, column):
                hint = "（如原表是合并单元格，请取消合并后每行都填）" if column.fills and above else ""
                table.wrong(row, f"“{column.title}”没有填写{hint}")


def _told(table: Table, row: int, column: Column) -> bool:
    """Whether the cell is blank because it could not be read, which was told."""
    return any(says.startswith(f"“{column.title}”") for says in table.faults.get(row, ()))
