"""An area of a unit comes with its source and date, or not at all."""

from .facts import AreaRow, UnitRow

KINDS = {"exclusive": "专有部分面积", "building": "房屋建筑面积"}


def area_faults(row: AreaRow | UnitRow) -> list[str]:
    """What is missing beside an area, or given without one."""
    return [
        f"{title}、来源和日期要么都填、要么都不填"
        for kind, title in KINDS.items()
        if len({part is None for part in area_parts(row, kind).values()}) > 1
    ]


def area_parts(row: AreaRow | UnitRow, kind: str) -> dict[str, object]:
    """The three columns of one kind of area, as the row says them."""
    names = (f"{kind}_area", f"{kind}_source", f"{kind}_on")
    return {name: getattr(row, name) for name in names}
