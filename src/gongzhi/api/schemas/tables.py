"""Registers as tables."""

from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field


class ColumnOut(Schema):
    """A column: its title in the file, what to write in it, what may be chosen."""

    name: str
    title: str
    needed: bool
    note: str
    example: str
    options: list[str]


class TableOut(Schema):
    """A kind of table, and who may take one in."""

    kind: str
    title: str
    may: str
    columns: list[ColumnOut]


class RowError(Schema):
    """A row, by its number in the file, and why it cannot be taken in."""

    row: int
    reason: str


class ErrorFile(Schema):
    """The table as it came with a column 错误原因; base64."""

    name: str
    media_type: str
    content: str


class TableChecked(Schema):
    """What would be taken in. The first errors and warnings are told; the file has every error."""

    kind: str
    rows: int
    new: int
    same: int
    changed: int
    wrong: int
    errors: list[RowError]
    warnings: list[str]
    error_file: ErrorFile | None


class TableTaken(Schema):
    """What was taken in. `act` is the record of it; null where everything was registered already."""

    kind: str
    rows: int
    new: int
    same: int
    changed: int
    warnings: list[str]
    act: UUID | None
    replayed: bool


class AskedSheet(Schema):
    """Which sheet, where several would do."""

    sheet: str = Field("", max_length=100)


class AskedFormat(Schema):
    """As what kind of file."""

    format: Literal["xlsx", "csv"] = "xlsx"


class AskedExport(AskedFormat):
    """Of which territories."""

    at: list[str] = Field(min_length=1, max_length=50)
