"""Standing acts: withdraw, suspend, resume, extend, correct, end; those of the procedure; those of an open step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.facts import Facts, read_facts, said_json
from gongzhi.acts.roots import Root
from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import Role
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible

from . import clocks, engine
from .attach import Paper, attach
from .declare import Standing, Step
from .mayact import may_stand
from .models import Case, Clock, Suspension
from .perform import read_papers, write_act
from .terms import ActSpec
from .view import CaseView


class Reason(Facts):
    """Why; with the text it rests on where there is one."""

    reason: str = Field(title="原因", min_length=2, max_length=300)
    citation: str = Field(title="依据", default="", max_length=200)


class Extension(Reason):
    """More time for one clock, on a basis that is named."""

    clock: UUID = Field(title="期限")
    period: str = Field(title="延长", pattern=r"^P(T?\d+h|T?\d+H|\d+(D|WD|M|Y))$")
    citation: str = Field(title="依据", min_length=2, max_length=200)


class Correction(Facts):
    """What should have been said in a step; what was said before stays."""

    step: str = Field(title="步骤", min_length=1, max_length=50)
    facts: dict[str, Any] = Field(title="更正后的内容")
    reason: str = Field(title="原因", min_length=2, max_length=300)


WITHDRAW = ActSpec("withdraw", "撤回", Reason)
SUSPEND = ActSpec("suspend", "暂停计时", Reason)
RESUME = ActSpec("resume", "恢复计时", Reason)
EXTEND = ActSpec("extend", "延长期限", Extension)
CORRECT = ActSpec("correct", "更正", Correction)
END = ActSpec("end", "终止办理", Reason)
BASE = {spec.name: spec for spec in (WITHDRAW, SUSPEND, RESUME, EXTEND, CORRECT, END)}


@dataclass(frozen=True)
class Offered:
    """A standing act as a case offers it now."""

    spec: ActSpec
    roles: tuple[Role, ...]
    step: Step[Any] | None = None
    own: Standing | None = None


def offered(case: CaseView) -> list[Offered]:
    """Every standing act the case offers now, with who may."""
    declared = case.declaration
    if case.row.ended_at is not None:
        return [Offered(own.spec, own.by, own=own) for own in declared.standing.values() if own.outlives]
    paused = case.row.suspensions.filter(to_at=None).exists()
    names = ["extend", "end", "resume" if paused else "suspend"]
    found = [Offered(BASE[name], declared.overseers) for name in names if declared.overseers]
    found += [Offered(BASE[name], _openers(case)) for name in ("withdraw", "correct")]
    found += [Offered(own.spec, own.by, own=own) for own in declared.standing.values()]
    for step in declared.steps:
        if step.code in case.steps and case.open_round(step) is not None:
            specs = step.standing_specs().values()
            found += [Offered(spec, roles, step=step) for spec, roles in specs]
    return found


def _openers(case: CaseView) -> tuple[Role, ...]:
    """The roles of the steps the case begins with: those who may take it back, or correct what they said."""
    return tuple(dict.fromkeys(step.by for step in case.declaration.steps if not step.after))


def perform_on_case(
    *,
    by: Actor,
    at: datetime,
    case_id: UUID,
    act: str,
    facts: Any = None,
    papers: Sequence[Any] = (),
    step: str = "",
    key: str = "",
    expects: int | None = None,
) -> Answer:
    """A standing act, through the same door, as often as needed. `step` names the step where several offer it."""
    row = Case.objects.filter(pk=case_id).first()
    if row is None:
        raise NotFound("没有这件案件，请核对案号。")
    case = CaseView(row)
    wanted = _find(case, act, step)
    said = facts if isinstance(facts, wanted.spec.facts) else read_facts(wanted.spec.facts, facts)
    sent = read_papers(papers)
    request = Request(
        name=f"{row.procedure}.{act}",
        root=Root("case", row.root_id),
        by=by,
        at=at,
        said={"facts": said_json(said), "papers": [said_json(paper) for paper in sent], "step": step},
        subject_id=row.id,
        key=key,
        expects=expects,
        personal=True,
    )
    work = _StandingWork(case, wanted, said, sent, by, at)
    return enter(request, may=work.may, body=work.body)


def _find(case: CaseView, act: str, step: str) -> Offered:
    found = [one for one in offered(case) if one.spec.name == act and (not step or _code(one) == step)]
    if len(found) > 1:
        codes = "、".join(_code(one) for one in found)
        raise Invalid(f"有几个步骤都可以办理，请写明是哪一步：{codes}。", fields={"step": "不能为空"})
    if not found and case.row.ended_at is not None:
        raise NotPossible(f"案件已结束（{case.row.ended_why}），不能再办理。")
    if not found:
        known = "、".join(dict.fromkeys(one.spec.name for one in offered(case)))
        raise NotPossible(f"案件现在不能办理“{act}”，可以办理的有：{known}。")
    return found[0]


def _code(one: Offered) -> str:
    return one.step.code if one.step is not None else ""


class _StandingWork:
    """One standing act on its way through the door."""

    def __init__(
        self, case: CaseView, wanted: Offered, facts: Facts, papers: Sequence[Paper], by: Actor, at: datetime
    ) -> None:
        self.case, self.wanted, self.facts, self.papers = case, wanted, facts, papers
        self.by, self.at = by, at
        self.appointment: Appointment | None = None

    def may(self) -> None:
        """Who may; a correction belongs to whoever said it."""
        if self.wanted.spec is CORRECT:
            self.appointment = self._may_correct()
            return
        self.appointment = may_stand(self.case, self.wanted.roles, self.wanted.spec.title, self.by, self.at)

    def _may_correct(self) -> Appointment | None:
        assert isinstance(self.facts, Correction)
        step = _step(self.case, self.facts.step)
        appointment = may_stand(self.case, (step.by,), "更正", self.by, self.at)
        found = self.case.live_round(step)
        said = [act for act in self.case.acts_of(found.id) if act.name == step.main_act] if found else []
        if said and appointment is not None and said[-1].organisation_id != appointment.organisation_id:
            raise NotAllowed("您无权更正，应由原来填写的单位更正。")
        return appointment

    def body(self) -> dict[str, Any]:
        """Check again under the lock, write, carry out, go on."""
        self.case.row.refresh_from_db()
        self.case.refresh()
        spec, step = self.wanted.spec, self.wanted.step
        _find(self.case, spec.name, step.code if step is not None else "")
        found = self.case.open_round(step) if step is not None else None
        if step is not None and found is not None:
            step.check(self.case.round_view(found), "", spec.name, self.facts, self.at)
        self._rule()
        target = self._correct() if spec is CORRECT else found
        act = write_act(self.case, spec.name, self.facts, self.by, self.at, self.appointment, target)
        attach(act, self.papers, self.by)
        self.case.refresh()
        if step is not None and found is not None:
            step.record(self.case.round_view(found), "", spec.name, self.facts, self.at)
        self._carry_out()
        return {"case": str(self.case.id)}

    def _rule(self) -> None:
        own = self.wanted.own
        if own is not None and own.rule is not None:
            situation = self.case.declaration.reads.situation(self.case, self.at)
            own.rule(self.case.law, self.facts, situation).demand()

    def _carry_out(self) -> None:
        name, own = self.wanted.spec.name, self.wanted.own
        if own is not None:
            if own.does is not None:
                own.does(case=self.case, round_id=None, facts=self.facts, by=self.by, at=self.at)
        elif name in _CARRY_OUT:
            _CARRY_OUT[name](self.case, self.facts, self.at)
        self.case.refresh()
        engine.advance(self.case, self.at)

    def _correct(self) -> Any:
        """The round a correction belongs to; the corrected facts must stand before the rule as the first did."""
        assert isinstance(self.facts, Correction)
        step = _step(self.case, self.facts.step)
        found = self.case.live_round(step)
        if found is None or self.case.heard(step) is None:
            raise NotPossible(f"“{step.title}”还没有填写过内容，无需更正。")
        if step.does is not None:
            raise NotPossible(f"“{step.title}”已经生效，请以新的办理事项更正。")
        corrected = read_facts(step.facts, self.facts.facts)
        if step.rule is not None:
            situation = self.case.declaration.reads.situation(self.case, self.at)
            step.rule(self.case.law, corrected, situation).demand()
        return found


def _step(case: CaseView, code: str) -> Step[Any]:
    try:
        return case.declaration.step(code)
    except KeyError:
        raise Invalid("没有这个步骤，请核对步骤代码。", fields={"step": "不在可选范围内"}) from None


def _withdraw(case: CaseView, facts: Any, at: datetime) -> None:
    """Take the case back, unless it has changed the world."""
    for step in case.declaration.steps:
        if step.does is not None and step.code in case.steps and case.is_done(step):
            raise NotPossible(f"“{step.title}”已经生效，不能撤回，请用更正办理。")
    engine.end(case, "withdrawn", facts.reason, at)


def _suspend(case: CaseView, facts: Any, at: datetime) -> None:
    Suspension.objects.create(case=case.row, from_at=at, reason=facts.reason, citation=facts.citation)
    _project_tree(case, at, f"暂停计时：{facts.reason}")


def _resume(case: CaseView, facts: Any, at: datetime) -> None:
    Suspension.objects.filter(case=case.row, to_at=None).update(to_at=at)
    _project_tree(case, at, f"恢复计时：{facts.reason}")


def _project_tree(case: CaseView, at: datetime, why: str) -> None:
    clocks.project(case, at, why)
    for row in Case.objects.filter(parent__case=case.row, ended_at=None):
        _project_tree(CaseView(row), at, why)


def _extend(case: CaseView, facts: Extension, at: datetime) -> None:
    clock = Clock.objects.filter(case=case.row, pk=facts.clock).first()
    if clock is None or clock.met_at is not None or clock.stopped_at is not None:
        raise NotPossible("这个期限不在计时中，无需延长。")
    clock.extra = [*clock.extra, {"period": facts.period, "reason": facts.reason, "citation": facts.citation}]
    clock.save(update_fields=["extra"])
    clocks.project(case, at, f"延长{facts.period}：{facts.reason}（{facts.citation}）")


def _end(case: CaseView, facts: Reason, at: datetime) -> None:
    engine.end(case, "ended", facts.reason, at)


_CARRY_OUT: Mapping[str, Any] = {
    "withdraw": _withdraw,
    "suspend": _suspend,
    "resume": _resume,
    "extend": _extend,
    "end": _end,
}

__all__ = ["BASE", "Offered", "offered", "perform_on_case"]
