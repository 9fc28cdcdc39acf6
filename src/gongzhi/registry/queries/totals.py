"""Sums over an estate's units. An unknown area is counted, never guessed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from gongzhi.registry.models import Estate, Organisation, Ownership, Unit

from .dates import in_force


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """Areas in square metres; `…_unknown` is the number of units whose area nobody knows."""

    units: int
    unsold: int
    exclusive_area: Decimal
    exclusive_unknown: int
    building_area: Decimal
    building_unknown: int


def unit_totals(estate: Estate | UUID) -> UnitTotals:
    """Units and both areas of an estate, in one query."""
    estate_id = estate.pk if isinstance(estate, Estate) else estate
    found = Unit.objects.filter(estate_id=estate_id).aggregate(
        units=Count("id"),
        unsold=Count("id", filter=Q(is_sold=False)),
        exclusive_sum=Sum("exclusive_area"),
        exclusive_unknown=Count("id", filter=Q(exclusive_area__isnull=True)),
        building_sum=Sum("building_area"),
        building_unknown=Count("id", filter=Q(building_area__isnull=True)),
    )
    return UnitTotals(
        units=found["units"],
        unsold=found["unsold"],
        exclusive_area=found["exclusive_sum"] or Decimal(0),
        exclusive_unknown=found["exclusive_unknown"],
        building_area=found["building_sum"] or Decimal(0),
        building_unknown=found["building_unknown"],
    )


def owners_on(estate: Estate | UUID, on: date) -> QuerySet[Ownership]:
    """Every share held in the estate on that day, by unit."""
    estate_id = estate.pk if isinstance(estate, Estate) else estate
    rows = Ownership.objects.filter(in_force(on), estate_id=estate_id)
    return rows.select_related("unit", "person", "organisation").order_by("unit_id", "id")


def head_count(estate: Estate | UUID, on: date) -> int:
    """业主人数: a person with several units is one; a developer's unsold units together are one.

    Co-owners of a unit count as one between them. 最高法《建筑物区分所有权司法解释》第9条.
    """
    owners: dict[UUID, set[UUID]] = {}
    for unit_id, person_id, organisation_id in owners_on(estate, on).values_list(
        "unit_id", "person_id", "organisation_id"
    ):
        owners.setdefault(unit_id, set()).add(person_id or organisation_id)
    return len({frozenset(held_by) for held_by in owners.values()})


def organisation_owns_in(organisation: Organisation, on: date) -> QuerySet[Estate]:
    """The estates where the organisation holds units (a developer's unsold ones among them)."""
    shares = Ownership.objects.filter(in_force(on), organisation=organisation)
    return Estate.objects.filter(pk__in=shares.values("estate_id"))
