"""One case as it is told: its steps, rounds, tasks, clocks and history, in plain JSON values.

Everything is read once, so that a case costs the same number of queries whatever the number of its tasks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.papers.codes import verify_path
from gongzhi.registry.models import Organisation, Person, Post
from gongzhi.registry.roles import ROLES

from . import catalogue
from .clockview import conflicts, told_clock
from .declare import Procedure, Step
from .documents import Made, papers_made
from .entering import TITLE as ENTERED
from .entering import is_entered
from .hearing import corrected_by, nameless
from .holders import COMPOSED
from .insight import shows_act, shows_issued, shows_mark, shows_offered, shows_round, shows_task
from .item_pictures import ItemPicture, by_item, item_pictures
from .mayact import KEPT_FOR_LATER, is_kept_for_later, left_to
from .models import Assignment, Case, CaseAct, CaseStep, PaperUse, Round, Task
from .picturing import came_before, sees_originals, told_picture
from .queries import Reader
from .readview import ReadView
from .signed import scan_titles
from .standing import BASE, offered
from .tasks import opens_at, opens_later, specs_of
from .terms import ActSpec, TaskSpec

#: Why nothing is done while the case stands still.
PAUSED = "案件已暂停计时，恢复后再办。"

__all__ = ["ReadView", "present_case", "spec_of_act", "told_documents", "told_summary"]


def role_title(code: str) -> str:
    """The Chinese name of a role."""
    role = ROLES.get(code) or COMPOSED.get(code)
    return role.title if role is not None else code


def told_organisation(found: Organisation | None) -> dict[str, Any] | None:
    """An organisation by id, name and kind."""
    return {"id": found.pk, "name": found.name, "kind": found.kind} if found is not None else None


def _who(organisation: Organisation | None, person: Person | None, *, masked: bool) -> dict[str, Any]:
    name = "" if person is None or masked else person.name
    return {"organisation": told_organisation(organisation), "person": name}


def _grouped(rows: Iterable[Any], by: str) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


def title_of(row: Case) -> str:
    """The procedure's title."""
    return catalogue.find(row.procedure, row.version).title


def title_of_step(row: Case, code: str) -> str:
    """The title of one of its steps."""
    return catalogue.find(row.procedure, row.version).step(code).title


def subject_name(row: Case) -> str:
    """What it is about, by name."""
    return str(told_subject(row)["name"])


def variant_title(row: Case) -> str:
    """The variant's title, "" where there is none."""
    known = catalogue.find(row.procedure, row.version).variants
    return next((variant.title for variant in known if variant.code == row.variant), row.variant)


def told_summary(row: Case) -> dict[str, Any]:
    """A case as lists show it; `estate`, `organisation`, `jurisdiction` should be selected with it."""
    return {
        "id": row.pk,
        "number": row.number,
        "procedure": row.procedure,
        "title": title_of(row),
        "variant": row.variant,
        "variant_title": variant_title(row),
        "subject": told_subject(row),
        "codes": {level: getattr(row, level) for level in ("city", "county", "subdistrict", "community")},
        "state": "open" if row.ended_at is None else "ended",
        "outcome": row.outcome,
        "ended_why": row.ended_why,
        "opened_at": row.opened_at,
        "ended_at": row.ended_at,
        "root": row.root_id,
    }


def told_subject(row: Case) -> dict[str, Any]:
    """What a case is about: kind, id or code, name."""
    if row.jurisdiction is not None:
        return {"kind": "jurisdiction", "id": row.jurisdiction.code, "name": row.jurisdiction.name}
    kind, found = ("estate", row.estate) if row.estate is not None else ("organisation", row.organisation)
    assert found is not None
    return {"kind": kind, "id": str(found.pk), "name": found.name}


