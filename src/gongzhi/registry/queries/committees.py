"""The state of an owners' committee on a day: six that resolve differently, derived from facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from gongzhi.acts.kept import Kept
from gongzhi.registry.models import (
    Appointment,
    CommitteeCondition,
    CommitteeTerm,
    Condition,
    Estate,
    Organisation,
    OrganisationKind,
    Post,
)

from .bodies import Bodies, bodies_of
from .dates import in_force

_MEMBERS = Kept(
    lambda on, committee: (
        Appointment.objects.filter(
            in_force(on), organisation=committee, post__in=(Post.COMMITTEE_HEAD, Post.COMMITTEE_MEMBER)
        )
        .select_related("person")
        .order_by("post", "from_on", "id")
    ),
    on=models.DateField(),
    committee=models.UUIDField(),
)


def _hindered(condition: Condition, on: Any) -> Exists:
    """Whether the committee of a term is recorded as hindered so on that day."""
    rows = CommitteeCondition.objects.filter(in_force(on), committee=OuterRef("committee"))
    return Exists(rows.filter(condition=condition))


#: The newest term begun by a day, with what hinders its committee then: `is_refusing`, `is_seal_lost`.
_LAST_TERM = Kept(
    lambda on, committee: (
        CommitteeTerm.objects.filter(committee=committee, starts_on__lte=on)
        .annotate(
            is_refusing=_hindered(Condition.REFUSING, on), is_seal_lost=_hindered(Condition.SEAL_LOST, on)
        )
        .order_by("-starts_on")[:1]
    ),
    on=models.DateField(),
    committee=models.UUIDField(),
)


class CommitteeState(models.TextChoices):
    """What stands on the owners' side."""

    NOT_FORMED = "not_formed", "未成立"
    IN_OFFICE = "in_office", "在任"
    EXPIRED = "expired", "任期届满未换届"
    BELOW_HALF = "below_half", "成员不足半数"
    REFUSING = "refusing", "拒不履职"
    INTERIM = "interim", "物管会代行"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state and the facts it rests on. `filled` counts members in post, out of `seats`."""

    state: CommitteeState
    committee: Organisation | None = None
    interim: Organisation | None = None
    term: CommitteeTerm | None = None
    seats: int = 0
    filled: int = 0
    is_seal_lost: bool = False

    @property
    def may_decide(self) -> bool:
        """Whether a committee, or an interim one, can decide within its own powers."""
        return self.state in (CommitteeState.IN_OFFICE, CommitteeState.INTERIM)


def committee_of(estate: Estate, kind: OrganisationKind, on: date) -> Organisation | None:
    """The committee, interim committee or group that exists at the estate on that day."""
    rows = Organisation.objects.filter(in_force(on), estate=estate, kind=kind)
    return rows.order_by("-from_on").first()


def members_of(committee: Organisation, on: date) -> list[Appointment]:
    """Head and members in post on that day."""
    return _MEMBERS.rows(on=on, committee=committee.pk)


def committee_standing(
    estate: Estate,
    on: date,
    bodies: Bodies | None = None,
    members: Callable[[Organisation, date], Sequence[Appointment]] = members_of,
) -> Standing:
    """The committee's state with its facts. 物管会代行 where an interim one stands and no committee is in office.

    `bodies`: what was read of the place already; `members`: how those in post are read.
    《绍兴市物业管理条例》第16、24条; 《白山市物业服务人退出及应急服务管理办法》第7、32、36条.
    """
    there = bodies or bodies_of(estate, on)
    interim = there.committee(OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE)
    committee = there.committee(OrganisationKind.OWNERS_COMMITTEE)
    term = _last_term(committee, on)
    if committee is None or term is None:
        state = CommitteeState.NOT_FORMED if interim is None else CommitteeState.INTERIM
        return Standing(state, committee=committee, interim=interim)
    people = {member.person_id for member in members(committee, on)}
    state = _state_in_term(term, len(people), on)
    if state != CommitteeState.IN_OFFICE and interim is not None:
        state = CommitteeState.INTERIM
    return Standing(
        state=state,
        committee=committee,
        interim=interim,
        term=term,
        seats=term.seats,
        filled=len(people),
        is_seal_lost=term.is_seal_lost,
    )


def committee_state(estate: Estate, on: date) -> CommitteeState:
    """The state alone."""
    return committee_standing(estate, on).state


def _last_term(committee: Organisation | None, on: date) -> Any:
    if committee is None:
        return None
    return _LAST_TERM.first(on=on, committee=committee.pk)


def _state_in_term(term: Any, filled: int, on: date) -> CommitteeState:
    """Expiry first, then numbers, then will: a committee past its term cannot refuse what it may no longer do."""
    if on > term.ends_on:
        return CommitteeState.EXPIRED
    if filled * 2 < term.seats:
        return CommitteeState.BELOW_HALF
    if term.is_refusing:
        return CommitteeState.REFUSING
    return CommitteeState.IN_OFFICE
