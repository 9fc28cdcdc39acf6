"""What a kind of table is made of: its columns, and how it is checked, taken in and written out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .cells import Reader
from .words import key_of

if TYPE_CHECKING:
    from .checking import Check
    from .plans import Plan
    from .scopes import Scope

_ASIDE = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title in the file, how a cell is read, and what the template says of it.

    `fills`: a merged cell means its value for all of its rows. `digits`: shown as text, so that no digit is lost.
    """

    name: str
    title: str
    read: Reader
    note: str
    example: str
    needed: bool = True
    fills: bool = False
    digits: bool = False
    also: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    def titles(self) -> Iterator[str]:
        """Every spelling of the title a header may have, as `title_key` writes it."""
        for title in (self.title, self.name, *self.also):
            yield from dict.fromkeys((title_key(title), title_key(_ASIDE.sub("", title))))


def title_key(text: str) -> str:
    """By what a header is found: no blanks, line breaks, stars or colons."""
    return re.sub(r"[*:、。_]", "", key_of(text))


def bare_title_key(text: str) -> str:
    """The same without what stands in brackets: 面积（㎡）."""
    return title_key(_ASIDE.sub("", text))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table. `may` names the policy of the act that its rows come to."""

    code: str
    title: str
    counted: str
    columns: tuple[Column, ...]
    may: str
    check: "Callable[[Check], Plan]"
    rows: "Callable[[Scope], Iterator[tuple[Any, ...]]]"
    #: The rows name people: writing them out is an act of its own.
    personal: bool = False

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)
