"""The law as it is shipped: no local setting, no adoption, no database, no Django."""

from functools import cache

from . import reading
from .book import LawBook


@cache
def packaged_book() -> LawBook:
    """The packs, keys, remarks and divisions that come with the product."""
    parents = reading.parents_of(reading.packaged_divisions())
    return LawBook(reading.packs(), reading.keys(), parents, remarks=reading.remarks())
