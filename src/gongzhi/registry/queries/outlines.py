"""Where estates lie, and which lie around one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from gongzhi.registry.models import Estate, Outline

#: Drawn around an estate; a community has fewer.
NEIGHBOURS = 60


def outline_of(estate: Estate) -> Outline | None:
    """Where the estate lies, if anybody has recorded it."""
    return Outline.objects.filter(estate=estate).first()


def outlines_around(estate: Estate) -> QuerySet[Outline]:
    """The estate's own outline, if there is one, then those of the other estates of its community by name."""
    rows = Outline.objects.filter(Q(estate__community=estate.community) | Q(estate=estate))
    own_first = Case(When(estate=estate, then=0), default=1)
    return rows.select_related("estate").order_by(own_first, "estate__pinyin", "estate_id")[: NEIGHBOURS + 1]


def outlines_of(estates: QuerySet[Estate] | Iterable[Any]) -> QuerySet[Outline]:
    """The outlines of these estates."""
    return Outline.objects.filter(estate__in=estates).select_related("estate")
