"""Divisions as anybody names them in an address, and what lies in one."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from gongzhi.law.models import Jurisdiction
from gongzhi.registry.divisions import COLUMNS, cities_under, division
from gongzhi.values.refusals import NotFound

M = TypeVar("M", bound=Model)


def place_named(code: str) -> Jurisdiction:
    """The division of a code; NotFound otherwise, for whoever cannot import divisions."""
    try:
        return division(code)
    except NotFound:
        raise NotFound("没有这个地方，请核对地址里的行政区划代码，或者从公示栏按地方找。") from None


def lies_in(place: Jurisdiction, prefix: str = "") -> Q:
    """The condition that a placed row lies in a division of any level; `prefix` reaches it: `estate__`."""
    column = COLUMNS.get(place.level)
    if column is None:
        return Q(**{f"{prefix}city__in": cities_under(place.code)})
    return Q(**{f"{prefix}{column}": place.code})


def in_place(rows: QuerySet[M], place: Jurisdiction) -> QuerySet[M]:
    """Rows with a `community` and an `estate` that lie in a division; those of a community may have no estate."""
    return rows.filter(lies_in(place, "" if place.level == "community" else "estate__"))
