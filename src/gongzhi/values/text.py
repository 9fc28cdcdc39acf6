"""Texts as Chinese keyboards type them, made half-width (names keep their characters); names by their numbers."""

import re

_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def half_width(text: str) -> str:
    """`text` with full-width ASCII made half-width, unseen characters and outer blanks dropped."""
    return text.translate(_HALF_WIDTH | _UNSEEN).strip()


_TYPED = re.compile(
    r"^\s*(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）][、.．]?|(?:\d{1,2})(?:[、．)）]|[.](?!\d))|"
    r"[一二三四五六七八九十]{1,3}、|[①-⑳]|[•·●▪■◆]|[-*]\s)\s*"
)


def unnumbered(text: str) -> str:
    """A part of a list without the number or bullet somebody typed before it: where it stands it is counted anew."""
    return _TYPED.sub("", text, count=1) or text


_NUMBER = re.compile(r"(\d+)")


def by_number(text: str) -> tuple[str | int, ...]:
    """A key to sort by that takes numbers as numbers: 101 before 1001, 2幢 before 10幢."""
    return tuple(int(part) if n % 2 else part for n, part in enumerate(_NUMBER.split(text)))
