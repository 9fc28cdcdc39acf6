"""What a place has set: in its key's own words, and what of it counts only from a day to come."""

from datetime import date
from typing import Any

from gongzhi.law.book import LawBook

from .law_words import named, plain


def value_said(book: LawBook, key: str, value: Any, unit: str | None) -> str:
    """A value as its list or choice calls it."""
    options = book.key(key).options
    items = value if isinstance(value, list) else [value]
    names = [named(item, options, key) for item in items]
    if isinstance(value, str | list) and all(names):
        return "、".join(names)
    return plain(value, unit, options, usual=False, key=key)


def coming(book: LawBook, key: str, place: str, on: date) -> tuple[str, ...]:
    """What counts at a place from a later day: since when, what, by whom and by which paper."""
    return tuple(
        f"自 {one.set_on} 起改为 {value_said(book, key, one.value, one.unit)}（{one.authority}，{one.paper}）"
        for one in book.settings_to_come(key, place, on)
    )
