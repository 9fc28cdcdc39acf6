"""Reading many trees at once: a ledger or a report looks at them in as many queries as it takes to look at one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from .models import Case, CaseAct, CaseStep, Mark, Party, Round
from .view import CaseView


def read_trees(roots: Sequence[Case]) -> list[CaseView]:
    """The views of these root cases in their order, each with what was said, its marks, parties and children."""
    ids = [root.pk for root in roots]
    below = list(Case.objects.filter(root_id__in=ids).exclude(pk__in=ids).select_related("parent"))
    read = _Read([*roots, *below])
    children: dict[UUID, list[Case]] = defaultdict(list)
    for row in below:
        if row.parent is not None:
            children[row.parent.case_id].append(row)
    return [_built(root, None, read, children) for root in roots]


class _Read:
    """The rows of all trees, by the case they belong to."""

    def __init__(self, cases: Sequence[Case]) -> None:
        ids = [case.pk for case in cases]
        self.steps = _by("case_id", CaseStep.objects.filter(case__in=ids).order_by("position"))
        rounds = Round.objects.filter(step__case__in=ids).select_related("step").order_by("number")
        self.rounds: dict[UUID, list[Round]] = defaultdict(list)
        for found in rounds:
            self.rounds[found.step.case_id].append(found)
        said = CaseAct.objects.filter(case__in=ids).select_related("task", "organisation").order_by("seq")
        self.said = _by("case_id", said)
        self.marks = _by("case_id", Mark.objects.filter(case__in=ids, round__void_at=None))
        parties = Party.objects.filter(case__in=ids, void_at=None).select_related("organisation", "person")
        self.parties = _by("case_id", parties)


def _by(name: str, rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _built(row: Case, parent: CaseView | None, read: _Read, below: dict[UUID, list[Case]]) -> CaseView:
    """A view that has read everything already; a child of a void round is gone."""
    view = CaseView(row, parent=parent)
    if parent is None:
        view.__dict__["parent"] = None
    view.steps = {step.code: step for step in read.steps[row.pk]}
    view._said = {}
    view.all_rounds = defaultdict(list)
    for found in read.rounds[row.pk]:
        view.all_rounds[found.step.code].append(found)
    for act in read.said[row.pk]:
        view._said.setdefault(act.round_id, []).append(act)
    marks: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for mark in read.marks[row.pk]:
        marks[mark.round_id][mark.name] = mark.at
    live = {found.pk for found in read.rounds[row.pk] if found.void_at is None}
    inside = [child for child in below[row.pk] if child.round_id in live]
    view.__dict__ |= {
        "mark_rows": marks,
        "_parties": {party.role: party for party in read.parties[row.pk]},
        "children": {child.round_id: _built(child, view, read, below) for child in inside},
    }
    return view
