"""In which appointment a request acts. Nothing else gives rights."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, F, Field, QuerySet, UUIDField

from gongzhi.acts.actor import Actor
from gongzhi.acts.kept import Kept
from gongzhi.values.refusals import NotAllowed

from .models import Appointment, Organisation, Person
from .queries import day_of, in_force


def _held(on: Any, appointment: Any, person: Any) -> QuerySet[Appointment]:
    return Appointment.objects.filter(in_force(on), pk=appointment, person_id=person)


_ASKED: "dict[str, Field[Any, Any]]" = {"on": DateField(), "appointment": UUIDField(), "person": UUIDField()}
_HELD = Kept(lambda **asked: _held(**asked).select_related("organisation", "estate", "person"), **_ASKED)
_POST = Kept(_held, **_ASKED)

_OWN = Kept(
    lambda on, account: (
        Appointment.objects.filter(in_force(on), person__account_id=account)
        .select_related("organisation", "estate", "person")
        .order_by(F("organisation__name").asc(nulls_last=True), "estate__name", "post", "id")
    ),
    on=DateField(),
    account=UUIDField(),
)


def person_of(account_id: UUID | None) -> Person | None:
    """The person behind an account."""
    return Person.objects.filter(account_id=account_id).first() if account_id else None


def actor_of(account_id: UUID, appointment_id: UUID | None, at: datetime) -> Actor:
    """The actor of a request; the appointment must be the account's own and hold on that day."""
    person = person_of(account_id)
    if appointment_id is None:
        return Actor(account_id, None, person.pk if person else None)
    if person is None:
        raise NotAllowed("这个账号还没有关联人员，请联系系统管理员。")
    held = Appointment.objects.filter(pk=appointment_id, person=person)
    if not held.exists():
        raise NotAllowed("您没有这项任职，请重新选择以哪个职务办理。")
    if not held.filter(in_force(day_of(at))).exists():
        raise NotAllowed("这项任职今天不在任期内，请重新选择以哪个职务办理。")
    return Actor(account_id, appointment_id, person.pk)


def appointment_of(by: Actor, at: datetime) -> Appointment:
    """The appointment acted in, with organisation and estate; NotAllowed without one in force."""
    return _found(_HELD, by, at)


def post_of(by: Actor, at: datetime) -> Appointment:
    """The appointment acted in by itself: its post, and the keys of organisation and estate."""
    return _found(_POST, by, at)


_SEATED: ContextVar[Appointment | None] = ContextVar("the appointment a page is read in", default=None)


@contextmanager
def seated_in(appointment: Appointment) -> Iterator[None]:
    """Within it the appointment is not read again to ask what it may do: for a page, which changes nothing."""
    mark = _SEATED.set(appointment)
    try:
        yield
    finally:
        _SEATED.reset(mark)


def _found(kept: Kept[Appointment], by: Actor, at: datetime) -> Appointment:
    if by.appointment_id and by.person_id:
        seated, on = _SEATED.get(), day_of(at)
        asked = (by.appointment_id, by.person_id)
        if seated is not None and (seated.pk, seated.person_id) == asked and _is_in_force(seated, on):
            return seated
        found = kept.first(on=day_of(at), appointment=by.appointment_id, person=by.person_id)
        if found is not None:
            return found
    raise NotAllowed("请先选择以哪个职务办理。")


def _is_in_force(held: Appointment, on: date) -> bool:
    return held.from_on <= on and (held.to_on is None or held.to_on >= on)


def organisation_of(by: Actor) -> Organisation | None:
    """The organisation of the appointment acted in."""
    if by.appointment_id is None:
        return None
    return Organisation.objects.filter(appointments__pk=by.appointment_id).first()


def appointments_of(account_id: UUID, at: datetime) -> list[Appointment]:
    """What the account's person can act as today, organisations first."""
    return _OWN.rows(on=day_of(at), account=account_id)


def name_of_account(account_id: UUID) -> str:
    """Who stands behind an account, for the sentence of a conflict."""
    person = person_of(account_id)
    return person.name if person else "另一位经办人"
