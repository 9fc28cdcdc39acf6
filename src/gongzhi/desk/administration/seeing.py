"""Whose names somebody may read: by the post one acts in, and never those of an auditor's record."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.registry.models import (
    OF_ONE_ESTATE,
    OF_THE_SYSTEM,
    REGISTRARS,
    TERRITORIAL,
    Appointment,
    OrganisationKind,
    Ownership,
    Person,
    Post,
)
from gongzhi.registry.territory import visible_estates, within
from gongzhi.values.identifiers import mask_name
from gongzhi.values.refusals import NotAllowed

#: They keep the registers of people of their territory.
OFFICES = (*REGISTRARS, OrganisationKind.RESIDENTS_COMMITTEE)


def administers(held: Appointment) -> bool:
    """Whether it is the system's administrator."""
    return held.post == Post.ADMINISTRATOR


def audits(held: Appointment) -> bool:
    """Whether it is an auditor."""
    return held.post == Post.AUDITOR


def demand_administrator(held: Appointment) -> None:
    """NotAllowed for anybody else."""
    if not administers(held):
        raise NotAllowed("您无权查看，账号和系统状态由系统管理员查看。")


def demand_auditor(held: Appointment) -> None:
    """NotAllowed for anybody else, whoever they are: the record is not read by those it is about."""
    if not audits(held):
        raise NotAllowed("您无权查看，审计记录只由审计人员查看。")


def demand_people(held: Appointment) -> None:
    """NotAllowed for the auditor, who reads the record and no personal data."""
    if audits(held):
        raise NotAllowed("审计人员不查看个人信息，需要核对任职的请由本单位负责人办理。")


def _keeps_an_office(held: Appointment) -> bool:
    return held.organisation is not None and held.organisation.kind in OFFICES and not audits(held)


def appointments_seen(held: Appointment, at: datetime) -> QuerySet[Appointment]:
    """The posts whose holders one may read by name; one's own always."""
    rows = Appointment.objects.select_related("person", "organisation", "estate")
    return rows.none() if audits(held) else rows.filter(_posts(held, at))


def _posts(held: Appointment, at: datetime) -> Q:
    own, body = Q(person=held.person_id), held.organisation
    if administers(held):
        return own | Q(organisation__kind__in=TERRITORIAL) | Q(post__in=OF_THE_SYSTEM)
    if body is None:
        return own
    if _keeps_an_office(held):
        estates = visible_estates(held, at).order_by().values("pk")
        return own | Q(organisation=body) | within(body, "organisation__") | Q(estate__in=estates)
    at_home = Q(estate=body.estate_id) if body.kind in OF_ONE_ESTATE else Q(pk__in=())
    return own | Q(organisation=body) | at_home


def people_seen(held: Appointment, at: datetime) -> QuerySet[Person]:
    """The people one may read by name: in those posts, owners of the territory, and who was just registered."""
    if audits(held):
        return Person.objects.none()
    posts = appointments_seen(held, at).filter(person=OuterRef("pk")).order_by()
    wanted = Q(Exists(posts)) | Q(pk=held.person_id)
    shares = Ownership.objects.filter(person=OuterRef("pk"))
    if administers(held) or _keeps_an_office(held):
        wanted |= ~Exists(Appointment.objects.filter(person=OuterRef("pk"))) & ~Exists(shares)
    if _keeps_an_office(held) or (held.organisation is not None and held.organisation.kind in OF_ONE_ESTATE):
        wanted |= Q(Exists(shares.filter(estate__in=visible_estates(held, at).order_by().values("pk"))))
    return Person.objects.filter(wanted)


def name_for(person: Person, is_seen: bool) -> str:
    """The name, masked for whoever need not know it."""
    return person.name if is_seen else mask_name(person.name)
