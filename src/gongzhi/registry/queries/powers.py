"""Whether a person is authorised by another to do one thing on a day."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from gongzhi.registry.models import Organisation, Person, PowerOfAttorney


def powers_for(
    agent: Person | UUID, principal: Organisation | Person, matter: str, on: date
) -> list[PowerOfAttorney]:
    """The powers in force: that very matter, within its term, signed by both, not withdrawn."""
    side = "principal_organisation" if isinstance(principal, Organisation) else "principal_person"
    agent_id = agent.pk if isinstance(agent, Person) else agent
    rows = PowerOfAttorney.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=on),
        agent_id=agent_id,
        matter=matter,
        from_on__lte=on,
        to_on__gte=on,
        is_signed_by_principal=True,
        is_signed_by_agent=True,
        **{side: principal},
    )
    return list(rows.order_by("from_on", "id"))


def is_authorised(person: Person | UUID, organisation: Organisation | Person, matter: str, on: date) -> bool:
    """Whether the person may act for the organisation (or person) in that matter on that day.

    《民法典》第162、165条. A power for one matter says nothing about another; an agent names no substitute.
    """
    return bool(powers_for(person, organisation, matter, on))
