"""Standing acts: withdraw, suspend, resume, extend, correct, end; those of the procedure; those of an open step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts
from gongzhi.registry.models import Post
from gongzhi.registry.roles import Role
from gongzhi.values.refusals import Invalid, NotPossible
from gongzhi.values.terms import Period

from .declare import Procedure, Standing, Step
from .hearing import CORRECT as CORRECTS
from .mayact import holds, is_kept_from
from .models import Clock, Round
from .signed import scan_asked
from .terms import ActSpec
from .undoing import affected_by, has_taken_effect
from .view import CaseView
from .withdrawing import asked, openers, refusal, withdrawers


class Reason(Facts):
    """Why; with the text it rests on where there is one."""

    reason: str = Field(title="原因", min_length=2, max_length=300)
    citation: str = Field(title="依据", default="", max_length=200)


class Halting(Reason):
    """A stretch in which no time counts rests on a text, which is named."""

    citation: str = Field(title="依据", min_length=2, max_length=200)


class Extension(Halting):
    """More time for one clock, on a basis that is named.

    `period` is written as P, the number, and D (日), WD (工作日), M (个月) or Y (年); hours as PT, the number, and H.
    Pages ask for the number and its unit.
    """

    clock: UUID = Field(title="期限")
    period: str = Field(
        title="延长",
        pattern=r"^P(T[1-9]\d{0,3}H|[1-9]\d{0,3}(D|WD|M|Y))$",
        json_schema_extra={"period": True},
    )

    @property
    def words(self) -> str:
        """The time that is added: 15日, 15个工作日."""
        return str(Period.parse(self.period))


class Correction(Facts):
    """What should have been said in a step; what was said before stays. `act` and `task` name what is corrected."""

    step: str = Field(title="步骤", min_length=1, max_length=50)
    act: str = Field(title="行为（不填为本步骤的主要行为）", default="", max_length=50)
    task: str = Field(title="任务（不填为最近一次）", default="", max_length=80)
    round: int = Field(title="第几轮（不填为最近一轮）", default=0, ge=0, le=9999)
    facts: dict[str, Any] = Field(title="更正后的内容")
    reason: str = Field(title="原因", min_length=2, max_length=300)


WITHDRAW = ActSpec("withdraw", "撤回", Reason)
#: To stop, go on with, lengthen and end is decided by who leads the body, never by one clerk alone.
DECIDED = (str(Post.LEADER),)
SUSPEND = ActSpec("suspend", "暂停计时", Halting, posts=DECIDED)
RESUME = ActSpec("resume", "恢复计时", Reason, posts=DECIDED)
EXTEND = ActSpec("extend", "延长期限", Extension, posts=DECIDED)
CORRECT = ActSpec(CORRECTS, "更正", Correction)
END = ActSpec("end", "终止办理", Reason, posts=DECIDED)
BASE = {spec.name: spec for spec in (WITHDRAW, SUSPEND, RESUME, EXTEND, CORRECT, END)}


def _stands(case: CaseView, target: Step[Any]) -> bool:
    """Whether something downstream of a step has taken effect; what a case below has done is asked when it is tried."""
    return any(has_taken_effect(case, step) for step in affected_by(case, target))


@dataclass(frozen=True)
class Offered:
    """A standing act of a case: who may, and the step or the declaration it comes from."""

    spec: ActSpec
    roles: tuple[Role, ...]
    step: Step[Any] | None = None
    own: Standing | None = None

    def round_in(self, case: CaseView) -> Round | None:
        """The round of its step in which it is said: the open one, or a closed one that it outlasts."""
        if self.step is None:
            return None
        return case.live_round(self.step) if self.spec.outlasts else case.open_round(self.step)

    def offers(self, case: CaseView) -> Mapping[str, Sequence[str]]:
        """What may be chosen for its fields."""
        found = self.round_in(case)
        if self.step is None or found is None:
            return {}
        return self.step.offers(case.round_view(found), self.spec.name)

    def pictures(self, case: CaseView) -> list[Mapping[str, Any]]:
        """The photographs it may bring, or has to, and the scans of what was signed on paper."""
        scan = [*([self.spec.scan.asked] if self.spec.scan is not None else []), *scan_asked(self.spec.facts)]
        if self.step is not None:
            return [*self.step.pictures_of(case, self.spec), *scan]
        return [self.spec.pictures.asked, *scan] if self.spec.pictures is not None else scan

    def known_before(self, case: CaseView, at: datetime) -> Mapping[str, str]:
        """What is known of its fields before they are filled in."""
        told = self.own.foretells if self.own is not None else None
        return told(case, at) if told is not None else {}

    @property
    def outlives(self) -> bool:
        """Whether it is still open when the case has ended."""
        return self.own.outlives if self.own is not None else self.spec.outlives

    def is_for(self, case: CaseView, person: UUID | None) -> bool:
        """Whether a page offers it to this person, who is of those who may: not what could only be refused."""
        if self.spec is WITHDRAW and any(has_taken_effect(case, step) for step in case.declared):
            return False
        if self.own is not None and self.own.when is not None and not self.own.when(case):
            return False
        found = self.round_in(case) if self.step is not None else None
        return (
            self.step is None
            or found is None
            or self.step.is_for(case.round_view(found), self.spec.name, person)
        )

    def under(self, case: CaseView) -> tuple[str, ...]:
        """The steps under which a page offers it: those it is declared for, and those it sends the case back to."""
        if self.step is not None:
            return (self.step.code,)
        steps = self.own.under if self.own is not None else ()
        return tuple(dict.fromkeys((*(step.code for step in steps), *self.sends_back_to(case))))

    def targets(self, case: CaseView) -> Mapping[str, Step[Any]]:
        """The choice of its form ("" for any) → the step the case goes back to. NotPossible: not as the case stands."""
        undoes = self.own.undoes if self.own is not None else None
        return undoes(case) if undoes is not None else {}

    def sends_back_to(self, case: CaseView) -> tuple[str, ...]:
        """The steps it would send the case back to now."""
        try:
            found = self.targets(case).values()
        except NotPossible:
            return ()
        return tuple(step.code for step in found if not _stands(case, step))

    @property
    def at_step(self) -> str:
        """The step it belongs to, "" where it belongs to the case."""
        return self.step.code if self.step is not None else ""


def known(procedure: type[Procedure]) -> Iterator[Offered]:
    """Every standing act a procedure has, in whatever state a case of it is."""
    if procedure.overseers:
        for name in ("extend", "end", "resume", "suspend"):
            yield Offered(BASE[name], procedure.overseers)
    yield Offered(WITHDRAW, openers(procedure))
    yield Offered(CORRECT, tuple(dict.fromkeys(step.by for step in procedure.steps)))
    yield from (Offered(own.spec, own.by, own=own) for own in procedure.standing.values())
    for step in procedure.steps:
        for spec, roles in step.standing_specs().values():
            yield Offered(spec, roles, step=step)


def roles_of(case: CaseView, one: Offered) -> tuple[Role, ...]:
    """Who may: a case is taken back by those whose step it began with, not by those of another variant's."""
    return one.roles if one.spec is not WITHDRAW else asked(case)


