"""Reading an xlsx: its sheets, the rows of one, merged cells, and the cells a reader of values cannot see."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from .cells import Spoilt
from .formats import BROKEN, chunks_of, refused

Row = list[Any]
#: First and last row and column, counted from 0.
Merged = tuple[tuple[int, int], tuple[int, int]]
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError),
    *(EOFError, OSError, NotImplementedError, ValueError, KeyError),
)


@dataclass(slots=True)
class Sheet:
    """One sheet. Rows are counted from 0 as in the file; `left` is the column its rows begin at."""

    name: str
    height: int
    left: int
    merged: list[Merged]
    spoilt: dict[tuple[int, int], Spoilt]
    _read: Any = field(repr=False)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Every row with its number."""
        yield from enumerate(self._read.iter_rows())


class Workbook:
    """An xlsx held in memory."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        _check_whole(content)
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except PasswordError as locked:
            raise refused("表格设了密码，请去掉密码后再导入。") from locked
        except (CalamineError, OSError, ValueError) as wrong:
            raise refused(BROKEN) from wrong

    @property
    def counts_from_1904(self) -> bool:
        """Whether a day's serial number is counted from 1904, as some spreadsheets of the Macintosh do."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as package:
            return bool(_FROM_1904.search(package.read("xl/workbook.xml")))

    def names(self, *, hidden: bool = False) -> list[str]:
        """The names of the sheets of cells that are shown, or of those that are hidden."""
        return [
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and (sheet.visible != SheetVisibleEnum.Visible) == hidden
        ]

    def sheet(self, name: str) -> Sheet:
        """One sheet by its name."""
        spoilt = self._spoilt(name)
        try:
            found = self._book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError) as wrong:
            raise refused(BROKEN) from wrong
        left = found.start[1] if found.start else 0
        return Sheet(name, found.total_height, left, found.merged_cell_ranges or [], spoilt, found)

    def _spoilt(self, name: str) -> dict[tuple[int, int], Spoilt]:
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as package:
                part = _part_of(package, name)
                return dict(_spoilt_cells(package, part)) if part else {}
        except _UNREADABLE as wrong:
            raise refused(BROKEN) from wrong


def _check_whole(content: bytes) -> None:
    """Every part but the sheets, each of which is met before it is read, is as large as it says it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for name in package.namelist():
                if not name.startswith("xl/worksheets/"):
                    for _ in chunks_of(package, name):
                        pass
    except _UNREADABLE as wrong:
        raise refused(BROKEN) from wrong


_FROM_1904 = re.compile(rb'\bdate1904="(1|true)"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _part_of(package: zipfile.ZipFile, name: str) -> str:
    """The part of the package that holds the sheet."""
    sheets = _tree(package, "xl/workbook.xml").iter()
    ids = {node.get("name"): node.get(_RELATION) for node in sheets if node.tag.endswith("}sheet")}
    for node in _tree(package, "xl/_rels/workbook.xml.rels").iter():
        if node.get("Id") is not None and node.get("Id") == ids.get(name):
            target = str(node.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _tree(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = package.read(name)
    if b"<!DOCTYPE" in content:
        raise ValueError("a document type is declared")
    return ElementTree.fromstring(content)


_CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>|<is>")
_TEXT = re.compile(rb'\bt="str"')
_ERROR = b't="e"'


def _spoilt_cells(package: zipfile.ZipFile, part: str) -> Iterator[tuple[tuple[int, int], Spoilt]]:
    """Error values, and formulas without a result: to a reader of values both are blank cells."""
    rest = b""
    for piece in chunks_of(package, part):
        rest += piece
        whole, found, rest = rest.rpartition(b"</c>")
        if _ERROR in whole or b"<f" in whole:
            yield from filter(None, map(_spoilt_cell, _CELL.finditer(whole + found)))


def _spoilt_cell(cell: re.Match[bytes]) -> tuple[tuple[int, int], Spoilt] | None:
    about, inside = cell[1], cell[2]
    place, value = _PLACE.search(about), _VALUE.search(inside)
    if place is None:
        return None
    where = (int(place[2]) - 1, _column_number(place[1]))
    if _ERROR in about:
        shown = value[1].decode(errors="replace") if value and value[1] else "#N/A"
        return where, Spoilt(f"是错误值{shown}，请改正公式或者直接填写内容", shown)
    if b"<f" in inside and value is None and not _TEXT.search(about):
        return where, Spoilt("的公式没有计算结果，请用表格软件打开并保存一次，或者直接填写内容")
    return None


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
