"""参数对照: the law's keys by place, side by side, as they stand on a day; and one key whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from gongzhi.law import reading
from gongzhi.law.book import LawBook
from gongzhi.law.remarks import Remark
from gongzhi.law.schema import ROOT, Kind, Mode, Status
from gongzhi.law.value import Value
from gongzhi.ui.parts.badges import Cite, cites

from . import law_coverage
from .administration.act_titles import title_of_task_act
from .law_coming import coming
from .law_coverage import Cited, Point
from .law_words import MODES, STATUSES, anchor_words, group_of, in_words, items_of, parts_of, said, words

WAITING = (Status.DRAFT, Status.UNDATED, Status.STUB, Status.EXPIRED)
#: A list in a cell of the table is cut after so many characters; it stands whole on the key's page.
LONGEST = 40
#: So is the name of a text before its article.
LONGEST_NAME = 12
#: Places side by side at most.
WIDEST = 12


@dataclass(frozen=True, slots=True)
class Place:
    """A column. `draft`: its own texts are drafts or undated and nobody has adopted them."""

    code: str
    name: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One key at one place. `kind`: own, inherited, local, must, draft or none."""

    place: Place
    value: Value
    kind: str
    words: str
    giver: str
    #: What was set and counts from a later day, in words.
    coming: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """How the text that gives it stands, in words."""
        return STATUSES[self.value.status]

    @property
    def anchor(self) -> str:
        """What it is counted from."""
        return anchor_words(self.value)

    @property
    def short(self) -> str:
        """Cut for a table."""
        return self.words if len(self.words) <= LONGEST else f"{self.words[:LONGEST]}…"

    @property
    def items(self) -> list[tuple[str, str]]:
        """The items of a list, each with what is said about it; none where they fit one line."""
        found = items_of(self.value)
        return found if len(found) > 2 or any(about for _, about in found) else []

    @property
    def parts(self) -> list[str]:
        """The parts of a record."""
        return parts_of(self.value)

    @property
    def note(self) -> str:
        """The note beside it."""
        return self.value.note

    @property
    def others(self) -> list[str]:
        """Values of other texts."""
        return [self._worded(one) for one in self.value.others]

    @property
    def warnings(self) -> list[str]:
        """What must be said beside it."""
        return [self._worded(one) for one in self.value.warnings]

    @property
    def cites(self) -> list[Cited]:
        """Its articles, with where their provisions are told."""
        return [law_coverage.cited(one) for one in self.value.citations]

    @property
    def named(self) -> list[Cite]:
        """Its articles, each with its text's short name; one that cannot be shortened is cut for a table."""
        return [replace(one, words=_cut(one.words)) for one in cites(self.value.citations)]

    @property
    def points(self) -> list[Point]:
        """The provisions it rests on."""
        return law_coverage.points(self.value)

    def _worded(self, sentence: str) -> str:
        return in_words(sentence, self.value.key, self.value.options)


def _cut(cited: str) -> str:
    name, _, article = cited.rpartition(" ")
    return f"{name[:LONGEST_NAME]}… {article}" if len(name) > LONGEST_NAME else cited


@dataclass(frozen=True, slots=True)
class Row:
    """One key across the places."""

    key: str
    title: str
    mode: Mode | None
    cells: tuple[Cell, ...]

    @property
    def change(self) -> tuple[str, str]:
        """What a lower text may do with it: icon and words."""
        if self.mode is None:
            return "", ""
        icon, told = MODES[self.mode]
        is_period = self.cells[0].value.kind is Kind.PERIOD
        return icon, told.replace("更高", "更长").replace("更低", "更短") if is_period else told


def names_of(book: LawBook, codes: Iterable[str]) -> dict[str, str]:
    """Names of places by code."""
    divisions = reading.packaged_divisions()
    return {
        code: book.packs[code].name if code in book.packs else divisions[code].name
        for code in codes
        if code in book.packs or code in divisions
    }