def told_items(
    view: ReadView, pictures: Mapping[str, list[ItemPicture]] | None = None
) -> list[dict[str, Any]]:
    """The lines of a case's lists, each with its photographs. `pictures`: by step, where they were read before."""
    fields = ("id", "code", "label", "state", "quantity", "condition", "reason", "make_up_on")
    shown = {
        step: by_item(found)
        for step, found in (_item_pictures(view) if pictures is None else pictures).items()
    }
    return [
        {name: getattr(row, name) for name in (*fields, "said_at", "made_up_at")}
        | {"step": row.round.step.code, "round": row.round.number, "void": row.round.void_at is not None}
        | {"pictures": _told_pictures(shown.get(row.round.step.code, {}).get(row.code, ()), row.round)}
        for row in view.items
    ]


def _item_pictures(view: ReadView) -> dict[str, list[ItemPicture]]:
    """Step → the photographs of its items."""
    uses: dict[str, list[PaperUse]] = defaultdict(list)
    for use in view.uses if view.items else ():
        if use.act.round is not None:
            uses[use.act.round.step.code].append(use)
    return {code: item_pictures(view.declaration.step(code), found) for code, found in uses.items()}


def _told_pictures(found: Iterable[ItemPicture], until: Round) -> list[dict[str, Any]]:
    """Those that had come when a round was over: a later round may show an item once more."""
    rows = [(one.number, one.use.copy, one.use.act.round) for one in found]
    return [
        {"number": number, "copy": copy.file_id}
        for number, copy, round in rows
        if copy is not None and round is not None and round.number <= until.number
    ]


def present_case(view: ReadView, reader: Reader, at: datetime) -> dict[str, Any]:
    """A case from `queries.case_seen`, for its reader, as of `at`. Call it within `law.queries.pinned()`."""
    return _Picture(view, reader, at).told()


