"""本地设定: what the law leaves to a place, what stands there now and since which paper; the texts a place adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.law.actions import checked_setting
from gongzhi.law.book import LawBook
from gongzhi.law.facts import SetLocalValue
from gongzhi.law.layers import Adopted, Setting
from gongzhi.law.local import effective
from gongzhi.law.models import Jurisdiction, LocalSetting
from gongzhi.law.schema import Instrument, Status
from gongzhi.law.value import Value
from gongzhi.law.weighing import far_from
from gongzhi.procedures.foreseeing import Foreseen, foreseen
from gongzhi.procedures.queries import visible_cases
from gongzhi.registry.models import Appointment
from gongzhi.registry.queries import day_of
from gongzhi.values.refusals import NotFound, Refusal

from .. import law_table
from ..law_coming import value_said
from ..law_unset import Unset, while_unset
from ..law_words import STATUSES, group_of, plain, words
from . import offering

#: The acts of this page, by their names at the door.
SET, ADOPT = "law.set_local_value", "law.adopt_instrument"
STATES = {"": "全部", "must": "未设定", "local": "本地已设定", "may": "可另行设定"}
HEADS = ("参数", "条款", "现在的值", "从哪里来", "设定机关", "设定文件", "生效日期")
#: Settings shown of the history of a place.
HISTORY = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One key the law leaves to the place."""

    key: str
    title: str
    articles: str
    words: str
    giver: str
    state: str
    usual: str
    setting: Setting | None
    place: str
    #: The place whose setting counts here, where it is one above; "" otherwise.
    above: str
    #: What counts there from a later day, in words.
    coming: tuple[str, ...] = ()
    #: What happens while it has no value; None where it has one.
    unset: Unset | None = None

    @property
    def cells(self) -> tuple[Any, ...]:
        """As the spreadsheet has them."""
        made = self.setting
        by = (made.authority, made.paper, made.set_on) if made is not None else ("", "", None)
        return (self.title, self.articles, self.words or "未设定", self.giver, *by)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    place: str
    state: str = ""
    group: str = ""
    name: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], place: str) -> Asked:
        """What is too long or not offered is not asked."""
        state, group = asked.get("state", ""), asked.get("group", "")
        groups = {one.code for one in words().groups}
        return cls(
            place,
            state=state if state in STATES else "",
            group=group if group in groups else "",
            name=asked.get("q", "").strip()[:50],
        )


def place_asked(book: LawBook, text: str, held: Appointment) -> str:
    """The place one looks at: the one asked for, else one's own, else the first of the pilots."""
    own = held.organisation.jurisdiction_code if held.organisation is not None else ""
    if held.estate is not None and not own:
        own = held.estate.county
    for code in (text, own):
        if code:
            try:
                return book.place(code)
            except NotFound:
                continue
    return next(code for code in sorted(book.packs) if code.isdigit())


def rows_of(book: LawBook, asked: Asked, on: date) -> list[tuple[str, list[Row]]]:
    """The keys in their groups: what a law or its own text leaves open there, or allows to be set."""
    titles = {one.code: one.title for one in words().groups}
    found: dict[str, list[Row]] = {code: [] for code in titles}
    for value in book.values_at(asked.place, on):
        if value.local_allowed and _is_asked(value, asked):
            row = _row(book, value, asked.place, on)
            if not asked.state or row.state == asked.state:
                found.setdefault(group_of(value.key), []).append(row)
    return [(titles.get(code, "其他"), rows) for code, rows in found.items() if rows]


def _is_asked(value: Value, asked: Asked) -> bool:
    in_group = not asked.group or group_of(value.key) == asked.group
    return in_group and (not asked.name or asked.name in value.title or asked.name in value.key)


def _row(book: LawBook, value: Value, place: str, on: date) -> Row:
    name = law_table.names_of(book, [place]).get(place, "")
    cell = law_table.cell(book, value.key, law_table.Place(place, name), on)
    about = book.key(value.key)
    return Row(
        key=value.key,
        title=value.title,
        articles="、".join(map(str, value.citations)),
        words=cell.short,
        giver=_giver(value, cell),
        state="must" if not value.is_set else "local" if value.source == "local" else "may",
        usual=plain(about.usual, None, about.options, key=value.key) if about.usual is not None else "",
        setting=_setting(book, value, place, on),
        place=name,
        above=cell.giver if value.source == "local" else "",
        coming=cell.coming,
        unset=while_unset(value.key) if not value.is_set else None,
    )


def _giver(value: Value, cell: law_table.Cell) -> str:
    """Where the present value comes from."""
    if not value.is_set:
        return "规定留给当地"
    from_above = f"承{cell.giver}" if cell.giver else ""
    if value.source == "local":
        return f"本地设定{f'（{from_above}）' if from_above else ''}"
    return from_above or STATUSES[value.status]


def _setting(book: LawBook, value: Value, place: str, on: date) -> Setting | None:
    """The setting that counts there."""
    if value.source != "local":
        return None
    mine = [one for one in book.settings if one.key == value.key]
    return effective(mine, book.chain(place), on, hole=True)


