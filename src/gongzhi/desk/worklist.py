"""The work list: what waits for a seat, under the filters of the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateTimeField, Q, QuerySet, UUIDField

from gongzhi.acts.kept import Kept, Several, rows_of
from gongzhi.law import queries as law
from gongzhi.procedures import catalogue
from gongzhi.procedures.articles import articles_of
from gongzhi.procedures.lawview import PLACES, CaseLaw, place_of
from gongzhi.procedures.models import Clock, ClockMove, Suspension, Task
from gongzhi.procedures.presenting import role_title, title_of
from gongzhi.procedures.queries import HOLDINGS, NAMES, held_by, holding_of, left_by, tasks_of
from gongzhi.registry.models import Appointment, Post
from gongzhi.ui.parts.badges import Cite, cites
from gongzhi.ui.parts.chip import Chip, Group, by_urgency, countdown, left_then
from gongzhi.ui.parts.days import as_day, last_day
from gongzhi.ui.parts.fortnight import Due
from gongzhi.ui.parts.working import cites_of
from gongzhi.values.citations import Citation
from gongzhi.values.now import ZONE

from .caselist import id_in

SHOWN = 50
#: Looked through for the heading, the strip and the choices of the filters; the soonest ones.
COUNTED = 300
URGENCIES = {
    "": "全部",
    "over": "已逾期",
    "today": "今日到期",
    "near": "临近",
    "calm": "以后",
    "none": "没有期限",
}
COLUMNS = ("紧急程度", "截止日期", "截止时刻", "要做的事", "小区", "程序", "案号", "承办", "依据", "说明")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    urgency: str = ""
    procedure: str = ""
    estate: UUID | None = None
    day: date | None = None
    after: UUID | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Wanted:
        """From the address; what nobody knows is left out."""
        urgency, code = asked.get("urgency", ""), asked.get("procedure", "")
        return cls(
            urgency=urgency if urgency in URGENCIES else "",
            procedure=code if any(one.code == code for one in catalogue.every()) else "",
            estate=id_in(asked.get("estate", "")),
            day=_day(asked.get("day", "")),
            after=id_in(asked.get("after", "")),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.urgency or self.procedure or self.estate or self.day)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def midnight(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)


def filtered(rows: QuerySet[Task], wanted: Wanted, at: datetime, near: int) -> QuerySet[Task]:
    """The tasks that are asked for; urgency as the chips have it."""
    if wanted.procedure:
        rows = rows.filter(case__procedure=wanted.procedure)
    if wanted.estate is not None:
        rows = rows.filter(case__estate=wanted.estate)
    if wanted.day is not None:
        rows = rows.filter(due_at__gt=midnight(wanted.day), due_at__lte=midnight(wanted.day + _DAY))
    return rows.filter(_urgent(wanted.urgency, at, near)) if wanted.urgency else rows


def _urgent(urgency: str, at: datetime, near: int) -> Q:
    today = as_day(at)
    is_today = Q(due_at__gt=at) & (Q(due_at__lte=midnight(today + _DAY)) | Q(due_at__lt=at + _DAY))
    soon = Q(due_at__gt=at, due_at__lte=midnight(today + _DAY * (near + 1)))
    return {
        "over": Q(due_at__lte=at),
        "today": is_today,
        "near": soon & ~is_today,
        "calm": Q(due_at__gt=at) & ~soon & ~is_today,
        "none": Q(due_at=None),
    }[urgency]


def narrowed(
    seat: Appointment, found: Sequence[Soonest], wanted: Wanted, at: datetime, near: int
) -> Sequence[Soonest]:
    """Of what waits, what the filters leave, whatever its urgency: asked anew only where not all was looked at."""
    wide = replace(wanted, urgency="", after=None)
    if not wide.is_narrow:
        return found
    if len(found) > COUNTED:
        return [Soonest(*row) for row in _looked_over(filtered(tasks_of(seat), wide, at, near))]
    return [one for one in found if _is_left(one, wide)]


def _is_left(one: Soonest, wanted: Wanted) -> bool:
    """As `filtered` has it."""
    if wanted.procedure and one.procedure != wanted.procedure:
        return False
    if wanted.estate is not None and one.estate_id != wanted.estate:
        return False
    if wanted.day is None:
        return True
    return one.due_at is not None and midnight(wanted.day) < one.due_at <= midnight(wanted.day + _DAY)


class Soonest(NamedTuple):
    """One of the soonest tasks, as the page looks over all of them."""

    id: UUID
    due_at: datetime | None
    opened_at: datetime
    title: str
    root_id: UUID
    estate_id: UUID | None
    estate: str
    procedure: str


def soonest(seat: Appointment) -> list[Soonest]:
    """What waits for the seat, the soonest first: one more than is counted, where there are more."""
    return [Soonest(*row) for row in _asked(_SOONEST, seat)]


def _looked_over(rows: QuerySet[Task]) -> QuerySet[Any, Any]:
    named = ("case__root_id", "case__estate_id", "case__estate__name", "case__procedure")
    return rows.values_list("id", "due_at", "opened_at", "title", *named)[: COUNTED + 1]


def _asked(kept: Mapping[tuple[str, ...], Kept[Any]], seat: Appointment) -> list[Any]:
    """What a kept read finds for whoever the seat acts for, as `tasks_of` does."""
    held = holding_of(seat)
    return kept[tuple(held)].rows(**held) if held is not None else []


def _for_each(
    made: Callable[[QuerySet[Task]], QuerySet[Any, Any]],
    found: Callable[[Mapping[str, Any]], QuerySet[Task]] = held_by,
) -> dict[tuple[str, ...], Kept[Any]]:
    """A read of what waits, for each way it may be held."""
    return {
        names: Kept(lambda **holding: made(found(holding)), **{name: _KIND.get(name, _KEY) for name in names})
        for names in HOLDINGS
    }


_KEY, _KIND = UUIDField(), dict.fromkeys(NAMES, Several(CharField()))


_SOONEST = _for_each(_looked_over)


@dataclass(frozen=True)
class Overview:
    """Of everything that waits, the soonest first: how much is how urgent, on which day, where, in which procedure."""

    counts: dict[str, int]
    dues: list[Due]
    estates: list[tuple[UUID, str]]
    procedures: list[tuple[str, str]]
    number: int
    has_more: bool


def overview(found: Sequence[Soonest], at: datetime, near: int) -> Overview:
    """One look through what is soonest."""
    chips = [countdown(one.due_at, at, near) for one in found[:COUNTED]]
    states = [chip.state if chip is not None else "none" for chip in chips]
    dues = [_due(one.title, chip) for one, chip in zip(found, chips, strict=False) if chip is not None]
    titles = {one.code: one.title for one in catalogue.current()}
    codes = sorted({one.procedure for one in found} & set(titles))
    estates = {(one.estate_id, one.estate) for one in found if one.estate_id is not None}
    return Overview(
        counts={state: states.count(state) for state in dict.fromkeys(states)},
        dues=dues,
        estates=sorted(estates, key=lambda pair: pair[1]),
        procedures=[(code, titles[code]) for code in codes],
        number=len(states),
        has_more=len(found) > COUNTED,
    )


def _due(title: str, chip: Chip) -> Due:
    assert chip.due_at is not None
    return Due(last_day(chip.due_at)[0], title, chip.state)


def page_of(
    seat: Appointment, wanted: Wanted, at: datetime, near: int
) -> tuple[list[Group[Task]], UUID | None, int]:
    """One page in groups, the key the next one begins after, how many rows it has."""
    found = _found(seat, wanted, at, near) if wanted != Wanted() else _asked(_FIRST, seat)
    following = found[SHOWN - 1].pk if len(found) > SHOWN else None
    shown = found[:SHOWN]
    halted = halted_since([task for task in shown if not task.runs_on])
    left = left_of([task for task in shown if task.case_id in halted and not task.runs_on])
    groups = by_urgency(
        shown,
        lambda task: task.due_at,
        at,
        near,
        lambda task: halted.get(task.case_id) if not task.runs_on else None,
        lambda task: left.get(task.pk, ""),
    )
    return groups, following, len(shown)


def _found(seat: Appointment, wanted: Wanted, at: datetime, near: int) -> list[Task]:
    rows = following(filtered(tasks_of(seat), wanted, at, near), wanted.after)
    return rows_of(with_shown(rows)[: SHOWN + 1])


def left_to_colleagues(
    seat: Appointment, after: UUID | None = None, limit: int = SHOWN
) -> tuple[list[Task], UUID | None]:
    """What others of the seat's body have to do and the seat may not, soonest first; the key the next page begins
    after."""
    if (held := holding_of(seat)) is None or seat.organisation_id is None:
        return [], None
    found = rows_of(with_shown(following(left_by(held), after))[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def number_of_colleagues(seat: Appointment) -> int:
    """How many things those are: at most one more than is counted."""
    return len(_asked(_LEFT, seat)) if seat.organisation_id is not None else 0


_LEFT = _for_each(lambda rows: rows.values_list("id")[: COUNTED + 1], left_by)


def following(rows: QuerySet[Task], after: UUID | None) -> QuerySet[Task]:
    """What comes after that task in the order of the list; everything where there is none."""
    last = Task.objects.filter(pk=after).values_list("sort_at", flat=True).first() if after else None
    if last is None:
        return rows
    return rows.filter(Q(sort_at__gt=last) | Q(sort_at=last, pk__gt=after))


_OF_CASE = ("root", "procedure", "version", "number", "estate__name", "law_on")


def with_shown(rows: QuerySet[Task]) -> QuerySet[Task]:
    """With what a row of the list shows of its case, step and holder, and no more."""
    own = [field.name for field in Task._meta.concrete_fields]
    case = (f"case__{name}" for name in (*_OF_CASE, *PLACES))
    named = ("organisation__name", "organisation__kind", "person__name", "round__step__code")
    return rows.select_related("case__estate", "round__step", "organisation", "person").only(
        *own, *case, *named
    )


#: The first page without a filter: what is asked for again and again.
_FIRST = _for_each(lambda rows: with_shown(rows)[: SHOWN + 1])


def halted_since(tasks: Sequence[Task]) -> dict[UUID, datetime]:
    """Case → since when it, or the whole tree, stands still."""
    about = {pk for task in tasks for pk in (task.case_id, task.case.root_id)}
    since = {row.case_id: row.from_at for row in _HALTS.rows(cases=about)}
    return {
        task.case_id: halted
        for task in tasks
        if (halted := since.get(task.case_id, since.get(task.case.root_id))) is not None
    }


_HALTS = Kept(
    lambda cases: Suspension.objects.filter(case_id__in=cases, to_at=None), cases=Several(UUIDField())
)


def left_of(tasks: Sequence[Task]) -> dict[UUID, str]:
    """Task that stands still → what was left of its soonest time then; one query, none where nothing stands still."""
    if not tasks:
        return {}
    steps = {task.round.step_id for task in tasks}
    rows = ClockMove.objects.filter(
        clock__step_id__in=steps,
        clock__minimum=False,
        clock__binds=True,
        clock__met_at=None,
        clock__stopped_at=None,
        clock__due_at=None,
        before__isnull=False,
    )
    last = {move.clock_id: move for move in rows.select_related("clock").order_by("at", "id")}
    found: dict[UUID, str] = {}
    for task in tasks:
        mine = [move for move in last.values() if _binds(move.clock, task) and move.after is None]
        first = min(mine, key=lambda move: move.before or move.at, default=None)
        if first is not None and first.before is not None:
            found[task.pk] = left_then(first.clock.left)
    return found


def _binds(clock: Clock, task: Task) -> bool:
    """Whether a clock dates a task, as `clocks.due_of` has it."""
    named = clock.task == task.name if clock.task else task.holds and not task.instead
    return named and clock.step_id == task.round.step_id


def bases_of(tasks: Iterable[Task]) -> dict[UUID, list[Cite]]:
    """Task → the articles of the clock its date comes from, else those its step rests on."""
    tasks = list(tasks)
    found = _dated_by(tasks)
    laws: dict[tuple[str, date], CaseLaw] = {}
    with law.pinned():
        for task in tasks:
            if task.pk not in found:
                place = place_of(task.case), task.case.law_on
                found[task.pk] = cites(_rests_on(task, laws.setdefault(place, CaseLaw(*place))))
    return found


def _rests_on(task: Task, of_place: CaseLaw) -> Sequence[Citation]:
    declared = catalogue.find(task.case.procedure, task.case.version)
    return articles_of(declared.step(task.round.step.code), of_place)


def _dated_by(tasks: Iterable[Task]) -> dict[UUID, list[Cite]]:
    """One query, none where nothing is dated."""
    dated = [task for task in tasks if task.due_at is not None]
    if not dated:
        return {}
    rows = Clock.objects.filter(
        case_id__in={task.case_id for task in dated},
        due_at__in={task.due_at for task in dated},
        met_at=None,
        stopped_at=None,
    )
    told = rows.values("step_id", "due_at", "citations", "working")
    cited = {(row["step_id"], row["due_at"]): cites_of(row) for row in told}
    found = {task.pk: cited.get((task.round.step_id, task.due_at)) for task in dated}
    return {pk: made for pk, made in found.items() if made}


def earliest_of(tasks: Iterable[Task], at: datetime) -> dict[UUID, datetime]:
    """Task → from when on it can be done, where a least time has still to pass; one query, none where none has."""
    keys = {task.pk: key for task in tasks if (key := _least_of(task))}
    if not keys:
        return {}
    wanted = [(task.pk, task.round.step_id) for task in tasks if task.pk in keys]
    running = {
        (clock.step_id, clock.key): clock.due_at
        for clock in _LEAST.rows(steps={step for _, step in wanted}, at=at)
        if clock.due_at is not None
    }
    return {pk: due for pk, step in wanted if (due := running.get((step, keys[pk]))) is not None}


def _least_of(task: Task) -> str:
    declared = catalogue.find(task.case.procedure, task.case.version)
    return declared.step(task.round.step.code).least.get(task.name, "")


_LEAST = Kept(
    lambda steps, at: Clock.objects.filter(
        step_id__in=steps, minimum=True, met_at=None, stopped_at=None, due_at__gt=at
    ),
    steps=Several(UUIDField()),
    at=DateTimeField(),
)


def holder_of(task: Task) -> str:
    """Who has to do it, and in which post where not everybody of the body may."""
    if task.organisation is None:
        return role_title(task.role)
    declared = catalogue.find(task.case.procedure, task.case.version)
    posts = declared.step(task.round.step.code).posts_of(task.name)
    labels = "、".join(str(Post(one).label) for one in posts)
    return f"{task.organisation.name} {labels}".strip()


def cells_of(task: Task, basis: Sequence[Cite], at: datetime, near: int) -> tuple[Any, ...]:
    """A task as a row of the spreadsheet, with every article it rests on by its whole name."""
    chip, case = countdown(task.due_at, at, near), task.case
    return (
        chip.words if chip is not None else "没有期限",
        *(last_day(task.due_at) if task.due_at is not None else ("", "")),
        task.title,
        case.estate.name if case.estate is not None else "",
        title_of(case),
        case.number,
        holder_of(task),
        "、".join(f"{one.whole}（征求意见稿）" if one.state == "draft" else one.whole for one in basis),
        task.note_on(as_day(at)),
    )
