"""The door for standing acts: *lock, may, can, law, write, record* on a case, as often as needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.facts import Facts, read_facts
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.registry.models import Appointment
from gongzhi.values.refusals import NotFound, NotPossible

from . import catalogue, clocks, correcting, engine, firing, undoing
from .attach import Paper, attach, demand_pictures, read_papers
from .following import follow
from .mayact import may_stand
from .models import Case, Round, Suspension
from .perform import obey, said_of
from .signed import demand_own_hand
from .standing_acts import (
    BASE,
    CORRECT,
    Extension,
    Offered,
    Reason,
    choose,
    find,
    is_fixed,
    offered,
    roles_of,
    runs,
)
from .telling import tell_everybody
from .view import CaseView
from .writing import write_act

__all__ = ["BASE", "Offered", "Reason", "offered", "perform_on_case"]


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
    """A standing act, through the same door. `step` names the step where several offer it."""
    row = Case.objects.filter(pk=case_id).first()
    if row is None:
        raise NotFound("没有这件案件，请核对案号。")
    declared = catalogue.find(row.procedure, row.version)
    found = find(declared, act, step)
    spec = found[0].spec
    said = facts if isinstance(facts, spec.facts) else read_facts(spec.facts, facts)
    if spec is CORRECT:
        said = correcting.read_correction(declared, said)
    sent = read_papers(papers)
    request = Request(
        name=f"{row.procedure}.{act}",
        root=Root("case", row.root_id),
        by=by,
        at=at,
        said=said_of(said, sent),
        subject_id=row.id,
        key=key,
        expects=expects,
        personal=True,
    )
    work = _Work(row.id, found, said, sent, by, at)
    with law.pinned():
        return enter(request, may=work.may, body=work.body)


@dataclass
class _Work:
    """One standing act on its way through the door."""

    case_id: UUID
    found: list[Offered]
    facts: Facts
    papers: Sequence[Paper]
    by: Actor
    at: datetime

    def may(self) -> None:
        """Who may, read under the lock; a correction belongs to whoever said it."""
        self.case = CaseView(Case.objects.get(pk=self.case_id))
        self.appointment = self._ask(self.found)

    def _ask(self, found: list[Offered]) -> Appointment | None:
        spec = found[0].spec
        if spec is CORRECT:
            return correcting.may_correct(self.case, self.facts, self.by, self.at)
        roles = [role for one in found for role in roles_of(self.case, one)]
        return may_stand(self.case, roles, spec.title, self.by, self.at, posts=spec.posts)

    def body(self) -> dict[str, Any]:
        """What is due comes first; then: can it now, does the law allow it, write, carry out, go on."""
        if firing.fire(self.case.row.root_id, self.at):
            self.case = CaseView(Case.objects.get(pk=self.case_id))
        wanted = choose(self.case, self.found, self.by, self.at)
        if len(self.found) > 1:
            self._ask([wanted])
        target = self._check(wanted)
        spec = wanted.spec
        act = write_act(self.case, spec.name, self.facts, self.by, self.at, self.appointment, target)
        attach(act, self.papers, self.by, self.case.round_view(target) if target is not None else None)
        self.case.add_said(act)
        warnings = self._carry_out(wanted, target)
        if wanted.step is not None and target is not None:
            engine.tend(self.case, wanted.step, target, self.at)
        follow(self.case, self.at)
        engine.advance(self.case, self.at)
        if spec is CORRECT and target is not None:
            correcting.keep_letters(self.case, self.facts, target, self.at)
        return {"case": str(self.case.id), "warnings": warnings}

    def _check(self, wanted: Offered) -> Round | None:
        """The kind's conditions, and the round that the act is said in."""
        demand_pictures(wanted.spec.pictures, wanted.spec.title, self.papers)
        demand_own_hand(self.facts, self.papers, self.by)
        if wanted.spec is CORRECT:
            return correcting.check(self.case, self.facts, self.at)
        if wanted.step is None:
            return None
        found = wanted.round_in(self.case)
        assert found is not None
        wanted.step.check(self.case.round_view(found), "", wanted.spec.name, self.facts, self.at)
        return found

    def _carry_out(self, wanted: Offered, target: Round | None) -> list[str]:
        case, name, own = self.case, wanted.spec.name, wanted.own
        if wanted.step is not None and target is not None:
            wanted.step.record(case.round_view(target), "", name, self.facts, self.at)
        elif wanted.spec is CORRECT and target is not None:
            correcting.carry_out(case, self.facts, target, self.at)
        elif own is not None:
            warnings = obey(case, own.rule, self.facts, self.at)
            if own.does is not None:
                own.does(case=case, round_id=None, facts=self.facts, by=self.by, at=self.at)
                case.forget()
            case.is_touched = True
            return warnings
        else:
            _CARRY_OUT[name](case, self.facts, self.at)
        return []


