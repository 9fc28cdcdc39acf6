"""人员与任职: posts by organisation, estate and person, those that run and those that are over; and one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.accounts.models import Account
from gongzhi.registry.models import Appointment, IdKind, Person, Post, PowerOfAttorney
from gongzhi.registry.personal import found_by, masked
from gongzhi.registry.queries import named
from gongzhi.registry.territory import visible_estates

from ..caselist import id_in
from .registers import DIGITS
from .seeing import administers, appointments_seen, name_for, people_seen

STATES = {"": "在任", "ended": "已结束", "every": "全部"}
HEADS = ("姓名", "职务", "单位", "小区", "自", "至", "任命文件")
CELLS = ("name", "post", "organisation", "estate", "from_on", "to_on", "paper")
#: People found by one search.
FOUND = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    name: str = ""
    post: str = ""
    state: str = ""
    organisation: UUID | None = None
    estate: UUID | None = None
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Asked:
        """What is too long or not offered is not asked."""
        post, state = asked.get("post", ""), asked.get("state", "")
        return cls(
            name=asked.get("q", "").strip()[:50],
            post=post if post in Post.values else "",
            state=state if state in STATES else "",
            organisation=id_in(asked.get("organisation", "")),
            estate=id_in(asked.get("estate", "")),
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state was asked."""
        return bool(self.name or self.post or self.organisation or self.estate)


def asked_for(held: Appointment, asked: Asked, at: datetime, on: date) -> QuerySet[Appointment]:
    """The posts that are asked for, of those one sees."""
    rows = appointments_seen(held, at)
    if asked.name:
        rows = rows.filter(
            Q(person__name__startswith=asked.name)
            | named(asked.name, "organisation__")
            | named(asked.name, "estate__")
        )
    if asked.post:
        rows = rows.filter(post=asked.post)
    if asked.organisation is not None:
        rows = rows.filter(organisation=asked.organisation)
    if asked.estate is not None:
        rows = rows.filter(estate=asked.estate)
    if asked.state == "every":
        return rows
    over = Q(to_on__isnull=False, to_on__lt=on)
    return rows.filter(over) if asked.state == "ended" else rows.filter(Q(to_on=None) | Q(to_on__gte=on))


def told(rows: Sequence[Appointment], on: date) -> list[dict[str, Any]]:
    """The rows of a page, and of the spreadsheet: the same cells."""
    return [
        {
            "pk": row.pk,
            "person": row.person_id,
            "name": row.person.name,
            "post": str(Post(row.post).label),
            "organisation": row.organisation.name if row.organisation is not None else "",
            "organisation_id": row.organisation_id,
            "estate": row.estate.name if row.estate is not None else "",
            "estate_id": row.estate_id,
            "from_on": row.from_on,
            "to_on": row.to_on,
            "paper": row.paper_title,
            "is_over": row.to_on is not None and row.to_on < on,
        }
        for row in rows
    ]


# People -------------------------------------------------------------------------------------------------------------


def found_people(held: Appointment, text: str, at: datetime) -> tuple[list[dict[str, Any]], bool]:
    """By the beginning of the name among those one sees, or by a whole number; and whether there are more."""
    seen = people_seen(held, at)
    if sum(sign.isdigit() for sign in text) >= DIGITS:
        every = [one for field in ("id_number", "phone") for one in found_by(field, text)]
        rows = list({one.pk: one for one in every}.values())
    else:
        rows = list(seen.filter(name__startswith=text).order_by("name", "pk")[: FOUND + 1]) if text else []
    known = set(seen.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    posts = posts_now(rows)
    told = [
        {
            "pk": row.pk,
            "is_seen": row.pk in known,
            "name": name_for(row, row.pk in known),
            "number": masked(row, "id_number") if row.pk in known else "",
            "phone": masked(row, "phone") if row.pk in known else "",
            "post": posts.get(row.pk, "") if row.pk in known else "",
        }
        for row in rows[:FOUND]
    ]
    return told, len(rows) > FOUND


def posts_now(rows: Sequence[Person]) -> dict[UUID, str]:
    """One post of each that is not over."""
    held = Appointment.objects.filter(person__in=rows, to_on=None).select_related("organisation", "estate")
    return {row.person_id: str(row) for row in held.order_by("-from_on", "pk")}


def person_file(row: Person, held: Appointment, at: datetime, on: date) -> dict[str, Any]:
    """One person as far as one may read of them."""
    posts = appointments_seen(held, at).filter(person=row).order_by("-from_on", "pk")
    account = Account.objects.filter(pk=row.account_id).first() if row.account_id is not None else None
    return {
        "row": row,
        "id_kind": str(IdKind(row.id_kind).label),
        "id_number": masked(row, "id_number"),
        "phone": masked(row, "phone"),
        "is_destroyed": row.sealed_key is None and bool(row.id_number_digest or row.phone_digest),
        "posts": told(list(posts), on),
        "powers": _powers(row, held, on),
        "account": account,
        "shows_account": administers(held),
        "shares": _shares(row, held, at),
    }


def _powers(row: Person, held: Appointment, on: date) -> list[dict[str, Any]]:
    """For whom the person acts, of what the reader's own organisation or the person themself granted or holds."""
    mine = (
        Q(principal_organisation=held.organisation_id) if held.organisation_id is not None else Q(pk__in=())
    )
    wanted = Q(agent=row) | Q(principal_person=row)
    if held.person_id != row.pk:
        wanted &= mine
    rows = PowerOfAttorney.objects.filter(wanted)
    found = rows.select_related("agent", "principal_organisation", "principal_person").order_by(
        "-from_on", "pk"
    )
    return [
        {
            "row": one,
            "principal": one.principal_organisation or one.principal_person,
            "is_over": one.revoked_on is not None or one.to_on < on,
            "may_revoke": one.revoked_on is None,
        }
        for one in found
    ]


def _shares(row: Person, held: Appointment, at: datetime) -> list[dict[str, Any]]:
    """What the person owns in the estates the reader sees; nothing for who sees no business."""
    if administers(held):
        return []
    rows = row.ownerships.filter(to_on=None, estate__in=visible_estates(held, at).order_by().values("pk"))
    found = rows.select_related("estate", "unit__building").order_by("estate__pinyin", "pk")[:FOUND]
    return [
        {"estate": one.estate, "unit": f"{one.unit.building.name} {one.unit.label}", "share": str(one)}
        for one in found
    ]