class _Picture:
    """Everything of one case, read once."""

    def __init__(self, view: ReadView, reader: Reader, at: datetime) -> None:
        self.view, self.row, self.reader, self.at = view, view.row, reader, at
        view.insight = reader.insight
        self.tasks = _grouped(view.all_tasks, "round_id")
        self.marks = _grouped(view.all_marks, "round_id")
        self.passed = _grouped(view.passings, "task_id")
        self.halts = view.halts
        self.is_paused = self.row.ended_at is None and any(halt.to_at is None for halt in self.halts)
        own = () if reader.masked else view.uses
        self.uses: list[PaperUse] = [use for use in own if shows_act(view, use.act)]
        self.sees_originals = sees_originals(reader.appointment)
        self.pictures = {} if reader.masked else _item_pictures(view)
        self.titles = scan_titles(self.uses)
        self.came_before = came_before(self.uses)
        self.numbers = {one.use.pk: one.number for found in self.pictures.values() for one in found}

    def told(self) -> dict[str, Any]:
        """The whole case."""
        steps = [self._step(step) for step in self.view.declaration.steps if step.code in self.view.steps]
        summary = told_summary(self.row)
        if self.is_paused:
            summary["state"] = "suspended"
        codes = {step.pk: code for code, step in self.view.steps.items()}
        law = self.view.law
        clocks = [
            told_clock(clock, codes[clock.step_id], law, self.at, moves, self.view.declaration)
            for clock, moves in self.view.clocks_moved
        ]
        if self.reader.masked:
            clocks = [_without_words(clock) for clock in clocks]
        return {
            **summary,
            "version": getattr(self.row, "chain_seq", None) or 0,
            "masked": self.reader.masked,
            "law_on": self.row.law_on,
            "parent": self._parent(),
            "children": self._children(),
            "parties": self._parties(),
            "steps": steps,
            "tasks": [task for step in steps for part in step["rounds"] for task in part["tasks"]],
            "clocks": clocks,
            "conflicts": conflicts(clocks),
            "suspensions": [_halt(halt) for halt in self.halts],
            "standing": self._standing(),
            "items": [] if self.reader.masked else told_items(self.view, self.pictures),
            "papers": [
                _use(use, self.sees_originals, self.numbers.get(use.pk, ""), self.came_before.get(use.pk))
                | {"title": self.titles.get(use.pk, use.title)}
                for use in self.uses
            ],
            "issued": [] if self.reader.masked else self._issued(),
            "documents": self._documents(),
            "history": self._history(),
        }

    # Steps, rounds, tasks ---------------------------------------------------------------------------------------

    def _step(self, step: Step[Any]) -> dict[str, Any]:
        row = self.view.steps[step.code]
        rounds = [found for found in self.view.rounds(step) if shows_round(self.view, step, found)]
        return {
            "code": step.code,
            "title": step.title,
            "kind": step.kind,
            "by": {"role": step.by.code, "title": step.by.title},
            "state": _state(row, rounds),
            "outcome": row.outcome,
            "decided_at": row.decided_at,
            "skipped_why": row.skipped_why,
            "rounds": [self._round(step, found) for found in rounds],
            "is_inside": row.decided_at is None and self._is_inside(step, rounds),
        }

    def _is_inside(self, step: Step[Any], rounds: Iterable[Round]) -> bool:
        """Whether all that is open of the step is the body's own, which the reader does not see."""
        opened = [(found, task) for found in rounds for task in self.tasks[found.pk] if task.open]
        return bool(opened) and not any(shows_task(self.view, step, *one) for one in opened)

    def _round(self, step: Step[Any], found: Round) -> dict[str, Any]:
        tasks = [task for task in self.tasks[found.pk] if shows_task(self.view, step, found, task)]
        is_open = any(task.open for task in tasks)
        specs = specs_of(step, self.view, found) if is_open else []
        allowed = {spec.name: spec for spec in specs}
        return {
            "id": found.pk,
            "number": found.number,
            "opened_at": found.opened_at,
            "closed_at": found.closed_at,
            "outcome": found.outcome,
            "void_at": found.void_at,
            "void_why": found.void_why,
            "marks": {
                mark.name: mark.at
                for mark in self.marks[found.pk]
                if shows_mark(self.view, step, found, mark.name)
            },
            "tasks": [self._task(step, found, task, allowed.get(task.name)) for task in tasks],
        }

    def _task(self, step: Step[Any], found: Round, task: Task, spec: TaskSpec | None) -> dict[str, Any]:
        known = step.act_specs()
        acts = [known[name] for name in spec.acts if name in known] if spec is not None and task.open else []
        return {
            "id": task.pk,
            "step": step.code,
            "round": found.number,
            "name": task.name,
            "title": task.title,
            "state": "open" if task.open else "done" if task.done_at is not None else "void",
            "role": {"role": task.role, "title": role_title(task.role)},
            **_who(task.organisation, task.person, masked=self.reader.masked),
            "acting_for": task.acting_for,
            "vacant": task.vacant,
            "note": task.note_on(self.view.local_day(self.at)),
            "holds": task.holds,
            "posts": list(spec.posts) if spec is not None else [],
            "not_by": list(spec.not_by) if spec is not None else [],
            "acts": [{"act": act.name, "title": act.title, "finishes": act.finishes} for act in acts],
            "mine": self.reader.holds(task, self.row.estate_id) and task.open,
            "instead": task.instead,
            "stands_still": self._stands_still(task, spec),
            "why_not": self._why_not(found, task, spec) if spec is not None and task.open else "",
            "not_before": opens_at(self.view, step, spec, self.at)
            if spec is not None and task.open
            else None,
            "opened_at": task.opened_at,
            "due_at": task.due_at,
            "done_at": task.done_at,
            "void_at": task.void_at,
            "void_why": task.void_why,
            "passed_on": [_passed(row) for row in self.passed[task.pk]],
        }

    def _stands_still(self, task: Task, spec: TaskSpec | None) -> bool:
        """Whether nobody can do it while the case is suspended."""
        return self.is_paused and task.open and not (spec or task).runs_on

    def _why_not(self, found: Round, task: Task, spec: TaskSpec) -> str:
        """Why the reader has to leave it, to a colleague or for later, as the door would say; "" where he may do it."""
        if not self.reader.holds(task, self.row.estate_id):
            return ""
        if self._stands_still(task, spec):
            return PAUSED
        if opens_later(spec, self.view.local_day(self.at)):
            return f"{spec.note}。"
        if spec.posts and self.reader.appointment.post not in spec.posts:
            return f"应由{'、'.join(str(Post(post).label) for post in spec.posts)}办理。"
        names = {one.pk: one.name for one in self.tasks[found.pk]}
        acts = self.view.acts_of(found.pk) if spec.not_by else ()
        own = self.reader.appointment.person_id
        if any(act.person_id == own and names.get(act.task_id) in spec.not_by for act in acts):
            return "您经办过前面的环节，应由另一位同事办理。"
        wanted, on = bool(spec.later or spec.preferred), self.view.local_day(self.at)
        told = [act for act in self.view.acts_of(found.pk) if wanted and act.task_id is not None]
        left = left_to(spec, self.reader.appointment, told, on)
        if left:
            return f"应由{left}办理。"
        people = [act.person_id for act in told]
        return KEPT_FOR_LATER if is_kept_for_later(spec, self.reader.appointment, people, on) else ""

    # What goes beside them --------------------------------------------------------------------------------------

    def _parent(self) -> dict[str, Any] | None:
        step = self.row.parent
        if step is None:
            return None
        return {"id": step.case_id, "number": step.case.number, "step": step.code}

    def _children(self) -> list[dict[str, Any]]:
        return [_child(row) for row in self.view.all_children]

    def _parties(self) -> list[dict[str, Any]]:
        """Who the parties are."""
        return [
            {"role": role, "title": role_title(role), **_who(party.organisation, party.person, masked=False)}
            for role, party in self.view.bound.items()
        ]

    def _standing(self) -> list[dict[str, Any]]:
        return [
            {
                "act": one.spec.name,
                "title": one.spec.title,
                "step": one.at_step,
                "under": list(one.under(self.view)),
                "by": [{"role": role.code, "title": role.title} for role in one.roles],
                "posts": list(one.spec.posts),
            }
            for one in offered(self.view)
            if shows_offered(self.view, one)
        ]

    def _issued(self) -> list[dict[str, Any]]:
        found = [
            part
            for step in self.view.declaration.steps
            for part in self._rounds_of(step)
            if shows_issued(self.view, step, part)
        ]
        return [_issued(part) for part in found if getattr(part, "issued", None) is not None]

    def _documents(self) -> list[dict[str, Any]]:
        return told_documents(self.row, papers_made(self.view, self.at, masked=self.reader.masked))

    def _rounds_of(self, step: Step[Any]) -> list[Round]:
        return self.view.rounds(step) if step.code in self.view.steps else []

    def _history(self) -> list[dict[str, Any]]:
        acts = self.view.acts()
        corrects = corrected_by(acts)
        return [self._act(act, corrects.get(act.pk)) for act in acts if shows_act(self.view, act)]

    def _act(self, act: CaseAct, corrects: UUID | None) -> dict[str, Any]:
        code = act.round.step.code if act.round is not None else ""
        spec = spec_of_act(self.view.declaration, code, act.name)
        return {
            "id": act.pk,
            "at": act.at,
            "act": act.name,
            "title": ENTERED if is_entered(act.facts) else spec.title if spec is not None else act.name,
            "step": code,
            "round": act.round.number if act.round is not None else None,
            "task": act.task.name if act.task is not None else "",
            **(_who(act.organisation, act.person, masked=self.reader.masked) | nameless(act)),
            "post": getattr(act, "post", None) or "",
            "facts": None if self.reader.masked else act.facts,
            "labels": _labels(spec),
            "papers": [use.file_id for use in self.uses if use.act_id == act.pk],
            "corrects": corrects,
        }


