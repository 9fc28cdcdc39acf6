"""The chairs of a rehearsal: every post of the copied cast, side by side, and sitting down in one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.contrib.auth import login
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from gongzhi.accounts import history
from gongzhi.accounts.actions import open_account
from gongzhi.accounts.facts import OpenAccount, SignedIn
from gongzhi.accounts.models import Account
from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.registry.actions import link_account
from gongzhi.registry.facts import LinkAccount
from gongzhi.registry.models import (
    MANAGERS,
    OF_ONE_ESTATE,
    Appointment,
    Estate,
    Organisation,
    OrganisationKind,
    Ownership,
    Person,
    Post,
)
from gongzhi.registry.packages.masking import STAND_IN
from gongzhi.registry.queries import day_of, in_force, manager_of_day
from gongzhi.ui.seat import choose
from gongzhi.values.refusals import NotFound

#: Owners shown without being looked for, and found at most.
OWNERS = 12
#: Signs in whoever comes from the real system, before they sit down.
REHEARSER = "yanlian"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Chair:
    """One post, and who sits in it."""

    held: Appointment
    is_invented: bool
    units: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its chairs; None is the estate's owners and residents."""

    organisation: Organisation | None
    chairs: Sequence[Chair]


@dataclass(frozen=True, slots=True)
class Side:
    """Bodies that stand on one side of the table."""

    title: str
    bodies: Sequence[Body]

    @property
    def is_folded(self) -> bool:
        """Whether few cases need them, so that they stand closed."""
        return self.title in SIDES[-2:]


def sides(estate: Estate, at: datetime) -> list[Side]:
    """Everybody in their order: who manages, the owners, community, street, county, city, and the others."""
    rows = (
        _held(at).filter(organisation__isnull=False).order_by("organisation__name", "organisation_id", "post")
    )
    bodies = [Body(body, _chairs(held)) for body, held in groupby(rows, key=lambda one: one.organisation)]
    manager = manager_of_day(estate, day_of(at))
    manager_id = manager.organisation_id if manager is not None else None
    found = {title: [body for body in bodies if _side(body, estate, manager_id) == title] for title in SIDES}
    found["业主一方"] += [Body(None, owners(estate, "", at)), Body(None, _residents(estate, at))]
    return [Side(title, [one for one in found[title] if one.chairs]) for title in SIDES if found[title]]


SIDES = ("物业服务人", "业主一方", "社区", "街道", "县级", "市级", "其他物业企业和第三方", "其他单位")


def _side(body: Body, estate: Estate, manager_id: UUID | None) -> str:
    organisation = body.organisation
    assert organisation is not None
    kind, code = organisation.kind, organisation.jurisdiction_code
    if organisation.pk == manager_id and kind in MANAGERS:
        return "物业服务人"
    if kind in OF_ONE_ESTATE:
        return "业主一方"
    if kind in (*MANAGERS, OrganisationKind.THIRD_PARTY_FIRM):
        return "其他物业企业和第三方"
    return _ORGANS.get((OrganisationKind(kind), _level(estate, code)), "其他单位")


_ORGANS = {
    (OrganisationKind.RESIDENTS_COMMITTEE, "community"): "社区",
    (OrganisationKind.SUBDISTRICT_OFFICE, "subdistrict"): "街道",
    (OrganisationKind.PROPERTY_AUTHORITY, "county"): "县级",
    (OrganisationKind.PROPERTY_AUTHORITY, "city"): "市级",
}


def _level(estate: Estate, code: str) -> str:
    levels = ("community", "subdistrict", "county", "city")
    return next((level for level in levels if getattr(estate, level) == code), "")


def _held(at: datetime) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(in_force(day_of(at)))
    return rows.select_related("person", "organisation", "estate")


def _chairs(rows: Iterable[Appointment]) -> list[Chair]:
    return [Chair(one, one.person.name.startswith(STAND_IN)) for one in rows]


def _residents(estate: Estate, at: datetime) -> list[Chair]:
    rows = _held(at).filter(estate=estate, organisation=None).exclude(post=Post.OWNER)
    return _chairs(rows.order_by("post", "person__name", "id"))


def owners(estate: Estate, asked: str, at: datetime) -> list[Chair]:
    """Owners by name, a few of them; those of a name or a room where somebody is looked for."""
    rows = _held(at).filter(estate=estate, post=Post.OWNER)
    if asked:
        named = Q(person__name__contains=asked) | Q(
            person__ownerships__estate=estate, person__ownerships__unit__label__contains=asked
        )
        rows = rows.filter(pk__in=rows.filter(named).values("pk"))
    found = list(rows.order_by("person__name", "id")[:OWNERS])
    units = _units(estate, [one.person_id for one in found], at)
    return [Chair(one, False, units.get(one.person_id, "")) for one in found]


def _units(estate: Estate, people: Iterable[UUID], at: datetime) -> dict[UUID, str]:
    """What each owns, by building and room."""
    rows = Ownership.objects.filter(in_force(day_of(at)), estate=estate, person__in=people)
    found: dict[UUID, list[str]] = {}
    for row in rows.select_related("unit__building").order_by("unit__building__name", "unit__label"):
        assert row.person_id is not None
        found.setdefault(row.person_id, []).append(f"{row.unit.building.name} {row.unit.label}")
    return {person: "、".join(names) for person, names in found.items()}


# Sitting down -------------------------------------------------------------------------------------------------------


def sit(request: HttpRequest, appointment_id: str, at: datetime) -> Appointment:
    """Sign in as whoever holds the post, and act in it. NotFound where nobody holds it today."""
    held = _held(at).filter(pk=appointment_id).first()
    if held is None:
        raise NotFound("没有这个席位，或者任期已过，请回到演练台重新选择。")
    come_in(request, account_of(held.person, at), at)
    choose(request, str(held.pk), at)
    return held


def come_in(request: HttpRequest, account: Account, at: datetime) -> None:
    """Begin a session of an account, without a password: only in a cell, only for who came in by the entrance."""
    login(request, account, backend=BACKEND)
    facts = SignedIn(account_id=account.pk, by=("rehearsal",))
    history.sign_in(by=Actor(account.pk), at=at, facts=facts)


def account_of(person: Person, at: datetime) -> Account:
    """The person's account, opened when it is first needed."""
    if person.account_id is None:
        opened = open_account(by=SYSTEM, at=at, facts=OpenAccount(username=f"{REHEARSER}-{person.pk}"))
        account_id = UUID(opened.value["account_id"])
        link_account(by=SYSTEM, at=at, facts=LinkAccount(person_id=person.pk, account_id=account_id))
        return Account.objects.get(pk=account_id)
    return Account.objects.get(pk=person.account_id)
