"""What each kind of document needs to be set: the typed data of the templates in `typst/`."""

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict


class Piece(BaseModel):
    """A part of a document. Every value is text as it is to be read; nothing is interpreted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Piece):
    """One column of a table; `width` in shares of what is left, 0 for as wide as its content."""

    title: str
    width: int = 1
    align: Literal["left", "center", "right"] = "left"


class Table(Piece):
    """Rows of text under a heading that is repeated on every page; `total` is the last row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


class Line(Piece):
    """A label and what stands after it."""

    label: str
    value: str


class Signature(Piece):
    """Room for a seal or a hand: `role` is 移交方, 接收方 …; `name` is who signs."""

    role: str
    name: str = ""


class Document(Piece):
    """What all documents have. `date` is written out: 2026年3月1日, no zeros. GB/T 9704-2012 7.3.5.4."""

    template: ClassVar[str]

    title: str
    number: str = ""
    date: str = ""


class Letter(Document):
    """An official letter, decision, application or statement."""

    template: ClassVar[str] = "letter"

    issuer: str = ""
    recipient: str = ""
    paragraphs: tuple[str, ...]
    table: Table | None = None
    attachments: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    remark: str = ""
    copies: str = ""


class Notice(Document):
    """公示: who posts what, on what basis, from when to when, where, and how to object."""

    template: ClassVar[str] = "notice"

    poster: str
    basis: str
    paragraphs: tuple[str, ...]
    table: Table | None = None
    period: str
    places: tuple[str, ...]
    objections: tuple[Line, ...]
    supervision: str


class HandoverList(Document):
    """资料（资产）移交清单: signed by both on every page, and by the witness."""

    template: ClassVar[str] = "handover_list"

    lines: tuple[Line, ...]
    table: Table
    remarks: tuple[str, ...] = ()
    signatures: tuple[Signature, ...]


class Sheet(Document):
    """A settlement or an apportionment, with its working."""

    template: ClassVar[str] = "sheet"

    lines: tuple[Line, ...]
    table: Table
    working: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


class CaseCover(Document):
    """The cover of a case bundle and its list of contents (卷内目录)."""

    template: ClassVar[str] = "case_cover"

    lines: tuple[Line, ...]
    contents: Table


DOCUMENTS: dict[str, type[Document]] = {
    kind.template: kind for kind in (Letter, Notice, HandoverList, Sheet, CaseCover)
}
