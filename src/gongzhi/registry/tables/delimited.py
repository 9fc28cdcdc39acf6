"""Reading csv: UTF-8 with or without BOM, UTF-16, GB18030; commas, semicolons or tabs."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .formats import SAVE_AS, refused

DELIMITERS = (",", ";", "\t", "，", "；")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CELL_LENGTH = 32_768


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a csv file and how it was encoded."""

    words: str
    encoding: str

    def rows(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Every row with its number, counted from 0 as a spreadsheet shows them."""
        csv.field_size_limit(_CELL_LENGTH)
        try:
            yield from enumerate(csv.reader(io.StringIO(self.words, newline=""), delimiter=delimiter))
        except csv.Error as wrong:
            raise refused("csv文件的引号或者分隔不对，请用表格软件打开另存后再导入。") from wrong


def text_of(content: bytes) -> Text:
    """The file decoded; what is no text is refused."""
    for encoding in _encodings(content):
        try:
            words = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(words):
            break
        return Text(words, encoding)
    raise refused(f"认不出这个文件的格式，{SAVE_AS}。")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")
