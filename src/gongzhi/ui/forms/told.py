"""Facts read back in words: the same titles and choices as the form that asked for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from gongzhi.ui.parts.days import day_weekday
from gongzhi.ui.parts.figures import money
from gongzhi.values.now import ZONE
from gongzhi.values.terms import Period

from .choices import choices_of
from .fields import YES_NO, Choices
from .reading import Asked, asked

EMPTY: tuple[Any, ...] = ("", None, [], {})
#: Where nothing had been filled in.
NOT_SAID = "未填写"
#: Up to so many signs an answer can be read at a glance.
GLANCE = 24
#: Of the rows of a list so many are told; a table that was brought in stands on a page of its own.
MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer as it is read back. `was`: what stood there before it was put right; `rows`: each row of a list."""

    name: str
    title: str
    words: str = ""
    was: str = ""
    rows: tuple[tuple[Pair, ...], ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it can be read at a glance."""
        return not self.rows and len(self.words) <= GLANCE


def pairs_of(
    kind: type[BaseModel],
    said: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
    few: Mapping[str, Choices] | None = None,
) -> tuple[Pair, ...]:
    """What was said, answer by answer, in the order of the form; what was left empty is left out.

    `names`: id → name of what is referred to; `few`: field → choices, where a page offered words for codes.
    """
    return tuple(_pairs(kind, said, names or {}, few or {}))


def _pairs(
    kind: type[BaseModel], said: Mapping[str, Any], names: Mapping[str, str], few: Mapping[str, Choices]
) -> Iterator[Pair]:
    asked = _asked(kind)
    for ask in asked:
        value = said.get(ask.name)
        if value in EMPTY or ask.is_secret:
            continue
        label = ask.label.removesuffix("（元）") if ask.is_money else ask.label
        if ask.rows is not None and isinstance(value, list):
            rows = tuple(tuple(_pairs(ask.rows, row, names, few)) for row in value[:MOST_TOLD])
            more = f"，先列 {MOST_TOLD} 项" if len(value) > MOST_TOLD else ""
            yield Pair(ask.name, label, f"{len(value)} 项{more}", rows=rows)
        else:
            yield Pair(ask.name, label, _words(ask, value, names, few))
    known = {ask.name for ask in asked}
    for name, value in said.items():
        if name not in known and value not in EMPTY:
            yield Pair(name, name, plain(value))


@cache
def _asked(kind: type[BaseModel]) -> tuple[Asked, ...]:
    return tuple(asked(name, info) for name, info in kind.model_fields.items())


def _words(ask: Asked, value: Any, names: Mapping[str, str], few: Mapping[str, Choices]) -> str:
    if isinstance(value, list):
        item = Asked(ask.name, ask.info, ask.item, None, False)
        return "、".join(_words(item, one, names, few) for one in value)
    if isinstance(value, bool):
        return dict(YES_NO)[str(value).lower()]
    if ask.is_money and isinstance(value, int):
        return money(value)
    if ask.is_period:
        return _period(str(value))
    known = dict([*choices_of(ask.inner, ask.info), *few.get(ask.name, ())])
    if str(value) in known:
        return known[str(value)]
    if ask.inner is UUID:
        return names.get(str(value), str(value))
    return _day(ask.inner, value) or f"{plain(value)}{' ㎡' if 'area' in ask.name else ''}"


def _period(value: str) -> str:
    """15日 of P15D; what is no period as it stands."""
    try:
        return str(Period.parse(value))
    except ValueError:
        return value


def _day(kind: Any, value: Any) -> str:
    """A day or an instant with its weekday; "" where it is neither."""
    if kind is date:
        return day_weekday(date.fromisoformat(str(value)))
    if kind in (datetime, AwareDatetime):
        at = datetime.fromisoformat(str(value)).astimezone(ZONE)
        return f"{day_weekday(at)} {at:%H:%M}"
    return ""


def plain(value: Any) -> str:
    """Anything else as one text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(plain(part) for part in value)
    if isinstance(value, Mapping):
        return "，".join(plain(part) for part in value.values())
    return str(value)


def put_right(now: Sequence[Pair], *before: Sequence[Pair]) -> tuple[Pair, ...]:
    """The answers as they count now, each with what it was where that was another; what was taken back stands last.

    `before`: what was said first, and what each earlier correction made of it.
    """
    told = [{pair.name: pair for pair in pairs} for pairs in before]
    titles = {pair.name: pair.title for pairs in before for pair in pairs}
    said = {pair.name: pair for pair in now}
    every = [*now, *(Pair(name, title) for name, title in titles.items() if name not in said)]
    return tuple(replace(pair, was=_was(pair, told)) for pair in every)


def _was(pair: Pair, told: Sequence[Mapping[str, Pair]]) -> str:
    """What stood there before, "" where it never was another."""
    earlier = [before.get(pair.name, Pair(pair.name, pair.title)) for before in told]
    others = [one.words or NOT_SAID for one in earlier if (one.words, one.rows) != (pair.words, pair.rows)]
    return "，又 ".join(dict.fromkeys(others))


def gist(pairs: Sequence[Pair], most: int = 3) -> str:
    """The answers that can be read at a glance, in one line."""
    short = [pair for pair in pairs if pair.is_short][:most]
    return "；".join(f"{pair.title} {pair.words}" for pair in short)


__all__ = ["Pair", "gist", "pairs_of", "plain", "put_right"]
