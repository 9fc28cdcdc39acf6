"""Reading a batch of owners: every row is checked against the estate before anything is written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from .batches import RowFaults
from .facts import OwnerRow
from .holdings import Holding, first_day_over_whole
from .models import Estate, Organisation, OrganisationKind, Ownership, Person
from .personal import digest_of, new_person, number_faults

UNSOLD = "未售房屋的业主须是建设单位"


@dataclass(slots=True)
class UnitHere:
    """A unit of the estate as the check needs it."""

    id: UUID
    is_sold: bool


@dataclass(slots=True)
class Batch:
    """What the rows come to: people still to be saved, and shares."""

    new_people: list[Person] = field(default_factory=list)
    shares: list[Ownership] = field(default_factory=list)


class OwnerBatch:
    """Reads rows for one estate. `read` raises Invalid with every faulty row, or answers what to write.

    `rehearsed`: nothing will be written, so no number is encrypted.
    """

    def __init__(
        self, estate: Estate, rows: Sequence[OwnerRow], at: datetime, *, rehearsed: bool = False
    ) -> None:
        self.estate, self.rows, self.at, self.rehearsed = estate, rows, at, rehearsed
        self.faults = RowFaults()
        self.units = {
            (building, label): UnitHere(pk, is_sold)
            for building, label, pk, is_sold in estate.units.values_list(
                "building__name", "label", "id", "is_sold"
            )
        }
        self.known = self._known_people()
        self.organisations = Organisation.objects.in_bulk(
            {row.organisation_id for row in rows if row.organisation_id is not None}
        )
        self.made = Batch()

    def read(self, *, instead: bool = False) -> Batch:
        """The people and shares of the rows. `instead`: shares held now do not count, they are replaced."""
        for number, row in enumerate(self.rows):
            self._read_row(number, row)
        self._check_sums(instead)
        self.faults.refuse_if_any()
        return self.made

    def _known_people(self) -> dict[str, Person]:
        """People already registered under an identity number of the batch, by its digest."""
        digests = {digest_of("id_number", row.id_number) for row in self.rows if row.id_number}
        people = Person.objects.filter(id_number_digest__in=digests)
        return {person.id_number_digest: person for person in people}

    def _read_row(self, number: int, row: OwnerRow) -> None:
        unit = self.units.get((row.building, row.unit))
        if unit is None:
            self.faults.add(number, f"房号“{row.building} {row.unit}”没有登记")
            return
        if row.numerator > row.denominator:
            self.faults.add(number, f"份额{row.numerator}/{row.denominator}大于1")
        person, organisation = self._owner(number, row, unit)
        if person is None and organisation is None:
            return
        share = Ownership(
            estate=self.estate,
            unit_id=unit.id,
            person=person,
            organisation=organisation,
            numerator=row.numerator,
            denominator=row.denominator,
            from_on=row.from_on,
        )
        self.made.shares.append(share)

    def _owner(self, number: int, row: OwnerRow, unit: UnitHere) -> tuple[Person | None, Organisation | None]:
        said = [bool(row.organisation_id), bool(row.person_id), bool(row.name)]
        if sum(said) != 1:
            self.faults.add(number, "业主姓名、业主编号和业主单位须填且只填一项")
            return None, None
        if row.organisation_id is not None:
            return None, self._organisation(number, row.organisation_id, unit)
        if not unit.is_sold:
            self.faults.add(number, UNSOLD)
        return self._person(number, row), None

    def _organisation(self, number: int, organisation_id: UUID, unit: UnitHere) -> Organisation | None:
        found = self.organisations.get(organisation_id)
        if found is None:
            self.faults.add(number, "业主单位没有登记")
        elif not unit.is_sold and found.kind != OrganisationKind.DEVELOPER:
            self.faults.add(number, UNSOLD)
        return found

    def _person(self, number: int, row: OwnerRow) -> Person | None:
        if row.person_id is not None:
            found = Person.objects.filter(pk=row.person_id).first()
            if found is None:
                self.faults.add(number, "业主编号没有登记")
            return found
        faults = number_faults(row.id_kind, row.id_number, row.phone)
        for fault in faults:
            self.faults.add(number, fault)
        return None if faults else self._same_person_or_new(number, row)

    def _same_person_or_new(self, number: int, row: OwnerRow) -> Person | None:
        """One identity number is one person, and so is one name with one telephone within the batch."""
        key = digest_of("id_number", row.id_number) or f"{row.name} {digest_of('phone', row.phone)}"
        person = self.known.get(key) if row.id_number or row.phone else None
        if person is None:
            person = self._new_person(row)
            self.made.new_people.append(person)
            self.known[key] = person
        elif person.name != row.name:
            self.faults.add(number, "证件号码已登记在另一姓名下")
        return person

    def _new_person(self, row: OwnerRow) -> Person:
        if self.rehearsed:
            return Person(name=row.name)
        return new_person(
            name=row.name, id_kind=row.id_kind, id_number=row.id_number, phone=row.phone, at=self.at
        )

    def _check_sums(self, instead: bool) -> None:
        """A unit's shares never exceed the whole, and nobody holds two open shares of one unit."""
        rows_of: dict[UUID, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            if (unit := self.units.get((row.building, row.unit))) is not None:
                rows_of[unit.id].append(number)
        held = defaultdict(list) if instead else self._held(rows_of)
        for unit_id, numbers in rows_of.items():
            rows = [self.rows[number] for number in numbers]
            new = [Holding(Fraction(row.numerator, row.denominator), row.from_on) for row in rows]
            over = first_day_over_whole([*held[unit_id], *new])
            if over is not None:
                self.faults.add(numbers[-1], f"该房屋{over[0]}的份额合计为{over[1]}，超过1")
        self._check_twice(instead)

    def _held(self, rows_of: dict[UUID, list[int]]) -> dict[UUID, list[Holding]]:
        held: dict[UUID, list[Holding]] = defaultdict(list)
        shares = Ownership.objects.filter(estate=self.estate)
        for share in shares.iterator():
            if share.unit_id in rows_of:
                held[share.unit_id].append(Holding(share.fraction, share.from_on, share.to_on))
        return held

    def _check_twice(self, instead: bool) -> None:
        open_shares = Ownership.objects.filter(estate=self.estate, to_on__isnull=True)
        seen: set[tuple[UUID, UUID | None, UUID | None]] = set()
        if not instead:
            seen.update(open_shares.values_list("unit_id", "person_id", "organisation_id"))
        by_unit = {unit.id: place for place, unit in self.units.items()}
        for share in self.made.shares:
            key = (share.unit_id, share.person_id, share.organisation_id)
            if key in seen:
                building, label = by_unit[share.unit_id]
                self.faults.add(self._row_of(building, label), "同一业主在该房屋已有份额，请合并为一项")
            seen.add(key)

    def _row_of(self, building: str, label: str) -> int:
        """The last row that speaks of the unit."""
        numbers = [n for n, row in enumerate(self.rows) if (row.building, row.unit) == (building, label)]
        return numbers[-1]