def offered(case: CaseView) -> list[Offered]:
    """Every standing act the case offers now, with who may."""
    paused = case.is_paused_itself
    open_now = (one for one in known(case.declaration) if is_open(case, one, paused))
    return [replace(one, roles=roles_of(case, one)) for one in open_now]


def is_open(case: CaseView, one: Offered, paused: bool) -> bool:
    """Whether the case offers the act in the state it is in."""
    if case.row.ended_at is not None and not one.outlives:
        return one.spec is CORRECT and _is_read_on(case)
    if one.spec is END and case.row.parent_id is not None:
        return False  # what another case asked for ends with it, or is gone back over there
    if one.step is not None:
        found = one.round_in(case)
        return found is not None and one.step.stands_open(case.round_view(found), one.spec.name)
    if one.spec is EXTEND:
        return any(
            runs(clock) and not is_fixed(clock) and case.law.is_period(clock.key) for clock in case.clocks
        )
    if one.spec is WITHDRAW:
        return bool(withdrawers(case))
    return one.spec is not (SUSPEND if paused else RESUME)


def _is_read_on(case: CaseView) -> bool:
    """Whether something was said in the case that the public still reads, so that it is put right after its end too."""
    return any(
        case.round_view(found).acts(*step.read_on)
        for step in case.declared
        if step.read_on
        for found in case.rounds(step)
    )


