"""Pages by keys: the rows after a row, however many there are before it."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.values.refusals import Invalid

SHOWN = 50
GONE = "翻页的起点已经不在了，请从第一页重新开始。"


def page_of(
    rows: QuerySet[Any], by: str, after: UUID | None, *, newest_first: bool = False, shown: int | None = None
) -> tuple[list[Any], UUID | None]:
    """The next rows ordered by `by` (a column or an annotation) and id, and the id to go on after.

    Invalid where the row to go on after is not in the list.
    """
    sign, way = ("-", "lt") if newest_first else ("", "gt")
    size = shown or SHOWN
    if after is not None:
        anchor = rows.filter(pk=after).values_list(by, flat=True).first()
        if anchor is None:
            raise Invalid(GONE, fields={"after": "没有这一行"})
        rows = rows.filter(Q(**{f"{by}__{way}": anchor}) | Q(**{by: anchor, f"pk__{way}": after}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def id_in(text: str) -> UUID | None:
    """An id from the address; whatever is none is as good as not asked."""
    try:
        return UUID(text)
    except ValueError:
        return None
