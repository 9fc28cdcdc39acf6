"""Taking administrative divisions in: all rows checked first, nothing written while one is wrong."""

from collections.abc import Sequence

from gongzhi.values.refusals import Invalid

from .facts import DivisionRow
from .models import Jurisdiction, Level
from .reading import packaged_divisions

_DEPTH = {level.value: depth for depth, level in enumerate(Level)}


def take_divisions(rows: Sequence[DivisionRow]) -> tuple[int, int]:
    """Create and update divisions; returns how many were created and changed. Without rows, the packaged ones."""
    wanted = list(rows) or [
        DivisionRow.model_validate(row._asdict()) for row in packaged_divisions().values()
    ]
    there = {row.code: row for row in Jurisdiction.objects.all()}
    _check(wanted, there)
    wanted.sort(key=lambda row: _DEPTH[row.level])
    new = [row for row in wanted if row.code not in there]
    moved = [row for row in wanted if row.code in there and _differs(row, there[row.code])]
    for depth in range(len(Level)):
        level = [_fresh(row) for row in new if _DEPTH[row.level] == depth]
        Jurisdiction.objects.bulk_create(level, batch_size=500)
    for row in moved:
        Jurisdiction.objects.filter(pk=row.code).update(
            name=row.name, level=row.level, parent_id=row.parent or None
        )
    return len(new), len(moved)


def _fresh(row: DivisionRow) -> Jurisdiction:
    return Jurisdiction(code=row.code, name=row.name, level=row.level, parent_id=row.parent or None)


def _differs(row: DivisionRow, there: Jurisdiction) -> bool:
    return (row.name, row.level, row.parent or None) != (there.name, there.level, there.parent_id)


def _check(rows: Sequence[DivisionRow], there: dict[str, Jurisdiction]) -> None:
    faults = faults_of(rows, there)
    if faults:
        fields = {f"rows.{place}": f"{rows[place].code} {says}" for place, says in faults.items()}
        first = next(iter(fields.values()))
        raise Invalid(
            f"行政区划有{len(fields)}行有误（{first}），没有导入任何一行，请改正后重新导入。", fields=fields
        )


def faults_of(rows: Sequence[DivisionRow], there: dict[str, Jurisdiction]) -> dict[int, str]:
    """What is wrong with which row, by its place: every code once, every parent known and of a higher level."""
    levels = {code: place.level for code, place in there.items()} | {row.code: row.level for row in rows}
    seen: set[str] = set()
    faults: dict[int, str] = {}
    for place, row in enumerate(rows):
        wrong = "区划代码重复" if row.code in seen else _wrong(row, levels)
        if wrong:
            faults[place] = wrong
        seen.add(row.code)
    return faults


def _wrong(row: DivisionRow, levels: dict[str, str]) -> str:
    """What is wrong with one row; empty when nothing is."""
    if not _DEPTH[row.level]:
        return "省级不应有上级" if row.parent else ""
    if row.parent not in levels:
        return "上级代码不存在"
    return "上级的级别不对" if _DEPTH[levels[row.parent]] >= _DEPTH[row.level] else ""
