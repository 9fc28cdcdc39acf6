"""Reading one estate out of the registers into a package. Nothing is changed, and nobody is named."""

from datetime import datetime

from gongzhi.law.package import law_part
from gongzhi.registry.facts import BuildingRow, UnitRow
from gongzhi.registry.models import (
    COMMITTEES,
    AreaSource,
    CommitteeCondition,
    Estate,
    Organisation,
    Post,
)
from gongzhi.registry.queries import day_of, in_force
from gongzhi.values.now import ZONE

from .masking import Masks
from .selecting import bodies_of_package, keys_of, places_of, seats_of_package, term_of
from .shape import (
    BodyPart,
    ConditionPart,
    ContractPart,
    EngagementPart,
    EstatePart,
    Package,
    SeatPart,
    SharePart,
    TermPart,
)


def write_package(estate: Estate, *, at: datetime) -> Package:
    """The estate as of `at`, sealed with its digest."""
    return _Writer(estate, at).package().sealed()


class _Writer:
    """One package in the making: owners are met first, so that their numbers run by building and room."""

    def __init__(self, estate: Estate, at: datetime) -> None:
        self.estate, self.at, self.on = estate, at, day_of(at)
        self.bodies = bodies_of_package(estate, self.on)
        self.keys = keys_of(self.bodies)
        self.places = places_of(estate)
        self.contracts = {
            row.pk: f"c{number}"
            for number, row in enumerate(estate.contracts.order_by("starts_on", "id"), start=1)
        }
        self.masks = Masks()

    def package(self) -> Package:
        """All parts; the people are known when everything else was read."""
        shares, seats = tuple(self._shares()), tuple(self._seats())
        return Package(
            made_at=self.at.astimezone(ZONE),
            estate=self._estate(),
            law=law_part(self.estate.community),
            bodies=tuple(map(self._body, self.bodies)),
            people=tuple(self.masks.people()),
            seats=seats,
            buildings=tuple(self._buildings()),
            units=tuple(self._units()),
            shares=shares,
            contracts=tuple(self._contracts()),
            engagements=tuple(self._engagements()),
            terms=tuple(self._terms()),
            conditions=tuple(self._conditions()),
        )

    def _estate(self) -> EstatePart:
        row = self.estate
        return EstatePart(
            name=row.name,
            community=row.community,
            address=row.address,
            kind=row.kind,
            first_delivered_on=row.first_delivered_on,
            registered_on=row.registered_on,
        )

    # Bodies ---------------------------------------------------------------------------------------------------------

    def _body(self, row: Organisation) -> BodyPart:
        """Names, codes and addresses are public; telephone numbers stay behind, and so does a committee's address."""
        is_committee = row.estate_id is not None
        return BodyPart(
            key=self.keys[row.pk],
            kind=row.kind,
            name=row.name,
            code=self._place(row),
            uscc=row.uscc,
            document_code=row.document_code,
            registered_address="" if is_committee else row.registered_address,
            service_address=self.estate.address if is_committee else row.service_address,
            from_on=row.from_on,
            to_on=row.to_on,
        )

    def _place(self, row: Organisation) -> str:
        """Its code where the estate lies in it; a body of elsewhere comes to the estate's city."""
        return row.jurisdiction_code if row.jurisdiction_code in self.places else self.estate.city

    def _key(self, organisation_id: object) -> str:
        return self.keys.get(organisation_id, "")  # type: ignore[call-overload, no-any-return]

    # Units and owners -----------------------------------------------------------------------------------------------

    def _buildings(self) -> list[BuildingRow]:
        rows = self.estate.buildings.order_by("name", "id")
        return [BuildingRow(name=row.name, floors=row.floors) for row in rows]

    def _units(self) -> list[UnitRow]:
        rows = self.estate.units.select_related("building").order_by("building__name", "label")
        return [
            UnitRow(
                building=row.building.name,
                label=row.label,
                use=row.use,
                exclusive_area=row.exclusive_area,
                exclusive_source=AreaSource(row.exclusive_source) if row.exclusive_source else None,
                exclusive_on=row.exclusive_on,
                building_area=row.building_area,
                building_source=AreaSource(row.building_source) if row.building_source else None,
                building_on=row.building_on,
                is_sold=row.is_sold,
            )
            for row in rows
        ]

    def _shares(self) -> list[SharePart]:
        rows = self.estate.ownerships.filter(in_force(self.on)).select_related("unit__building")
        return [
            SharePart(
                building=row.unit.building.name,
                unit=row.unit.label,
                person=self.masks.number_of(row.person_id, Post.OWNER) if row.person_id else None,
                body=self._key(row.organisation_id),
                numerator=row.numerator,
                denominator=row.denominator,
                from_on=row.from_on,
            )
            for row in rows.order_by("unit__building__name", "unit__label", "-numerator", "id")
        ]

    def _seats(self) -> list[SeatPart]:
        return [
            SeatPart(
                person=self.masks.number_of(row.person_id, Post(row.post)),
                post=row.post,
                body=self._key(row.organisation_id),
                at_estate=row.estate_id is not None,
                from_on=row.from_on,
                to_on=row.to_on,
            )
            for row in seats_of_package(self.estate, self.bodies, self.on)
        ]

    # Who manages, and who speaks for the owners ---------------------------------------------------------------------

    def _contracts(self) -> list[ContractPart]:
        rows = self.estate.contracts.order_by("starts_on", "id").prefetch_related("terms")
        return [
            ContractPart(
                key=self.contracts[row.pk],
                provider=self._key(row.provider_id),
                client=self._key(row.client_id),
                kind=row.kind,
                signed_on=row.signed_on,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                terms={term.key: term.value for term in row.terms.all()},
            )
            for row in rows
        ]

    def _engagements(self) -> list[EngagementPart]:
        return [
            EngagementPart(
                from_at=row.from_at.astimezone(ZONE),
                mode=row.mode,
                body=self._key(row.organisation_id),
                contract=self.contracts.get(row.contract_id, "") if row.contract_id else "",
                paper_title=row.paper_title,
                reason=row.reason,
                until_on=row.until_on,
            )
            for row in self.estate.engagements.order_by("from_at")
        ]

    def _committees(self) -> list[Organisation]:
        return [body for body in self.bodies if body.estate_id is not None]

    def _terms(self) -> list[TermPart]:
        """The present term of each committee; a group has its beginning alone."""
        return [self._term(body) for body in self._committees()]

    def _term(self, body: Organisation) -> TermPart:
        term = term_of(body, self.on) if body.kind in COMMITTEES else None
        if term is None:
            return TermPart(
                body=self.keys[body.pk], starts_on=body.from_on, ends_on=None, seats=0, paper_title=""
            )
        return TermPart(
            body=self.keys[body.pk],
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            seats=term.seats,
            paper_title=term.paper_title,
        )

    def _conditions(self) -> list[ConditionPart]:
        rows = CommitteeCondition.objects.filter(in_force(self.on), committee__in=self._committees())
        return [
            ConditionPart(
                body=self.keys[row.committee_id],
                condition=row.condition,
                from_on=row.from_on,
                paper_title=row.paper_title,
            )
            for row in rows.order_by("from_on", "id")
        ]
