"""Reads of recorded conduct: what could be proposed at an estate on a day, and the rows it rests on."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gongzhi.law import queries as law_queries
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.registry.models import Appointment, Estate, Organisation, Post
from gongzhi.registry.queries import day_of, in_force
from gongzhi.registry.roles import Place

from .conduct_rules import Entry, Proposal, Reading, proposals
from .models import Conduct

SENTENCE = (
    "以下由登记的事实得出，只作提示，不是认定；是否按强制解聘办理，由主管部门认定并督促，由业主共同决定。"
)


def exit_proposals(estate: Estate, at: datetime, place: Place | None = None) -> dict[str, Any]:
    """What the conduct of the estate's provider could be a ground of on the day, every count with its rows.

    《白山市…管理办法》第10条. It opens nothing. `place`: the estate on that day, where it was read.
    """
    on = day_of(at)
    manager = (place or Place(estate, on)).manager
    provider = manager.organisation if manager is not None else None
    rows = conduct_of(estate, provider, on) if provider is not None else []
    with law_queries.pinned():
        found = proposals(CaseLaw(estate.community, on), [_entry(row, estate, provider, on) for row in rows])
    return {
        "estate": {"id": estate.pk, "name": estate.name},
        "on": on,
        "provider": {"id": provider.pk, "name": provider.name} if provider is not None else None,
        "sentence": SENTENCE,
        "proposals": [_told(one) for one in found],
        "conduct": [told_conduct(row) for row in rows],
    }


def entries_of(estate: Estate, provider: Organisation, on: date) -> tuple[Entry, ...]:
    """The recorded conduct of a provider, as it counts at an estate on a day."""
    return tuple(_entry(row, estate, provider, on) for row in conduct_of(estate, provider, on))


def conduct_of(estate: Estate, provider: Organisation, on: date) -> list[Conduct]:
    """The rows of the provider, and of its project leader at the estate, that count on the day."""
    of = Q(organisation=provider) | Q(person__in=_leaders(estate, provider, on))
    rows = Conduct.objects.filter(of, decided_on__lte=on).select_related(
        "authority", "organisation", "estate"
    )
    rows = rows.filter(Q(revoked_on=None) | Q(revoked_on__gt=on))
    return list(rows.filter(Q(until_on=None) | Q(until_on__gte=on)).order_by("decided_on", "id"))


def _leaders(estate: Estate, provider: Organisation, on: date) -> QuerySet[Appointment, UUID]:
    held = Appointment.objects.filter(in_force(on), organisation=provider, post=Post.PROVIDER_LEADER)
    return held.filter(Q(estate=estate) | Q(estate=None)).values_list("person_id", flat=True)


def _entry(row: Conduct, estate: Estate, provider: Organisation | None, on: date) -> Entry:
    """A row as it counts here: of the company, of it in this city, of this estate, of its leader."""
    company = provider is not None and row.organisation_id == provider.pk
    here = row.estate.city if row.estate is not None else row.authority.city
    scopes = {
        "company": company,
        "city": company and here == estate.city,
        "project": company and row.estate_id == estate.pk,
        "person": row.person_id is not None,
    }
    return Entry(
        id=row.pk,
        kind=row.kind,
        said=row.said,
        authority=row.authority.name,
        document_number=row.document_number,
        scopes=frozenset(name for name, belongs in scopes.items() if belongs),
        decided_on=row.decided_on,
        served_on=row.served_on,
        acted_on=row.acted_on,
        is_final=row.final_on is not None and row.final_on <= on,
    )


def told_conduct(row: Conduct) -> dict[str, Any]:
    """A row as it is told; a person is not named."""
    days = ("decided_on", "served_on", "acted_on", "final_on", "until_on", "revoked_on")
    return {
        "id": row.pk,
        "kind": row.kind,
        "said": row.said,
        "authority": row.authority.name,
        "document_number": row.document_number,
        "organisation": row.organisation.name if row.organisation is not None else "",
        "of_person": row.person_id is not None,
        "estate": row.estate.name if row.estate is not None else "",
        **{name: getattr(row, name) for name in days},
    }


def _told(one: Proposal) -> dict[str, Any]:
    return {
        "ground": one.ground,
        "title": one.title,
        "article": one.article,
        "state": one.state,
        "sentence": one.sentence,
        "rows": list(one.rows),
        "readings": [_reading(reading) for reading in one.readings],
        "unset": list(one.unset),
        "citations": [citation.as_json() for citation in one.citations],
    }


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "window": one.window,
        "finality": one.finality,
        "scope": one.scope,
        "counted_on": one.counted_on,
        "count": one.count,
        "is_met": one.is_met,
        "from_on": one.from_on,
        "to_on": one.to_on,
        "rows": list(one.rows),
    }
