"""Opening a case: its subject, its parties, its steps, and the act it begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.facts import read_facts, said_json
from gongzhi.acts.roots import Root
from gongzhi.law import queries as law
from gongzhi.registry.models import Organisation, Person
from gongzhi.registry.roles import Place
from gongzhi.values.ids import uuid7
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotPossible, RuleBroken

from . import catalogue, engine
from .asked_within import asked_within
from .attach import Paper, papers_json, read_papers
from .declare import Procedure, Step
from .entering import handed_by
from .founding import parties_of, write_case
from .mayact import demand_entrant, entered_step, holds, is_public, may_do, may_stand
from .models import Case, Party, Task
from .perform import Work
from .subjects import Subject, find_subject
from .tasks import spec_of, step_of
from .terms import ActSpec
from .view import CaseView

__all__ = ["Subject", "find_subject", "open_case"]


def open_case(
    *,
    by: Actor,
    at: datetime,
    procedure: str,
    subject: Subject,
    variant: str = "",
    facts: Any = None,
    papers: Sequence[Any] = (),
    key: str = "",
) -> Answer:
    """Open a case and, where facts are given, perform the act it begins with. Answer: `{"case", "number"}`.

    Facts that name who handed them in on paper (`handed_by`) are entered for that side (代为登记): see `entering`.
    """
    declaration = catalogue.find(procedure)
    _demand_variant(declaration, variant)
    _demand_subject(declaration, subject)
    opening = _Opening(declaration, subject, variant, by, at)
    with law.pinned():
        opening.demand_known_there()
        opening.read(facts, read_papers(papers))
        request = Request(
            name=f"{procedure}.open",
            root=Root("case", opening.row.id),
            by=by,
            at=at,
            said=opening.said,
            key=key,
            personal=True,
        )
        try:
            return enter(request, may=opening.may, body=opening.body)
        except IntegrityError as broken:
            if "case_single_live" in str(broken) or "procedures_case.estate_id" in str(broken):
                raise opening.running() from broken
            raise


def _demand_variant(declaration: type[Procedure], variant: str) -> None:
    codes = [known.code for known in declaration.variants]
    if declaration.child_only:
        raise NotPossible(f"{declaration.title}由上级程序自动开始，不能单独立案。")
    if declaration.opens is not None:
        raise NotPossible(f"{declaration.title}由系统按期自动开始，不能单独立案。")
    if codes and variant not in codes:
        known = "、".join(f"{known.title}（{known.code}）" for known in declaration.variants)
        raise Invalid(f"请选择情形：{known}。", fields={"variant": "不在可选范围内"})
    if variant and not codes:
        raise Invalid(f"{declaration.title}不分情形，请不要填写情形。", fields={"variant": "没有这一项"})


def _demand_subject(declaration: type[Procedure], subject: Subject) -> None:
    if getattr(subject, declaration.subject) is None:
        wanted = {"estate": "小区", "organisation": "单位", "jurisdiction": "区划"}[declaration.subject]
        raise Invalid(
            f"{declaration.title}的办理对象应是{wanted}，请重新选择。", fields={"subject": "类别不符"}
        )


class _Opening:
    """One case on its way through the door."""

    def __init__(
        self, declaration: type[Procedure], subject: Subject, variant: str, by: Actor, at: datetime
    ) -> None:
        self.declaration, self.by, self.at = declaration, by, at
        case_id = uuid7(at)
        self.row = Case(
            id=case_id,
            root_id=case_id,
            variant=variant,
            law_on=at.astimezone(ZONE).date(),
            estate=subject.estate,
            organisation=subject.organisation,
            jurisdiction=subject.jurisdiction,
            opened_at=at,
            single=declaration.single,
            procedure=declaration.code,
            version=declaration.version,
            **subject.codes,
        )
        self.work: Work | None = None
        #: Whether it begins with a paper that somebody else handed in.
        self.is_entered = False

    def demand_known_there(self) -> None:
        """Refuse a variant that the law of the place does not list. RuleBroken names those it does."""
        key = self.declaration.variants_key
        if not key:
            return
        value = CaseView(self.row).law.value(key)
        if self.row.variant in value.codes:
            return
        titles = {one.code: one.title for one in self.declaration.variants}
        known = "、".join(title for code, title in titles.items() if code in value.codes)
        raise RuleBroken(
            f"此处的规定没有列出“{titles[self.row.variant]}”，请改按列出的情形办理：{known}。",
            citations=value.citations,
        )

    def read(self, facts: Any, papers: Sequence[Paper]) -> None:
        """Read the facts the case begins with, where there are any, as the act they belong to."""
        self.said: dict[str, Any] = {
            "procedure": self.declaration.code,
            "variant": self.row.variant,
            "subject": str(self.row.estate_id or self.row.organisation_id or self.row.jurisdiction_id),
            "facts": None,
            "papers": papers_json(papers),
        }
        if facts is None:
            return
        self.is_entered = bool(handed_by(facts))
        spec = self._first_act()
        told = facts if isinstance(facts, spec.facts) else read_facts(spec.facts, facts)
        self.said["facts"] = said_json(told)
        self.work = Work(spec, told, papers, self.by, self.at, self.row.id, self.row.id)

    def _beginning(self) -> list[Step[Any]]:
        """The steps this case begins with: after nothing, and wanted in its variant and place."""
        view = CaseView(self.row)
        first = [step for step in self.declaration.steps if not step.after]
        wanted = [step for step in first if step.wanted(view) is None]
        if not wanted:
            raise NotPossible(f"此处的规定不需要办理{self.declaration.title}，请核对情形和小区所在地。")
        return wanted

    def _first_act(self) -> ActSpec:
        """The act whose facts come with the opening."""
        first = self._own_beginning()
        if not first.main_act:
            raise Invalid("这个程序立案时不填写事实，请先立案再逐步办理。", fields={"facts": "不需要"})
        return first.act_specs()[first.main_act]

    def _own_beginning(self) -> Step[Any]:
        """Where either side may begin, the step of the one who does; else the first."""
        beginning = self._beginning()
        if self.is_entered:
            return entered_step(self.declaration, beginning)
        if len(beginning) == 1:
            return beginning[0]
        view = self._seen_with(self._declared_parties())
        held = (step for step in beginning if holds(view, step.by, self.by, self.at))
        return next(held, beginning[0])

    def _seen_with(self, parties: Mapping[str, Organisation | Person]) -> CaseView:
        """The case with its parties, before anything is written."""
        view = CaseView(self.row)
        view.__dict__["_parties"] = {
            role: Party(role=role, organisation=holder)
            for role, holder in parties.items()
            if isinstance(holder, Organisation)
        }
        return view

    def may(self) -> None:
        """Whoever holds a step the case begins with may open it; one of the public is bound to it as a party."""
        self.parties: dict[str, Organisation | Person] = dict(self._declared_parties())
        view, beginning = self._seen_with(self.parties), self._beginning()
        title = self.declaration.title
        if self.is_entered:
            self._may_enter(view, entered_step(self.declaration, beginning))
            return
        self.appointment = may_stand(view, [step.by for step in beginning], title, self.by, self.at, "提出")
        self.row.opened_by = self.appointment.organisation if self.appointment is not None else None
        person = Person.objects.filter(pk=self.by.person_id).first() if self.by.person_id else None
        for step in beginning:
            if step.by.kind == "public" and person is not None and is_public(view, step.by, self.by, self.at):
                self.parties[step.by.code] = person

    def _may_enter(self, view: CaseView, step: Step[Any]) -> None:
        """Who takes the paper in opens the case for whoever handed it in: it counts as opened by that side."""
        demand_entrant(view, step, self.by, self.at)
        holder = self.parties.get(step.by.code)
        self.row.opened_by = holder if isinstance(holder, Organisation) else None

    def body(self) -> dict[str, Any]:
        """Write the case and its steps, let it advance, and perform the act it begins with."""
        if self.declaration.single and self._is_running():
            raise self.running()
        if self.row.estate_id is not None and (asking := asked_within(self.declaration, self.row.estate_id)):
            raise NotPossible(asking[1])
        case = write_case(self.row, self.declaration, self.parties, self.at)
        engine.advance(case, self.at)
        warnings = self._begin(case, self.work) if self.work is not None else []
        return {"case": str(case.id), "number": case.row.number, "warnings": warnings}

    def _begin(self, case: CaseView, work: Work) -> list[str]:
        task = next((task for task in case.open_tasks() if self._begins(case, task, work)), None)
        if task is None:
            raise NotPossible(f"{self.declaration.title}现在没有可以随立案办理的事项，请直接立案。")
        work.take(task, case)
        work.appointment = may_do(case, task, work.now, self.by, self.at)
        return list(work.carry_out()["warnings"])

    def _begins(self, case: CaseView, task: Task, work: Work) -> bool:
        spec = spec_of(case, task)
        return not step_of(case, task).after and spec is not None and work.spec.name in spec.acts

    def running(self) -> NotPossible:
        """There is one already."""
        number = self._running().values_list("number", flat=True).first()
        named = f"（{number}）" if number else ""
        return NotPossible(f"该小区已有一件在办的{self.declaration.title}{named}，请在原案件中办理。")

    def _is_running(self) -> bool:
        return self.row.estate is not None and self._running().exists()

    def _running(self) -> QuerySet[Case]:
        rows = Case.objects.filter(procedure=self.declaration.code, single=True, ended_at=None, parent=None)
        return rows.filter(estate=self.row.estate)

    def _declared_parties(self) -> dict[str, Organisation]:
        """The parties of the day, bound once."""
        estate = self.row.estate
        return parties_of(self.declaration, Place(estate, self.row.law_on)) if estate is not None else {}
