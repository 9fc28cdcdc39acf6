"""Committees of an estate: taking office, and what hinders them."""

from datetime import datetime, timedelta
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.events import raise_event
from gongzhi.acts.policies import policy
from gongzhi.acts.roots import Root
from gongzhi.registry.appointing import (
    demand_another,
    end_appointments,
    tell_of_change,
    write_appointment,
)
from gongzhi.registry.facts import EndCommitteeCondition, FormCommittee, SetCommitteeCondition
from gongzhi.registry.models import (
    COMMITTEES,
    OF_ONE_ESTATE,
    Appointment,
    CommitteeCondition,
    CommitteeTerm,
    Estate,
    Organisation,
    OrganisationKind,
    Post,
)
from gongzhi.registry.pinyin import initials_of, pinyin_of
from gongzhi.registry.queries import committee_of, estate_of, organisation_with, overlapping, person_with
from gongzhi.values.exchange import OrganChanged
from gongzhi.values.refusals import NotPossible

from .organisations import credit_code, refuse_known_code


def _root_of_estate(facts: FormCommittee) -> Root:
    return Root("estate", facts.estate_id)


def _root_of_committee(facts: SetCommitteeCondition | EndCommitteeCondition) -> Root:
    return Root("estate", _committee(facts).estate_id or facts.committee_id)


def _committee(facts: SetCommitteeCondition | EndCommitteeCondition) -> Organisation:
    found = organisation_with(facts.committee_id)
    if found.kind not in COMMITTEES:
        raise NotPossible(f"“{found.name}”不是业主委员会或者物业管理委员会，请核对。")
    return found


@action(
    "registry.form_committee",
    title="成立委员会",
    facts=FormCommittee,
    root=_root_of_estate,
    may="registrar_of_estate",
)
def form_committee(*, by: Actor, at: datetime, facts: FormCommittee) -> dict[str, Any]:
    """A committee, interim committee or group takes office with its members; a re-election opens a new term.

    《物业管理条例》第16条; 《绍兴市物业管理条例》第16、18、24条.
    """
    demand_another(by, [seat.person_id for seat in facts.members], policy("registrar_of_estate").says)
    _check_members(facts)
    estate = estate_of(facts.estate_id)
    committee = committee_of(estate, facts.kind, facts.starts_on)
    if committee is None:
        committee = _new_committee(estate, facts)
    term = _open_term(committee, facts)
    _seat_members(committee, facts)
    raise_event(OrganChanged(estate.pk))
    return {
        "organisation_id": committee.pk,
        "term_id": term.pk if term else None,
        "warnings": [committee.uscc_warning] if committee.uscc_warning else [],
    }


def _check_members(facts: FormCommittee) -> None:
    if facts.kind not in OF_ONE_ESTATE:
        raise NotPossible(f"{facts.kind.label}不是小区的委员会，请用“登记单位”办理。")
    people = [seat.person_id for seat in facts.members]
    if len(set(people)) < len(people):
        raise NotPossible("委员名单中同一人出现两次，请核对。")
    if len(people) > facts.seats:
        raise NotPossible(f"委员{len(people)}人，多于应有的{facts.seats}人，请核对。")
    if sum(seat.is_head for seat in facts.members) != 1:
        raise NotPossible("须有且只有一名主任（组长），请核对。")
    if facts.kind == OrganisationKind.OWNERS_COMMITTEE and facts.ends_on is None:
        raise NotPossible("业主委员会须填写任期止，请补填。")
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        raise NotPossible("任期止早于任期起，请核对。")


def _new_committee(estate: Estate, facts: FormCommittee) -> Organisation:
    uscc, warning = credit_code(facts.uscc)
    refuse_known_code(uscc)
    made = Organisation(
        kind=facts.kind,
        name=facts.name,
        pinyin=pinyin_of(facts.name),
        initials=initials_of(facts.name),
        uscc=uscc,
        uscc_warning=warning,
        jurisdiction_code=estate.community,
        estate=estate,
        document_code=facts.document_code,
        service_address=facts.service_address,
        from_on=facts.starts_on,
    ).takes_place_of(estate)
    made.save(force_insert=True)
    return made


def _open_term(committee: Organisation, facts: FormCommittee) -> CommitteeTerm | None:
    if facts.ends_on is None:
        return None
    last = CommitteeTerm.objects.filter(committee=committee).order_by("-starts_on").first()
    if last is not None and facts.starts_on <= last.starts_on:
        raise NotPossible(f"上一任期自{last.starts_on}起，新任期须在其后，请核对。")
    return CommitteeTerm.objects.create(
        committee=committee,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        seats=facts.seats,
        paper_title=facts.paper_title,
        paper_id=facts.paper_id,
    )


def _seat_members(committee: Organisation, facts: FormCommittee) -> None:
    """Former members' posts end the day before; the new ones begin, without an end of their own."""
    former = Appointment.objects.filter(organisation=committee, from_on__lt=facts.starts_on)
    end_appointments(list(former.select_related("organisation")), facts.starts_on - timedelta(days=1))
    for seat in facts.members:
        write_appointment(
            person=person_with(seat.person_id),
            post=Post.COMMITTEE_HEAD if seat.is_head else Post.COMMITTEE_MEMBER,
            organisation=committee,
            from_on=facts.starts_on,
        )


@action(
    "registry.set_committee_condition",
    title="认定委员会履职情形",
    facts=SetCommitteeCondition,
    root=_root_of_committee,
    may="registrar_of_estate",
)
def set_committee_condition(*, by: Actor, at: datetime, facts: SetCommitteeCondition) -> dict[str, Any]:
    """Record that a committee refuses its duties or has lost its seal, with the paper that found it."""
    committee = _committee(facts)
    rows = CommitteeCondition.objects.filter(committee=committee, condition=facts.condition)
    if rows.filter(overlapping(facts.from_on, None)).exists():
        raise NotPossible(f"“{facts.condition.label}”已有认定，请先结束原认定。")
    made = CommitteeCondition.objects.create(
        committee=committee,
        condition=facts.condition,
        from_on=facts.from_on,
        paper_title=facts.paper_title,
        paper_id=facts.paper_id,
    )
    tell_of_change(committee)
    return {"condition_id": made.pk}


@action(
    "registry.end_committee_condition",
    title="解除委员会履职情形",
    facts=EndCommitteeCondition,
    root=_root_of_committee,
    may="registrar_of_estate",
)
def end_committee_condition(*, by: Actor, at: datetime, facts: EndCommitteeCondition) -> dict[str, Any]:
    """The hindrance is over; its last day is included."""
    committee = _committee(facts)
    rows = CommitteeCondition.objects.filter(
        committee=committee, condition=facts.condition, to_on__isnull=True
    )
    found = rows.first()
    if found is None:
        raise NotPossible(f"“{committee.name}”没有“{facts.condition.label}”的认定，无须解除。")
    if facts.to_on < found.from_on:
        raise NotPossible(f"该认定自{found.from_on}起，解除日期不能更早，请核对。")
    found.to_on = facts.to_on
    found.save(update_fields=["to_on"])
    tell_of_change(committee)
    return {"condition_id": found.pk}
