"""Who may: one gate for tasks, one for standing acts, one for opening. A refusal names who may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.registry import acting
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.queries import in_force
from gongzhi.registry.roles import ANYONE, PASSER_BY, Role, stands_in
from gongzhi.values.refusals import NotAllowed, NotPossible

from .holders import Holding, hold
from .models import CaseAct, Task
from .terms import TaskSpec
from .view import CaseView

if TYPE_CHECKING:
    from .declare import Procedure, Step


def may_do(case: CaseView, task: Task, spec: TaskSpec | None, by: Actor, at: datetime) -> Appointment | None:
    """Let the holder's people do a task, which is as its kind tells it now; others are told who may."""
    appointment = acting.post_of(by, at) if by.appointment_id is not None else None
    if not _is_of(task, case, by, appointment) and not (
        spec is not None and may_enter(case, spec.entered_by, by, at)
    ):
        name = task.organisation.name if task.organisation is not None else "任务的承办人"
        raise NotAllowed(f"您无权办理，“{task.title}”应由{name}办理。")
    if spec is not None:
        _demand_post(spec, appointment)
        _demand_other_hand(spec, task, by)
        if appointment is not None:
            _demand_preferred(spec, case, task, appointment, at)
            _demand_somebody_left(spec, case, task, appointment, at)
    return appointment


def is_own(case: CaseView, task: Task, by: Actor, at: datetime) -> bool:
    """Whether a task is the actor's own, and not one that is entered for somebody else."""
    appointment = acting.post_of(by, at) if by.appointment_id is not None else None
    return _is_of(task, case, by, appointment)


def may_enter(case: CaseView, roles: Iterable[Role], by: Actor, at: datetime) -> bool:
    """Whether the actor is of those who take a paper in, and may enter it for whoever handed it in."""
    if by.appointment_id is None:
        return False
    appointment, holdings = acting.post_of(by, at), (hold(case, role, at, receives=True) for role in roles)
    return any(not one.vacant and _is_of(one, case, by, appointment) for one in holdings)


def entered_step(declared: type[Procedure], beginning: Iterable[Step[Any]]) -> Step[Any]:
    """Of the steps a case begins with the one that can be entered for whoever handed it in; NotPossible: none is."""
    found = next((step for step in beginning if step.entered_by), None)
    if found is None:
        raise NotPossible(f"{declared.title}的这种情形没有可以代为登记的纸质件，请由有权的单位自己提出。")
    return found


def demand_entrant(case: CaseView, step: Step[Any], by: Actor, at: datetime) -> None:
    """Let those who take a paper in enter it. NotAllowed names them; NotPossible: the side itself says it otherwise."""
    if may_enter(case, step.entered_by, by, at):
        return
    if holds(case, step.by, by, at):
        raise NotPossible(f"“{step.title}”由本单位自己提交的，不填递交人，请留空后提交。")
    names = "、".join(dict.fromkeys(hold(case, role, at, receives=True).name for role in step.entered_by))
    raise NotAllowed(f"您无权代为登记，“{step.title}”的纸质件由{names}收件并代为登记。")


def _is_of(holder: Holding | Task, case: CaseView, by: Actor, appointment: Appointment | None) -> bool:
    """Whether the actor is the person who holds it, or acts for the organisation; a post at one estate ends there."""
    if holder.person_id is not None:
        return by.person_id == holder.person_id
    if appointment is None or holder.organisation_id is None:
        return False
    elsewhere = appointment.estate_id is not None and appointment.estate_id != case.row.estate_id
    return appointment.organisation_id == holder.organisation_id and not elsewhere


def _demand_post(spec: TaskSpec, appointment: Appointment | None) -> None:
    if spec.posts and (appointment is None or appointment.post not in spec.posts):
        posts = "、".join(str(Post(post).label) for post in spec.posts)
        raise NotAllowed(f"您无权办理，“{spec.title}”应由{posts}办理。")


def _demand_other_hand(spec: TaskSpec, task: Task, by: Actor) -> None:
    """Three people, not one: who drafted does not check, who checked does not sign."""
    if not spec.not_by:
        return
    earlier = CaseAct.objects.filter(round=task.round_id, task__name__in=spec.not_by, person=by.person_id)
    if earlier.exists():
        raise NotAllowed(f"“{spec.title}”不能由经办过前面环节的同一人办理，请换一位同事。")


def _demand_somebody_left(
    spec: TaskSpec, case: CaseView, task: Task, appointment: Appointment, at: datetime
) -> None:
    earlier = [act.person_id for act in case.acts_of(task.round_id) if act.task_id is not None]
    if is_kept_for_later(spec, appointment, earlier, case.local_day(at)):
        raise NotAllowed(f"“{spec.title}”不能由您办理：{KEPT_FOR_LATER}")


def _demand_preferred(
    spec: TaskSpec, case: CaseView, task: Task, appointment: Appointment, at: datetime
) -> None:
    said = [act for act in case.acts_of(task.round_id) if act.task_id is not None]
    left = left_to(spec, appointment, said, case.local_day(at))
    if left:
        raise NotAllowed(f"您无权办理，“{spec.title}”应由{left}办理。")