def runs(clock: Clock) -> bool:
    """Whether its time has neither been met nor stopped."""
    return clock.met_at is None and clock.stopped_at is None


def is_fixed(clock: Clock) -> bool:
    """Whether nobody lengthens it: a least time, a backward period, a date that is only watched."""
    return clock.minimum or clock.advised_on is not None or not clock.calendar


def find(procedure: type[Procedure], act: str, step: str) -> list[Offered]:
    """The acts of that name a procedure has; `step` chooses where several steps have it. NotPossible: it has none."""
    every = list(known(procedure))
    found = [one for one in every if one.spec.name == act and (not step or one.at_step == step)]
    if not found:
        names = "、".join(dict.fromkeys(one.spec.title for one in every))
        raise NotPossible(f"这类案件没有“{act}”这个操作，可以办理的有：{names}。")
    return found


def own_acts(case: CaseView, by: Actor, at: datetime) -> list[Offered]:
    """The standing acts open to the actor now, but for corrections; a role is asked for once."""
    known: dict[str, bool] = {}

    def stands(role: Role) -> bool:
        if role.code not in known:
            known[role.code] = holds(case, role, by, at)
        return known[role.code]

    found = [one for one in offered(case) if one.spec is not CORRECT and one.is_for(case, by.person_id)]
    mine = [one for one in found if any(stands(role) for role in one.roles)]
    return [one for one in mine if not is_kept_from(case, one.spec.posts, by, at)]


def choose(case: CaseView, found: list[Offered], by: Actor, at: datetime) -> Offered:
    """The one that is open now; NotPossible where none is, Invalid where the step has to be named."""
    paused = case.is_paused_itself
    open_now = [one for one in found if is_open(case, one, paused)]
    if len(open_now) > 1:
        codes = "、".join(one.at_step for one in open_now)
        raise Invalid(f"有几个步骤都可以办理，请写明是哪一步：{codes}。", fields={"step": "不能为空"})
    if open_now:
        return open_now[0]
    raise _not_open(case, found, by, at)


def demand_open(case: CaseView, found: list[Offered], by: Actor, at: datetime) -> None:
    """Say before anything is filled in that none of them is open now, as `choose` would: NotPossible."""
    paused = case.is_paused_itself
    if not any(is_open(case, one, paused) for one in found):
        raise _not_open(case, found, by, at)


def _not_open(case: CaseView, found: list[Offered], by: Actor, at: datetime) -> NotPossible:
    """Why none of them is open; beside it what the actor may say of the case now, and nothing that others may."""
    title = found[0].spec.title
    if case.row.ended_at is not None:
        return NotPossible(f"案件已结束（{case.row.ended_why}），不能再“{title}”。")
    if found[0].spec is END and case.row.parent_id is not None:
        whole = case.root.row.number
        return NotPossible(
            f"{case.row.number}是{whole}的一部分，不能单独“{title}”，请在{whole}办理终止或者退回。"
        )
    kept = refusal(case) if found[0].spec is WITHDRAW else None
    if kept is not None:
        return kept
    names = "、".join(dict.fromkeys(one.spec.title for one in own_acts(case, by, at)))
    instead = f"您可以办理的有：{names}" if names else "请打开办件，看现在轮到谁办"
    return NotPossible(f"案件现在不能“{title}”，{instead}。")
