"""Row *import*: units from an xlsx, checked row by row, beside reading the file and inserting it without any check.

Each side runs in a process of its own, on a copy of the same database, so that neither warms or fills the other's
and the memory is that of the import alone.
"""

import io
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from gongzhi.config import database

from .figures import Figure, median, seconds

LIMIT, MEMORY = 2.0, 400.0
ROUNDS = 3
UNITS_AN_ESTATE, UNITS_A_BUILDING = 1000, 100
HEADER = (
    *(
        "社区代码",
        "小区名称",
        "楼栋",
        "单元",
        "房号",
        "用途",
        "专有部分面积",
        "专有部分面积来源",
        "专有部分面积日期",
    ),
    *("房屋建筑面积", "房屋建筑面积来源", "房屋建筑面积日期", "是否已售"),
)
SURVEYED_ON = date(2020, 1, 1)


def measure(sizes: tuple[int, ...]) -> list[Figure]:
    """The ratio at each size, and the memory of an import at the largest."""
    from . import place, scratch

    found = place.build()
    place.add_estates(found, -(-max(sizes) // UNITS_AN_ESTATE))
    scratch.copy_aside("bench_import")
    figures = []
    for size in sizes:
        path = Path(os.environ["GONGZHI_DATA"]) / f"units-{size}.xlsx"
        path.write_bytes(_table(place.COMMUNITY, size))
        figures += _figures(path, size, is_largest=size == max(sizes))
    return figures


def _figures(path: Path, size: int, *, is_largest: bool) -> list[Figure]:
    """Each side several times, in turn, so that a disturbance of the machine meets both."""
    from . import scratch

    times: dict[str, list[float]] = {"plain": [], "sql": [], "import": []}
    memory = 0.0
    for _ in range(ROUNDS):
        for side, taken in times.items():
            scratch.put_back("bench_import")
            spent, resident = _in_child(side, path)
            taken.append(spent)
            memory = max(memory, resident) if side == "import" else memory
    plain, sql, ours = (median(taken) for taken in times.values())
    beside = (
        f"{ours:.2f} s / {plain:.2f} s (with executemany instead of the ORM {sql:.2f} s: {ours / sql:.2f} ×)"
    )
    figures = [Figure("import", f"{size} units, checked row by row", ours / plain, LIMIT, "×", beside)]
    if is_largest:
        figures.append(Figure("import", f"memory, {size} units", memory, MEMORY, "MB", "the whole process"))
    return figures


def _in_child(side: str, path: Path) -> tuple[float, float]:
    """Seconds, and the largest resident set in MB."""
    read, write = os.pipe()
    os.set_inheritable(write, True)
    words = [sys.executable, "-m", "gongzhi.config.bench.import_rows", side, str(path), str(write)]
    pid = os.posix_spawn(sys.executable, words, os.environ)
    os.close(write)
    with os.fdopen(read) as told:
        spent = told.read()
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"{side} ended with {status}")
    return float(spent), used.ru_maxrss / 1024


def _table(community: str, size: int) -> bytes:
    """An invented table of units of many estates."""
    book, chance = Workbook(write_only=True), Random(size)
    sheet = book.create_sheet("房屋")
    sheet.append(HEADER)
    for number in range(size):
        sheet.append(_row(community, number, chance))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(community: str, number: int, chance: Random) -> list[Any]:
    estate, within = divmod(number, UNITS_AN_ESTATE)
    building, room = divmod(within, UNITS_A_BUILDING)
    on = SURVEYED_ON + timedelta(days=number % 1000)
    inside = chance.randrange(4000, 14000) / 100
    return [
        *(
            community,
            f"示例{estate}号小区",
            f"{building + 1}幢",
            room // 50 + 1,
            f"{room % 50 // 2 + 1:02d}{room % 2 + 1:02d}",
        ),
        *("住宅", inside, "登记", on, round(inside * 1.25, 2), "实测", on, "是"),
    ]


# In the child ------------------------------------------------------------------------------------------------------


def _plain(path: Path) -> None:
    """Read the file and insert it with the ORM, asking nothing."""
    from django.db import transaction

    from gongzhi.registry.models import Unit

    with transaction.atomic():
        Unit.objects.bulk_create([Unit(**row) for row in _unchecked(path)], batch_size=1000)


def _sql(path: Path) -> None:
    """Read the file and insert it with the driver's executemany, asking nothing."""
    from django.db import connection, transaction

    from gongzhi.registry.models import Unit
    from gongzhi.values.ids import new_id

    fields = {field.attname: field for field in Unit._meta.concrete_fields}
    with transaction.atomic(), connection.cursor() as cursor:
        rows = [{"id": new_id()} | row for row in _unchecked(path)]
        names = list(rows[0])
        prepare = [fields[name].get_db_prep_save for name in names]
        values = [
            tuple(
                prepared(row[name], connection=connection)
                for name, prepared in zip(names, prepare, strict=True)
            )
            for row in rows
        ]
        columns, marks = ", ".join(str(fields[name].column) for name in names), ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO registry_unit ({columns}) VALUES ({marks})", values)


def _unchecked(path: Path) -> list[dict[str, Any]]:
    """The rows as the columns of a unit; buildings are made on the way."""
    from decimal import Decimal

    from python_calamine import CalamineWorkbook

    from gongzhi.registry.models import Building, Estate

    sheet: Any = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    _, *rows = sheet.to_python()
    estates = {estate.name: estate for estate in Estate.objects.all()}
    names = dict.fromkeys((row[1], row[2]) for row in rows)
    buildings = {key: Building(estate=estates[key[0]], name=key[1]) for key in names}
    Building.objects.bulk_create(buildings.values(), batch_size=1000)
    return [
        {
            "estate_id": estates[row[1]].pk,
            "building_id": buildings[row[1], row[2]].pk,
            "label": f"{row[3]:.0f}单元{row[4]}",
            "use": "dwelling",
            "exclusive_area": Decimal(str(row[6])),
            "exclusive_source": "registered",
            "exclusive_on": row[8],
            "building_area": Decimal(str(row[9])),
            "building_source": "surveyed",
            "building_on": row[11],
            "is_sold": True,
        }
        for row in rows
    ]


def _import(path: Path) -> None:
    """What `gongzhi import units` does."""
    from gongzhi.acts.actor import SYSTEM
    from gongzhi.registry.tables.importing import import_table
    from gongzhi.registry.tables.kinds import KINDS

    from . import place

    import_table(KINDS["units"], path.read_bytes(), by=SYSTEM, at=place.NOW)


def main(side: str, path: str, write: str) -> None:
    """Measure one side and tell the parent."""
    database.set_up()
    from . import scratch

    scratch.connect_durably()
    work = {"plain": _plain, "sql": _sql, "import": _import}[side]
    spent = seconds(lambda: work(Path(path)))
    os.write(int(write), str(spent).encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
