"""Registering owners of an estate's units in one batch, and handing a unit on."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root
from gongzhi.registry.bulk import insert_columns, insert_objects
from gongzhi.registry.facts import RegisterOwners, TransferUnit
from gongzhi.registry.models import Appointment, Estate, Ownership, Post
from gongzhi.registry.owner_batch import Batch, OwnerBatch
from gongzhi.registry.queries import estate_of
from gongzhi.values.refusals import NotPossible


def _root_of_estate(facts: RegisterOwners | TransferUnit) -> Root:
    return Root("estate", facts.estate_id)


@action(
    "registry.register_owners",
    title="登记业主",
    facts=RegisterOwners,
    root=_root_of_estate,
    may="registrar_of_owners",
)
def register_owners(*, by: Actor, at: datetime, facts: RegisterOwners) -> dict[str, Any]:
    """Register owners of one estate's units, all or none; each person may act as an owner there from then on.

    Co-owners have exact fractions that never exceed the whole; an unsold unit is the developer's.
    """
    estate = estate_of(facts.estate_id)
    batch = OwnerBatch(estate, facts.rows, at).read()
    _write(estate, batch)
    return {
        "estate_id": estate.pk,
        "shares": len(batch.shares),
        "new_people": len(batch.new_people),
        "person_ids": [share.person_id for share in batch.shares] if len(batch.shares) <= 100 else [],
    }


@action(
    "registry.transfer_unit",
    title="登记房屋转移",
    facts=TransferUnit,
    root=_root_of_estate,
    may="registrar_of_owners",
)
def transfer_unit(*, by: Actor, at: datetime, facts: TransferUnit) -> dict[str, Any]:
    """Hand one unit on: former shares end the day before, and with the last of them the right to act as owner."""
    estate = estate_of(facts.estate_id)
    if len({(row.building, row.unit) for row in facts.rows}) != 1:
        raise NotPossible("一次只能登记一套房屋的转移，请分开办理。")
    if any(row.from_on != facts.from_on for row in facts.rows):
        raise NotPossible("新业主的起始日期须与转移日期一致，请核对。")
    batch = OwnerBatch(estate, facts.rows, at).read(instead=True)
    _end_shares(estate, batch.shares[0].unit_id, facts.from_on)
    _write(estate, batch)
    return {"estate_id": estate.pk, "shares": len(batch.shares)}


def _end_shares(estate: Estate, unit_id: UUID, from_on: date) -> None:
    """Close what is held on the unit; a share that begins on the day or later stands in the way."""
    held = Ownership.objects.filter(unit_id=unit_id)
    later = held.filter(from_on__gte=from_on).first()
    if later is not None:
        raise NotPossible(f"该房屋自{later.from_on}起已有登记，转移日期须在其后，请核对。")
    last_day = from_on - timedelta(days=1)
    ending = list(held.filter(to_on__isnull=True))
    held.filter(to_on__isnull=True).update(to_on=last_day)
    former = {share.person_id for share in ending if share.person_id is not None}
    still = set(_open_shares(estate).filter(person_id__in=former).values_list("person_id", flat=True))
    _owner_posts(estate).filter(person_id__in=former - still).update(to_on=last_day)


def _open_shares(estate: Estate) -> QuerySet[Ownership]:
    return Ownership.objects.filter(estate=estate, to_on__isnull=True)


def _owner_posts(estate: Estate) -> QuerySet[Appointment]:
    return Appointment.objects.filter(estate=estate, post=Post.OWNER, to_on__isnull=True)


def _write(estate: Estate, batch: Batch) -> None:
    """People, shares and the posts by which the people act."""
    insert_objects(batch.new_people)
    insert_objects(batch.shares)
    first_day: dict[UUID, date] = {}
    for share in batch.shares:
        if share.person_id is not None:
            first_day[share.person_id] = min(share.from_on, first_day.get(share.person_id, share.from_on))
    appointed = set(_owner_posts(estate).values_list("person_id", flat=True))
    new = {person: from_on for person, from_on in first_day.items() if person not in appointed}
    columns: dict[str, Any] = {
        "person_id": list(new),
        "post": Post.OWNER.value,
        "organisation_id": None,
        "estate_id": estate.pk,
        "from_on": list(new.values()),
        "to_on": None,
        "paper_title": "",
    }
    insert_columns(Appointment, columns, len(new))
