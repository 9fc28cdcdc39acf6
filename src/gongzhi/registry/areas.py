"""An area of a unit comes with its source and date, or not at all."""

from .facts import AreaRow, UnitRow

KINDS = {"exclusive": "专有部分面积", "building": "房屋建筑面积"}

#: So many of an area's three parts may be missing: none, or all.
_WHOLE = (0, 3)


def area_faults(row: AreaRow | UnitRow) -> list[str]:
    """What is missing beside an area, or given without one."""
    exclusive = (row.exclusive_area, row.exclusive_source, row.exclusive_on).count(None)
    building = (row.building_area, row.building_source, row.building_on).count(None)
    if exclusive in _WHOLE and building in _WHOLE:
        return []
    return [
        f"{title}、来源和日期要么都填、要么都不填"
        for title, missing in zip(KINDS.values(), (exclusive, building), strict=True)
        if missing not in _WHOLE
    ]


def area_parts(row: AreaRow | UnitRow, kind: str) -> dict[str, object]:
    """The three columns of one kind of area, as the row says them."""
    names = (f"{kind}_area", f"{kind}_source", f"{kind}_on")
    return {name: getattr(row, name) for name in names}
