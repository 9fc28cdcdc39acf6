"""What others have to do, and did, in the cases a seat has a part in; the newest cases of its list.

Others are other bodies; what colleagues of the same body have to do stands in a list of its own (`worklist`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)

from gongzhi.acts.kept import Kept, Several, rows_of
from gongzhi.law import queries as law
from gongzhi.procedures import catalogue
from gongzhi.procedures.clockview import declared_title
from gongzhi.procedures.hearing import nameless
from gongzhi.procedures.insight import acts_shown, tasks_shown
from gongzhi.procedures.models import Case, CaseAct, Clock, Party, Task
from gongzhi.procedures.presenting import spec_of_act, title_of
from gongzhi.procedures.queries import (
    LISTINGS,
    listed_by,
    listed_cases,
    listing_of,
    reader_of,
)
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.roles import PASSER_BY
from gongzhi.ui.parts.days import as_day

from .worklist import SHOWN, Soonest, following, midnight, with_shown

#: Of the cases looked at for what others have to do.
TREES = 200
#: Of what others did since yesterday.
CHANGES = 6
#: So many times as many are read, since some are told together.
READ = 4
#: Of what others have to do, beside the seat's own list.
BESIDE = 6
#: Of the newest cases under way.
RUNNING = 8
_DAY = timedelta(days=1)
#: Whose a row is: a body's, or the person's who sits for none.
_OWN = ("organisation", "person")

T = TypeVar("T")


# The newest cases of a list -----------------------------------------------------------------------------------------


def running(seat: Appointment) -> list[tuple[Case, str]]:
    """The newest cases under way, each with its procedure's title."""
    return [(case, title_of(case)) for case in _of_list(_RUNNING, _running, seat)]


def _running(listed: QuerySet[Case]) -> QuerySet[Case]:
    shown = ("procedure", "version", "number", "opened_at", "estate__name")
    return _newest(listed).select_related("estate").only(*shown)[:RUNNING]


def _newest(listed: QuerySet[Case]) -> QuerySet[Case]:
    return listed.filter(ended_at=None).order_by("-opened_at", "-id")


def _of_list(
    kept: Mapping[str, Kept[T]], made: Callable[..., QuerySet[Any, T]], seat: Appointment, **more: Any
) -> list[T]:
    """What is read of a seat's list: by a kept statement, where one equality finds the list."""
    listing = listing_of(seat)
    if listing is None:
        return rows_of(made(listed_cases(seat), **more))
    ((column, value),) = listing.items()
    return kept[column].rows(value=value, **more)


def _for_lists(made: Callable[..., QuerySet[Any, T]], **more: Field[Any, Any]) -> dict[str, Kept[T]]:
    def keep(column: str) -> Kept[T]:
        value: Field[Any, Any] = UUIDField() if column == "estate" else CharField()
        return Kept(lambda value, **slots: made(listed_by({column: value}), **slots), value=value, **more)

    return {column: keep(column) for column in LISTINGS}


_RUNNING = _for_lists(_running)


# The trees it has a part in -----------------------------------------------------------------------------------------


def roots_of(seat: Appointment, waiting: Sequence[Soonest]) -> set[UUID]:
    """The newest trees the seat opened, is a party to, has a task in or did something in."""
    name, own = _own(seat)
    roots = set(_BOUND[name].rows(own=own)) | {one.root_id for one in waiting[:TREES]}
    if seat.organisation_id is not None:
        roots |= set(_OPENED.rows(own=own))
        roots |= set(_of_list(_TAKEN_PART_IN, _taken_part_in, seat, own=own))
    return roots


def _own(seat: Appointment) -> tuple[str, UUID]:
    """The column by which what is the seat's own is found, and its value."""
    return ("organisation", seat.organisation_id) if seat.organisation_id else ("person", seat.person_id)


