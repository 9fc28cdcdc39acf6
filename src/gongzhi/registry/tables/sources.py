"""Where the rows come from: the sheet of an xlsx or the text of a csv in which the header was found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from . import limits
from .columns import Kind
from .delimited import DELIMITERS, text_of
from .formats import Format, format_of, refused
from .headers import Header, check_header, find_header
from .workbook import Merged, Sheet, Workbook

Rows = Iterator[tuple[int, list[Any]]]


@dataclass(slots=True)
class Source:
    """The rows of one table, each time from the first; row numbers and merged cells are counted from 0."""

    format: Format
    rows: Callable[[], Rows]
    height: int
    header: Header = None  # type: ignore[assignment]  # found right after
    sheet: str = ""
    left: int = 0
    merged: list[Merged] = field(default_factory=list)
    counts_from_1904: bool = False
    delimiter: str = ","
    encoding: str = ""
    warnings: list[str] = field(default_factory=list)


def open_source(kind: Kind, content: bytes, sheet: str = "") -> Source:
    """The table of that kind in the file; `sheet` names one where several would do. Invalid with one sentence."""
    source = (
        _in_workbook(kind, content, sheet) if format_of(content) == Format.XLSX else _in_text(kind, content)
    )
    if source.header.unknown:
        listed = "、".join(f"“{title[:20]}”" for title in source.header.unknown[:5])
        source.warnings.append(f"没有使用的列：{listed}。")
    return source


# xlsx --------------------------------------------------------------------------------------------------------------


def _in_workbook(kind: Kind, content: bytes, name: str) -> Source:
    book = Workbook(content)
    shown, hidden = book.names(), book.names(hidden=True)
    if name and name not in shown + hidden:
        listed = "、".join(f"“{one}”" for one in shown)
        raise refused(f"没有工作表“{name}”，请从{listed}中选一个。", "sheet")
    read = {one: _of_sheet(kind, book.sheet(one)) for one in ([name] if name else shown)}
    source = _the_one(kind, read, hidden)
    source.counts_from_1904 = book.counts_from_1904
    if hidden and not name:
        source.warnings.append(f"没有读取隐藏的工作表：{'、'.join(hidden[:5])}。")
    return source


def _of_sheet(kind: Kind, sheet: Sheet) -> Source:
    source = Source(Format.XLSX, lambda: filled(sheet), sheet.height, sheet=sheet.name, left=sheet.left)
    source.merged = sheet.merged
    if sheet.hidden:
        source.warnings.append(
            f"有{len(sheet.hidden)}行在表格中被隐藏（如第{sheet.hidden[0] + 1}行），也已读取，请核对。"
        )
    source.header = find_header(kind, list(islice(source.rows(), limits.HEADER_WITHIN)))  # type: ignore[assignment]
    return source


def _the_one(kind: Kind, read: dict[str, Source], hidden: list[str]) -> Source:
    """The one sheet that holds such a table."""
    able = [source for source in read.values() if source.header is not None]
    whole = [source for source in able if _is_whole(kind, source.header)]
    found = whole or able
    if len(found) > 1:
        listed = "、".join(f"“{source.sheet}”" for source in found)
        raise refused(f"工作表{listed}都像是“{kind.title}”表，请指明导入哪一个。", "sheet")
    if not found and hidden and not able:
        raise refused(f"显示的工作表里没有“{kind.title}”表的表头，如在隐藏的工作表中请先取消隐藏。")
    check_header(kind, found[0].header if found else None)
    return found[0]


def _is_whole(kind: Kind, header: Header) -> bool:
    return all(column.name in header.places for column in kind.columns if column.needed)


def filled(sheet: Sheet) -> Rows:
    """The rows with the value of each merged cell in all of its places, and with what the reader could not see."""
    patches: dict[int, list[tuple[int, Any]]] = {}
    for (row, column), spoilt in sheet.spoilt.items():
        patches.setdefault(row, []).append((column, spoilt))
    for number, ((top, _), (bottom, _)) in enumerate(sheet.merged):
        for row in range(top, min(bottom, sheet.height) + 1):
            patches.setdefault(row, []).append((-1 - number, None))
    kept: dict[int, Any] = {}
    for number, cells in sheet.rows():
        for column, spoilt in patches.get(number, ()):
            if column >= 0:
                _put(cells, column - sheet.left, spoilt)
            else:
                _fill(cells, number, -1 - column, sheet, kept)
        yield number, cells


def _put(cells: list[Any], position: int, value: Any) -> None:
    if 0 <= position < len(cells):
        cells[position] = value


def _fill(cells: list[Any], row: int, merge: int, sheet: Sheet, kept: dict[int, Any]) -> None:
    """Write the value of the first cell of a merged range into the others of this row."""
    (top, first), (_, last) = sheet.merged[merge]
    position = first - sheet.left
    if row == top:
        kept[merge] = cells[position] if 0 <= position < len(cells) else ""
    for column in range(first, last + 1):
        _put(cells, column - sheet.left, kept.get(merge, ""))


# csv ---------------------------------------------------------------------------------------------------------------


def _in_text(kind: Kind, content: bytes) -> Source:
    text = text_of(content)
    best, header = ",", None
    for delimiter in DELIMITERS:
        found = find_header(kind, list(islice(text.first_rows(delimiter), limits.HEADER_WITHIN)))
        if found is not None and (header is None or found.score > header.score):
            best, header = delimiter, found
    source = Source(Format.CSV, lambda: _within(text.rows(best)), text.words.count("\n") + 1)
    source.header = check_header(kind, header, "文件不是xlsx表格，按csv文本读取，")
    source.delimiter, source.encoding = best, text.encoding
    return source


def _within(rows: Iterable[tuple[int, list[Any]]]) -> Rows:
    for number, row in rows:
        if len(row) > limits.COLUMNS:
            raise refused(f"表格超过{limits.COLUMNS}列，请删去多余的列后再导入。")
        yield number, row
