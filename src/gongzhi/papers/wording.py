"""The words of a letter, or of annexes, in the order they are read: what is compared with a copy, and sealed."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from .documents import Letter, Section, Table


def words_of(letter: Letter) -> str:
    """Everything the paper says between its title and its imprint, a line each; its layout is not part of it."""
    return "\n".join(_lines(letter))


def words_of_annexes(annexes: Iterable[Section]) -> str:
    """Headings, sentences and rows, a line each; the cells of a row stand a space apart."""
    return "\n".join(line for section in annexes for line in _section(section))


def _lines(letter: Letter) -> Iterator[str]:
    yield from letter.paragraphs
    yield from _rows(letter.table)
    yield from letter.closing
    names = (*(one.heading for one in letter.annexes), *letter.attachments)
    if names:
        yield f"附件：{'；'.join(names)}"
    yield from letter.signers
    yield from filter(None, (letter.date, letter.remark, letter.copies and f"抄送：{letter.copies}"))
    for section in letter.annexes:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield from filter(None, (section.heading,))
    yield from section.paragraphs
    yield from _rows(section.table)


def _rows(table: Table | None) -> Iterator[str]:
    if table is not None:
        yield "　".join(column.title for column in table.columns)
        for row, note in zip_longest(table.rows, table.notes, fillvalue=""):
            yield "　".join(row)
            yield from filter(None, (note,))
        yield from ("　".join(row) for row in (table.total,) if row)