def places(book: LawBook, asked: Sequence[str], own: str) -> list[Place]:
    """The columns: those asked for; else one's own place with everything above it, and the other places' texts."""
    codes = [book.place(code) for code in asked[:WIDEST]] or _usual(book, own)
    names = names_of(book, codes)
    mine = _county(book, own)
    return [Place(code, names.get(code, code), code == mine) for code in dict.fromkeys(codes)]


def _county(book: LawBook, own: str) -> str:
    """The county or city one works in: streets and communities have no texts of their own."""
    if not own:
        return ""
    return next((code for code in book.chain(own) if len(code) <= 6), ROOT)


def _usual(book: LawBook, own: str) -> list[str]:
    chain = [code for code in reversed(book.chain(own)) if len(code) <= 6] if own else [ROOT]
    parents = {pack.parent for pack in book.packs.values()}
    leaves = [code for code in book.packs if code not in parents and code not in chain]
    return [*chain, *leaves]


def cell(book: LawBook, key: str, place: Place, on: date) -> Cell:
    """One key at one place on a day, drafts shown as drafts."""
    value = book.value_of(key, place.code, on, deciding=False)
    giver = value.inherited_from or ""
    inherited = bool(giver) and giver != place.code
    name = names_of(book, [giver]).get(giver, giver) if inherited else ""
    told = said(value) if value.is_set else ""
    return Cell(place, value, _kind(value, inherited), told, name, coming(book, key, place.code, on))


def _kind(value: Value, inherited: bool) -> str:
    if not value.is_defined:
        return "none"
    if value.status in WAITING:
        return "draft"
    if not value.is_set:
        return "must"
    if inherited:
        return "inherited"
    return "local" if value.source == "local" else "own"


def row(book: LawBook, key: str, columns: Sequence[Place], on: date) -> Row:
    """One key across the places."""
    cells = tuple(cell(book, key, place, on) for place in columns)
    mode = next((one.value.mode for one in cells if one.value.mode is not None), None)
    return Row(key, _titled(key, cells[0].value.title), mode, cells)


def _titled(key: str, title: str) -> str:
    """A title that many keys share, with the act that the rest of the key names."""
    act = title_of_task_act(key.partition(".")[2])
    return f"{title}（{act}）" if act else title


def table(
    book: LawBook, columns: Sequence[Place], on: date, *, group: str, name: str
) -> list[tuple[str, list[Row]]]:
    """Groups with their rows; a key that no place here knows is left out. `name`: part of a title or key."""
    found: dict[str, list[Row]] = {one.code: [] for one in words().groups}
    for key in _in_order(book):
        if (group and group_of(key) != group) or not _has(book, key, name):
            continue
        made = row(book, key, columns, on)
        if any(one.kind != "none" for one in made.cells):
            found.setdefault(group_of(key), []).append(made)
    titles = {one.code: one.title for one in words().groups}
    return [(titles.get(code, code), rows) for code, rows in found.items() if rows]


def _in_order(book: LawBook) -> list[str]:
    """Keys as their own file orders them, then what only packs name."""
    listed = [key for key in book.keys if key in book.named]
    return [*listed, *sorted(book.named - set(listed))]


def _has(book: LawBook, key: str, name: str) -> bool:
    return not name or name in key or name in _titled(key, book.key(key).title)


def remarks_of(book: LawBook, key: str) -> list[Remark]:
    """Defects and tensions that touch a key."""
    return [one for one in book.remarks if key in one.keys]


def points_of(row: Row) -> list[Point]:
    """The provisions of all places, each once."""
    return list(dict.fromkeys(point for one in row.cells if one.kind != "none" for point in one.points))


def differs(cells: Sequence[Cell]) -> bool:
    """Whether the places do not all say the same."""
    return len({(repr(one.value.value), one.value.unit) for one in cells}) > 1


class Choice(NamedTuple):
    """A period to be counted."""

    key: str
    title: str
    period: str


def counted_keys(book: LawBook, code: str, on: date) -> list[Choice]:
    """The periods of a place from which a date follows."""
    values = (one for one in book.values_at(code, on) if one.kind is Kind.PERIOD and one.is_counted)
    return [Choice(one.key, one.title, said(one)) for one in values]


def raw(value: Value) -> dict[str, Any]:
    """The public shape, for those who read it."""
    return value.as_json()
