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

from . import limits
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
    """One sheet. Rows are counted from 0 as in the file; `left` is the column its rows begin at.

    `hidden` are rows that a person does not see, and that are read all the same.
    """

    name: str
    height: int
    left: int
    merged: list[Merged]
    spoilt: dict[tuple[int, int], Spoilt]
    hidden: list[int]
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
        scan = self._scanned(name)
        scan.demand_bounded()
        try:
            found = self._book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError) as wrong:
            raise refused(BROKEN) from wrong
        left = found.start[1] if found.start else 0
        merged = found.merged_cell_ranges or []
        return Sheet(name, found.total_height, left, merged, scan.spoilt, scan.hidden, found)

    def _scanned(self, name: str) -> "Scan":
        scan = Scan(name)
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as package:
                part = _part_of(package, name)
                if part:
                    scan.read(chunks_of(package, part))
        except _UNREADABLE as wrong:
            raise refused(BROKEN) from wrong
        return scan


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
_HIDDEN = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"[^>]*[^/>]>')
#: A cell with content in a column of two letters or more.
_FAR = re.compile(rb'<c\b[^>]*?\br="([A-Z]{2,3})\d{1,7}"[^>]*[^/>]><(?:v|is|f)\b')
_TWO_LETTERS = re.compile(rb'r="[A-Z]{2}')
_LETTERS = 26


class Scan:
    """One sheet's own text looked over before its cells are read: what a reader of values cannot see, and its extent.

    Reading lays every place out to the last cell that has something, so one stray cell far away may cost gigabytes.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.spoilt: dict[tuple[int, int], Spoilt] = {}
        self.hidden: list[int] = []
        self.height, self.width, self.far = 0, _LETTERS, ""

    def read(self, pieces: Iterator[bytes]) -> None:
        """Look the sheet over, piece by piece."""
        rest = b""
        for piece in pieces:
            rest += piece
            whole, found, rest = rest.rpartition(b"</c>")
            self._look(whole + found)

    def _look(self, cells: bytes) -> None:
        if _ERROR in cells or b"<f" in cells:
            self.spoilt.update(filter(None, map(_spoilt_cell, _CELL.finditer(cells))))
        if b"hidden=" in cells:
            self.hidden += [int(row) - 1 for row in _HIDDEN.findall(cells)]
        for letters in set(_FAR.findall(cells)) if _TWO_LETTERS.search(cells) else ():
            number = _column_number(letters) + 1
            if number > self.width:
                self.width, self.far = number, letters.decode()
        last = max(cells.rfind(b"</v>"), cells.rfind(b"</is>"))
        place = _PLACE.search(cells, cells.rfind(b"<c ", 0, last)) if last >= 0 else None
        if place is not None:
            self.height = max(self.height, int(place[2]))

    def demand_bounded(self) -> None:
        """Refuse a sheet with something so far away that laying it out would fill the memory."""
        if self.width > limits.COLUMNS:
            raise refused(
                f"工作表“{self.name}”在{self.far}列还有内容，表格最多{limits.COLUMNS}列，请删去多余的列后再导入。"
            )
        if self.height > limits.ROWS + limits.HEADER_WITHIN or self.height * self.width > limits.PLACES:
            raise refused(
                f"工作表“{self.name}”到第{self.height}行、第{self.width}列还有内容，范围过大，请删去表格以外的零散内容，"
                "或者拆成几个文件后再导入。"
            )


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
