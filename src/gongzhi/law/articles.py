"""The articles that numbered provisions stand in, where and when their text decides."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from gongzhi.values.citations import Citation

from .book import LawBook
from .coverage import provisions


def articles_at(book: LawBook, ids: Iterable[str], at_code: str, on: date) -> tuple[Citation, ...]:
    """The articles of those provisions whose text decides at a place on a day; each once, in the order given."""
    texts = book.texts_at(at_code, on)
    found = (
        Citation(text.title, _articles()[one])
        for one in ids
        if (text := texts.get(one.partition("-")[0])) is not None
    )
    return tuple(dict.fromkeys(found))


@cache
def _articles() -> dict[str, str]:
    return {one.id: one.article for one in provisions()}