def _withdraw(case: CaseView, facts: Any, at: datetime) -> None:
    """Take the case back, unless it, or a child of it, has changed the world."""
    undoing.demand_undone(case, case.declared, "不能撤回")
    undoing.end(case, undoing.WITHDRAWN, facts.reason, at)


def _suspend(case: CaseView, facts: Any, at: datetime) -> None:
    """The time of the case and of those below stands still; what others are owed goes on (`Due.runs_on`)."""
    Suspension.objects.create(case=case.row, from_at=at, reason=facts.reason, citation=facts.citation)
    case.forget()
    _project_tree(case, at, f"暂停计时：{facts.reason}")
    rest = "恢复以前期限不计，最迟日期随之顺延；办件页上仍可办理的事项期限照常计算，请按期办理。"
    told = f"原因：{facts.reason}；依据：{facts.citation}。{rest}"
    tell_everybody(case, f"{case.row.number}暂停计时", told)


def _resume(case: CaseView, facts: Any, at: datetime) -> None:
    Suspension.objects.filter(case=case.row, to_at=None).update(to_at=at)
    case.forget()
    _project_tree(case, at, f"恢复计时：{facts.reason}")
    told = f"原因：{facts.reason}。期限接着计算，新的日期请看办件页的“期限”。"
    tell_everybody(case, f"{case.row.number}恢复计时", told)


def _project_tree(case: CaseView, at: datetime, why: str) -> None:
    clocks.project(case, at, why)
    for child in case.children.values():
        if child.row.ended_at is None:
            _project_tree(child, at, why)


def _extend(case: CaseView, facts: Extension, at: datetime) -> None:
    """More time for one deadline that still runs; a least time and a backward period are not lengthened."""
    clock = next((known for known in case.clocks if known.pk == facts.clock), None)
    if clock is None or not runs(clock):
        raise NotPossible("这个期限不在计时中，无需延长。")
    if clock.due_at is not None and clock.due_at <= at:
        raise NotPossible("这个期限已经届满，不能再延长，请尽快办结，并在办理内容中写明逾期的原因。")
    if is_fixed(clock) or not case.law.is_period(clock.key):
        raise NotPossible("公示期、倒推的期限、预警日期和本地尚未设定的期限不能延长，请核对所选的期限。")
    clock.extra = [*clock.extra, {"period": facts.period, "reason": facts.reason, "citation": facts.citation}]
    clock.save(update_fields=["extra"])
    clocks.project(case, at, f"延长{facts.words}：{facts.reason}（{facts.citation}）")
    told = f"延长{facts.words}；原因：{facts.reason}；依据：{facts.citation}。新的日期请看办件页的“期限”。"
    tell_everybody(case, f"{case.row.number}延长期限：{case.law.value(clock.key).title}", told)


def _end(case: CaseView, facts: Reason, at: datetime) -> None:
    undoing.end(case, "ended", facts.reason, at)


_CARRY_OUT: Mapping[str, Any] = {
    "withdraw": _withdraw,
    "suspend": _suspend,
    "resume": _resume,
    "extend": _extend,
    "end": _end,
}
