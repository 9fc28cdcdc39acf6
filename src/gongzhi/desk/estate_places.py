"""The map beside the list of estates: all that are asked for, those of this page under the numbers of their rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.urls import reverse

from gongzhi.procedures.queries import listed_cases
from gongzhi.registry.models import Appointment, Estate
from gongzhi.registry.queries import outlines_of
from gongzhi.ui.parts.maps import Map
from gongzhi.ui.parts.statemap import Standing, state_map

#: Drawn at once; a city has more, and is narrowed to a county first.
DRAWN = 500


def list_map(
    rows: QuerySet[Any], shown: Sequence[Estate], appointment: Appointment, total: int
) -> Map | None:
    """The map of `rows`, from `asked_estates`; `shown` are those of the page, in their order."""
    managed = {
        pk: (mode, holder)
        for pk, mode, holder in rows.order_by().values_list("pk", "mode_now", "holder")[:DRAWN]
    }
    found = list(outlines_of(managed))
    cases = _cases(appointment, [one.estate_id for one in found])
    numbers = {estate.pk: number for number, estate in enumerate(shown, start=1)}
    standing = [
        Standing(
            outline=one,
            mode=managed[one.estate_id][0] or "",
            holder=managed[one.estate_id][1] or "",
            cases=cases.get(one.estate_id, 0),
            href=reverse("estate", args=[one.estate_id]),
            number=numbers.get(one.estate_id),
        )
        for one in found
    ]
    return state_map("list", standing, max(total - len(found), 0))


def _cases(appointment: Appointment, estates: list[UUID]) -> dict[UUID, int]:
    """How many cases run at each that the reader sees."""
    running = listed_cases(appointment).filter(estate__in=estates, ended_at=None)
    return dict(running.order_by().values_list("estate").annotate(Count("pk")))
