"""Recorded conduct as a list: whose rows one sees, in which state they are, and who keeps them.

《白山市物业服务人退出及应急服务管理办法》第10条第1项至第3项.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.procedures.queries import reader_of
from gongzhi.registry.models import (
    MANAGERS,
    TERRITORIAL,
    Appointment,
    Engagement,
    Estate,
    Organisation,
    OrganisationKind,
    Post,
    ServiceContract,
)
from gongzhi.registry.queries import day_of, in_force, named
from gongzhi.registry.territory import visible_estates, within

from .conduct_queries import told_conduct
from .keyset import id_in
from .models import Conduct
from .models.conduct import ConductKind
from .readers import is_auditor

STATES = {"standing": "有效", "over": "已过有效期", "revoked": "已撤销"}
#: More are not listed to pick from.
LONGEST = 200
#: Authorities that may have found something, of the keeper's own city.
FINDING = (
    OrganisationKind.PROPERTY_AUTHORITY,
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.GOVERNMENT,
    OrganisationKind.ENFORCEMENT_BUREAU,
    OrganisationKind.MARKET_REGULATOR,
    OrganisationKind.POLICE,
    OrganisationKind.FIRE_BRIGADE,
    OrganisationKind.DEVELOPMENT_REFORM,
    OrganisationKind.HUMAN_RESOURCES,
    OrganisationKind.EMERGENCY_MANAGEMENT,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: in a state, of a kind, about a provider, at an estate."""

    state: str = "standing"
    kind: str = ""
    provider: UUID | None = None
    estate: UUID | None = None
    after: UUID | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        state, kind = said.get("state", ""), said.get("kind", "")
        return cls(
            state=state if state in STATES else "standing",
            kind=kind if kind in ConductKind.values else "",
            provider=id_in(said.get("provider", "")),
            estate=id_in(said.get("estate", "")),
            after=id_in(said.get("after", "")),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out beside what no longer stands."""
        return bool(self.kind or self.provider or self.estate)


# Whose rows ---------------------------------------------------------------------------------------------------------


def conduct_seen(appointment: Appointment, at: datetime) -> QuerySet[Conduct]:
    """Rows about those who manage, or managed, what one sees; an authority also sees what its own bodies found."""
    body, rows = (
        appointment.organisation,
        Conduct.objects.select_related("authority", "organisation", "estate"),
    )
    if body is None:
        return rows if is_auditor(appointment) else rows.none()
    if body.kind in MANAGERS:
        return rows.filter(_about(Organisation.objects.filter(pk=body.pk).values("pk")))
    estates = visible_estates(appointment, at)
    seen = _about(providers_of(estates).values("pk")) | Q(estate__in=estates)
    if body.kind in TERRITORIAL:
        seen |= Q(authority__in=Organisation.objects.filter(within(body)))
    return rows.filter(seen)


def _about(bodies: Any) -> Q:
    """Of these bodies, or of people who lead or led their projects."""
    led = Appointment.objects.filter(post=Post.PROVIDER_LEADER, organisation__in=bodies)
    return Q(organisation__in=bodies) | Q(person__in=led.values("person"))


def providers_of(estates: QuerySet[Estate]) -> QuerySet[Organisation]:
    """Who manages or managed one of these estates."""
    managed = Engagement.objects.filter(estate__in=estates, organisation__isnull=False)
    return Organisation.objects.filter(pk__in=managed.values("organisation"), kind__in=MANAGERS)


def wanted_conduct(seen: QuerySet[Conduct], wanted: Wanted, on: date) -> QuerySet[Conduct]:
    """Of those seen the ones that were asked for."""
    return within_filter(seen, wanted).filter(_in_state(wanted.state, on))


def within_filter(seen: QuerySet[Conduct], wanted: Wanted) -> QuerySet[Conduct]:
    """The same in every state."""
    rows = seen
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.provider:
        rows = rows.filter(_about(Organisation.objects.filter(pk=wanted.provider).values("pk")))
    return rows.filter(estate=wanted.estate) if wanted.estate else rows


def _in_state(state: str, on: date) -> Q:
    revoked, over = Q(revoked_on__lte=on), Q(until_on__lt=on)
    standing = (Q(revoked_on=None) | Q(revoked_on__gt=on)) & (Q(until_on=None) | Q(until_on__gte=on))
    return {"standing": standing, "revoked": revoked, "over": over & ~revoked}[state]


def counts_of(rows: QuerySet[Conduct], on: date) -> dict[str, int]:
    """How many rows are in each state."""
    return {state: rows.filter(_in_state(state, on)).count() for state in STATES}


# How they are told --------------------------------------------------------------------------------------------------


def told_rows(rows: Sequence[Conduct], appointment: Appointment, at: datetime) -> list[dict[str, Any]]:
    """Rows as they are told; a person is never named."""
    masked, today = reader_of(appointment).masked, day_of(at)
    return [told_row(row, masked, today) for row in rows]


def told_row(row: Conduct, masked: bool, today: date) -> dict[str, Any]:
    """One row with its state in words."""
    state = next(name for name in ("revoked", "over", "standing") if _is(row, name, today))
    return told_conduct(row) | {
        "kind_title": str(ConductKind(row.kind).label),
        "organisation_id": row.organisation_id,
        "estate_id": row.estate_id,
        "state": state,
        "state_title": STATES[state],
        "is_final": row.final_on is not None and row.final_on <= today,
        "revoked_why": row.revoked_why,
        "has_paper": row.paper_id is not None and not masked,
        "recorded_at": row.recorded_at,
    }


def _is(row: Conduct, state: str, on: date) -> bool:
    if state == "revoked":
        return row.revoked_on is not None and row.revoked_on <= on
    return state == "standing" or (row.until_on is not None and row.until_on < on)


# What the form of a new row may refer to ----------------------------------------------------------------------------


def providers_found(appointment: Appointment, asked: str, at: datetime) -> QuerySet[Organisation]:
    """Providers of the keeper's territory, by a part of the name, its pinyin or the credit code."""
    rows = providers_of(visible_estates(appointment, at))
    if asked:
        rows = rows.filter(named(asked) | Q(uscc=asked.upper()))
    return rows.order_by("name", "id")


def choices_for(
    appointment: Appointment, provider: Organisation, at: datetime
) -> dict[str, list[tuple[str, str]]]:
    """Field → what may be chosen: the provider, its leaders, its estates here, the authorities of the city."""
    estates = visible_estates(appointment, at)
    theirs = Q(engagements__organisation=provider) | Q(
        pk__in=ServiceContract.objects.filter(provider=provider).values("estate")
    )
    leaders = Appointment.objects.filter(
        in_force(day_of(at)), organisation=provider, post=Post.PROVIDER_LEADER
    )
    return {
        "organisation_id": [(str(provider.pk), provider.name)],
        "person_id": [
            (str(pk), f"{name}（{estate or '全公司'}项目负责人）")
            for pk, name, estate in leaders.order_by("estate__name", "id").values_list(
                "person", "person__name", "estate__name"
            )[:LONGEST]
        ],
        "estate_id": [
            (str(pk), name)
            for pk, name in estates.filter(theirs)
            .distinct()
            .order_by("name")
            .values_list("pk", "name")[:LONGEST]
        ],
        "authority_id": _authorities(appointment),
    }


def _authorities(appointment: Appointment) -> list[tuple[str, str]]:
    """The keeper's own body first; a street records its own penalties alone."""
    own = appointment.organisation
    assert own is not None
    found = [(str(own.pk), own.name)]
    if own.kind == OrganisationKind.SUBDISTRICT_OFFICE:
        return found
    others = Organisation.objects.filter(within(own), kind__in=FINDING, to_on=None).exclude(pk=own.pk)
    above = Organisation.objects.filter(city=own.city, county="", kind__in=FINDING, to_on=None).exclude(
        pk=own.pk
    )
    rows = (others | above).distinct().order_by("kind", "name", "id").values_list("pk", "name")[:LONGEST]
    return found + [(str(pk), name) for pk, name in rows]
