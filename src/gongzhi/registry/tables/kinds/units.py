"""房屋: the units of any number of estates; buildings that are not registered yet come with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from gongzhi.acts.roots import Root
from gongzhi.registry.actions import register_buildings, register_units
from gongzhi.registry.areas import KINDS
from gongzhi.registry.facts import RegisterBuildings, RegisterUnits
from gongzhi.registry.facts.places import BATCH
from gongzhi.registry.models import AreaSource, Estate, Unit, UnitUse

from .. import cells, limits
from ..checking import Check
from ..columns import Column, Kind
from ..places import BUILDING, COMMUNITY, ENTRANCE, ESTATE, estates_named, room, unit_label
from ..plans import Plan, Step
from ..scopes import Scope
from ..words import key_of, near_key

MAY = "registrar_of_estate"
_USES = {
    "普通住宅": "dwelling", "住房": "dwelling", "商铺": "commercial", "商业用房": "commercial", "门市": "commercial",
    "停车位": "parking", "地下车位": "parking", "车库": "parking", "储藏室": "storage", "仓储": "storage",
}  # fmt: skip
_SOURCES = {"不动产登记": "registered", "产权登记": "registered", "实测面积": "surveyed", "测绘": "surveyed",
            "买卖合同": "contract", "合同面积": "contract"}  # fmt: skip


def _area_columns(kind: str, title: str, example: str, source: str) -> tuple[Column, ...]:
    together = f"{title}、来源和日期要么都填、要么都不填"
    return (
        Column(f"{kind}_area", title, cells.area, f"平方米，最多两位小数；{together}", example, needed=False,
               also=(f"{title}面积", f"{title}平方米")),
        Column(f"{kind}_source", f"{title}来源", cells.choice(AreaSource, _SOURCES), together, source,
               needed=False, fills=True, options=tuple(AreaSource.labels)),
        Column(f"{kind}_on", f"{title}日期", cells.day, together, "2024-06-01", needed=False, fills=True),
    )  # fmt: skip


COLUMNS = (
    COMMUNITY,
    ESTATE,
    BUILDING,
    Column("floors", "楼栋层数", cells.count(1, 200), "同一楼栋各行一致，可以不填", "18", needed=False, fills=True,
           also=("总层数", "层数", "地上层数")),
    ENTRANCE,
    room(fills=False),
    Column("use", "用途", cells.choice(UnitUse, _USES), "不填为住宅", "住宅", needed=False, fills=True,
           also=("房屋用途", "规划用途"), options=tuple(UnitUse.labels)),
    *_area_columns("exclusive", "专有部分面积", "78.50", "登记"),
    *_area_columns("building", "房屋建筑面积", "98.12", "实测"),
    Column("is_sold", "是否已售", cells.flag, "是或者否，不填为是", "是", needed=False, fills=True,
           also=("已售", "销售状态"), options=("是", "否")),
)  # fmt: skip
#: What a row says of a unit beside where it is, as the columns of the table `Unit` are called.
SAID = (
    "use", "exclusive_area", "exclusive_source", "exclusive_on",
    "building_area", "building_source", "building_on", "is_sold",
)  # fmt: skip
_USUAL = {"use": UnitUse.DWELLING, "is_sold": True}
Key = tuple[str, str]


@dataclass(slots=True)
class Here:
    """The rows of one estate, and what they come to."""

    estate: Estate
    rows: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    #: Spelling of each building by its key, registered or new; the new ones with the first row that names them.
    buildings: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, int] = field(default_factory=dict)


class UnitsCheck:
    """Checks a table of units estate by estate."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.names: list[str | None] = check.column("building")
        self.labels = _labels(check)
        self.floors: list[int | None] = check.column("floors")
        self.said = [check.column(name) for name in SAID]

    def plan(self) -> Plan:
        """Check every row; the acts of the estates in the order of their locks."""
        estates = estates_named(self.check, MAY)
        self.check.refuse_future("exclusive_on", "building_on")
        self._check_areas()
        here: dict[UUID, Here] = {}
        for row in self.check.good():
            estate = estates[row]
            assert estate is not None
            here.setdefault(estate.pk, Here(estate)).rows.append(row)
        plan, done = Plan(), 0
        for _, found in sorted(here.items()):
            self._check_estate(found, plan)
            done += len(found.rows)
            self.check.progress("核对", done, len(self.check.table))
        return plan

    def _check_areas(self) -> None:
        for kind, title in KINDS.items():
            parts = [self.check.column(f"{kind}_{part}") for part in ("area", "source", "on")]
            for row, said in enumerate(zip(*parts, strict=True)):
                if said.count(None) in (1, 2) and row not in self.check.table.faults:
                    self.check.wrong(row, f"{title}、来源和日期要么都填、要么都不填")

    def _check_estate(self, here: Here, plan: Plan) -> None:
        self._check_buildings(here)
        registered = self._registered(here)
        seen: dict[Key, int] = {}
        for row in here.rows:
            key = (key_of(self.names[row] or ""), key_of(self.labels[row]))
            if key in seen:
                self.check.wrong(row, f"房号“{self._where(row)}”与第{self.check.line(seen[key])}行重复")
                continue
            seen[key] = row
            if key in registered:
                self._compare(row, registered[key], plan)
            else:
                here.new.append(row)
        self._warn_of_near(here, registered, seen)
        plan.new += len(here.new)
        plan.steps += self._steps(here)

    def _warn_of_near(self, here: Here, registered: Mapping[Key, object], seen: Mapping[Key, int]) -> None:
        """A new building or room that is spelt almost as another one is may be the same one twice."""
        buildings = {near_key(key): name for key, name in here.buildings.items() if key not in here.fresh}
        for key, row in here.fresh.items():
            other = buildings.setdefault(near_key(key), here.buildings[key])
            if other != here.buildings[key]:
                self.check.warn(
                    row, f"楼栋“{here.buildings[key]}”与“{other}”写法相近，如是同一栋请改成一样的写法"
                )
        rooms = {(building, near_key(label)): label for building, label in registered}
        told = 0
        for (building, label), row in seen.items():
            if (building, label) in registered:
                continue
            other = rooms.setdefault((building, near_key(label)), label)
            if other != label and told < limits.TOLD:
                told += 1
                self.check.warn(row, f"房号“{self._where(row)}”与“{other}”写法相近，请核对是否同一套房屋")

    def _where(self, row: int) -> str:
        return f"{self.names[row]} {self.labels[row]}"

    def _check_buildings(self, here: Here) -> None:
        """One building has one number of floors, the registered one where it is registered."""
        known = {
            key_of(name): (name, floors)
            for name, floors in here.estate.buildings.values_list("name", "floors")
        }
        here.buildings = {key: name for key, (name, _) in known.items()}
        floors = {key: count for key, (_, count) in known.items()}
        keys = {name: key_of(name or "") for name in {self.names[row] for row in here.rows}}
        for row in here.rows:
            key, said = keys[self.names[row]], self.floors[row]
            if key not in here.buildings:
                here.buildings[key], here.fresh[key] = self.names[row] or "", row
                floors[key] = said
            elif said is not None and said != floors[key]:
                self._check_floors(here, key, row, floors)

    def _check_floors(self, here: Here, key: str, row: int, floors: dict[str, int | None]) -> None:
        said, name = self.floors[row], here.buildings[key]
        if key in here.fresh and floors[key] is None:
            floors[key], here.fresh[key] = said, row
        elif key in here.fresh:
            line = self.check.line(here.fresh[key])
            self.check.wrong(row, f"“{name}”的层数为{said}，与第{line}行的{floors[key]}不一致")
        else:
            known = f"登记为{floors[key]}" if floors[key] else "登记时没有填写"
            self.check.wrong(row, f"“{name}”的层数为{said}，{known}，请按登记填写或者不填")

    def _registered(self, here: Here) -> dict[Key, tuple[Any, ...]]:
        """What is registered in the estate, by keys."""
        units = Unit.objects.filter(estate=here.estate).values_list("building__name", "label", *SAID)
        keys: dict[str, str] = {}
        found = {}
        for building, label, *said in units.iterator():
            if building not in keys:
                keys[building] = key_of(building)
            found[keys[building], key_of(label)] = tuple(said)
        return found

    def _compare(self, row: int, registered: tuple[Any, ...], plan: Plan) -> None:
        """A row that says what is registered, or says nothing of it, changes nothing."""
        said = [column[row] for column in self.said]
        differing = [
            (name, there, now)
            for name, there, now in zip(SAID, registered, said, strict=True)
            if now is not None and now != there
        ]
        if not differing:
            plan.same += 1
            return
        told = "、".join(
            f"{_title(name)}登记为{_shown(name, there)}、表中为{_shown(name, now)}"
            for name, there, now in differing
        )
        self.check.wrong(
            row, f"房号“{self._where(row)}”已登记，{told}；{_remedy(name for name, *_ in differing)}"
        )

    def _steps(self, here: Here) -> Iterator[Step]:
        root = Root("estate", here.estate.pk)
        fresh = [(name, here.fresh[key]) for key, name in here.buildings.items() if key in here.fresh]
        for batch in _batches(fresh):
            facts = partial(self._buildings, here.estate.pk, batch)
            yield Step(register_buildings, facts, root, [row for _, row in batch])
        for rows in _batches(here.new):
            yield Step(register_units, partial(self._units, here, rows), root, rows)

    def _buildings(self, estate_id: UUID, batch: Sequence[tuple[str, int]]) -> RegisterBuildings:
        rows = [{"name": name, "floors": self.floors[row]} for name, row in batch]
        return RegisterBuildings.model_validate({"estate_id": estate_id, "rows": rows})

    def _units(self, here: Here, rows: Sequence[int]) -> RegisterUnits:
        spelt = {name: here.buildings[key_of(name or "")] for name in {self.names[row] for row in rows}}
        said = [self._said(row, spelt) for row in rows]
        return RegisterUnits.model_validate({"estate_id": here.estate.pk, "rows": said})

    def _said(self, row: int, spelt: dict[str | None, str]) -> dict[str, Any]:
        said = {name: column[row] for name, column in zip(SAID, self.said, strict=True)}
        for name, usual in _USUAL.items():
            if said[name] is None:
                said[name] = usual
        return said | {"building": spelt[self.names[row]], "label": self.labels[row]}


