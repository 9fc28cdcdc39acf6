"""Recording areas that became known, or were measured anew."""

from datetime import datetime
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root
from gongzhi.registry.areas import KINDS, area_faults, area_parts
from gongzhi.registry.batches import RowFaults
from gongzhi.registry.facts import AreaRow, RecordAreas
from gongzhi.registry.models import Unit
from gongzhi.registry.queries import estate_of

CHUNK = 1000
COLUMNS = [f"{kind}_{part}" for kind in KINDS for part in ("area", "source", "on")]


def _root_of_estate(facts: RecordAreas) -> Root:
    return Root("estate", facts.estate_id)


@action(
    "registry.record_areas",
    title="登记房屋面积",
    facts=RecordAreas,
    root=_root_of_estate,
    may="registrar_of_estate",
)
def record_areas(*, by: Actor, at: datetime, facts: RecordAreas) -> dict[str, Any]:
    """Record areas with source and date, all or none; answers how many units changed.

    登记、实测、合同: 最高法《建筑物区分所有权司法解释》第8条.
    """
    estate, faults = estate_of(facts.estate_id), RowFaults()
    units = {(unit.building.name, unit.label): unit for unit in estate.units.select_related("building")}
    changed: dict[tuple[str, str], Unit] = {}
    for number, row in enumerate(facts.rows):
        place = (row.building, row.label)
        if place not in units:
            faults.add(number, f"房号“{row.building} {row.label}”没有登记")
        elif place in changed:
            faults.add(number, f"房号“{row.building} {row.label}”重复")
        else:
            changed[place] = units[place]
            _check_and_set(units[place], row, number, faults)
    faults.refuse_if_any()
    Unit.objects.bulk_update(changed.values(), COLUMNS, batch_size=CHUNK)
    return {"estate_id": estate.pk, "units": len(changed)}


def _check_and_set(unit: Unit, row: AreaRow, number: int, faults: RowFaults) -> None:
    """Put what the row says on the unit, in memory."""
    said = [parts for kind in KINDS if any((parts := area_parts(row, kind)).values())]
    if not said:
        faults.add(number, "没有填写面积")
    for fault in area_faults(row):
        faults.add(number, fault)
    for parts in said:
        for column, value in parts.items():
            setattr(unit, column, value)
