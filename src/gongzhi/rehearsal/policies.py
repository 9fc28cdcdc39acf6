"""Who may rehearse: whoever works in an organisation that sees the estate; its owners and residents may not copy it."""

from datetime import datetime

from gongzhi.acts.actor import Actor
from gongzhi.acts.policies import binds
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.models import IN_AN_ORGANISATION, Appointment
from gongzhi.registry.queries import estate_of
from gongzhi.registry.territory import can_see_estate
from gongzhi.values.refusals import NotAllowed

from .facts import BeginRehearsal, DiscardRehearsal
from .housing import folder_with

POSTS = frozenset(str(post) for post in IN_AN_ORGANISATION)
WHO = "小区所在地的机关、社区，或者该小区的业主委员会、物业服务人的工作人员"


def may_rehearse(appointment: Appointment) -> bool:
    """Whether somebody in the post rehearses at all."""
    return appointment.post in POSTS and appointment.organisation_id is not None


def _ever(*, by: Actor, at: datetime) -> bool:
    return by.is_system or may_rehearse(appointment_of(by, at))


@binds("rehearser_of_estate", says=WHO, ever=_ever)
def _of_the_estate(*, by: Actor, facts: BeginRehearsal, at: datetime) -> None:
    if by.is_system:
        return
    held = appointment_of(by, at)
    if not may_rehearse(held) or not can_see_estate(held, estate_of(facts.estate_id), at):
        raise NotAllowed(f"您无权复制这个小区进行演练，应由{WHO}办理。")


@binds("rehearser", says="建立演练的单位")
def _of_the_same_organisation(*, by: Actor, facts: DiscardRehearsal, at: datetime) -> None:
    if by.is_system:
        return
    held, cell = appointment_of(by, at), folder_with(facts.rehearsal_id).cell
    if not may_rehearse(held) or cell is None or cell.organisation_id != str(held.organisation_id):
        raise NotAllowed("这个演练是别的单位建立的，应由该单位丢弃。")


def demand_of(appointment: Appointment) -> None:
    """NotAllowed where the post rehearses nothing."""
    if not may_rehearse(appointment):
        raise NotAllowed(f"您以这个职务不能进行演练，应由{WHO}办理。")
