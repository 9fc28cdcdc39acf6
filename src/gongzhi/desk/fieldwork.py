"""What can be photographed now by who looks: tasks of theirs that photographs go with, notices they may go and see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from gongzhi.acts.actor import Actor
from gongzhi.notices.models import Interruption, Notice
from gongzhi.notices.publish import DURING
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.declare import Step
from gongzhi.procedures.mayact import holds
from gongzhi.procedures.models import PaperUse, Task
from gongzhi.procedures.presenting import ReadView, subject_name
from gongzhi.procedures.queries import tasks_of, visible_cases
from gongzhi.procedures.standing_acts import offered
from gongzhi.procedures.tasks import opens_at, spec_of, step_of
from gongzhi.procedures.terms import ActSpec, TaskSpec
from gongzhi.registry.models import Appointment
from gongzhi.ui.forms.reading import fields_of
from gongzhi.ui.parts.days import short_time

#: Looked at for one page; the soonest, the newest.
TASKS, NOTICES = 20, 20
TORN = "缺损，待补贴，公示至哪天补贴后重新算；"


@dataclass(frozen=True, slots=True)
class Way:
    """An act with photographs, and the page that asks for it.

    `is_picture`: it comes with a photograph of a kind of its own; else one may go with it. `opens_at`: while it cannot
    be done yet, from when on it can.
    """

    act: str
    address: str
    is_picture: bool = True
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shot:
    """One thing to photograph: where, what, by when or since when, and the acts in which that is done."""

    place: str
    title: str
    ways: tuple[Way, ...]
    due_at: datetime | None = None
    last: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether anything of it can be done now."""
        return any(way.opens_at is None for way in self.ways)


def shots_of_tasks(seat: Appointment, at: datetime) -> Iterator[Shot]:
    """The seat's open tasks whose acts photographs go with, soonest first."""
    for task in tasks_of(seat, instead=True).filter(case__ended_at=None)[:TASKS]:
        view = ReadView(task.case)
        spec, step = spec_of(view, task), step_of(view, task)
        ways = tuple(_ways(view, task, step, spec, at)) if spec is not None else ()
        if ways:
            yield Shot(subject_name(task.case), task.title, ways, task.due_at)


def _ways(view: ReadView, task: Task, step: Step[Any], spec: TaskSpec, at: datetime) -> Iterator[Way]:
    """The acts of a task that photographs go with."""
    known, opening = step.act_specs(), opens_at(view, step, spec, at)
    for number, name in enumerate(spec.acts):
        asked = step.pictures_of(view, known[name]) if asks_for_little(known[name]) else ()
        if asked:
            waits = number == 0 or spec.opens_on is not None
            yield Way(
                known[name].title,
                reverse("field-task", args=[task.pk, name]),
                is_picture=any(one["code"] != PaperKind.PHOTO for one in asked),
                opens_at=opening if waits else None,
            )


def asks_for_little(spec: ActSpec) -> bool:
    """Whether it can be said question by question: rows of a list cannot."""
    return all(ask.rows is None for ask in fields_of(spec.facts))


def shots_of_notices(seat: Appointment, by: Actor, at: datetime) -> Iterator[Shot]:
    """The notices that hang now and that the seat may go and see."""
    seen = visible_cases(seat).filter(ended_at=None)
    rows = Notice.objects.filter(case__in=seen, ended_at=None).select_related("case__estate", "round__step")
    found = list(rows.order_by("-posted_at", "-id")[:NOTICES])
    last = _last_pictures([row.round_id for row in found])
    torn = set(
        Interruption.objects.filter(notice__in=found, again_at=None).values_list("notice_id", flat=True)
    )
    for row in found:
        view, step = ReadView(row.case), row.round.step.code
        for one in offered(view):
            is_it = one.at_step == step and one.spec.pictures == DURING
            if is_it and any(holds(view, role, by, at) for role in one.roles):
                address = reverse("field-case", args=[row.case_id, one.spec.name])
                yield Shot(
                    subject_name(row.case),
                    row.title,
                    (Way(one.spec.title, f"{address}?{urlencode({'step': step})}"),),
                    row.until_at if row.pk not in torn else None,
                    (TORN if row.pk in torn else "") + last.get(row.round_id, "还没有人巡查拍照"),
                )


def _last_pictures(rounds: list[UUID]) -> dict[UUID | None, str]:
    """Round → when it was last photographed while it hung."""
    uses: QuerySet[PaperUse] = PaperUse.objects.filter(act__round__in=rounds, kind=DURING.code)
    found = uses.order_by("act__at").values_list("act__round_id", "act__at")
    return {round_id: f"上次巡查拍照：{short_time(said_at)}" for round_id, said_at in found}
