"""What all contents have: a kind, typed fields with Chinese titles, and the form they are set in."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from gongzhi.values.text import unnumbered
from gongzhi.values.wording import date_words, minute_words

from ..documents import Column, Document, Line, Piece, Signature, Table, Text
from ..kinds import PaperKind

#: Stands where there is nothing to say, so that nothing can be written in later.
NOTHING = "—"
#: Room for what nobody told: visible, and never filled with a guess.
ROOM = "（未登记）"
#: The same in a box of a paper that goes out: nothing, to be filled by hand.
BLANK = " "


class Content(Piece):
    """The facts of one paper. Dates, instants and sums come typed; the form puts them into words."""

    kind: ClassVar[PaperKind]

    @abstractmethod
    def form(self) -> Document:
        """The document as it is set: PDF by `render.render`, editable copy by `editable.editable`."""

    def in_short(self) -> str:
        """What it comes to, in one sentence; "" where only the whole says it."""
        return ""


class Person(Piece):
    """Somebody who signs or is named: persons sign, not roles."""

    name: Text = Field(title="姓名")
    unit: Text = Field(default="", title="单位")
    capacity: Text = Field(default="", title="职务或身份")
    id_last_four: Text = Field(default="", title="证件尾号")
    phone: Text = Field(default="", title="电话")
    signed: Text = Field(default="", title="签署方式")
    signed_at: datetime | None = Field(default=None, title="平台签署时间")

    def words(self) -> str:
        """示例街道办事处 张某某（科员，证件尾号1234，电话0000-0000000）."""
        details = (
            self.capacity,
            self.id_last_four and f"证件尾号{self.id_last_four}",
            self.phone and telephone(self.phone),
            self.signed,
        )
        told = "，".join(filter(None, details))
        return f"{self.unit} {self.name}".strip() + (f"（{told}）" if told else "")


def telephone(number: str) -> str:
    """电话0000-0000000; "" where nobody told it: what goes out leaves out what is not known."""
    return f"电话{number}" if number not in ("", ROOM) else ""


def reached(*parts: str) -> str:
    """How somebody is reached: name, address, telephone, as far as they are known."""
    return "，".join(filter(None, parts))


def day(on: date | None) -> str:
    """A date in words, or nothing."""
    return date_words(on) if on else ""


def instant(at: datetime | None) -> str:
    """An instant in words, to the minute, or nothing."""
    return minute_words(at) if at else ""


def lines(*pairs: tuple[str, str], empty: bool = False, wide: Iterable[str] = ()) -> tuple[Line, ...]:
    """Labels with their values; those with nothing to say are left out, or kept as room to write."""
    long = set(wide)
    return tuple(
        Line(label=label, value=value, wide=label in long) for label, value in pairs if value or empty
    )


def numbered(columns: Sequence[Column], rows: Iterable[Sequence[str]], total: Sequence[str] = ()) -> Table:
    """A table whose first column counts its rows; an empty cell says that it is empty."""
    first = Column(title="序号", width=0, align="center")
    told = tuple((str(n), *(cell or NOTHING for cell in row)) for n, row in enumerate(rows, start=1))
    return Table(columns=(first, *columns), rows=told, total=("合计", *total) if total else ())


def column(title: str, width: int = 1) -> Column:
    """A column of text; width 0 is as wide as its content."""
    return Column(title=title, width=width)


def amounts(title: str, width: int = 1) -> Column:
    """A column of figures."""
    return Column(title=title, width=width, align="right")


def sentence(text: str) -> str:
    """The text with its full stop, if it has none."""
    return text if not text or text[-1] in "。！？；：" else f"{text}。"


def sentences(texts: Iterable[str]) -> tuple[str, ...]:
    """Each with its full stop."""
    return tuple(sentence(text) for text in texts)


def seal_of(role: str, name: str, representative: str = "", signed_at: datetime | None = None) -> Signature:
    """Room for the seal of an organisation and the hand of who represents it, or when that one signed here."""
    return Signature(role=role, name=name, note=representative, signed_at=instant(signed_at))


def three_hands(giver: str, receiver: str, witness: str) -> tuple[Signature, ...]:
    """Who gives, who takes, who watches."""
    named = (("移交方", giver), ("接收方", receiver), ("见证方", witness))
    return tuple(Signature(role=role, name=name) for role, name in named)


def clauses(texts: Iterable[str]) -> tuple[str, ...]:
    """One after another, counted: 1. 2. 3., whatever number was typed before one."""
    return tuple(f"{n}. {unnumbered(text)}" for n, text in enumerate(texts, start=1))