def left_to(spec: TaskSpec, appointment: Appointment, said: Sequence[CaseAct], on: date) -> str:
    """The posts a task is left to, in words, while somebody in them can do it; "" where this post may.

    `said`: the acts on the tasks of the round. Where nobody in the posts asked first can, those asked next may.
    """
    if not spec.preferred or appointment.post in spec.preferred[0]:
        return ""
    rows = list(
        Appointment.objects.filter(in_force(on), organisation=appointment.organisation_id, estate=None)
    )
    barred = {act.person_id for act in said if act.task is not None and act.task.name in spec.not_by}
    earlier = [act.person_id for act in said]
    for posts in spec.preferred:
        able = (row for row in rows if row.post in posts and row.person_id not in barred)
        if any(not is_kept_for_later(spec, row, earlier, on) for row in able):
            return "" if appointment.post in posts else _named(posts)
    return ""


def _named(posts: Sequence[str]) -> str:
    """The posts, or those that are left out of all there are."""
    rest = [post for post in Post if post not in posts]
    if len(rest) < len(posts):
        return f"{'、'.join(str(post.label) for post in rest)}以外的同事"
    return "、".join(str(Post(post).label) for post in posts)


#: Why somebody has to leave a task to a colleague though nothing they did is in the way.
KEPT_FOR_LATER = "后面的环节本单位只有您能办，每一环节要由不同的人办理，请换一位同事。"


def is_kept_for_later(
    spec: TaskSpec, appointment: Appointment, earlier: Iterable[UUID | None], on: date
) -> bool:
    """Whether nobody would be left for the later tasks of a chain if this person did the task, and else somebody is.

    `earlier`: who did the tasks before. 三级审核: who drafts, who checks and who signs are different people.
    """
    wanted = {post for posts in spec.later for post in posts}
    if appointment.post not in wanted:
        return False
    rows = Appointment.objects.filter(
        in_force(on), organisation=appointment.organisation_id, post__in=wanted
    ).values_list("post", "person_id")
    able, gone = list(rows), set(earlier)
    per_task = [{person for post, person in able if post in posts} - gone for posts in spec.later]
    without = [people - {appointment.person_id} for people in per_task]
    return _has_distinct(per_task) and not _has_distinct(without)


def _has_distinct(per_task: Sequence[Collection[UUID]]) -> bool:
    """Whether each task can have somebody of its own."""
    return any(len(set(chosen)) == len(chosen) for chosen in product(*per_task))


def may_stand(
    case: CaseView,
    roles: Sequence[Role],
    title: str,
    by: Actor,
    at: datetime,
    verb: str = "办理",
    posts: Sequence[str] = (),
) -> Appointment | None:
    """Let the holders of any of the roles, or that part of the public, do a standing act, or open the case.

    `posts`: of the holder's people those posts alone, while somebody there holds one of them.
    """
    appointment = acting.post_of(by, at) if by.appointment_id is not None else None
    if any(_stands(case, role, by, appointment, at) for role in roles):
        if appointment is not None and is_left_to_others(posts, appointment, case.local_day(at)):
            names = "、".join(str(Post(post).label) for post in posts)
            raise NotAllowed(f"您无权办理，“{title}”应由{appointment.organisation}的{names}{verb}。")
        return appointment
    names = "、".join(dict.fromkeys(_name(case, role, at) for role in roles))
    raise NotAllowed(f"您无权办理，“{title}”应由{names}{verb}。")


def is_left_to_others(posts: Sequence[str], appointment: Appointment, on: date) -> bool:
    """Whether an act belongs to posts this is none of, and somebody of the same body holds one of them."""
    if not posts or appointment.post in posts or appointment.organisation_id is None:
        return False
    of_body = Appointment.objects.filter(in_force(on), organisation=appointment.organisation_id)
    return of_body.filter(post__in=posts).exists()


def is_kept_from(case: CaseView, posts: Sequence[str], by: Actor, at: datetime) -> bool:
    """Whether an act of those posts is left to the actor's colleagues."""
    if not posts or by.appointment_id is None:
        return False
    return is_left_to_others(posts, acting.post_of(by, at), case.local_day(at))


def holds(case: CaseView, role: Role, by: Actor, at: datetime) -> bool:
    """Whether the actor's post belongs to whoever holds a role."""
    appointment = acting.post_of(by, at) if by.appointment_id is not None else None
    return _stands(case, role, by, appointment, at)


def _stands(case: CaseView, role: Role, by: Actor, appointment: Appointment | None, at: datetime) -> bool:
    if role.kind == "public" and case.party(role.code) is None:
        return is_public(case, role, by, at)
    holding = hold(case, role, at)
    return not holding.vacant and _is_of(holding, case, by, appointment)


def is_public(case: CaseView, role: Role, by: Actor, at: datetime) -> bool:
    """Whether the person belongs to that part of the public of the case's estate."""
    if role == PASSER_BY:
        return by.is_system
    estate = case.row.estate
    if by.account_id is None or estate is None:
        return False
    return stands_in(role, by, estate, case.local_day(at))


def _name(case: CaseView, role: Role, at: datetime) -> str:
    """The holder; of the public those of the case's own estate, since one may well be an owner of another."""
    if role.kind != "public":
        return hold(case, role, at).name
    if case.row.estate is None or role in (ANYONE, PASSER_BY):
        return role.title
    return f"本小区{role.title.removeprefix('小区')}"
