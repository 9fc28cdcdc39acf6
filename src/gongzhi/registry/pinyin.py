"""Sorting and search keys of Chinese names."""

from pypinyin import Style, lazy_pinyin


def pinyin_of(name: str) -> str:
    """The whole name in pinyin, without tones, as a sort key: 幸福小区 → xing fu xiao qu."""
    return " ".join(lazy_pinyin(name)).lower()[:400]


def initials_of(name: str) -> str:
    """First letters, for search: 幸福小区 → xfxq."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:100]