def _for_own(made: Callable[..., QuerySet[Any, T]], **more: Field[Any, Any] | Several) -> dict[str, Kept[T]]:
    def keep(name: str) -> Kept[T]:
        return Kept(lambda own, **slots: made(Q(**{name: own}), **slots), own=UUIDField(), **more)

    return {name: keep(name) for name in _OWN}


def _bound(own: Q) -> QuerySet[Any, UUID]:
    bound = Party.objects.filter(own, void_at=None, case__ended_at=None)
    return bound.order_by("-bound_at").values_list("case__root_id", flat=True)[:TREES]


def _opened(own: Any) -> QuerySet[Any, UUID]:
    opened = Case.objects.filter(opened_by=own, ended_at=None)
    return opened.order_by("-opened_at").values_list("root_id", flat=True)[:TREES]


def _taken_part_in(listed: QuerySet[Case], own: Any) -> QuerySet[Any, UUID]:
    """Of the newest running trees of a list, those where a body has or had a task, or said something."""
    newest = _newest(listed)[:TREES]
    mine = {"case": OuterRef("pk"), "organisation": own}
    said = Exists(CaseAct.objects.filter(**mine)) | Exists(Task.objects.filter(**mine))
    inside = Case.objects.filter(said, root_id__in=newest.values("root_id"))
    return inside.order_by().values_list("root_id", flat=True).distinct()


_BOUND = _for_own(_bound)
_OPENED = Kept(_opened, own=UUIDField())
_TAKEN_PART_IN = _for_lists(_taken_part_in, own=UUIDField())


# What others have to do there ---------------------------------------------------------------------------------------


def awaited(
    seat: Appointment, roots: Collection[UUID], limit: int = SHOWN, after: UUID | None = None
) -> tuple[list[Task], UUID | None]:
    """What others have to do in those trees, soonest first, and the key the next page begins after."""
    name, own = _own(seat)
    if after is None and limit in _SOONEST:
        found = _SOONEST[limit][name].rows(own=own, roots=roots)
    else:
        rows = _of_others(Q(**{name: own}), roots).order_by("sort_at", "id")
        found = rows_of(with_shown(following(rows, after))[: limit + 1])
    shown = list(tasks_shown(found[:limit], seat))
    return shown, found[limit - 1].pk if len(found) > limit else None


def number_awaited(seat: Appointment, roots: Collection[UUID]) -> int:
    """How many things others have to do there."""
    name, own = _own(seat)
    return sum(_NUMBER[name].rows(own=own, roots=roots))


def _of_others(own: Q, roots: Any) -> QuerySet[Task]:
    waiting = Task.objects.filter(case__root_id__in=roots, open=True, instead=False)
    return waiting.exclude(own)


def _soonest(limit: int, own: Q, roots: Any) -> QuerySet[Task]:
    return with_shown(_of_others(own, roots).order_by("sort_at", "id"))[: limit + 1]


def _number(own: Q, roots: Any) -> QuerySet[Any, int]:
    counted = _of_others(own, roots).order_by().annotate(one=Value(1)).values("one")
    return counted.annotate(number=Count("pk")).values_list("number", flat=True)


_WHERE = {"roots": Several(UUIDField())}
_SOONEST = {limit: _for_own(partial(_soonest, limit), **_WHERE) for limit in (BESIDE, SHOWN)}
_NUMBER = _for_own(_number, **_WHERE)


# Periods that ran out there while nobody has a task -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunOut:
    """A period that ran out, whose step waits for others: nobody's task bears its date."""

    case_id: UUID
    step: str
    title: str
    due_at: datetime
    where: str


def run_out(seat: Appointment, roots: Collection[UUID], at: datetime) -> list[RunOut]:
    """The periods of those trees, and of the newest of the seat's list, that ran out and stand at no open task, the
    longest ago first."""
    book, watched = law.book(), {*roots, *_of_list(_ROOTS, _roots, seat)}
    return [
        RunOut(
            clock.case_id,
            clock.step.code,
            declared_title(
                catalogue.find(clock.case.procedure, clock.case.version),
                clock.step.code,
                clock.key,
                clock.anchor,
            )
            or book.keys[clock.key].title,
            clock.due_at,
            clock.case.estate.name if clock.case.estate is not None else "",
        )
        for clock in _RUN_OUT.rows(roots=watched, at=at)
        if clock.due_at is not None and clock.key in book.keys
    ]


