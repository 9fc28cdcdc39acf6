"""The choices of a form's references: listed where few, looked for on a page of its own where many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongzhi.acts.facts import Facts
from gongzhi.ui.forms.fields import Choices
from gongzhi.ui.forms.reading import Asked, fields_of
from gongzhi.values.refusals import NotFound

from .codes import KNOWN_IN_PART, LISTED, PLACES
from .registers import Asking, Register, register_of

#: More are not listed in a form: one looks for them.
MOST = 40
#: Shown of a search.
FOUND = 30


@dataclass(frozen=True)
class Offer:
    """What the fields of a form may refer to. `searched`: those that have a page to look in."""

    choices: Mapping[str, Choices]
    searched: frozenset[str]


def asked_in(kind: type[Facts]) -> Iterator[Asked]:
    """Every field of a class, those of its rows too."""
    for ask in fields_of(kind):
        yield from fields_of(ask.rows) if ask.rows is not None else (ask,)


def referred_by(ask: Asked) -> Register | None:
    """The register a field refers to, None where it refers to nothing or its choices are listed."""
    if ask.inner is UUID:
        return register_of(ask.name)
    return PLACES.get(ask.name) if ask.inner is str else None


def offer_of(asking: Asking, sent: Mapping[str, Collection[str]]) -> Offer:
    """The choices of every reference; `sent`: field → what its forms hold already, which is always among them."""
    choices: dict[str, Choices] = {}
    searched = set()
    for ask in asked_in(asking.act.facts):
        register = referred_by(ask)
        if register is not None:
            choices[ask.name], is_all = _listed(register, asking, sent.get(ask.name, ()))
            if not is_all:
                searched.add(ask.name)
        elif ask.inner is str and ask.name in LISTED and not _is_free(ask.name, asking):
            listed = list(LISTED[ask.name](asking))
            if listed or ask.name not in KNOWN_IN_PART:
                choices[ask.name] = listed
    return Offer(choices, frozenset(searched))


def _is_free(name: str, asking: Asking) -> bool:
    """Whether a text that names a paper is any paper: only where one is adopted must it be a text of the law."""
    return name == "instrument" and "key" in asking.act.facts.model_fields


def _listed(register: Register, asking: Asking, sent: Collection[str]) -> tuple[Choices, bool]:
    """All of them where they are few, else what is in the form already; and whether these are all."""
    rows = list(register.seen(asking).order_by(*register.order)[: MOST + 1]) if register.is_listed else []
    is_all = register.is_listed and len(rows) <= MOST
    shown = rows if is_all else []
    there = {str(row.pk) for row in shown}
    named = [value for value in dict.fromkeys(sent) if value not in there and _is_key(register, value)]
    if named:
        shown = [*shown, *register.known(asking).filter(pk__in=named)]
    return [(str(row.pk), register.words(row, asking)) for row in shown], is_all


def _is_key(register: Register, value: str) -> bool:
    """Whether it can be the key of a row at all."""
    if register in PLACES.values():
        return value.isascii() and value.isalnum()
    try:
        return bool(UUID(value))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    id: str
    words: str


def find(asking: Asking, field: str, text: str) -> tuple[Register, list[Hit], bool]:
    """What a field may refer to, by a text; and whether there is more. NotFound: nothing is looked for there."""
    ask = next((one for one in asked_in(asking.act.facts) if one.name == field), None)
    register = referred_by(ask) if ask is not None else None
    if register is None:
        raise NotFound("这一项不用查找，请返回表单直接填写。")
    if not text and not register.is_listed:
        return register, [], False
    rows = register.search(asking, text) if text else register.seen(asking)
    found: list[Any] = list(rows.order_by(*register.order)[: FOUND + 1])
    return (
        register,
        [Hit(str(row.pk), register.words(row, asking)) for row in found[:FOUND]],
        len(found) > FOUND,
    )
