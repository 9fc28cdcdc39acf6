"""Appointments and powers of attorney."""

from datetime import datetime
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.policies import policy
from gongzhi.acts.roots import SYSTEM_ROOT, Root
from gongzhi.registry.appointing import (
    demand_another,
    demand_paper_of,
    end_appointments,
    write_appointment,
)
from gongzhi.registry.facts import (
    Appoint,
    EndAppointment,
    GrantPowerOfAttorney,
    RevokePowerOfAttorney,
)
from gongzhi.registry.models import PowerOfAttorney
from gongzhi.registry.queries import (
    appointment_with,
    estate_of,
    organisation_with,
    person_with,
    power_with,
)
from gongzhi.values.refusals import NotPossible


def _root_of_place(facts: Appoint) -> Root:
    if facts.organisation_id is not None:
        return Root("organisation", facts.organisation_id)
    return Root("estate", facts.estate_id) if facts.estate_id is not None else SYSTEM_ROOT


def _root_of_appointment(facts: EndAppointment) -> Root:
    found = appointment_with(facts.appointment_id)
    if found.organisation_id is not None:
        return Root("organisation", found.organisation_id)
    return Root("estate", found.estate_id) if found.estate_id is not None else SYSTEM_ROOT


@action(
    "registry.appoint",
    title="登记任职",
    facts=Appoint,
    root=_root_of_place,
    may="appointing_authority",
)
def appoint(*, by: Actor, at: datetime, facts: Appoint) -> dict[str, Any]:
    """A person takes a post; `appointment_id`. Nobody gives one to themselves; overlapping duplicates are refused.

    A post in an authority, or of the system, names the paper it rests on; Invalid where it does not.
    """
    demand_another(by, [facts.person_id], policy("appointing_authority").says)
    organisation = organisation_with(facts.organisation_id) if facts.organisation_id else None
    if not by.is_system:
        demand_paper_of(facts.post, organisation, facts.paper_title)
    made = write_appointment(
        person=person_with(facts.person_id),
        post=facts.post,
        organisation=organisation,
        estate=estate_of(facts.estate_id) if facts.estate_id else None,
        from_on=facts.from_on,
        to_on=facts.to_on,
        paper_title=facts.paper_title,
    )
    return {"appointment_id": made.pk}


@action(
    "registry.end_appointment",
    title="结束任职",
    facts=EndAppointment,
    root=_root_of_appointment,
    may="appointing_authority",
)
def end_appointment(*, by: Actor, at: datetime, facts: EndAppointment) -> dict[str, Any]:
    """A post ends; its last day is included."""
    found = appointment_with(facts.appointment_id)
    if found.to_on is not None and found.to_on <= facts.to_on:
        raise NotPossible(f"该任职至{found.to_on}止，不能再延后，请重新登记任职。")
    end_appointments([found], facts.to_on)
    return {"appointment_id": found.pk}


def _root_of_principal(facts: GrantPowerOfAttorney) -> Root:
    if facts.principal_organisation_id is not None:
        return Root("organisation", facts.principal_organisation_id)
    return Root("person", facts.principal_person_id or facts.agent_id)


def _root_of_power(facts: RevokePowerOfAttorney) -> Root:
    found = power_with(facts.power_id)
    if found.principal_organisation_id is not None:
        return Root("organisation", found.principal_organisation_id)
    return Root("person", found.principal_person_id or found.agent_id)


@action(
    "registry.grant_power_of_attorney",
    title="登记授权委托",
    facts=GrantPowerOfAttorney,
    root=_root_of_principal,
    may="principal",
)
def grant_power_of_attorney(*, by: Actor, at: datetime, facts: GrantPowerOfAttorney) -> dict[str, Any]:
    """One matter, its scope and term; it authorises once both have signed. 《民法典》第165条."""
    if (facts.principal_organisation_id is None) == (facts.principal_person_id is None):
        raise NotPossible("委托单位和委托人须填且只填一项，请改正。")
    if facts.to_on < facts.from_on:
        raise NotPossible("委托期限止早于期限起，请核对。")
    if facts.principal_person_id == facts.agent_id:
        raise NotPossible("委托人和受托人是同一人，无须委托。")
    _check_principal(facts)
    person_with(facts.agent_id)
    made = PowerOfAttorney.objects.create(**facts.model_dump())
    return {"power_id": made.pk}


def _check_principal(facts: GrantPowerOfAttorney) -> None:
    if facts.principal_person_id is not None:
        person_with(facts.principal_person_id)
    elif facts.principal_organisation_id is not None:
        organisation = organisation_with(facts.principal_organisation_id)
        if organisation.to_on is not None and organisation.to_on < facts.from_on:
            raise NotPossible(f"“{organisation.name}”已于{organisation.to_on}终止，不能再委托。")


@action(
    "registry.revoke_power_of_attorney",
    title="撤销授权委托",
    facts=RevokePowerOfAttorney,
    root=_root_of_power,
    may="principal",
)
def revoke_power_of_attorney(*, by: Actor, at: datetime, facts: RevokePowerOfAttorney) -> dict[str, Any]:
    """The power authorises nothing from that day on. 《民法典》第173条."""
    found = power_with(facts.power_id)
    if found.revoked_on is not None:
        raise NotPossible(f"该委托已于{found.revoked_on}撤销，无须再办。")
    found.revoked_on = facts.revoked_on
    found.save(update_fields=["revoked_on"])
    return {"power_id": found.pk}
