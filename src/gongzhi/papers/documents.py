"""The forms that papers are set in: the typed data of the templates in `typst/`. What they say is in `contents/`."""

import unicodedata
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator


def printable(text: str) -> str:
    """The text without what cannot be seen: control signs go, direction overrides go, a tab is a space."""
    kept = (
        " " if sign == "\t" else sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs")
    )
    return "".join(kept)


#: Text as it is to be read; nothing in it is interpreted.
Text = Annotated[str, AfterValidator(printable)]


class Piece(BaseModel):
    """A part of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Piece):
    """One column of a table; `width` in shares of what is left, 0 for as wide as its content."""

    title: Text = Field(title="列名")
    width: int = Field(default=1, ge=0, title="列宽")
    align: Literal["left", "center", "right"] = Field(default="left", title="对齐")


class Table(Piece):
    """Rows of text under a heading that is repeated on every page; `total` is the last row.

    `notes`: under each row what is too long for a cell of it, across all columns but the first; "" where nothing is.
    """

    columns: tuple[Column, ...] = Field(title="列")
    rows: tuple[tuple[Text, ...], ...] = Field(title="行")
    total: tuple[Text, ...] = Field(default=(), title="合计行")
    notes: tuple[Text, ...] = Field(default=(), title="行下说明")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        """A row with a cell too few would push all that follows into the wrong column."""
        rows = (*self.rows, self.total) if self.total else self.rows
        if any(len(row) != len(self.columns) for row in rows):
            raise ValueError("表格每行的格数应与列数相同。")
        if self.notes and len(self.notes) != len(self.rows):
            raise ValueError("行下说明应与行数相同。")
        return self


class Line(Piece):
    """A label and what stands after it; `wide` takes the whole line of a form."""

    label: Text = Field(title="名称")
    value: Text = Field(title="内容")
    wide: bool = Field(default=False, title="占整行")


class Section(Piece):
    """A part under a heading: paragraphs, then a table."""

    heading: Text = Field(default="", title="标题")
    paragraphs: tuple[Text, ...] = Field(default=(), title="段落")
    table: Table | None = Field(default=None, title="表格")


class Signature(Piece):
    """Room for a seal or a hand: `role` is 移交方, 接收方 …; `note` says who signs for it, or why nobody did.

    `signed_at`: when it was signed on the platform, in words; then no room is left for a hand.
    """

    role: Text
    name: Text = ""
    note: Text = ""
    signed_at: Text = ""


class Photo(Piece):
    """A picture that is printed, a JPEG, and what stands under it."""

    caption: Text = Field(title="说明")
    image: bytes = Field(repr=False, title="图片")


class Document(Piece):
    """What all documents have. `date` is written out: 2026年3月1日, no zeros. GB/T 9704-2012 7.3.5.4."""

    template: ClassVar[str]

    title: Text = Field(min_length=1)
    number: Text = ""
    date: Text = ""


class Letter(Document):
    """A letter. With `issuer` an authority's own, measured by GB/T 9704-2012; without it a party's."""

    template: ClassVar[str] = "letter"

    issuer: Text = ""
    recipient: Text = ""
    paragraphs: tuple[Text, ...]
    table: Table | None = None
    closing: tuple[Text, ...] = ()
    attachments: tuple[Text, ...] = ()
    annexes: tuple[Section, ...] = ()
    signers: tuple[Text, ...] = ()
    signatures: tuple[Signature, ...] = ()
    remark: Text = ""
    copies: Text = ""
    printer: Text = ""
    printed_on: Text = ""
    address: str = Field(default="", max_length=300)
    check_words: tuple[Text, ...] = ()


class Record(Document):
    """A record, list, form or agreement: a head of lines, sections, and who signs, at the end or on every page.

    Its photographs follow on pages of their own.
    """

    template: ClassVar[str] = "record"

    landscape: bool = False
    boxed: bool = False
    lines: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[Signature, ...] = ()
    signed_each_page: tuple[Text, ...] = ()
    photos: tuple[Photo, ...] = ()


class Day(Piece):
    """A day of a notice: 11-16, 贴出不计; the last is set in a thick frame, one not counted is hatched."""

    day: Text
    words: Text
    counted: bool = True
    last: bool = False


class Poster(Document):
    """公示: who posts what, on what basis, from when to when, where, how to object, how to check it."""

    template: ClassVar[str] = "poster"

    paper: Literal["a4", "a3"] = "a4"
    heading: Text
    recipient: Text = ""
    paragraphs: tuple[Text, ...]
    facts: tuple[Line, ...] = ()
    table: Table | None = None
    basis: Text = ""
    period: Text
    days: tuple[Day, ...] = ()
    objections: tuple[Line, ...]
    objection_words: Text
    poster: Text
    supervision: Text
    places: tuple[Text, ...]
    address: str = Field(default="", max_length=300)
    check_words: tuple[Text, ...] = ()
    warning: Text = "请勿撕毁、涂改、遮盖。发现缺失或损坏，请拨打上面的电话。"
    annexes: tuple[Section, ...] = ()


class Cover(Document):
    """The cover of a case or of a report."""

    template: ClassVar[str] = "cover"

    subtitle: Text = ""
    lines: tuple[Line, ...] = ()
    remarks: tuple[Text, ...] = ()
    signers: tuple[Text, ...] = ()


DOCUMENTS: dict[str, type[Document]] = {kind.template: kind for kind in (Letter, Record, Poster, Cover)}
