"""What can be photographed now by who looks: tasks of theirs that photographs go with, notices they may go and see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from gongzhi.acts.actor import Actor
from gongzhi.notices.models import Interruption, Notice
from gongzhi.notices.publish import DURING
from gongzhi.procedures.mayact import holds
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.presenting import ReadView, subject_name
from gongzhi.procedures.queries import tasks_of, visible_cases
from gongzhi.procedures.standing_acts import offered
from gongzhi.procedures.tasks import spec_of, step_of
from gongzhi.procedures.terms import ActSpec
from gongzhi.registry.models import Appointment
from gongzhi.ui.forms.reading import fields_of
from gongzhi.values.now import ZONE

#: Looked at for one page; the soonest, the newest.
TASKS, NOTICES = 20, 20
TORN = "缺损，待补贴；"


@dataclass(frozen=True, slots=True)
class Shot:
    """One thing to photograph: where, what, by when or since when, and the page that asks for it."""

    place: str
    title: str
    act: str
    address: str
    due_at: datetime | None = None
    last: str = ""


def shots_of_tasks(seat: Appointment) -> Iterator[Shot]:
    """The seat's open tasks whose acts photographs go with, soonest first."""
    for task in tasks_of(seat, instead=True).filter(case__ended_at=None)[:TASKS]:
        view = ReadView(task.case)
        spec, step = spec_of(view, task), step_of(view, task)
        known = step.act_specs()
        for name in spec.acts if spec is not None else ():
            if asks_for_little(known[name]) and step.pictures_of(view, known[name]):
                address = reverse("field-task", args=[task.pk, name])
                yield Shot(subject_name(task.case), task.title, known[name].title, address, task.due_at)


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
                    one.spec.title,
                    f"{address}?{urlencode({'step': step})}",
                    row.until_at,
                    (TORN if row.pk in torn else "") + last.get(row.round_id, "还没有人巡查拍照"),
                )


def _last_pictures(rounds: list[UUID]) -> dict[UUID | None, str]:
    """Round → when it was last photographed while it hung."""
    uses: QuerySet[PaperUse] = PaperUse.objects.filter(act__round__in=rounds, kind=DURING.code)
    found = uses.order_by("act__at").values_list("act__round_id", "act__at")
    return {round_id: f"上次巡查拍照：{said_at.astimezone(ZONE):%m-%d %H:%M}" for round_id, said_at in found}
