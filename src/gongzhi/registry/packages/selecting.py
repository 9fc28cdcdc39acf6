"""Which bodies and which of their people a package takes along: those that a procedure there can meet."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Case, Q, QuerySet, Value, When

from gongzhi.registry.divisions import chain_of
from gongzhi.registry.models import (
    AT_AN_ESTATE,
    COMMITTEES,
    MANAGERS,
    OF_ONE_ESTATE,
    OF_THE_SYSTEM,
    Appointment,
    CommitteeTerm,
    Estate,
    Organisation,
    OrganisationKind,
    Post,
)
from gongzhi.registry.queries import in_force

#: How many of each go along at most: bodies of the place, firms one may turn to, people of one post in one body, people
#: of one post at the estate. Ours to choose, not law.
BODIES, FIRMS, OF_A_POST, AT_THE_ESTATE = 150, 20, 3, 5
_COMPANIES = (*MANAGERS, OrganisationKind.DEVELOPER, OrganisationKind.THIRD_PARTY_FIRM)


def places_of(estate: Estate) -> list[str]:
    """The codes the estate lies in, from the community up to the province."""
    return [step.code for step in chain_of(estate.community)]


def bodies_of_package(estate: Estate, on: date) -> list[Organisation]:
    """The bodies of its place, its committees, whoever manages, contracts, owns or may follow."""
    there = Organisation.objects.filter(in_force(on))
    of_place = there.filter(jurisdiction_code__in=places_of(estate), estate=None)
    queries = (
        of_place.exclude(kind__in=_COMPANIES).order_by("-jurisdiction_code", "kind", "name", "id")[:BODIES],
        there.filter(estate=estate).order_by("kind", "id"),
        _involved(estate).order_by("kind", "name", "id"),
        _near(there.filter(kind__in=MANAGERS), estate)[:FIRMS],
        _near(there.filter(kind=OrganisationKind.THIRD_PARTY_FIRM), estate)[:FIRMS],
    )
    return list({body.pk: body for rows in queries for body in rows}.values())


def _involved(estate: Estate) -> QuerySet[Organisation]:
    """Managers of any day, both sides of the contracts, owners that are bodies; also those that are closed by now."""
    engaged = estate.engagements.values("organisation_id")
    contracts, owned = estate.contracts.all(), estate.ownerships.values("organisation_id")
    return Organisation.objects.filter(
        Q(pk__in=engaged)
        | Q(pk__in=contracts.values("provider_id"))
        | Q(pk__in=contracts.values("client_id"))
        | Q(pk__in=owned)
    ).filter(estate=None)


def _near(rows: QuerySet[Organisation], estate: Estate) -> QuerySet[Organisation]:
    """Of the city, those of the county first."""
    near = Case(When(county=estate.county, then=Value(0)), default=Value(1))
    return rows.filter(city=estate.city).order_by(near, "name", "id")


def term_of(committee: Organisation, on: date) -> CommitteeTerm | None:
    """The newest term that has begun."""
    return committee.terms.filter(starts_on__lte=on).order_by("-starts_on").first()


def seats_of_package(estate: Estate, bodies: Iterable[Organisation], on: date) -> Iterator[Appointment]:
    """Who holds a post there today, few of each; of a committee everybody since its term began."""
    for body in bodies:
        if body.kind in OF_ONE_ESTATE:
            yield from _members(body, on)
        else:
            held = Appointment.objects.filter(in_force(on), organisation=body).exclude(post__in=OF_THE_SYSTEM)
            yield from _few(held.filter(Q(estate=None) | Q(estate=estate)), OF_A_POST)
    living = [post for post in AT_AN_ESTATE if post != Post.OWNER]
    at_estate = Appointment.objects.filter(in_force(on), estate=estate, organisation=None, post__in=living)
    yield from _few(at_estate, AT_THE_ESTATE)


def _members(committee: Organisation, on: date) -> Iterator[Appointment]:
    """Members since the term began, also those who have left; of a group without terms, those of today."""
    term = term_of(committee, on) if committee.kind in COMMITTEES else None
    since = term.starts_on if term is not None else on
    held = Appointment.objects.filter(organisation=committee, from_on__lte=on)
    held = held.filter(Q(to_on=None) | Q(to_on__gte=since))
    yield from held.order_by("from_on", "post", "id")


def _few(rows: QuerySet[Appointment], most: int) -> Iterator[Appointment]:
    """So many of each post, who came first first."""
    for _, held in groupby(rows.order_by("post", "from_on", "id"), key=lambda one: one.post):
        yield from list(held)[:most]


def keys_of(bodies: Iterable[Organisation]) -> dict[UUID, str]:
    """What each body is called in the package."""
    return {body.pk: f"b{number}" for number, body in enumerate(bodies, start=1)}
