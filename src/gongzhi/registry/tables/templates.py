"""Templates: the columns of a kind, what each means, and an invented example."""

from collections.abc import Iterator

from .columns import Column, Kind
from .formats import Format
from .writing import Look, Row, Sheets, csv_bytes

NOTES_SHEET = "填写说明"
_GENERAL = "第一行是列名，各列次序不限；填写前删去说明和示例行，日期写成2025-03-01，号码列设为文本格式。"


def template(kind: Kind, format_: Format) -> bytes:
    """An empty table with its explanation: in an xlsx a second sheet, in a csv two rows that reading leaves out."""
    header = [column.title for column in kind.columns]
    if format_ == Format.CSV:
        return csv_bytes([header, *_note_rows(kind)])
    sheets = Sheets()
    sheets.add(kind.title, [header], template_look(kind))
    sheets.add(NOTES_SHEET, _notes(kind), Look(widths=(22, 8, 60, 30, 60)))
    return sheets.content()


def _note_rows(kind: Kind) -> Iterator[list[str]]:
    notes = [_note(column) for column in kind.columns]
    examples = [column.example for column in kind.columns]
    yield [f"说明：{notes[0]}", *notes[1:]]
    yield [f"示例：{examples[0]}", *examples[1:]]


def _note(column: Column) -> str:
    need = "必填" if column.needed else "选填"
    options = f"；可填{'、'.join(column.options)}" if column.options else ""
    return f"{need}{'；' if column.note else ''}{column.note}{options}"


def _notes(kind: Kind) -> Iterator[Row]:
    yield ["列名", "是否必填", "说明", "示例（虚构）", "可填内容"]
    for column in kind.columns:
        need = "必填" if column.needed else "选填"
        yield [column.title, need, column.note, column.example, "、".join(column.options)]
    yield []
    yield [_GENERAL]


def template_look(kind: Kind) -> Look:
    """How a table that is to be filled in is shown."""
    columns = list(enumerate(kind.columns))
    return Look(
        digits=frozenset(place for place, column in columns if column.digits),
        widths=[max(12, 2 * len(column.title) + 4) for column in kind.columns],
        options={place: column.options for place, column in columns if column.options},
    )


def export_look(kind: Kind) -> Look:
    """How an exported table is shown: as the template, without lists to choose from."""
    look = template_look(kind)
    look.options = {}
    return look
