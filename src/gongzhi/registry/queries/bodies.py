"""The bodies of a place on a day, read in one look: its organs of four levels and the committees of the estate."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, DateField, Q, UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.registry.models import MANAGERS, Estate, Organisation, OrganisationKind

from .dates import in_force

ORGANS = (
    OrganisationKind.RESIDENTS_COMMITTEE,
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.PROPERTY_AUTHORITY,
)
COMMITTEES = (OrganisationKind.OWNERS_COMMITTEE, OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE)

_LEVELS = ("community", "subdistrict", "county", "city")
#: A level the place does not have is "", which is the territory of nobody.
_BODIES = Kept(
    lambda on, estate, **codes: (
        Organisation.objects.filter(in_force(on))
        .filter(
            Q(kind__in=ORGANS, jurisdiction_code__in=codes.values())
            | Q(kind__in=COMMITTEES, estate_id=estate)
        )
        .order_by("-from_on")
    ),
    on=DateField(),
    estate=UUIDField(),
    **{level: CharField() for level in _LEVELS},
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """What stands there on the day, newest first; of two that overlap the newer counts."""

    organs: tuple[Organisation, ...] = ()
    committees: tuple[Organisation, ...] = ()

    def organ(self, kind: OrganisationKind, code: str) -> Organisation | None:
        """The organ of that kind whose territory the code is."""
        found = (one for one in self.organs if one.kind == kind and one.jurisdiction_code == code)
        return next(found, None) if code else None

    def committee(self, kind: OrganisationKind) -> Organisation | None:
        """The committee, or interim committee, of the estate."""
        return next((one for one in self.committees if one.kind == kind), None)


def bodies_of(estate: Estate, on: date) -> Bodies:
    """Read them; of a place without an estate (a case about a jurisdiction) the organs alone are there."""
    rows = _BODIES.rows(
        on=on,
        community=estate.community,
        subdistrict=estate.subdistrict,
        county=estate.county,
        city=estate.city,
        estate=estate.pk,
    )
    return Bodies(_of(rows, ORGANS), _of(rows, COMMITTEES))


def _of(rows: Iterable[Organisation], kinds: Iterable[str]) -> tuple[Organisation, ...]:
    return tuple(row for row in rows if row.kind in kinds)


def engageable() -> tuple[UUID, ...]:
    """Who can be engaged to manage an estate: registered property managers, none dissolved. 《民法典》第937条."""
    return tuple(Organisation.objects.filter(kind__in=MANAGERS, to_on=None).values_list("id", flat=True))
