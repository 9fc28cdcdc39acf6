"""Cells as words: what stands in them, freed of what spreadsheets and keyboards add; and by what they are compared."""

import re
from typing import Any

#: What cannot be seen, or not be stored.
_UNSEEN: dict[int, int | str | None] = dict.fromkeys(
    [
        *(*range(9), *range(14, 28), 0x7F, 0xAD, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF),
        *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)),
    ]
)
_BLANKS = re.compile(r"[\s\u00a0\u3000]+")
#: Only digits and letters become half-width: a name keeps its （）.
_WIDE_RANGES = (range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
_WIDE: dict[int, int | str | None] = {wide: wide - 0xFEE0 for some in _WIDE_RANGES for wide in some}
_APOSTROPHES = "'‘’`＇"
_DASHES: dict[int, int | str | None] = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-")
_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_BLANK = dict.fromkeys(
    [*range(9, 14), *range(0x1C, 0x21), 0x85, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
)
_KEY: dict[int, int | str | None] = {**_HALF, **_UNSEEN, **_DASHES, **_BLANK}
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff·"
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")
#: A text formula by which csv files keep leading zeros: ="0101"
_QUOTED = re.compile(r'="([^"]*)"')
_NEEDLESS = re.compile(r"\d+\.0+", re.ASCII)
#: Whole numbers up to here are exact in a spreadsheet.
_EXACT = 10**15
#: What people put where there is nothing to say.
NOTHING = frozenset(("-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a"))


def words_of(cell: Any) -> str:
    """The cell as one line of text: no unseen characters, single blanks, no apostrophe around it. A whole number has
    no decimals.
    """
    text = cell if isinstance(cell, str) else _number_words(cell)
    quoted = _QUOTED.fullmatch(text.strip())
    text = quoted[1] if quoted else text
    return _BLANKS.sub(" ", text.translate(_UNSEEN)).strip().strip(_APOSTROPHES).strip()


def _number_words(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    return str(cell)


def name_of(cell: Any) -> str:
    """A name: full-width letters and digits half-width, no blanks between Chinese characters."""
    return _BETWEEN_CHINESE.sub("", words_of(cell).translate(_WIDE))


def label_of(cell: Any) -> str:
    """A building or a room as it is stored: as a name, and without any blank."""
    return whole(words_of(cell).translate(_WIDE | _DASHES).replace(" ", ""))


def whole(text: str) -> str:
    """A whole number without the decimals a program gave it: 101.0."""
    return text.split(".")[0] if _NEEDLESS.fullmatch(text) else text


def key_of(text: str) -> str:
    """By what two spellings of one name are the same: half-width, no blanks, small letters, plain dashes."""
    return text.translate(_KEY).casefold()


_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_PLACE_ENDS = re.compile(r"(号楼|[栋幢座楼室户房号#])+$")


def near_key(key: str) -> str:
    """By what two keys of buildings or rooms may yet mean one: without 栋, 幢, 室 at the end and zeros in front."""
    if key.isdecimal() and key[0] != "0":
        return key
    return _PLACE_ENDS.sub("", _LEADING_ZEROS.sub("", key)) or key


def spoken(cell: Any) -> str:
    """A cell as a sentence quotes it: short, and in one line."""
    text = words_of(cell)
    return text if len(text) <= 20 else f"{text[:20]}…"
