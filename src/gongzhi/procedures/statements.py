"""What the door and the page of a case ask of it every time, each statement put together once (`acts.kept`)."""

from collections.abc import Sequence
from functools import cache, reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    DateTimeField,
    Exists,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)

from gongzhi.acts.kept import Kept
from gongzhi.acts.models import Chain
from gongzhi.law.queries import REVISION
from gongzhi.registry.models import Appointment

from .models import (
    Assignment,
    Case,
    CaseAct,
    CaseStep,
    Clock,
    ClockMove,
    Mark,
    PaperUse,
    Party,
    Round,
    Rung,
    Suspension,
    Task,
)

M = TypeVar("M", bound=Model)

_ID = UUIDField()

#: Case, root, procedure, version and step of a task, before its root is locked; and the revision of the law.
place_of_task = Kept(
    lambda task: Task.objects.filter(pk=task).values_list(
        "case_id", "case__root_id", "case__procedure", "case__version", "round__step__code", REVISION
    ),
    task=_ID,
)
#: A case as the door looks at it.
case_of = Kept(lambda case: Case.objects.filter(pk=case).select_related("estate"), case=_ID)
#: The case above, by the step that opened this one.
case_above = Kept(lambda step: Case.objects.filter(steps=step).select_related("estate"), step=_ID)
steps_of = Kept(lambda case: CaseStep.objects.filter(case=case).order_by("position").defer("case"), case=_ID)
rounds_of = Kept(lambda case: Round.objects.filter(step__case=case).order_by("number"), case=_ID)
tasks_of = Kept(lambda case: Task.objects.filter(case=case).order_by("opened_at", "id"), case=_ID)
open_tasks_of_step = Kept(lambda step: Task.objects.filter(round__step_id=step, open=True), step=_ID)
clocks_of = Kept(lambda case: Clock.objects.filter(case=case), case=_ID)
said_of = Kept(lambda case: CaseAct.objects.filter(case=case).order_by("seq"), case=_ID)
marks_of = Kept(lambda case: Mark.objects.filter(case=case).values_list("round_id", "name", "at"), case=_ID)
parties_of = Kept(
    lambda case: Party.objects.filter(case=case, void_at__isnull=True).select_related(
        "organisation", "person"
    ),
    case=_ID,
)
#: The child cases by the rounds that opened them; those of void rounds are gone.
children_of = Kept(lambda case: Case.objects.filter(parent__case=case, round__void_at=None), case=_ID)


def waiting(at: Any) -> QuerySet[Rung]:
    """The rungs that are due at an instant and were not fired."""
    return Rung.objects.filter(due_at__lte=at, done_at=None, dropped_at=None).order_by("due_at", "id")


def days_due(at: Any) -> QuerySet[Task]:
    """The tasks whose day, named by a paper, is to be told of at an instant."""
    return Task.objects.filter(open=True, rings_at__lte=at).order_by("rings_at", "id")


#: A case as the door works on it, with whether any rung of its tree `is_due`, and any of the tree ever `stood_still`.
case_at_work = Kept(
    lambda case, at: (
        Case.objects.filter(pk=case)
        .select_related("estate")
        .annotate(
            is_due=Exists(waiting(at).filter(clock__case__root_id=OuterRef("root_id"))),
            stood_still=Exists(Suspension.objects.filter(case__root_id=OuterRef("root_id"))),
        )
    ),
    case=_ID,
    at=DateTimeField(),
)
#: The rungs of one tree.
rungs_due = Kept(
    lambda root, at: waiting(at).filter(clock__case__root_id=root).select_related("clock__step"),
    root=_ID,
    at=DateTimeField(),
)


@cache
def _halts(levels: int) -> Kept[Suspension]:
    """The stretches in which any of so many cases stood still."""
    names = [f"case{level}" for level in range(levels)]
    return Kept(
        lambda **cases: Suspension.objects.filter(
            reduce(or_, (Q(case_id=case) for case in cases.values()))
        ).order_by("from_at"),
        **dict.fromkeys(names, _ID),
    )


def halts_of(cases: Sequence[UUID]) -> list[Suspension]:
    """The stretches in which any of the cases stood still: a case and those above it."""
    return _halts(len(cases)).rows(**{f"case{level}": case for level, case in enumerate(cases)})


# As a case is told: with the people and papers beside it -------------------------------------------------------------


def named(rows: QuerySet[M]) -> QuerySet[M]:
    """Rows with their organisation and person, of which the name alone is read, and what kind of body it is."""
    own = [field.name for field in rows.model._meta.concrete_fields]
    shown = ("organisation__name", "organisation__kind", "person__name")
    return rows.select_related("organisation", "person").only(*own, *shown)


def told(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with `chain_seq`, the version, and whether anything of their tree ever `stood_still`."""
    return cases.annotate(
        chain_seq=Subquery(Chain.objects.filter(pk=OuterRef("root_id")).values("seq")[:1]),
        stood_still=Exists(Suspension.objects.filter(case__root_id=OuterRef("root_id"))),
    ).select_related("estate", "organisation", "jurisdiction", "opened_by", "root", "parent__case")


_NEXT = Clock.objects.filter(
    step=OuterRef("pk"), met_at=None, stopped_at=None, minimum=False, binds=True, due_at__isnull=False
).order_by("due_at", "id")
#: The steps of a case and of the case above it, each with its next deadline (`due_at`, `exact`).
steps_told = Kept(
    lambda case, above: (
        CaseStep.objects.filter(Q(case=case) | Q(case=above))
        .annotate(due_at=Subquery(_NEXT.values("due_at")[:1]), exact=Subquery(_NEXT.values("exact")[:1]))
        .order_by("position")
    ),
    case=_ID,
    above=_ID,
)
rounds_told = Kept(
    lambda case: (
        Round.objects.filter(step__case=case)
        .select_related("issued__number", "issued__paper", "child")
        .order_by("number")
    ),
    case=_ID,
)
#: Each act with the `post` it was said in.
said_told = Kept(
    lambda case: named(
        CaseAct.objects.filter(case=case).annotate(
            post=Subquery(Appointment.objects.filter(pk=OuterRef("appointment_id")).values("post")[:1])
        )
    ).order_by("seq"),
    case=_ID,
)
#: Each task with whether it `passed` to another holder.
tasks_told = Kept(
    lambda case: named(
        Task.objects.filter(case=case).annotate(passed=Exists(Assignment.objects.filter(task=OuterRef("pk"))))
    ).order_by("opened_at", "id"),
    case=_ID,
)
marks_told = Kept(lambda case: Mark.objects.filter(case=case).order_by("at", "id"), case=_ID)
#: Each clock with whether it `moved`.
clocks_told = Kept(
    lambda case: (
        Clock.objects.filter(case=case)
        .annotate(moved=Exists(ClockMove.objects.filter(clock=OuterRef("pk"))))
        .order_by("anchor_at", "id")
    ),
    case=_ID,
)
uses_told = Kept(
    lambda case: PaperUse.objects.filter(case=case).select_related("file", "copy__photograph"), case=_ID
)
