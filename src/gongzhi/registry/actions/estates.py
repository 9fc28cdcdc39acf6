"""Registering estates, buildings and units."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.door import Actor, action
from gongzhi.acts.events import raise_event
from gongzhi.acts.roots import Root
from gongzhi.registry.areas import KINDS, area_faults
from gongzhi.registry.batches import RowFaults
from gongzhi.registry.bulk import insert_columns
from gongzhi.registry.divisions import community_codes
from gongzhi.registry.engagements import write_engagement
from gongzhi.registry.facts import ChangeBoundary, RegisterBuildings, RegisterEstate, RegisterUnits, UnitRow
from gongzhi.registry.models import Building, Estate, Organisation, Unit
from gongzhi.registry.pinyin import initials_of, pinyin_of
from gongzhi.registry.queries import day_of, estate_of, organisation_with
from gongzhi.values.exchange import OrganChanged
from gongzhi.values.refusals import AlreadyTaken, NotPossible

CHUNK = 1000


def _root_of_community(facts: RegisterEstate) -> Root:
    return Root.of_code(facts.community)


def _root_of_estate(facts: ChangeBoundary | RegisterBuildings | RegisterUnits) -> Root:
    return Root("estate", facts.estate_id)


@action(
    "registry.register_estate",
    title="登记小区",
    facts=RegisterEstate,
    root=_root_of_community,
    may="property_authority_of_place",
)
def register_estate(*, by: Actor, at: datetime, facts: RegisterEstate) -> dict[str, Any]:
    """Register an estate and who manages it from the start, so that no estate ever has no row; `estate_id`.

    NotFound for an unknown community code, Conflict for a name the community already has, NotPossible for a manager of
    a later day: until then there would be nobody.
    """
    codes = community_codes(facts.community, day_of(at))
    if Estate.objects.filter(community=codes.community, name=facts.name).exists():
        raise AlreadyTaken(f"这个社区已登记“{facts.name}”，请核对，或换一个名称。", "name")
    estate = Estate.objects.create(
        name=facts.name,
        pinyin=pinyin_of(facts.name),
        initials=initials_of(facts.name),
        address=facts.address,
        kind=facts.kind,
        first_delivered_on=facts.first_delivered_on,
        registered_on=day_of(at),
        **codes.as_columns(),
    )
    if facts.managed_from_at > at:
        raise NotPossible("管理起始时间不能晚于现在：新登记的小区要写明现在由谁管理，无人在管的也要写明。")
    engagement = write_engagement(
        estate=estate,
        from_at=facts.managed_from_at,
        mode=facts.mode,
        organisation=organisation_with(facts.organisation_id) if facts.organisation_id else None,
        paper_id=facts.paper_id,
        paper_title=facts.paper_title,
        reason=facts.reason,
        until_on=facts.until_on,
    )
    return {"estate_id": estate.pk, "engagement_id": engagement.pk}


@action(
    "registry.change_boundary",
    title="调整小区所属社区",
    facts=ChangeBoundary,
    root=_root_of_estate,
    may="property_authority_of_place",
)
def change_boundary(*, by: Actor, at: datetime, facts: ChangeBoundary) -> dict[str, Any]:
    """The estate and its committees lie in another community from now on; tasks of organs may pass on."""
    estate, codes = estate_of(facts.estate_id), community_codes(facts.community, day_of(at))
    if estate.community == codes.community:
        raise NotPossible(f"“{estate.name}”已在这个社区，无须调整。")
    if Estate.objects.filter(community=codes.community, name=estate.name).exists():
        raise AlreadyTaken(f"该社区已有名为“{estate.name}”的小区，请先核对名称。", "community")
    Estate.objects.filter(pk=estate.pk).update(**codes.as_columns())
    Organisation.objects.filter(estate=estate).update(jurisdiction_code=codes.community, **codes.as_columns())
    raise_event(OrganChanged(estate.pk))
    return {"estate_id": estate.pk}


@action(
    "registry.register_buildings",
    title="登记楼栋",
    facts=RegisterBuildings,
    root=_root_of_estate,
    may="registrar_of_estate",
)
def register_buildings(*, by: Actor, at: datetime, facts: RegisterBuildings) -> dict[str, Any]:
    """Register an estate's buildings, all or none; `building_ids` in the order given."""
    estate, faults = estate_of(facts.estate_id), RowFaults()
    taken = set(estate.buildings.values_list("name", flat=True))
    for number, row in enumerate(facts.rows):
        if row.name in taken:
            faults.add(number, f"楼栋“{row.name}”重复")
        taken.add(row.name)
    faults.refuse_if_any()
    made = [Building(estate=estate, name=row.name, floors=row.floors) for row in facts.rows]
    Building.objects.bulk_create(made, batch_size=CHUNK)
    return {"building_ids": [building.pk for building in made]}


@action(
    "registry.register_units",
    title="登记房屋",
    facts=RegisterUnits,
    root=_root_of_estate,
    may="registrar_of_estate",
)
def register_units(*, by: Actor, at: datetime, facts: RegisterUnits) -> dict[str, Any]:
    """Register the units of one estate, all or none; answers how many."""
    estate = estate_of(facts.estate_id)
    buildings = dict(estate.buildings.values_list("name", "id"))
    _check_units(estate, buildings, facts)
    _insert(estate, buildings, facts.rows)
    return {"estate_id": estate.pk, "units": len(facts.rows)}


def _insert(estate: Estate, buildings: dict[str, UUID], rows: tuple[UnitRow, ...]) -> None:
    columns: dict[str, Any] = {
        "estate_id": estate.pk,
        "building_id": [buildings[row.building] for row in rows],
        "label": [row.label for row in rows],
        "use": [row.use.value for row in rows],
        "is_sold": [row.is_sold for row in rows],
    }
    for kind in KINDS:
        for part in ("area", "source", "on"):
            said = [getattr(row, f"{kind}_{part}") for row in rows]
            columns[f"{kind}_{part}"] = [one or "" for one in said] if part == "source" else said
    insert_columns(Unit, columns, len(rows))


def _check_units(estate: Estate, buildings: dict[str, UUID], facts: RegisterUnits) -> None:
    faults = RowFaults()
    taken = set(estate.units.values_list("building__name", "label"))
    for number, row in enumerate(facts.rows):
        if row.building not in buildings:
            faults.add(number, f"楼栋“{row.building}”没有登记")
        if (row.building, row.label) in taken:
            faults.add(number, f"房号“{row.building} {row.label}”重复")
        taken.add((row.building, row.label))
        for fault in area_faults(row):
            faults.add(number, fault)
    faults.refuse_if_any()
