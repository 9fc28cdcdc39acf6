"""Filling empty registers from a package, by the actions everybody uses, as the system's own clock.

What the registers of this release refuse stops the whole; what a package cannot tell (a committee whose head is
unknown) or the law no longer lets a place set is left out, and said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import SYSTEM
from gongzhi.law import package as law
from gongzhi.registry import actions
from gongzhi.registry.facts import (
    Appoint,
    BeginEngagement,
    CloseOrganisation,
    OwnerRow,
    RegisterBuildings,
    RegisterEstate,
    RegisterOrganisation,
    RegisterOwners,
    RegisterPerson,
    RegisterUnits,
    SetCommitteeCondition,
    SignContract,
)
from gongzhi.registry.facts.places import BATCH
from gongzhi.registry.models import OF_ONE_ESTATE, Estate, Person
from gongzhi.registry.personal import digest_of
from gongzhi.registry.seeds.names import resident_id
from gongzhi.values.now import ZONE

from .committees import form_committees
from .shape import BodyPart, EngagementPart, Package
from .stand_ins import StandIn, stand_ins


@dataclass(slots=True)
class TakenIn:
    """The estate as it stands in the empty system; what was left out, a sentence each."""

    estate: Estate
    left_out: list[str] = field(default_factory=list)


def take_in(package: Package, *, at: datetime) -> TakenIn:
    """Carry a package into registers in which nothing stands yet."""
    return Reader(package, at).take_in()


class Reader:
    """One package on its way in: what its keys and numbers have become."""

    def __init__(self, package: Package, at: datetime) -> None:
        self.package, self.at = package, at
        self.bodies: dict[str, UUID] = {}
        self.people: dict[int, UUID] = {}
        self.contracts: dict[str, UUID] = {}
        self.estate_id: UUID
        self.left_out: list[str] = []

    @property
    def began_at(self) -> datetime:
        """The morning of the day the estate was registered on."""
        return datetime.combine(self.package.estate.registered_on, time(9), ZONE)

    def take_in(self) -> TakenIn:
        """From the bottom up."""
        self.left_out += law.take_in(self.package.law, at=self.began_at)
        self._register_bodies()
        self._register_estate()
        self._register_units()
        self._register_people()
        self.left_out += form_committees(self)
        self._sign_contracts()
        self._begin_engagements()
        self._set_conditions()
        self._appoint()
        self._fill_vacant_posts()
        return TakenIn(Estate.objects.get(pk=self.estate_id), self.left_out)

    # Bodies and places ----------------------------------------------------------------------------------------------

    def _register_bodies(self) -> None:
        """Those that are closed by now are closed at once, before another takes their credit code or territory."""
        for body in sorted(self.package.bodies, key=lambda one: one.to_on is None):
            if body.kind not in OF_ONE_ESTATE:
                self.bodies[body.key] = self._register(body)

    def _register(self, body: BodyPart) -> UUID:
        said = body.model_dump(exclude={"key", "code", "to_on"})
        facts = RegisterOrganisation(**said, jurisdiction_code=body.code)
        made = actions.register_organisation(by=SYSTEM, at=self.began_at, facts=facts)
        organisation_id = UUID(made.value["organisation_id"])
        if body.to_on is not None:
            closing = CloseOrganisation(organisation_id=organisation_id, to_on=body.to_on)
            actions.close_organisation(by=SYSTEM, at=self.began_at, facts=closing)
        return organisation_id

    def _register_estate(self) -> None:
        estate, first = self.package.estate, self.package.engagements[0]
        facts = RegisterEstate(
            name=estate.name,
            community=estate.community,
            address=estate.address,
            kind=estate.kind,
            first_delivered_on=estate.first_delivered_on,
            managed_from_at=first.from_at,
            **self._manager(first),
        )
        answer = actions.register_estate(by=SYSTEM, at=self.began_at, facts=facts)
        self.estate_id = UUID(answer.value["estate_id"])

    def _manager(self, row: EngagementPart) -> dict[str, Any]:
        body = self.bodies[row.body] if row.body else None
        return {
            "mode": row.mode,
            "organisation_id": body,
            "paper_title": row.paper_title,
            "reason": row.reason,
            "until_on": row.until_on,
        }

    def _register_units(self) -> None:
        if self.package.buildings:
            buildings = RegisterBuildings(estate_id=self.estate_id, rows=self.package.buildings)
            actions.register_buildings(by=SYSTEM, at=self.began_at, facts=buildings)
        for rows in _batches(self.package.units):
            units = RegisterUnits(estate_id=self.estate_id, rows=rows)
            actions.register_units(by=SYSTEM, at=self.began_at, facts=units)

    # People ---------------------------------------------------------------------------------------------------------

    def _register_people(self) -> None:
        """Everybody gets an invented number, by which one owner of several units stays one person."""
        names = {person.number: person.name for person in self.package.people}
        rows = [
            OwnerRow(
                building=share.building,
                unit=share.unit,
                name=names[share.person] if share.person is not None else "",
                id_number=resident_id(share.person) if share.person is not None else "",
                organisation_id=self.bodies[share.body] if share.body else None,
                numerator=share.numerator,
                denominator=share.denominator,
                from_on=share.from_on,
            )
            for share in self.package.shares
        ]
        for batch in _batches(rows):
            owners = RegisterOwners(estate_id=self.estate_id, rows=batch)
            actions.register_owners(by=SYSTEM, at=self.began_at, facts=owners)
        owning = {share.person for share in self.package.shares}
        for person in self.package.people:
            if person.number not in owning:
                self.register_person(person.number, person.name)
        self._find_people()

    def register_person(self, number: int, name: str) -> UUID:
        """One person more."""
        facts = RegisterPerson(name=name, id_number=resident_id(number))
        answer = actions.register_person(by=SYSTEM, at=self.began_at, facts=facts)
        return UUID(answer.value["person_id"])

    def _find_people(self) -> None:
        numbers = {digest_of("id_number", resident_id(one.number)): one.number for one in self.package.people}
        found = Person.objects.values_list("id_number_digest", "pk")
        self.people = {numbers[digest]: pk for digest, pk in found if digest in numbers}

    # Who manages ----------------------------------------------------------------------------------------------------

    def _sign_contracts(self) -> None:
        for row in self.package.contracts:
            said = row.model_dump(exclude={"key", "provider", "client"})
            facts = SignContract(
                estate_id=self.estate_id,
                provider_id=self.bodies[row.provider],
                client_id=self.bodies.get(row.client),
                **said,
            )
            answer = actions.sign_contract(by=SYSTEM, at=self.began_at, facts=facts)
            self.contracts[row.key] = UUID(answer.value["contract_id"])

    def _begin_engagements(self) -> None:
        for row in self.package.engagements[1:]:
            facts = BeginEngagement(
                estate_id=self.estate_id,
                from_at=row.from_at,
                contract_id=self.contracts.get(row.contract),
                **self._manager(row),
            )
            actions.begin_engagement(by=SYSTEM, at=self.began_at, facts=facts)

    def _set_conditions(self) -> None:
        for row in self.package.conditions:
            if row.body in self.bodies:
                facts = SetCommitteeCondition(
                    committee_id=self.bodies[row.body], **row.model_dump(exclude={"body"})
                )
                actions.set_committee_condition(by=SYSTEM, at=self.began_at, facts=facts)

    # Posts ----------------------------------------------------------------------------------------------------------

    def _appoint(self) -> None:
        committees = {body.key for body in self.package.bodies if body.kind in OF_ONE_ESTATE}
        for seat in self.package.seats:
            if seat.body not in committees:
                self.appoint(
                    self.people[seat.person],
                    seat.from_on,
                    post=seat.post,
                    organisation_id=self.bodies[seat.body] if seat.body else None,
                    estate_id=self.estate_id if seat.at_estate else None,
                    to_on=seat.to_on,
                )

    def appoint(self, person_id: UUID, from_on: date, **said: Any) -> UUID:
        """One post."""
        facts = Appoint(person_id=person_id, from_on=from_on, **said)
        answer = actions.appoint(by=SYSTEM, at=self.began_at, facts=facts)
        return UUID(answer.value["appointment_id"])

    def _fill_vacant_posts(self) -> None:
        """Where nobody holds a post that a procedure needs, somebody invented does."""
        needed: Iterable[StandIn] = stand_ins(self.package)
        for number, one in enumerate(needed, start=len(self.package.people) + 1):
            self.appoint(
                self.register_person(number, one.name),
                self.at.astimezone(ZONE).date(),
                post=one.post,
                organisation_id=self.bodies[one.body],
                estate_id=self.estate_id if one.at_estate else None,
            )


def _batches(rows: Iterable[Any]) -> Iterable[tuple[Any, ...]]:
    """As many rows as one act takes."""
    whole = tuple(rows)
    return (whole[start : start + BATCH] for start in range(0, len(whole), BATCH))
