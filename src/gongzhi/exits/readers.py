"""Who reads the registers of exits: authorities, the parties and committees of the cases, auditors (masked)."""

from gongzhi.registry.models import MANAGERS, OF_ONE_ESTATE, TERRITORIAL, Appointment, OrganisationKind, Post
from gongzhi.values.refusals import NotAllowed

READERS = (*TERRITORIAL, *OF_ONE_ESTATE, *MANAGERS)


def is_auditor(appointment: Appointment) -> bool:
    """Auditors read the course of every case, and not what was said in it."""
    return appointment.post == Post.AUDITOR


def demand_part(appointment: Appointment, what: str) -> None:
    """Whoever reads cases with what was said in them may read their registers; an owner reads what is published."""
    body = appointment.organisation
    if is_auditor(appointment) or (body is not None and body.kind in READERS):
        return
    raise NotAllowed(
        f"您无权查看{what}，应由主管部门、街道（乡镇）、社区、业主委员会和当事的物业服务人查看；业主请看公示。"
    )


def is_side(appointment: Appointment) -> bool:
    """Whether it is one of the sides of an exit, or stands in for one: those who pursue, hand over and make up."""
    body = appointment.organisation
    kinds = (*OF_ONE_ESTATE, *MANAGERS, OrganisationKind.RESIDENTS_COMMITTEE)
    return body is not None and body.kind in kinds


def demand_office(appointment: Appointment, what: str) -> None:
    """Registers of a whole territory are those of its offices and communities."""
    body = appointment.organisation
    if is_auditor(appointment) or (body is not None and body.kind in TERRITORIAL):
        return
    raise NotAllowed(f"您无权查看{what}，应由主管部门、街道（乡镇）和社区查看。")
