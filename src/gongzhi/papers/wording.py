"""The words of a letter in the order they are read: what is compared with a copy, and sealed in the log."""

from collections.abc import Iterator

from .documents import Letter, Section, Table


def words_of(letter: Letter) -> str:
    """Everything the paper says between its title and its imprint, a line each; its layout is not part of it."""
    return "\n".join(_lines(letter))


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
        yield from ("　".join(row) for row in table.rows)
        yield from ("　".join(row) for row in (table.total,) if row)
