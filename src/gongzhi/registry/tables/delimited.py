"""Reading csv: UTF-8 and UTF-16 with or without BOM, GB18030; commas, semicolons, tabs or bars."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from .formats import SAVE_AS, refused

DELIMITERS = (",", ";", "\t", "，", "；", "|")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CELL_LENGTH = 32_768
_HEAD = 4_096


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a csv file and how it was encoded."""

    words: str
    encoding: str

    def rows(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Every row with its number, counted from 0 as a spreadsheet shows them.

        Strictly: a quote that is never closed would swallow the rows after it as one cell.
        """
        csv.field_size_limit(_CELL_LENGTH)
        try:
            yield from enumerate(self._read(delimiter, strict=True))
        except csv.Error as wrong:
            raise refused("csv文件的引号没有成对或者分隔不对，请用表格软件打开另存后再导入。") from wrong

    def first_rows(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Rows to look for a header in, though another sign may part the cells."""
        csv.field_size_limit(_CELL_LENGTH)
        with suppress(csv.Error):
            yield from enumerate(self._read(delimiter, strict=False))

    def _read(self, delimiter: str, *, strict: bool) -> Iterator[list[str]]:
        return csv.reader(io.StringIO(self.words, newline=""), delimiter=delimiter, strict=strict)


def text_of(content: bytes) -> Text:
    """The file decoded; what is no text is refused."""
    for encoding, kept in _encodings(content):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(words):
            break
        return Text(words, kept)
    raise refused(f"认不出这个文件的格式，{SAVE_AS}。")


def _encodings(content: bytes) -> tuple[tuple[str, str], ...]:
    """How it may be encoded, each with how what is written of it later is: always so that a spreadsheet knows it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return (("utf-16", "utf-16"),)
    head = content[:_HEAD]
    zeros = head[0::2].count(0), head[1::2].count(0)
    if max(zeros) > 4 * min(zeros):  # two bytes a sign: of a comma or a digit the upper one is nothing
        return (("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", "utf-16"),)
    return (("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"))
