"""Procedures as they are declared: variants, steps, acts with who, when and what is said, clocks and citations.

Which tasks a step has depends on what was said in it. So each step is played through on an imagined case of the
place, and every task that comes up is told with its role.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.acts.facts import Facts
from gongzhi.law import queries as law
from gongzhi.law.schema import ROOT
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE

from .articles import named_keys
from .declare import Procedure, Standing, Step
from .models import Case
from .signed import scan_asked
from .standing import BASE
from .terms import ActSpec, Due, RoundView, Said, TaskSpec
from .view import CaseView

#: How often the play looks again for new tasks; a request to complete could go on for ever.
PLAYED = 12


@dataclass(frozen=True)
class Place:
    """Where and when a procedure is looked at; without a code, nowhere in particular."""

    at: datetime
    code: str = ""

    @property
    def values(self) -> bool:
        """Whether the keys are resolved for the place."""
        return bool(self.code)

    def case_of(self, procedure: type[Procedure]) -> CaseView:
        """An imagined case there: never saved."""
        case_id = new_id()
        community = law.book().place(self.code) if self.code else ROOT
        return CaseView(
            Case(
                id=case_id,
                root_id=case_id,
                procedure=procedure.code,
                version=procedure.version,
                law_on=self.at.astimezone(ZONE).date(),
                community=community,
                opened_at=self.at,
            )
        )


@dataclass
class _Play:
    """A step played through: every task it may come to have, by the acts it allows."""

    step: Step[Any]
    view: CaseView
    at: datetime
    said: list[Said] = field(default_factory=list)
    specs: dict[str, TaskSpec] = field(default_factory=dict)

    def run(self) -> dict[str, TaskSpec]:
        """Say every act there is until no new task comes up."""
        for _ in range(PLAYED):
            new = [spec for spec in self._tasks() if spec.name not in self.specs]
            self.specs |= {spec.name: spec for spec in new}
            for spec in new:
                self._say(spec.name, spec.acts)
            if not new and self.said and self._has_stood():
                break
            self._say("", tuple(self.step.standing_specs()))
        return self.specs

    def _tasks(self) -> list[TaskSpec]:
        round_view = RoundView(new_id(), self.view, self.at, tuple(self.said))
        return self.step.task_specs(round_view)

    def _say(self, task: str, acts: tuple[str, ...]) -> None:
        known = {(said.task, said.act) for said in self.said}
        self.said += [Said(new_id(), task, act, {}, self.at) for act in acts if (task, act) not in known]

    def _has_stood(self) -> bool:
        return all(any(said.act == name for said in self.said) for name in self.step.standing_specs())


def told_procedure(procedure: type[Procedure]) -> dict[str, Any]:
    """A procedure as the list shows it."""
    return {
        "code": procedure.code,
        "title": procedure.title,
        "version": procedure.version,
        "subject": procedure.subject,
        "child_only": procedure.child_only,
        "recurring": procedure.opens is not None,
        "source": (procedure.__doc__ or "").strip().splitlines()[0] if procedure.__doc__ else "",
        "variants": [{"code": one.code, "title": one.title} for one in procedure.variants],
    }


def describe(procedure: type[Procedure], place: Place) -> dict[str, Any]:
    """A procedure whole; `place` resolves its keys. NotFound: an unknown code of a place."""
    with law.pinned():
        view = place.case_of(procedure)
        return told_procedure(procedure) | {
            "at": place.code,
            "variants": _variants(procedure, view, place),
            "parties": [{"role": role.code, "title": role.title} for role in procedure.parties],
            "outcomes": list(procedure.outcomes),
            "steps": [_step(step, view, place) for step in procedure.steps],
            "standing": [_standing(name, own) for name, own in procedure.standing.items()]
            + [_base(spec, procedure) for spec in BASE.values()],
        }


def _variants(procedure: type[Procedure], view: CaseView, place: Place) -> list[dict[str, Any]]:
    """The variants; where a place is asked for and its law lists them, those it lists, with article and papers."""
    key = procedure.variants_key
    if not key or not place.values:
        return [{"code": one.code, "title": one.title} for one in procedure.variants]
    listed = {item["code"]: item for item in view.law.listed(key)}
    return [
        {
            "code": one.code,
            "title": one.title,
            "category": listed[one.code].get("category", ""),
            "article": listed[one.code].get("article", ""),
            "papers": list(listed[one.code].get("evidence", ())),
        }
        for one in procedure.variants
        if one.code in listed
    ]


def _step(step: Step[Any], view: CaseView, place: Place) -> dict[str, Any]:
    dues = step.dues(view)
    keys = list(dict.fromkeys([*named_keys(step), *(due.key for due in dues)]))
    return {
        "code": step.code,
        "title": step.title,
        "kind": step.kind,
        "by": {"role": step.by.code, "title": step.by.title},
        "after": [{"step": moment.step.code, "mark": moment.mark} for moment in step.moments],
        "when": {"keys": list(step.when.keys), "otherwise": step.when.why_not} if step.when else None,
        "outcomes": list(step.all_outcomes()),
        "back": {outcome: target.code for outcome, target in step.back.items()},
        "ends": dict(step.ends),
        "mark": step.marks,
        "runs": str(getattr(step, "runs", "")),
        "realises": list(step.realises),
        "acts": acts_of(step, view, place.at),
        "clocks": [_clock(due, view, place) for due in dues],
        "law": [_value(key, view) for key in keys] if place.values else [],
        "keys": keys,
    }


def acts_of(step: Step[Any], view: CaseView, at: datetime) -> list[dict[str, Any]]:
    """Every act of a step: who, on which task, whether the task is done with it, and its facts as JSON Schema."""
    tasks = _Play(step, view, at).run()
    acts = [
        _act(spec, [task for task in tasks.values() if spec.name in task.acts], step, view)
        for spec in step.act_specs().values()
    ]
    for spec, roles in step.standing_specs().values():
        by = [{"role": role.code, "title": role.title, "posts": [], "task": ""} for role in roles]
        papers = step.pictures_of(view, spec)
        acts.append(_told(spec, step.main_act) | {"by": by, "on": "case", "papers": papers})
    return acts


def _act(spec: ActSpec, tasks: list[TaskSpec], step: Step[Any], view: CaseView) -> dict[str, Any]:
    by = [
        {"role": task.role.code, "title": task.role.title, "posts": list(task.posts), "task": task.name}
        for task in tasks
    ]
    if not by and spec.name == step.main_act:
        by = [{"role": step.by.code, "title": step.by.title, "posts": [], "task": ""}]
    papers = step.asked_of(view, spec)
    return _told(spec, step.main_act) | {"by": by, "on": "task", "papers": papers}


def _told(spec: ActSpec, main: str = "") -> dict[str, Any]:
    return {
        "act": spec.name,
        "title": spec.title,
        "main": bool(main) and spec.name == main,
        "finishes": spec.finishes,
        "papers": [
            *(one.asked for one in (spec.pictures, spec.scan) if one is not None),
            *scan_asked(spec.facts),
        ],
        "outlives": False,
        "facts": schema_of(spec.facts),
    }


def schema_of(facts: type[Facts]) -> dict[str, Any]:
    """The JSON Schema of what is said, with Chinese titles."""
    return facts.model_json_schema()


def _standing(name: str, own: Standing) -> dict[str, Any]:
    by = [{"role": role.code, "title": role.title, "posts": [], "task": ""} for role in own.by]
    return _told(own.spec) | {"by": by, "on": "case", "outlives": own.outlives}


def _base(spec: ActSpec, procedure: type[Procedure]) -> dict[str, Any]:
    first = dict.fromkeys(step.by for step in procedure.steps if not step.after)
    roles = procedure.overseers if spec.name in ("suspend", "resume", "extend", "end") else tuple(first)
    posts = list(spec.posts)
    by = [{"role": role.code, "title": role.title, "posts": posts, "task": ""} for role in roles]
    return _told(spec) | {"by": by, "on": "case"}


def _clock(due: Due, view: CaseView, place: Place) -> dict[str, Any]:
    return {
        "key": due.key,
        "anchor": due.anchor,
        "before": due.before,
        "minimum": due.minimum,
        "on_missed": due.on_missed,
        "safeguard": due.safeguard,
        "value": _value(due.key, view) if place.values else None,
    }


def _value(key: str, view: CaseView) -> dict[str, Any]:
    return view.law.value(key).as_json()
