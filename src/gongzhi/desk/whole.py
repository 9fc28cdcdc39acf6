"""Where a case stands in the whole it is a part of, and how far the cases below it have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.procedures import catalogue
from gongzhi.procedures.grounds import other_grounds
from gongzhi.procedures.insight import tasks_shown
from gongzhi.procedures.models import Task
from gongzhi.procedures.presenting import ReadView
from gongzhi.procedures.view import SKIPPED
from gongzhi.registry.models import Appointment
from gongzhi.ui.parts.chip import Chip, countdown

from .worklist import holder_of

#: Of what waits elsewhere in the tree, so much is read.
MOST = 60


@dataclass(frozen=True, slots=True)
class Whole:
    """The case above: which of its steps this one is, what follows, until when. `href`: "" where it is not seen.

    `place` of `steps` as its own page numbers them: those skipped count, those of other grounds do not.
    """

    number: str
    href: str
    step: str
    place: int
    steps: int
    following: tuple[str, ...]
    due_title: str
    due_at: datetime | None
    chip: Chip | None


def whole_of(view: ReadView, at: datetime, near: int) -> Whole | None:
    """The case above one from `case_seen`, as it was read with the view; None for a root."""
    part = view.row.parent
    if part is None:
        return None
    above = part.case
    declared = catalogue.find(above.procedure, above.version)
    rows: list[Any] = view.steps_above
    seen = getattr(view.row, "above_seen", False)
    aside = other_grounds(declared, above.variant, {one.code for one in rows if one.outcome == SKIPPED})
    codes = [one.code for one in rows if one.code not in aside]
    undecided = {one.code for one in rows if one.decided_at is None}
    step = declared.step(part.code)
    after = [one.title for one in declared.steps if step in one.after and one.code in undecided]
    next_due = min((one for one in rows if seen and one.due_at), key=lambda one: one.due_at, default=None)
    return Whole(
        number=above.number,
        href=str(above.pk) if seen else "",
        step=step.title,
        place=codes.index(part.code) + 1 if part.code in codes else 0,
        steps=len(codes),
        following=tuple(after) if seen else (),
        due_title=declared.step(next_due.code).title if next_due is not None else "",
        due_at=next_due.due_at if next_due is not None else None,
        chip=countdown(next_due.due_at, at, near, next_due.exact) if next_due is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What waits in the cases around one: the reader's own, and what each case below it waits for."""

    mine: tuple[Task, ...]
    below: Mapping[UUID, Sequence[tuple[Task, str, Chip | None]]]


NOWHERE = Elsewhere((), {})


def elsewhere_of(case: Mapping[str, Any], seat: Appointment, at: datetime, near: int) -> Elsewhere:
    """Open tasks of the tree outside this case; one query, none where there is no tree."""
    if case["parent"] is None and not case["children"]:
        return NOWHERE
    rows = Task.objects.filter(case__root_id=case["root"], open=True, instead=False).exclude(case=case["id"])
    rows = rows.select_related("case", "round__step", "organisation").order_by("sort_at", "id")
    found = list(tasks_shown(rows[:MOST], seat))
    children = {child["id"] for child in case["children"]}
    below: dict[UUID, list[tuple[Task, str, Chip | None]]] = {pk: [] for pk in children}
    for task in found:
        if task.case_id in children:
            below[task.case_id].append((task, holder_of(task), countdown(task.due_at, at, near)))
    return Elsewhere(tuple(task for task in found if _is_mine(task, seat)), below)


def _is_mine(task: Task, seat: Appointment) -> bool:
    if seat.organisation_id is not None:
        return task.organisation_id == seat.organisation_id
    return task.person_id is not None and task.person_id == seat.person_id