def _labels(check: Check) -> list[str]:
    """The label of each row's unit; "" where the room is not told, which is."""
    labels = [
        unit_label(entrance, room) if room else ""
        for entrance, room in zip(check.column("entrance"), check.column("room"), strict=True)
    ]
    for row, label in enumerate(labels):
        if len(label) > 50:
            check.wrong(row, "单元和房号合起来最多50个字")
    return labels


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _title(name: str) -> str:
    return next(column.title for column in COLUMNS if column.name == name)


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return "未登记"
    if name == "is_sold":
        return "是" if value else "否"
    labels = {"use": UnitUse, "exclusive_source": AreaSource, "building_source": AreaSource}
    return str(labels[name](value).label) if name in labels else str(value)


def _remedy(names: Iterator[str]) -> str:
    if all(name.startswith(("exclusive", "building")) for name in names):
        return "请核对，登记有误的请用“登记房屋面积”更正"
    return "请核对后按登记填写或者留空，面积以外的登记有误请联系登记机关"


def check(found: Check) -> Plan:
    """Check a table of units."""
    return UnitsCheck(found).plan()


def rows(scope: Scope) -> Iterator[tuple[Any, ...]]:
    """The units of the estates, in the columns of the table."""
    for estate in scope.estates().iterator():
        units = Unit.objects.filter(estate=estate).select_related("building")
        for unit in units.order_by("building__name", "label").iterator():
            yield _told(estate, unit)


def _told(estate: Estate, unit: Unit) -> tuple[Any, ...]:
    return (
        estate.community,
        estate.name,
        unit.building.name,
        unit.building.floors,
        None,
        unit.label,
        UnitUse(unit.use).label,
        unit.exclusive_area,
        _source(unit.exclusive_source),
        unit.exclusive_on,
        unit.building_area,
        _source(unit.building_source),
        unit.building_on,
        "是" if unit.is_sold else "否",
    )


def _source(value: str) -> str | None:
    return str(AreaSource(value).label) if value else None


KIND = Kind("units", "房屋", "套", COLUMNS, MAY, check, rows)