def row_of(book: LawBook, key: str, place: str, on: date) -> Row:
    """One key at one place, for the form that sets it. NotFound: no such key or place."""
    return _row(book, book.value_of(key, place, on, deciding=False), book.place(place), on)


@dataclass(frozen=True, slots=True)
class Replacing:
    """A setting before it is made: what is there (nothing where it fills a hole), what it is to be, from when."""

    was: Row
    words: str
    set_on: date
    mark: str
    #: What it is far from, with the factor, in words.
    far: tuple[str, ...] = ()
    #: The running cases that it gives a date, or lets go on, and how many more there are.
    running: tuple[Foreseen, ...] = ()
    more: int = 0
    #: What counts today, where `was` is itself still to come; None where `was` is what counts today.
    now: Row | None = None


def replacing(book: LawBook, facts: SetLocalValue, at: datetime, held: Appointment) -> Replacing | None:
    """What a setting would replace, and the running cases it dates; None where the act refuses it or did it already."""
    try:
        made = checked_setting(facts, at)
    except Refusal:
        return None
    was = row_of(book, facts.key, made.jurisdiction, facts.set_on)
    words = value_said(book, facts.key, made.value, made.unit)
    mark = "|".join((made.jurisdiction, facts.key, str(made.value), made.unit or "", str(facts.set_on)))
    running, more = foreseen(made, visible_cases(held), at) if was.state == "must" else ([], 0)
    today = day_of(at)
    to_come = was.setting is not None and was.setting.set_on > today
    now = row_of(book, facts.key, made.jurisdiction, today) if to_come else None
    return Replacing(was, words, facts.set_on, mark, far_from(book, made, today), tuple(running), more, now)


def counts(book: LawBook, asked: Asked, on: date) -> dict[str, int]:
    """How many keys there are in each state, and of those without a value how many stop a step (`stopping`)."""
    rows = [row for _, found in rows_of(book, Asked(asked.place), on) for row in found]
    states = [row.state for row in rows]
    stopping = sum(row.unset is not None and row.unset.stops for row in rows)
    return {"": len(states)} | {code: states.count(code) for code in STATES if code} | {"stopping": stopping}


# Who may ------------------------------------------------------------------------------------------------------------


def may_set(by: Actor, at: datetime, place: str) -> bool:
    """Whether the door would let one set a value of that place."""
    return offering.may_there(offering.public_action(SET), by, at, {"jurisdiction": place})


def set_address(key: str, place: str) -> str:
    """The form that sets a value."""
    return offering.address(offering.public_action(SET), {"key": key, "jurisdiction": place})


def settable(
    held: Appointment, by: Actor, at: datetime, book: LawBook, codes: Sequence[str]
) -> frozenset[str]:
    """The places of a table whose holes one may fill: one's own, where the door lets one, and those below it."""
    own = held.organisation.jurisdiction_code if held.organisation is not None else ""
    mine = [code for code in codes if own and own in book.chain(code)]
    return frozenset(mine) if mine and may_set(by, at, own) else frozenset()


# Texts and history --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the place or above: whether it decides there, and by which adoption."""

    code: str
    title: str
    status: str
    home: str
    waits: bool
    adopted: Adopted | None
    href: str


def texts_of(book: LawBook, place: str, *, may: bool) -> list[Text]:
    """The texts along the chain that wait to be adopted, or were; with the form of adopting where one may."""
    found = []
    for code in book.chain(place):
        pack = book.packs.get(code)
        for name, text in pack.instruments.items() if pack is not None else ():
            found.append(_text(book, place, (code, name, text), may=may))
    return [one for one in found if one.waits or one.adopted is not None]


def _text(book: LawBook, place: str, where: tuple[str, str, Instrument], *, may: bool) -> Text:
    code, name, text = where
    chain = book.chain(place)
    adopted = next(
        (one for one in book.adoptions if one.instrument == name and one.jurisdiction in chain), None
    )
    waits = text.status in (Status.UNDATED, Status.DRAFT) and adopted is None
    given = {"jurisdiction": place, "instrument": name}
    return Text(
        code=name,
        title=text.title,
        status="已采用" if adopted is not None else STATUSES[text.status],
        home=law_table.names_of(book, [code]).get(code, ""),
        waits=waits,
        adopted=adopted,
        href=offering.address(offering.public_action(ADOPT), given) if waits and may else "",
    )


def history_of(book: LawBook, place: str, key: str = "") -> list[dict[str, Any]]:
    """What was set at a place, newest first."""
    rows = LocalSetting.objects.filter(jurisdiction=place)
    rows = rows.filter(key=key) if key else rows
    return [
        {
            "row": row,
            "title": book.key(row.key).title,
            "words": value_said(book, row.key, row.value, row.unit or None),
        }
        for row in rows.order_by("-at", "-set_on")[:HISTORY]
    ]


def places_offered(book: LawBook, place: str) -> list[tuple[str, str]]:
    """The place, what lies above it down from the province, and the places directly below."""
    chain = [code for code in reversed(book.chain(place)) if code.isdigit()]
    below = (
        Jurisdiction.objects.filter(parent_id=place, to_on=None).order_by("code").values_list("code", "name")
    )
    names = law_table.names_of(book, chain)
    return [*((code, names.get(code, code)) for code in chain), *below]
