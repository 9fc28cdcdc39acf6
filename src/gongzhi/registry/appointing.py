"""The one way an appointment is written: complete, within its dates, never twice at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, Field, QuerySet, UUIDField

from gongzhi.acts.actor import Actor
from gongzhi.acts.events import raise_event
from gongzhi.acts.kept import Kept, insert
from gongzhi.law.sources import demand_paper
from gongzhi.values.exchange import OrganChanged
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

from .models import (
    AT_AN_ESTATE,
    AUTHORITIES,
    IN_AN_ORGANISATION,
    OF_THE_SYSTEM,
    Appointment,
    Estate,
    Organisation,
    Person,
    Post,
)
from .queries import overlapping


def write_appointment(
    *,
    person: Person,
    post: Post,
    organisation: Organisation | None = None,
    estate: Estate | None = None,
    from_on: date,
    to_on: date | None = None,
    paper_title: str = "",
) -> Appointment:
    """Appoint; NotPossible for a place that does not fit the post or for days already covered."""
    _check_place(post, organisation, estate)
    if to_on is not None and to_on < from_on:
        raise NotPossible("任职的终止日期早于起始日期，请核对。")
    made = Appointment(
        person=person,
        post=post,
        organisation=organisation,
        estate=estate,
        from_on=from_on,
        to_on=to_on,
        paper_title=paper_title,
    )
    _check_overlap(made)
    insert(made)
    tell_of_change(organisation)
    return made


def demand_another(by: Actor, people: Iterable[UUID], who: str) -> None:
    """NotAllowed where somebody would register a post for themselves. `who`: the bodies one of whose others may."""
    if not by.is_system and by.person_id in set(people):
        raise NotAllowed(f"不能为本人登记任职，请{who}中的另一人办理。")


def demand_paper_of(post: Post, organisation: Organisation | None, paper: str) -> None:
    """Invalid where a post in an authority or of the system names no paper that it rests on."""
    if post in OF_THE_SYSTEM or (organisation is not None and organisation.kind in AUTHORITIES):
        if not paper.strip():
            says = "机关的任职须有依据，请填写任命文件的名称或者文号。"
            raise Invalid(says, fields={"paper_title": "请填写任命文件的名称或者文号"})
        demand_paper(paper, "任命文件的名称或者文号", "paper_title")


def end_appointments(rows: list[Appointment], to_on: date) -> None:
    """Let posts end on a day, included; what ends earlier already stays."""
    for row in rows:
        if row.to_on is not None and row.to_on <= to_on:
            continue
        if to_on < row.from_on:
            raise NotPossible(f"该任职自{row.from_on}起，终止日期不能更早，请核对。")
        row.to_on = to_on
        row.save(update_fields=["to_on"])
        tell_of_change(row.organisation)


def tell_of_change(organisation: Organisation | None) -> None:
    """A committee's members decide which body acts for the owners: tell whoever holds tasks."""
    if organisation is not None and organisation.estate_id is not None:
        raise_event(OrganChanged(organisation.estate_id))


def _check_place(post: Post, organisation: Organisation | None, estate: Estate | None) -> None:
    if post in AT_AN_ESTATE and (estate is None or organisation is not None):
        raise NotPossible(f"{post.label}须填写小区、不填写单位，请改正。")
    if post in IN_AN_ORGANISATION and organisation is None:
        raise NotPossible(f"{post.label}须填写单位，请选择单位。")
    if estate is not None and post not in AT_AN_ESTATE and post != Post.PROVIDER_LEADER:
        raise NotPossible(f"{post.label}不填写小区，请去掉小区。")


_COVERS: dict[str, Field[Any, Any]] = {
    "organisation": UUIDField(),
    "estate": UUIDField(),
    "to_on": DateField(),
}


@cache
def _overlapping(*told: bool) -> Kept[Appointment]:
    """The same post of a person on one of the days; `told`: which of `_COVERS` are given, the others are empty."""
    given = {name: field for (name, field), is_told in zip(_COVERS.items(), told, strict=True) if is_told}

    def make(person: Any, post: Any, from_on: Any, to_on: Any = None, **where: Any) -> QuerySet[Appointment]:
        empty = {f"{name}__isnull": True for name in ("organisation", "estate") if name not in given}
        rows = Appointment.objects.filter(person=person, post=post, **where, **empty)
        return rows.filter(overlapping(from_on, to_on)).select_related("person").order_by("from_on", "id")[:1]

    return Kept(make, person=UUIDField(), post=CharField(), from_on=DateField(), **given)


def _check_overlap(new: Appointment) -> None:
    values = {"person": new.person_id, "post": new.post, "from_on": new.from_on}
    more = {"organisation": new.organisation_id, "estate": new.estate_id, "to_on": new.to_on}
    given = {name: value for name, value in more.items() if value is not None}
    held = _overlapping(*(name in given for name in _COVERS)).first(**values, **given)
    if held is None:
        return
    until = f"至{held.to_on}" if held.to_on else "起"
    raise NotPossible(
        f"{held.person.name}自{held.from_on}{until}已任{Post(held.post).label}，任期重叠，"
        f"请先结束原任职，或者改日期。"
    )
