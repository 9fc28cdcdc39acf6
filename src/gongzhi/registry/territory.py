"""Which estates an appointment sees: by equal codes, by contract, or its own."""

from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from .divisions import cities_under
from .models import (
    MANAGERS,
    OF_ONE_ESTATE,
    TERRITORIAL,
    Appointment,
    Engagement,
    Estate,
    Organisation,
    OrganisationKind,
    Post,
    ServiceContract,
)
from .queries import day_of, organisation_owns_in


def visible_estates(appointment: Appointment | None, at: datetime) -> QuerySet[Estate]:
    """The estates the appointment sees; none without an appointment in force, none for the administrator."""
    if appointment is None or not _holds(appointment, day_of(at)):
        return Estate.objects.none()
    if appointment.post == Post.ADMINISTRATOR:
        return Estate.objects.none()
    if appointment.estate_id is not None:
        return Estate.objects.filter(pk=appointment.estate_id)
    if appointment.organisation is None:
        return Estate.objects.all() if appointment.post == Post.AUDITOR else Estate.objects.none()
    return estates_of(appointment.organisation, at)


def can_see_estate(appointment: Appointment | None, estate: Estate, at: datetime) -> bool:
    """Whether that estate is among those the appointment sees."""
    return visible_estates(appointment, at).filter(pk=estate.pk).exists()


def _holds(appointment: Appointment, on: date) -> bool:
    return appointment.from_on <= on and (appointment.to_on is None or appointment.to_on >= on)


def estates_of(organisation: Organisation, at: datetime) -> QuerySet[Estate]:
    """The estates an organisation sees, by its kind."""
    if organisation.kind in TERRITORIAL:
        return Estate.objects.filter(within(organisation))
    if organisation.kind in OF_ONE_ESTATE:
        return Estate.objects.filter(organisations=organisation)
    if organisation.kind in MANAGERS:
        return Estate.objects.filter(_managed_by(organisation, at))
    if organisation.kind == OrganisationKind.DEVELOPER:
        return organisation_owns_in(organisation, day_of(at))
    return Estate.objects.none()


def within(organisation: Organisation, prefix: str = "") -> Q:
    """The condition that a placed row lies in an authority's territory: one equality, or a province's cities.

    `prefix` reaches the placed row from another one: `organisation__`.
    """
    for level in ("community", "subdistrict", "county", "city"):
        if code := getattr(organisation, level):
            return Q(**{f"{prefix}{level}": code})
    return Q(**{f"{prefix}city__in": cities_under(organisation.jurisdiction_code)})


def _managed_by(organisation: Organisation, at: datetime) -> Q:
    """It manages the estate now, or has a contract that has not ended."""
    newest = Engagement.objects.filter(estate=OuterRef("estate_id"), from_at__lte=at).order_by("-from_at")
    mine = Engagement.objects.filter(organisation=organisation, from_at__lte=at)
    managed = mine.filter(pk=Subquery(newest.values("pk")[:1]))
    open_end = Q(ends_on__isnull=True) | Q(ends_on__gte=day_of(at))
    contracted = ServiceContract.objects.filter(open_end, provider=organisation)
    return Q(pk__in=managed.values("estate_id")) | Q(pk__in=contracted.values("estate_id"))
