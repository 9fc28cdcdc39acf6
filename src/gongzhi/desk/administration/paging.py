"""Lists by keys: one page of rows, and where the next and the previous one begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from gongzhi.values.refusals import Invalid

SHOWN = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows in order, and the keys the next and the previous page begin at, "" where there is none."""

    rows: Sequence[M]
    after: str = ""
    before: str = ""


def page_of(rows: QuerySet[M], by: str, *, after: str = "", before: str = "") -> Page[M]:
    """One page by a column and the id (`-at`: newest first). Invalid: the row it should begin at is not there."""
    start, backwards = before or after, bool(before)
    column, downwards = by.removeprefix("-"), by.startswith("-") != backwards
    if start:
        rows = rows.filter(_beyond(rows, column, start, downwards))
    order = ("-" if downwards else "") + "{}"
    found = list(rows.order_by(order.format(column), order.format("pk"))[: SHOWN + 1])
    more, found = len(found) > SHOWN, found[:SHOWN]
    if backwards:
        found.reverse()
    if not found:
        return Page(())
    has_next, has_previous = (True, more) if backwards else (more, bool(after))
    return Page(found, str(found[-1].pk) if has_next else "", str(found[0].pk) if has_previous else "")


def _beyond(rows: QuerySet[M], column: str, start: str, downwards: bool) -> Q:
    """Past a row; the first half is what an index can begin at."""
    way, value = ("lt" if downwards else "gt"), _value(rows, column, start)
    past = Q(**{f"{column}__{way}": value}) | Q(**{f"pk__{way}": UUID(start)})
    return Q(**{f"{column}__{way}e": value}) & past


def _value(rows: QuerySet[M], column: str, start: str) -> Any:
    try:
        found = list(rows.model._default_manager.filter(pk=UUID(start)).values_list(column, flat=True))
    except ValueError:
        found = []
    if not found:
        raise Invalid("翻页的起点已经不在了，请从第一页重新开始。", fields={"after": "没有这一行"})
    return found[0]
