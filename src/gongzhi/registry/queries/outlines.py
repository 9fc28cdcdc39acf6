"""Where estates lie, and which lie around one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from gongzhi.registry.models import Estate, Outline

#: Drawn around an estate; a community has fewer.
NEIGHBOURS = 60


def outline_of(estate: Estate) -> Outline | None:
    """Where the estate lies, if anybody has recorded it."""
    return Outline.objects.filter(estate=estate).first()


def outlines_around(estate: Estate) -> list[Outline]:
    """The outlines of the other estates of its community, by name."""
    rows = Outline.objects.filter(estate__community=estate.community).exclude(estate=estate)
    return list(rows.select_related("estate").order_by("estate__pinyin", "estate_id")[:NEIGHBOURS])


def outlines_of(estates: QuerySet[Estate] | Iterable[Any]) -> QuerySet[Outline]:
    """The outlines of these estates."""
    return Outline.objects.filter(estate__in=estates).select_related("estate")
