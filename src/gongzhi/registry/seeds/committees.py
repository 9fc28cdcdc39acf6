"""Committees of estates in every state the law tells apart."""

from datetime import datetime, time
from uuid import UUID

from gongzhi.acts.actor import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.facts import (
    ChangeContacts,
    CommitteeSeat,
    EndAppointment,
    FormCommittee,
    SetCommitteeCondition,
)
from gongzhi.registry.models import Appointment, Condition, Estate, Organisation, OrganisationKind, Post
from gongzhi.values.now import ZONE

from .names import office_phone
from .plan import EstatePlan
from .world import World

SEATS = 5
#: Days from the present: a usual term, one that ran out, and since when something hinders.
TERM, EXPIRED, HINDERED = (-400, 700), (-1500, -60), -140
KIND = OrganisationKind
_NAMES = {
    KIND.OWNERS_COMMITTEE: "业主委员会",
    KIND.INTERIM_MANAGEMENT_COMMITTEE: "物业管理委员会",
    KIND.PREPARATION_GROUP: "首次业主大会筹备组",
    KIND.REELECTION_GROUP: "业主委员会换届改选小组",
}


def owners_of(estate: Estate) -> list[Appointment]:
    """The people who may act as owners there, always in the same order."""
    rows = Appointment.objects.filter(estate=estate, post=Post.OWNER)
    return list(rows.order_by("person__name", "person__id_number_digest").select_related("person"))


def build_committee(world: World, plan: EstatePlan) -> None:
    """What stands on the owners' side of the estate."""
    state = plan.committee
    if state in ("not_formed", "preparing", "interim"):
        kinds = {"preparing": KIND.PREPARATION_GROUP, "interim": KIND.INTERIM_MANAGEMENT_COMMITTEE}
        if state in kinds:
            _form(world, plan, kinds[state])
        return
    expired = state in ("expired", "re_electing")
    committee = _form(world, plan, KIND.OWNERS_COMMITTEE, EXPIRED if expired else TERM)
    if state == "re_electing":
        _form(world, plan, KIND.REELECTION_GROUP)
    elif state == "below_half":
        _let_go(world, committee)
    elif state in ("refusing", "seal_lost"):
        _hinder(world, committee, Condition(state))


def _form(
    world: World, plan: EstatePlan, kind: OrganisationKind, term: tuple[int, int] = TERM
) -> Organisation:
    """Form a body of the first owners; its head and a member have accounts."""
    estate = world.estates[plan.key]
    people = list(dict.fromkeys(held.person_id for held in owners_of(estate)))[:SEATS]
    first = world.counted[f"{plan.key}-committee"] == 0
    facts = FormCommittee(
        estate_id=estate.pk,
        kind=kind,
        name=f"{estate.name}{_NAMES[kind]}",
        service_address=estate.address,
        starts_on=world.on(term[0]),
        ends_on=world.on(term[1]) if kind == KIND.OWNERS_COMMITTEE else None,
        seats=SEATS,
        members=tuple(CommitteeSeat(person_id=one, is_head=one == people[0]) for one in people),
        paper_title="备案证明（示例）" if kind == KIND.OWNERS_COMMITTEE else "成立公告（示例）",
    )
    at = max(world.began_at, datetime.combine(facts.starts_on, time(9), ZONE))
    answer = actions.form_committee(by=SYSTEM, at=at, facts=facts)
    made = Organisation.objects.get(pk=answer.value["organisation_id"])
    number = office_phone(world.next("office phone"))
    contacts = ChangeContacts(organisation_id=made.pk, phone_service=number)
    actions.change_contacts(by=SYSTEM, at=at, facts=contacts)
    made.refresh_from_db()
    if kind in (KIND.OWNERS_COMMITTEE, KIND.INTERIM_MANAGEMENT_COMMITTEE):
        world.committees[plan.key] = made
    if first:
        world.next(f"{plan.key}-committee")
        _give_accounts(world, plan, made, people)
    return made


def _give_accounts(world: World, plan: EstatePlan, made: Organisation, people: list[UUID]) -> None:
    for person, role in zip(people, ("head", "member"), strict=False):
        held = Appointment.objects.get(organisation=made, person_id=person)
        title = f"{made.name} {Post(held.post).label}"
        world.open_account(person, held.pk, f"{plan.key}-{role}", title)


def _let_go(world: World, committee: Organisation) -> None:
    """Most members leave, the head stays."""
    held = Appointment.objects.filter(organisation=committee, post=Post.COMMITTEE_MEMBER)
    leaving = sorted(held, key=lambda one: one.person.name)[: SEATS // 2 + 1]
    at = datetime.combine(world.on(HINDERED), time(17), ZONE)
    for one in leaving:
        facts = EndAppointment(appointment_id=one.pk, to_on=world.on(HINDERED))
        actions.end_appointment(by=SYSTEM, at=at, facts=facts)


def _hinder(world: World, committee: Organisation, condition: Condition) -> None:
    at = datetime.combine(world.on(HINDERED), time(10), ZONE)
    facts = SetCommitteeCondition(
        committee_id=committee.pk,
        condition=condition,
        from_on=world.on(HINDERED),
        paper_title=f"街道关于{condition.label}的认定（示例）",
    )
    actions.set_committee_condition(by=SYSTEM, at=at, facts=facts)
