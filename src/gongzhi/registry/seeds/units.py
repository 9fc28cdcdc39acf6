"""Buildings, units with both areas, and who owns them, estate by estate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from gongzhi.registry.facts import BuildingRow, OwnerRow, UnitRow
from gongzhi.registry.models import AreaSource, UnitUse

from .names import person_name, phone, resident_id
from .plan import EstatePlan
from .world import World

GARAGE, STORES = "地下车库", "地下储藏室"
#: Of a hundred: unsold dwellings, dwellings owned by two, owners of one more dwelling.
UNSOLD, SHARED, AGAIN = 3, 15, 5
#: Of a whole unit, what lies within its own walls.
INSIDE = Decimal("0.78")
_CENT = Decimal("0.01")
_SOURCES = (AreaSource.REGISTERED, AreaSource.REGISTERED, AreaSource.SURVEYED, AreaSource.CONTRACT)


@dataclass(frozen=True, slots=True)
class Layout:
    """How an estate is built: houses of so many floors with so many doors, and what lies beside them."""

    houses: int
    floors: int
    doors: int
    shops: int = 8
    parking: int = 16
    storage: int = 6

    @property
    def units(self) -> int:
        """How many units that makes."""
        return self.houses * self.floors * self.doors + self.shops + self.parking + self.storage

    @property
    def buildings(self) -> list[BuildingRow]:
        """The buildings."""
        houses = [BuildingRow(name=f"{number}幢", floors=self.floors) for number in range(1, self.houses + 1)]
        return [*houses, BuildingRow(name=GARAGE, floors=1), BuildingRow(name=STORES, floors=1)]


LAYOUTS = (Layout(3, 9, 4), Layout(4, 6, 4), Layout(2, 17, 4), Layout(5, 11, 2), Layout(2, 11, 6))
#: What a test builds: all the kinds of units, few of each.
SMALL = Layout(1, 2, 4, shops=1, parking=2, storage=1)


def layout_of(number: int, *, small: bool = False) -> Layout:
    """The layout of the n-th estate."""
    return SMALL if small else LAYOUTS[number % len(LAYOUTS)]


class Units:
    """The units of one estate and their owners, drawn by chance that is the same each time."""

    def __init__(self, world: World, plan: EstatePlan, layout: Layout, delivered_on: date) -> None:
        self.world, self.plan, self.layout, self.delivered_on = world, plan, layout, delivered_on
        self.chance = Random(plan.key)
        self.rows = list(self._rows())

    def _rows(self) -> Iterator[UnitRow]:
        for house in range(1, self.layout.houses + 1):
            for floor in range(1, self.layout.floors + 1):
                for door in range(1, self.layout.doors + 1):
                    sold = self.chance.randrange(100) >= UNSOLD
                    area = Decimal(self.chance.randrange(6200, 14500)) * _CENT
                    yield self._row(f"{house}幢", f"{floor}{door:02d}", UnitUse.DWELLING, area, sold)
        for number in range(1, self.layout.shops + 1):
            area = Decimal(self.chance.randrange(3000, 21000)) * _CENT
            yield self._row("1幢", f"商{number:02d}", UnitUse.COMMERCIAL, area)
        for number in range(1, self.layout.parking + 1):
            yield self._row(GARAGE, f"车{number:03d}", UnitUse.PARKING, Decimal("31.20"))
        for number in range(1, self.layout.storage + 1):
            yield self._row(STORES, f"储{number:02d}", UnitUse.STORAGE, Decimal("8.40"))

    def _row(self, building: str, label: str, use: UnitUse, area: Decimal, sold: bool = True) -> UnitRow:
        known = use != UnitUse.DWELLING or not self._is_unknown(building, label)
        on = date(self.delivered_on.year, self.chance.randrange(1, 13), self.chance.randrange(1, 29))
        return UnitRow(
            building=building,
            label=label,
            use=use,
            exclusive_area=(area * INSIDE).quantize(_CENT),
            exclusive_source=self.chance.choice(_SOURCES),
            exclusive_on=on,
            building_area=area if known else None,
            building_source=AreaSource.SURVEYED if known else None,
            building_on=on if known else None,
            is_sold=sold,
        )

    def _is_unknown(self, building: str, label: str) -> bool:
        """The first dwellings of the first house, where the plan says that some areas are unknown."""
        return building == "1幢" and int(label) % 100 <= self.plan.unknown_areas and int(label) < 200

    # Owners ---------------------------------------------------------------------------------------------------------

    def owners(self, developer: object) -> list[OwnerRow]:
        """Every unit's owners: the developer's while unsold, mostly one person's, some shared, some of one hand."""
        rows: list[OwnerRow] = []
        held: list[dict[str, str]] = []
        for unit in self.rows:
            if not unit.is_sold:
                rows.append(OwnerRow(**self._of(unit), organisation_id=developer))
            elif unit.use in (UnitUse.PARKING, UnitUse.STORAGE) and held:
                rows.append(OwnerRow(**self._of(unit), **self.chance.choice(held)))
            else:
                rows += self._sold(unit, held)
        return rows

    def _sold(self, unit: UnitRow, held: list[dict[str, str]]) -> list[OwnerRow]:
        if held and self.chance.randrange(100) < AGAIN:
            return [OwnerRow(**self._of(unit), **self.chance.choice(held))]
        held.append(self._somebody())
        if self.chance.randrange(100) >= SHARED:
            return [OwnerRow(**self._of(unit), **held[-1])]
        both = (held[-1], self._somebody())
        return [OwnerRow(**self._of(unit), **one, denominator=len(both)) for one in both]

    def _somebody(self) -> dict[str, str]:
        number = self.world.next("person")
        return {"name": person_name(self.chance), "id_number": resident_id(number), "phone": phone(number)}

    def _of(self, unit: UnitRow) -> dict[str, object]:
        return {"building": unit.building, "unit": unit.label, "from_on": self.delivered_on}
