"""The door for tasks: *lock, may, can, law, write, record* on one task of one case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.facts import Facts, read_facts, said_json
from gongzhi.acts.kept import save
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.registry.models import Appointment
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound, NotPossible

from . import catalogue, engine, firing, statements
from .attach import Paper, attach, demand_papers, demand_pictures, papers_json, read_papers, same_twice
from .declare import Step
from .entering import demand_entered
from .mayact import is_own, may_do
from .models import Task
from .past_papers import keep_sent
from .reassign import reassign
from .signed import demand_own_hand
from .tasks import opens_later, spec_of, step_of
from .terms import ActSpec, RoundView
from .view import CaseView
from .writing import write_act


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
    place = statements.place_of_task.first(task=task_id)
    if place is None:
        raise NotFound("没有这项任务，可能已经撤销，请刷新待办列表。")
    case_id, root, procedure, version, code, revision = place
    step = catalogue.find(procedure, version).step(code)
    spec = act_of(step, act)
    said = facts if isinstance(facts, spec.facts) else read_facts(spec.facts, facts)
    sent = read_papers(papers)
    request = Request(
        name=f"{procedure}.{code}.{act}",
        root=Root("case", root),
        by=by,
        at=at,
        said=said_of(said, sent),
        subject_id=task_id,
        key=key,
        expects=expects,
        personal=True,
    )
    work = Work(spec, said, sent, by, at, case_id, task_id)
    with law.pinned(revision):
        return enter(request, may=work.may, body=work.body)


def said_of(facts: Facts, papers: Sequence[Paper]) -> dict[str, Any]:
    """What the record takes the digest of: `gongzhi check` builds the same from the rows."""
    return {"facts": said_json(facts), "papers": papers_json(papers)}


def act_of(step: Step[Any], act: str) -> ActSpec:
    """The act's specification, if the step's kind knows it."""
    spec = step.act_specs().get(act)
    if spec is None:
        known = "、".join(one.title for one in step.act_specs().values())
        raise NotFound(f"“{step.title}”没有这个操作（{act[:50]}），可用的有：{known}。")
    return spec


@dataclass
class Work:
    """One act on its way through the door."""

    spec: ActSpec
    facts: Facts
    papers: Sequence[Paper]
    by: Actor
    at: datetime
    case_id: UUID
    task_id: UUID

    def may(self) -> None:
        """Read the task under the lock, re-assign it on the record where the organ changed, then ask who may."""
        self._read()
        reassign(self.case, self.task, self.now, self.at)
        self.appointment: Appointment | None = may_do(self.case, self.task, self.now, self.by, self.at)

    def _read(self) -> None:
        (row,) = statements.case_at_work.rows(case=self.case_id, at=self.at)
        case, read = CaseView(row), cast("Any", row)
        if not read.stood_still:
            case.halts = []  # until it is told to read anew
        self.take(case.task(self.task_id), case)

    def take(self, task: Task, case: CaseView) -> None:
        """Work on this task of the case."""
        self.task, self.case = task, case
        self.step = step_of(case, task)
        #: The task as its kind tells it before anything is done.
        self.now = spec_of(case, task)

    def body(self) -> dict[str, Any]:
        """What is due comes first; then: can it now, does the law allow it, write, go on."""
        row = cast("Any", self.case.row)
        if row.is_due and firing.fire(row.root_id, self.at):
            self._read()
        self._demand_open()
        return self.carry_out()

    def carry_out(self) -> dict[str, Any]:
        """Can the kind, does the law allow it, write, go on."""
        case, step, found = self.case, self.step, self.task.round
        view = case.round_view(found)
        if self.now is None or self.spec.name not in self.now.acts:
            raise NotPossible(f"“{self.task.title}”现在不能“{self.spec.title}”，请先完成列出的其他事项。")
        if opens_later(self.now, case.local_day(self.at)):
            raise NotPossible(f"“{self.task.title}”现在还不能办理：{self.now.note}。")
        self._demand_entered()
        step.check(view, self.task.name, self.spec.name, self.facts, self.at)
        warnings = self._law()
        if self.spec.finishes:
            self._finish()
        self._write(view)
        engine.tend(case, step, found, self.at)
        engine.advance(case, self.at)
        keep_sent(case, step, found, self.at)
        warnings += step.warns(case, self.spec.name, self.at)
        return {"case": str(case.id), "task": str(self.task.id), "warnings": warnings}

    def _demand_entered(self) -> None:
        """Who enters it for its holder says whose paper it is and brings it."""
        assert self.now is not None
        if not self.now.entered_by:
            return
        body = self.task.organisation
        demand_entered(
            self.facts,
            {paper.kind for paper in self.papers},
            itself=self.step.own_codes(),
            is_own=is_own(self.case, self.task, self.by, self.at),
            owner=body.name if body is not None else self.now.role.title,
            title=self.task.title,
        )

    def _demand_open(self) -> None:
        task = self.task
        if task.done_at is not None:
            raise NotPossible(f"“{task.title}”已于{_when(task.done_at)}办结，不能重复办理。")
        if task.void_at is not None:
            raise NotPossible(f"“{task.title}”已作废（{task.void_why}），请刷新后按新的任务办理。")
        if task.waits_for:
            self.case.law.need(task.waits_for)
            raise NotPossible(f"“{task.title}”的本地规定刚刚设定，请一分钟后刷新待办再办。")
        if self.case.is_paused and not (self.now is not None and self.now.runs_on):
            raise NotPossible("案件已暂停，请先由主管单位恢复后再办。")

    def _law(self) -> list[str]:
        """Papers the place requires, whose hand it is, then the declared rule; its warnings are told, not hidden."""
        key = f"papers.{self.case.row.procedure}.{self.step.code}.{self.spec.name}"
        wanted = self.step.demanded_of(self.case, self.spec.name, self.facts)
        demand_papers(self.case.law, key, wanted, self.papers)
        demand_pictures(self.spec.pictures, self.spec.title, self.papers)
        demand_own_hand(self.facts, self.papers, self.by)
        if self.spec.proved is not None:
            self.spec.proved(self.case.law, self.facts, {paper.kind for paper in self.papers})
        labels = {str(item["code"]): str(item["label"]) for item in wanted}
        twice = list(same_twice(self.papers, labels))
        if self.spec.name != self.step.main_act:
            return twice
        return [*twice, *obey(self.case, self.step.rule, self.facts, self.at)]

    def _finish(self) -> None:
        self.task.open, self.task.done_at = False, self.at
        save(self.task, "open", "done_at")

    def _write(self, view: RoundView) -> None:
        """What was said, the kind's rows, then the effects; the room may have written whatever the view had read."""
        case, step, found = self.case, self.step, self.task.round
        act = write_act(
            case, self.spec.name, self.facts, self.by, self.at, self.appointment, found, self.task
        )
        attach(act, self.papers, self.by, view)
        case.add_said(act)
        step.record(case.round_view(found), self.task.name, self.spec.name, self.facts, self.at)
        if self.spec.name != step.main_act:
            return
        for effect in (step.writes, step.does):
            if effect is not None:
                effect(case=case, round_id=found.id, facts=self.facts, by=self.by, at=self.at)
                case.forget()


def obey(case: CaseView, rule: Any, facts: Facts, at: datetime) -> list[str]:
    """Ask a declared rule; RuleBroken with its articles, else its warnings."""
    if rule is None:
        return []
    situation = case.declaration.reads.situation(case, at)
    return list(rule(case.law, facts, situation).demand().warnings)


def _when(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%Y年%-m月%-d日%H:%M")
