"""Who may: one gate for tasks, one for standing acts. A refusal names who may."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.registry import acting
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.roles import Role, stands_in
from gongzhi.values.refusals import NotAllowed

from .declare import Step
from .holders import hold
from .models import CaseAct, Task
from .terms import ActSpec, TaskSpec
from .view import CaseView


def may_do(
    case: CaseView, step: Step[Any], task: Task, spec: ActSpec, by: Actor, at: datetime
) -> Appointment:
    """Let the holder's people do a task; others are told who may."""
    appointment = acting.appointment_of(by, at)
    holds = (
        appointment.organisation_id == task.organisation_id
        if task.organisation_id is not None
        else task.person_id == appointment.person_id
    )
    if not holds:
        name = task.organisation.name if task.organisation is not None else "任务的承办人"
        raise NotAllowed(f"您无权办理，“{task.title}”应由{name}办理。")
    declared = _spec(case, step, task)
    if declared is not None:
        _demand_post(declared, appointment)
        _demand_other_hand(declared, task, by)
    return appointment


def _spec(case: CaseView, step: Step[Any], task: Task) -> TaskSpec | None:
    view = case.round_view(task.round)
    return next((spec for spec in step.task_specs(view) if spec.name == task.name), None)


def _demand_post(spec: TaskSpec, appointment: Appointment) -> None:
    if spec.posts and appointment.post not in spec.posts:
        posts = "、".join(str(Post(post).label) for post in spec.posts)
        raise NotAllowed(f"您无权办理，“{spec.title}”应由{posts}办理。")


def _demand_other_hand(spec: TaskSpec, task: Task, by: Actor) -> None:
    """Three people, not one: who drafted does not check, who checked does not sign."""
    for name in spec.not_by:
        if CaseAct.objects.filter(round=task.round_id, task__name=name, person=by.person_id).exists():
            raise NotAllowed(f"“{spec.title}”不能由经办过前一环节的同一人办理，请换一位同事。")


def may_stand(
    case: CaseView, roles: Sequence[Role], title: str, by: Actor, at: datetime
) -> Appointment | None:
    """Let the holders of any of the roles, or that part of the public, do a standing act."""
    appointment = acting.appointment_of(by, at) if by.appointment_id is not None else None
    for role in roles:
        if role.kind == "public":
            if case.row.estate is not None and stands_in(role, by, case.row.estate, case.local_day(at)):
                return appointment
            continue
        holding = hold(case, role, at)
        organisation = holding.organisation
        if appointment is None or organisation is None or holding.vacant:
            continue
        if appointment.organisation_id == organisation.pk:
            return appointment
    names = "、".join(dict.fromkeys(_name(case, role, at) for role in roles))
    raise NotAllowed(f"您无权办理，“{title}”应由{names}办理。")


def _name(case: CaseView, role: Role, at: datetime) -> str:
    return role.title if role.kind == "public" else hold(case, role, at).name
