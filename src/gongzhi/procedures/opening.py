"""Opening a case: its subject, its parties, its steps, and the act it begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer, Request, enter
from gongzhi.acts.facts import read_facts, said_json
from gongzhi.acts.roots import Root
from gongzhi.law.models import Jurisdiction
from gongzhi.registry import acting
from gongzhi.registry.models import Appointment, Estate, Organisation
from gongzhi.registry.roles import holder_of
from gongzhi.values.ids import uuid7
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible

from . import catalogue, engine
from .declare import Procedure, Step
from .holders import hold
from .models import Case, CaseStep, Party
from .perform import Work, read_papers, spec_of
from .serials import draw_serial
from .terms import ActSpec
from .view import CaseView


@dataclass(frozen=True)
class Subject:
    """What a case is about: exactly one of the three."""

    estate: Estate | None = None
    organisation: Organisation | None = None
    jurisdiction: Jurisdiction | None = None

    @property
    def codes(self) -> dict[str, str]:
        """The territory columns of the case."""
        levels = ("city", "county", "subdistrict", "community")
        placed = self.estate or self.organisation
        if placed is not None:
            return {level: getattr(placed, level) for level in levels}
        assert self.jurisdiction is not None
        return _codes_of(self.jurisdiction)


def _codes_of(jurisdiction: Jurisdiction) -> dict[str, str]:
    names = {"city": "city", "county": "county", "street": "subdistrict", "community": "community"}
    codes: dict[str, str] = {}
    place: Jurisdiction | None = jurisdiction
    while place is not None:
        if place.level in names:
            codes[names[place.level]] = place.code
        place = place.parent
    return codes


def find_subject(kind: str, id_or_code: str) -> Subject:
    """Find the subject of a case; NotFound in a sentence."""
    try:
        if kind == "estate":
            return Subject(estate=Estate.objects.get(pk=UUID(id_or_code)))
        if kind == "organisation":
            return Subject(organisation=Organisation.objects.get(pk=UUID(id_or_code)))
        return Subject(jurisdiction=Jurisdiction.objects.get(pk=id_or_code))
    except (ValueError, Estate.DoesNotExist, Organisation.DoesNotExist, Jurisdiction.DoesNotExist):
        raise NotFound("没有找到办理对象，请核对小区、单位或区划的编号。") from None


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
    """Open a case and, where facts are given, perform the act it begins with. Answer: `{"case", "number"}`."""
    declaration = catalogue.find(procedure)
    _demand_variant(declaration, variant)
    _demand_subject(declaration, subject)
    first = _first(declaration, variant)
    spec = spec_of_first(first) if facts is not None else None
    said = read_facts(spec.facts, facts) if spec is not None and not isinstance(facts, spec.facts) else facts
    sent = read_papers(papers)
    case_id = uuid7(at)
    request = Request(
        name=f"{procedure}.open",
        root=Root("case", case_id),
        by=by,
        at=at,
        said={
            "procedure": procedure,
            "variant": variant,
            "subject": _subject_words(subject),
            "facts": said_json(said) if said is not None else None,
            "papers": [said_json(paper) for paper in sent],
        },
        key=key,
        personal=True,
    )
    opening = _Opening(declaration, subject, variant, case_id, by, at)
    begin = (first, spec, said, sent) if spec is not None and first is not None else None
    try:
        return enter(request, may=opening.may, body=lambda: opening.body(begin))
    except IntegrityError as broken:
        if "case_single_live" in str(broken) or "procedures_case.procedure" in str(broken):
            raise NotPossible(f"该小区已有一件在办的{declaration.title}，请在原案件中办理。") from broken
        raise


def _demand_variant(declaration: type[Procedure], variant: str) -> None:
    codes = [known.code for known in declaration.variants]
    if codes and variant not in codes:
        raise Invalid(
            f"请选择情形：{'、'.join(f'{known.title}（{known.code}）' for known in declaration.variants)}。",
            fields={"variant": "不在可选范围内"},
        )
    if declaration.child_only:
        raise NotPossible(f"{declaration.title}由上级程序自动开始，不能单独立案。")


def _demand_subject(declaration: type[Procedure], subject: Subject) -> None:
    if getattr(subject, declaration.subject) is None:
        wanted = {"estate": "小区", "organisation": "单位", "jurisdiction": "区划"}[declaration.subject]
        raise Invalid(
            f"{declaration.title}的办理对象应是{wanted}，请重新选择。", fields={"subject": "类别不符"}
        )


def _subject_words(subject: Subject) -> str:
    found = subject.estate or subject.organisation or subject.jurisdiction
    return str(found.pk) if found is not None else ""


def _first(declaration: type[Procedure], variant: str) -> Step[Any] | None:
    """The step a case begins with: the first that comes after nothing."""
    return next((step for step in declaration.steps if not step.after), None)


def spec_of_first(first: Step[Any] | None) -> ActSpec:
    """The act whose facts come with the opening."""
    if first is None or not first.main_act:
        raise Invalid("这个程序立案时不填写事实，请先立案再逐步办理。", fields={"facts": "不需要"})
    return first.act_specs()[first.main_act]


class _Opening:
    """One case on its way through the door."""

    def __init__(
        self,
        declaration: type[Procedure],
        subject: Subject,
        variant: str,
        case_id: UUID,
        by: Actor,
        at: datetime,
    ) -> None:
        self.declaration, self.subject, self.variant = declaration, subject, variant
        self.case_id, self.by, self.at = case_id, by, at
        self.appointment: Appointment | None = None

    def may(self) -> None:
        """Whoever holds a step the case begins with may open it."""
        self.appointment = acting.appointment_of(self.by, self.at)
        beginning = [step for step in self.declaration.steps if not step.after]
        row = Case(**self._columns())
        view = CaseView(row)
        parties = self._parties()
        names: list[str] = []
        for step in beginning:
            party = parties.get(step.by.code)
            organisation = party or hold(view, step.by, self.at).organisation
            if organisation is not None and organisation.pk == self.appointment.organisation_id:
                return
            names.append(organisation.name if organisation is not None else step.by.title)
        raise NotAllowed(f"您无权办理，{self.declaration.title}应由{'、'.join(dict.fromkeys(names))}提出。")

    def body(self, begin: Any) -> dict[str, Any]:
        """Write the case and its steps, let it advance, and perform the act it begins with."""
        if self.declaration.single and self._is_running():
            raise NotPossible(f"该小区已有一件在办的{self.declaration.title}，请在原案件中办理。")
        row = write_case(self._columns(), self.declaration, self._parties(), self.at)
        case = CaseView(row)
        engine.advance(case, self.at)
        warnings = self._begin(case, *begin) if begin is not None else []
        return {"case": str(row.id), "number": row.number, "warnings": warnings}

    def _begin(self, case: CaseView, first: Step[Any], spec: ActSpec, facts: Any, papers: Any) -> list[str]:
        found = case.open_round(first)
        task = (
            found.tasks.filter(open=True).order_by("opened_at", "id").first() if found is not None else None
        )
        if task is None:
            raise NotPossible(f"“{first.title}”在此地无需办理，请直接立案。")
        work = Work(case, first, spec_of(first, spec.name, task), facts, papers, self.by, self.at)
        work.may(task)
        return list(work.on_task(task)["warnings"])

    def _is_running(self) -> bool:
        return Case.objects.filter(
            procedure=self.declaration.code, estate=self.subject.estate, ended_at=None, parent=None
        ).exists()

    def _parties(self) -> dict[str, Organisation]:
        """The parties of the day, bound once."""
        found: dict[str, Organisation] = {}
        estate = self.subject.estate
        for role in self.declaration.parties:
            holder = holder_of(role, estate, self.at.astimezone(ZONE).date()) if estate is not None else None
            if holder is not None and holder.organisation is not None and not holder.vacant:
                found[role.code] = holder.organisation
        return found

    def _columns(self) -> dict[str, Any]:
        return {
            "id": self.case_id,
            "root_id": self.case_id,
            "variant": self.variant,
            "law_on": self.at.astimezone(ZONE).date(),
            "estate": self.subject.estate,
            "organisation": self.subject.organisation,
            "jurisdiction": self.subject.jurisdiction,
            "opened_at": self.at,
            "opened_by": self.appointment.organisation if self.appointment is not None else None,
            "single": self.declaration.single,
            "procedure": self.declaration.code,
            "version": self.declaration.version,
            **self.subject.codes,
        }


def write_case(
    columns: Mapping[str, Any],
    declaration: type[Procedure],
    parties: Mapping[str, Organisation],
    at: datetime,
) -> Case:
    """Write a case, its parties and a row for each declared step: a case runs the steps it was opened with."""
    row = Case(**columns)
    row.number = _draw_number(row, declaration, at)
    row.save(force_insert=True)
    Party.objects.bulk_create(
        [Party(case=row, role=role, organisation=found, bound_at=at) for role, found in parties.items()]
    )
    CaseStep.objects.bulk_create(
        [
            CaseStep(case=row, code=step.code, kind=step.kind, position=place)
            for place, step in enumerate(declaration.steps)
        ]
    )
    return row


def _draw_number(row: Case, declaration: type[Procedure], at: datetime) -> str:
    """The next case number of the county and year: 〔2026〕220602-12."""
    code = row.county or row.city or row.jurisdiction_id or ""
    year, serial = draw_serial(code, at)
    return f"{declaration.title}〔{year}〕{code}-{serial}"


def open_child(
    *,
    parent: CaseView,
    round_id: UUID,
    step: Step[Any],
    procedure: str,
    variant: str,
    takes: Mapping[str, Any],
    at: datetime,
) -> CaseView:
    """Open the child a step's round asks for, in the same tree, under the law of the root."""
    declaration = catalogue.find(procedure)
    mother = parent.row
    columns = {
        "root_id": mother.root_id,
        "parent": parent.steps[step.code],
        "round_id": round_id,
        "variant": variant,
        "law_on": mother.law_on,
        "estate": mother.estate,
        "organisation": mother.organisation,
        "jurisdiction": mother.jurisdiction,
        "opened_at": at,
        "opened_by": mother.opened_by,
        "procedure": declaration.code,
        "version": declaration.version,
        "takes": dict(takes),
        "city": mother.city,
        "county": mother.county,
        "subdistrict": mother.subdistrict,
        "community": mother.community,
    }
    child = CaseView(write_case(columns, declaration, {}, at), parent=parent)
    engine.advance(child, at, carry=False)
    return child
