"""Who may record the conduct of providers."""

from datetime import datetime
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts
from gongzhi.acts.policies import binds
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.divisions import ancestors_of
from gongzhi.registry.models import Appointment, Estate, Organisation, OrganisationKind, Post
from gongzhi.values.refusals import NotAllowed

from .conduct_facts import ConductFinal, RecordConduct
from .models import Conduct

SAYS = "当地县（市、区）或者市物业主管部门；自己作出的处罚也可由街道办事处（乡镇人民政府）"
POSTS = (Post.OFFICER, Post.LEADER, Post.REVIEWER, Post.CLERK)


def _keeps_conduct(*, by: Actor, at: datetime) -> bool:
    held = appointment_of(by, at)
    kinds = (OrganisationKind.PROPERTY_AUTHORITY, OrganisationKind.SUBDISTRICT_OFFICE)
    return held.post in POSTS and held.organisation is not None and held.organisation.kind in kinds


@binds("keeper_of_conduct", says=SAYS, ever=_keeps_conduct)
def keeper_of_conduct(*, by: Actor, facts: Facts, at: datetime) -> None:
    """The property authority of a place the paper touches; a subdistrict for the penalties it imposed itself."""
    if by.is_system:
        return
    held = appointment_of(by, at)
    office, kind, authority, codes = held.organisation, *_told(facts)
    if office is not None and held.post in POSTS:
        if office.kind == OrganisationKind.PROPERTY_AUTHORITY and office.jurisdiction_code in codes:
            return
        own = office.kind == OrganisationKind.SUBDISTRICT_OFFICE and office.pk == authority
        if own and kind == "penalty":
            return
    raise NotAllowed(f"您无权办理，应由{SAYS}办理。")


def is_keeper(appointment: Appointment) -> bool:
    """Whether such a post keeps conduct at all; whose rows, the policy says of each."""
    office = appointment.organisation
    kinds = (OrganisationKind.PROPERTY_AUTHORITY, OrganisationKind.SUBDISTRICT_OFFICE)
    return office is not None and office.kind in kinds and appointment.post in POSTS


def keeps(by: Actor, conduct_id: UUID, at: datetime) -> bool:
    """Whether they may correct that row."""
    try:
        keeper_of_conduct(by=by, facts=ConductFinal(conduct_id=conduct_id, final_on=at.date()), at=at)
    except NotAllowed:
        return False
    return True


def _told(facts: Facts) -> tuple[str, object, frozenset[str]]:
    """Kind, authority, and every code the paper touches: of the estate, the organisation, the authority."""
    if isinstance(facts, RecordConduct):
        kind, authority = str(facts.kind), facts.authority_id
        bodies, estate = [facts.authority_id, facts.organisation_id], facts.estate_id
    else:
        row = Conduct.objects.filter(pk=str(getattr(facts, "conduct_id", ""))).first()
        if row is None:
            return "", None, frozenset()
        kind, authority = row.kind, row.authority_id
        bodies, estate = [row.authority_id, row.organisation_id], row.estate_id
    places = Organisation.objects.filter(pk__in=[body for body in bodies if body is not None])
    codes = set(places.values_list("jurisdiction_code", flat=True))
    if estate is not None:
        codes |= set(Estate.objects.filter(pk=estate).values_list("community", flat=True))
    return kind, authority, frozenset(above for code in codes if code for above in ancestors_of(code))
