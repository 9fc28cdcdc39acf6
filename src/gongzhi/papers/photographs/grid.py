"""The numbered grid over a picture: what of it must not be seen is told by the numbers of its cells."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

#: Cells along the long and the short side.
LONG, SHORT = 8, 6
CELLS = LONG * SHORT


class Cell(NamedTuple):
    """One cell, counted from the upper left, line by line."""

    number: int
    row: int
    column: int


def sides(width: int, height: int) -> tuple[int, int]:
    """How many columns and rows a picture of this shape has."""
    return (LONG, SHORT) if width >= height else (SHORT, LONG)


def cells(width: int, height: int) -> Iterator[Cell]:
    """Every cell of it."""
    columns, rows = sides(width, height)
    for number in range(columns * rows):
        yield Cell(number + 1, number // columns + 1, number % columns + 1)


def boxes(width: int, height: int, covered: Iterable[int]) -> list[tuple[int, int, int, int]]:
    """The rectangles of the covered cells in pixels: left, top, right, bottom, the last two not included.

    Each edge lies on the outer pixel, so that neighbours leave no line between them.
    """
    columns, rows = sides(width, height)
    known = {cell.number: cell for cell in cells(width, height)}
    return [
        (
            (cell.column - 1) * width // columns,
            (cell.row - 1) * height // rows,
            -(-cell.column * width // columns),
            -(-cell.row * height // rows),
        )
        for cell in (known[number] for number in sorted(set(covered)))
    ]
