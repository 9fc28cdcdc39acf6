"""What differs: between two places on a date, or between a pack as shipped and a changed one. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .book import LawBook
from .faults import Law
from .layers import Adopted, Setting
from .schema import ROOT, Pack
from .value import Value, value_words


@dataclass(frozen=True, slots=True)
class Difference:
    """One key that is not the same on both sides; `places` are the codes it holds for (two places: none)."""

    key: str
    title: str
    left: Value
    right: Value
    places: tuple[str, ...] = ()

    def as_json(self, left: str = "left", right: str = "right") -> dict[str, Any]:
        """The public shape, each side under its name."""
        answer: dict[str, Any] = {"key": self.key, "title": self.title, "in_value": self.in_value}
        answer |= {left: _side(self.left), right: _side(self.right)}
        return answer | ({"places": list(self.places)} if self.places else {})

    @property
    def in_value(self) -> bool:
        """Whether more differs than the text the same value stands in."""
        here, there = self.left, self.right
        return (here.value, here.unit, here.is_defined) != (there.value, there.unit, there.is_defined)

    @property
    def sentence(self) -> str:
        """As it is printed."""
        return f"{self.title}（{self.key}）：{words(self.left)} → {words(self.right)}"


def words(value: Value) -> str:
    """One side in words."""
    if not value.is_defined:
        return "不要求"
    cited = f"，{value.cited}" if value.citations else ""
    return f"{value_words(value.value, value.unit)}（{value.status}{cited}）"


def _side(value: Value) -> dict[str, Any]:
    return {
        "value": value.value,
        "unit": value.unit,
        "is_defined": value.is_defined,
        "is_set": value.is_set,
        "status": value.status.value,
        "mode": value.mode.value if value.mode else None,
        "citations": [citation.as_json() for citation in value.citations],
        "inherited_from": value.inherited_from,
    }


def _told(value: Value) -> tuple[Any, ...]:
    """What must be equal for two answers to be the same law."""
    return (
        value.value,
        value.unit,
        value.comparator,
        value.status,
        value.mode,
        value.roll,
        value.anchor,
        value.count_first_day,
        value.local_allowed,
        value.citations,
    )


def between_places(book: LawBook, left: str, right: str, on: date) -> list[Difference]:
    """Keys that two places hold differently on a date, drafts and undated texts shown. NotFound: unknown code."""
    here, there = book.place(left), book.place(right)
    return list(_differing(book, here, book, there, sorted(book.named), on))


def _differing(
    one: LawBook, here: str, other: LawBook, there: str, keys: list[str], on: date
) -> Iterator[Difference]:
    for key in keys:
        left = one.value_of(key, here, on, deciding=False)
        right = other.value_of(key, there, on, deciding=False)
        if _told(left) != _told(right):
            yield Difference(key, left.title, left, right)


def of_pack(law: Law, pack: Pack, base: LawBook, on: date) -> list[Difference]:
    """What a changed pack would change, for which places: those with a pack of their own under it, nearest first.

    Streets, counties and communities without a pack have what the nearest place above them has.
    """
    changed = book_of(law.with_pack(pack), base.parents, base.settings, base.adoptions)
    before = book_of(law, base.parents, base.settings, base.adoptions)
    keys = sorted(before.named | changed.named)
    found: dict[str, Difference] = {}
    for place in _below(law, pack.code):
        for one in _differing(before, place, changed, place, keys, on):
            mark = repr((one.key, _told(one.left), _told(one.right)))
            places = (*found[mark].places, place) if mark in found else (place,)
            found[mark] = Difference(one.key, one.title, one.left, one.right, places)
    return sorted(found.values(), key=lambda one: one.key)


def book_of(
    law: Law, parents: Any, settings: tuple[Setting, ...] = (), adoptions: tuple[Adopted, ...] = ()
) -> LawBook:
    """A book of these packs."""
    return LawBook(law.packs, law.keys, parents, settings=settings, adoptions=adoptions, remarks=law.remarks)


def _below(law: Law, code: str) -> list[str]:
    """The place and every place under it that has a pack."""
    found = [code]
    for place in found:
        found += [pack.code for pack in law.packs.values() if pack.parent == place and pack.code != ROOT]
    return found