def spec_of_act(declared: type[Procedure], code: str, name: str) -> ActSpec | None:
    """What is declared of an act of the step, or of the case."""
    known = {own: standing.spec for own, standing in declared.standing.items()} | BASE
    step = next((step for step in declared.steps if step.code == code), None)
    if step is not None:
        beside = {other: spec for other, (spec, _) in step.standing_specs().items()}
        known = {**known, **beside, **step.act_specs()}
    return known.get(name)


def told_documents(row: Case, found: Iterable[Made]) -> list[dict[str, Any]]:
    """The papers that can be made of a case now, each with the path of its PDF and of its editable copy."""
    where = f"/api/v1/cases/{row.pk}/documents"
    return [
        one.told() | {"pdf": f"{where}/{one.code}.pdf", "docx": f"{where}/{one.code}.docx"} for one in found
    ]


def papers_of_step(case: Mapping[str, Any], step: str) -> list[dict[str, Any]]:
    """Of the papers a presented case makes those of one step, as it counts."""
    return [paper for paper in case["documents"] if paper["step"] == step and not paper["is_past"]]


def past_papers(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of the papers a presented case makes those of void rounds."""
    return [paper for paper in case["documents"] if paper["is_past"]]


def _labels(spec: ActSpec | None) -> dict[str, str]:
    fields = spec.facts.model_fields if spec is not None else {}
    return {name: field.title or name for name, field in fields.items()}


def _state(row: CaseStep, rounds: list[Round]) -> str:
    """What a step has come to: `waiting`, `open`, `done` or `skipped`."""
    if row.decided_at is not None:
        return "skipped" if row.outcome == "skipped" else "done"
    return "open" if any(part.closed_at is None and part.void_at is None for part in rounds) else "waiting"


def _passed(row: Assignment) -> dict[str, Any]:
    before, after = told_organisation(row.before), told_organisation(row.after)
    return {"before": before, "after": after, "why": row.why, "at": row.at}


def _child(row: Case) -> dict[str, Any]:
    return {
        "id": row.pk,
        "number": row.number,
        "procedure": row.procedure,
        "title": title_of(row),
        "step": row.parent.code if row.parent is not None else "",
        "state": "open" if row.ended_at is None else "ended",
        "outcome": row.outcome,
    }


def _without_words(clock: dict[str, Any]) -> dict[str, Any]:
    """A clock whose moves tell what moved it (更正), and not the words that were said with it."""
    moves = [move | {"why": move["why"].partition("：")[0]} for move in clock["moves"]]
    return clock | {"moves": moves}


def _halt(halt: Any) -> dict[str, Any]:
    return {
        "from_at": halt.from_at,
        "to_at": halt.to_at,
        "reason": halt.reason,
        "citation": halt.citation,
    }


def _use(use: PaperUse, originals: bool, number: str, came_at: datetime | None) -> dict[str, Any]:
    return {
        "file": use.file_id,
        "photograph": told_picture(use, original=originals, number=number, came_at=came_at),
        "round": use.act.round_id,
        "kind": use.kind,
        "title": use.title,
        "name": use.file.name,
        "media_type": use.file.media_type,
        "size": use.file.size,
        "digest": use.file.digest,
        "act": use.act_id,
        "at": use.act.at,
    }


def _issued(found: Round) -> dict[str, Any]:
    paper = found.issued
    return {
        "id": paper.pk,
        "number": paper.number.text,
        "title": paper.title,
        "file": paper.paper.file_id,
        "round": found.number,
        "signed_at": paper.signed_at,
        "replaced_at": paper.replaced_at,
        "voided_at": paper.number.voided_at,
        "void_reason": paper.number.void_reason,
        "verify": verify_path(paper.pk, paper.digest),
    }