def _run_out(roots: Any, at: Any) -> QuerySet[Clock]:
    has_task = Task.objects.filter(round__step=OuterRef("step"), open=True)
    rows = Clock.objects.filter(
        ~Exists(has_task),
        case__root_id__in=roots,
        case__ended_at=None,
        met_at=None,
        stopped_at=None,
        minimum=False,
        binds=True,
        due_at__lte=at,
    )
    shown = (
        "key",
        "anchor",
        "due_at",
        "step__code",
        "case__procedure",
        "case__version",
        "case__estate__name",
    )
    return rows.select_related("step", "case__estate").only(*shown).order_by("due_at", "id")[:BESIDE]


def _roots(listed: QuerySet[Case]) -> QuerySet[Any, UUID]:
    return _newest(listed).values_list("root_id", flat=True)[:TREES]


_ROOTS = _for_lists(_roots)
_RUN_OUT = Kept(_run_out, roots=Several(UUIDField()), at=DateTimeField())


# What others did there ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """Something others did in those trees, in half a sentence."""

    case_id: UUID
    step: str
    at: datetime
    who: str
    what: str
    where: str


def changes(seat: Appointment, roots: Collection[UUID], at: datetime) -> list[Change]:
    """What others did there since yesterday began, newest first; nothing to who reads no more than the course."""
    if not roots or reader_of(seat).masked:
        return []
    name, own = _own(seat)
    rows = _CHANGES[name].rows(own=own, roots=roots, since=midnight(as_day(at) - _DAY), until=at)
    return _joined([_change(row) for row in acts_shown(rows, seat)])[:CHANGES]


def _joined(found: Sequence[Change]) -> list[Change]:
    """What nobody signed and was said several times running is one line, with how often it was said."""
    told: list[Change] = []
    for _, same in groupby(found, lambda one: (one.case_id, one.step, one.who, one.what)):
        first, *more = same
        if first.who != PASSER_BY.title:
            told += [first, *more]
        else:
            told.append(replace(first, what=f"{first.what}（{len(more) + 1} 次）") if more else first)
    return told


def _changes(own: Q, roots: Any, since: Any, until: Any) -> QuerySet[CaseAct]:
    rows = CaseAct.objects.filter(case__root_id__in=roots, at__gte=since, at__lte=until).exclude(own)
    case = (f"case__{name}" for name in ("procedure", "version", "estate__name"))
    shown = ("name", "at", "account_id", *case, "round__step__code", "organisation__name")
    rows = rows.select_related("case__estate", "round__step", "organisation").only(*shown)
    post = Appointment.objects.filter(pk=OuterRef("appointment_id")).values("post")
    rows = rows.annotate(said_from=Subquery(post[:1]))
    return rows.order_by("-at", "-seq")[: CHANGES * READ]


_CHANGES = _for_own(_changes, roots=Several(UUIDField()), since=DateTimeField(), until=DateTimeField())


def _change(row: CaseAct) -> Change:
    declared = catalogue.find(row.case.procedure, row.case.version)
    code = row.round.step.code if row.round is not None else ""
    spec = spec_of_act(declared, code, row.name)
    step = declared.step(code).title if code else declared.title
    is_volunteer = getattr(row, "said_from", None) == Post.VOLUNTEER
    public = str(Post.VOLUNTEER.label) if is_volunteer else "业主或住户"
    who = row.organisation.name if row.organisation is not None else nameless(row).get("person", public)
    title = spec.title if spec is not None else row.name
    where = row.case.estate.name if row.case.estate is not None else ""
    return Change(row.case_id, code, row.at, who, f"{step}：{title}" if title != step else title, where)
