"""The door for cases: opening one, performing a task, a standing act. *Lock, may, can, law, write, record.*"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter, present_act
from gongzhi.acts.facts import Facts, read_facts, said_json
from gongzhi.acts.roots import Root
from gongzhi.registry.models import Appointment
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound, NotPossible

from . import engine
from .attach import Paper, attach, demand_papers
from .declare import Step
from .mayact import may_do
from .models import CaseAct, Round, Task
from .reassign import reassign
from .terms import ActSpec
from .view import CaseView


def perform(
    *,
    by: Actor,
    at: datetime,
    task_id: UUID,
    act: str,
    facts: Any = None,
    papers: Sequence[Any] = (),
    key: str = "",
    expects: int | None = None,
) -> Answer:
    """Perform an act on a task.

    `facts` is JSON or the act's Facts; `papers` a list of `Paper` or their JSON. Raises NotFound, Invalid, NotAllowed,
    NotPossible, RuleBroken or Conflict; then nothing is written.
    """
    task = Task.objects.select_related("case", "round__step").filter(pk=task_id).first()
    if task is None:
        raise NotFound("没有这项任务，可能已经撤销，请刷新待办列表。")
    case = CaseView(task.case)
    step = case.declaration.step(task.round.step.code)
    spec = spec_of(step, act, task)
    said, sent = _facts(spec, facts), read_papers(papers)
    request = _request(
        f"{case.row.procedure}.{step.code}.{act}", case, by, at, said, sent, task.id, key, expects
    )
    work = Work(case, step, spec, said, sent, by, at)
    return enter(request, may=lambda: work.may(task), body=lambda: work.on_task(task))


def spec_of(step: Step[Any], act: str, task: Task) -> ActSpec:
    """The act's specification, if the task's kind knows it."""
    spec = step.act_specs().get(act)
    if spec is None:
        known = "、".join(step.act_specs())
        raise NotFound(f"“{step.title}”没有“{act}”这个操作，可用的有：{known}。")
    return spec


def _facts(spec: ActSpec, facts: Any) -> Facts:
    return facts if isinstance(facts, spec.facts) else read_facts(spec.facts, facts)


def read_papers(papers: Sequence[Any]) -> tuple[Paper, ...]:
    """Papers as they were sent, checked."""
    return tuple(one if isinstance(one, Paper) else read_facts(Paper, one) for one in papers)


def _request(
    name: str,
    case: CaseView,
    by: Actor,
    at: datetime,
    facts: Facts,
    papers: Sequence[Paper],
    subject: UUID,
    key: str,
    expects: int | None,
) -> Request:
    said = {"facts": said_json(facts), "papers": [said_json(paper) for paper in papers]}
    root = Root("case", case.row.root_id)
    return Request(name, root, by, at, said, subject, key, expects, personal=True)


class Work:
    """One act on its way through the door."""

    def __init__(
        self,
        case: CaseView,
        step: Step[Any],
        spec: ActSpec,
        facts: Facts,
        papers: Sequence[Paper],
        by: Actor,
        at: datetime,
    ) -> None:
        self.case, self.step, self.spec = case, step, spec
        self.facts, self.papers, self.by, self.at = facts, papers, by, at
        self.appointment: Appointment | None = None

    def may(self, task: Task) -> None:
        """Re-assign on the record where the organ changed, then ask who may."""
        task.refresh_from_db()
        reassign(self.case, task, self.at)
        self.appointment = may_do(self.case, self.step, task, self.spec, self.by, self.at)

    def on_task(self, task: Task) -> dict[str, Any]:
        """Can it now, does the law allow it, write, go on."""
        self._demand_open(task)
        found = task.round
        view = self.case.round_view(found)
        allowed = next((spec for spec in self.step.task_specs(view) if spec.name == task.name), None)
        if allowed is None or self.spec.name not in allowed.acts:
            raise NotPossible(f"“{task.title}”现在不能“{self.spec.title}”，请先完成列出的其他事项。")
        self.step.check(view, task.name, self.spec.name, self.facts, self.at)
        warnings = self._law(found)
        self._write(found, task)
        if self.spec.finishes:
            Task.objects.filter(pk=task.pk).update(open=False, done_at=self.at)
        self.case.refresh()
        engine.tend(self.case, self.step, found, self.at)
        engine.advance(self.case, self.at)
        return {"case": str(self.case.id), "task": str(task.id), "warnings": warnings}

    def _demand_open(self, task: Task) -> None:
        self.case.row.refresh_from_db()
        self.case.refresh()
        if task.done_at is not None:
            raise NotPossible(f"“{task.title}”已于{_when(task.done_at)}办结，不能重复办理。")
        if task.void_at is not None:
            raise NotPossible(f"“{task.title}”已作废（{task.void_why}），请刷新后按新的任务办理。")
        if self.case.row.suspensions.filter(to_at=None).exists():
            raise NotPossible("案件已暂停，请先由主管单位恢复后再办。")

    def _law(self, found: Round) -> list[str]:
        """Papers the place requires, then the declared rule; its warnings are told, not hidden."""
        key = (self.case.row.procedure, self.step.code, self.spec.name)
        demand_papers(self.case.law, key, self.papers)
        if self.step.rule is None or self.spec.name != self.step.main_act:
            return []
        situation = self.case.declaration.reads.situation(self.case, self.at)
        decision = self.step.rule(self.case.law, self.facts, situation)
        return list(decision.demand().warnings)

    def _write(self, found: Round, task: Task | None) -> None:
        act = write_act(
            self.case, self.spec.name, self.facts, self.by, self.at, self.appointment, found, task
        )
        attach(act, self.papers, self.by)
        self.case.refresh()
        name = task.name if task is not None else ""
        self.step.record(self.case.round_view(found), name, self.spec.name, self.facts, self.at)
        if self.spec.name == self.step.main_act:
            for effect in (self.step.writes, self.step.does):
                if effect is not None:
                    effect(case=self.case, round_id=found.id, facts=self.facts, by=self.by, at=self.at)


def write_act(
    case: CaseView,
    name: str,
    facts: Facts,
    by: Actor,
    at: datetime,
    appointment: Appointment | None,
    found: Round | None = None,
    task: Task | None = None,
) -> CaseAct:
    """Write down what was said, with the class it was said in."""
    kind, present = type(facts), present_act()
    return CaseAct.objects.create(
        id=present.act_id,
        seq=present.seq,
        case=case.row,
        round=found,
        task=task,
        name=name,
        facts=said_json(facts),
        facts_class=f"{kind.__module__.removeprefix('gongzhi.')}.{kind.__qualname__}/{kind.version}",
        account_id=by.account_id,
        appointment_id=by.appointment_id,
        person_id=by.person_id,
        organisation_id=appointment.organisation_id if appointment is not None else None,
        at=at,
    )


def _when(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y年%-m月%-d日%H:%M")
