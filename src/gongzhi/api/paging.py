"""Keyset pages: `after` is the id of the last row seen; nothing is counted and nothing is skipped over."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from gongzhi.values.refusals import Invalid

M = TypeVar("M", bound=Model)
LARGEST = 200
USUAL = 50


def page(
    rows: QuerySet[M], *, by: str, after: UUID | None, limit: int, newest_first: bool = False
) -> tuple[list[M], UUID | None]:
    """The next rows ordered by `by` and id, and the id to go on after (None at the end)."""
    rows = rows.order_by(f"-{by}", "-pk") if newest_first else rows.order_by(by, "pk")
    if after is not None:
        rows = rows.filter(_beyond(rows.model, by, after, "lt" if newest_first else "gt"))
    found = list(rows[: limit + 1])
    more = len(found) > limit
    return found[:limit], found[limit - 1].pk if more else None


def _beyond(model: Any, by: str, after: UUID, which: str) -> Q:
    anchor = model.objects.filter(pk=after).values_list(by, flat=True).first()
    if anchor is None:
        raise Invalid("翻页的起点已经不在了，请从第一页重新开始。", fields={"after": "没有这一行"})
    return Q(**{f"{by}__{which}": anchor}) | Q(**{by: anchor, f"pk__{which}": after})
