"""Committees taken in: formed with who sat in them when their term began, then who came, then who left."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from gongzhi.acts.actor import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.facts import CommitteeSeat, EndAppointment, FormCommittee
from gongzhi.registry.models import Appointment, OrganisationKind, Post

from .shape import BodyPart, SeatPart, TermPart

if TYPE_CHECKING:
    from .reading import Reader

#: In the place of a paper whose title the registers do not tell.
A_PAPER = "成立公告"


def form_committees(reader: Reader) -> list[str]:
    """Form every committee of the package; answers a sentence for each that could not be."""
    bodies = {body.key: body for body in reader.package.bodies}
    formed = [
        (bodies[term.body].name, _form(reader, bodies[term.body], term)) for term in reader.package.terms
    ]
    return [f"{name}没有带入：登记簿里没有它的任期或者负责人。" for name, is_there in formed if not is_there]


def _form(reader: Reader, body: BodyPart, term: TermPart) -> bool:
    """Form one; False where the registers do not tell its term or its head."""
    seats = [seat for seat in reader.package.seats if seat.body == body.key]
    founders = _founders(seats, term)
    if not founders or (body.kind == OrganisationKind.OWNERS_COMMITTEE and term.ends_on is None):
        return False
    facts = FormCommittee(
        estate_id=reader.estate_id,
        kind=body.kind,
        name=body.name,
        uscc=body.uscc,
        document_code=body.document_code,
        service_address=body.service_address,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        seats=max(term.seats, len(founders)),
        members=tuple(
            CommitteeSeat(person_id=reader.people[seat.person], is_head=seat.post == Post.COMMITTEE_HEAD)
            for seat in founders
        ),
        paper_title=term.paper_title or A_PAPER,
    )
    answer = actions.form_committee(by=SYSTEM, at=reader.began_at, facts=facts)
    reader.bodies[body.key] = UUID(answer.value["organisation_id"])
    _follow(reader, body, [seat for seat in seats if seat not in founders])
    _let_go(reader, body, [seat for seat in seats if seat.to_on is not None])
    return True


def _founders(seats: list[SeatPart], term: TermPart) -> list[SeatPart]:
    """Who sat there on the first day, where exactly one of them was its head."""
    founders = [seat for seat in seats if seat.from_on <= term.starts_on]
    heads = [seat for seat in founders if seat.post == Post.COMMITTEE_HEAD]
    return founders if len(heads) == 1 else []


def _follow(reader: Reader, body: BodyPart, seats: list[SeatPart]) -> None:
    for seat in seats:
        reader.appoint(
            reader.people[seat.person],
            seat.from_on,
            post=seat.post,
            organisation_id=reader.bodies[body.key],
        )


def _let_go(reader: Reader, body: BodyPart, seats: list[SeatPart]) -> None:
    for seat in seats:
        held = Appointment.objects.get(
            organisation_id=reader.bodies[body.key],
            person_id=reader.people[seat.person],
            post=seat.post,
            to_on=None,
        )
        facts = EndAppointment(appointment_id=held.pk, to_on=seat.to_on)
        actions.end_appointment(by=SYSTEM, at=reader.began_at, facts=facts)
