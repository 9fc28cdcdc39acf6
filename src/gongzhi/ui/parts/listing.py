"""A small table of facts that a room shows: columns, rows, a sum, notes, and where the whole of it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Shown under a step; the rest stands on a page of its own.
FIRST = 12
#: Rows that stand open under a step that is done; more are folded.
FEW = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column's title; figures stand to the right."""

    title: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown. A cell is text; the first of a row is its head. `more` leads to the whole list."""

    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    more: str = ""
    more_words: str = ""
    empty: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it is folded under a step that is done."""
        return len(self.rows) > FEW

    @property
    def lines(self) -> list[list[tuple[Column, str]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def sums(self) -> list[tuple[Column, str]]:
        """The last row."""
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


def columns(*titles: str, figures: Sequence[str] = ()) -> tuple[Column, ...]:
    """Columns by title; `figures` names those that stand to the right."""
    return tuple(Column(title, title in figures) for title in titles)
