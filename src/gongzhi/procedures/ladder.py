"""The ladder a clock climbs: remind → overdue → next level told → consequence. Each rung fires once, in order.

The ladder of a watch stands before its date: a rung for each period the place looks ahead, and one on the date.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import DateTimeField, UUIDField

from gongzhi.acts.kept import KeptUpdate, insert_all, save
from gongzhi.acts.rows import fresh
from gongzhi.law.queries import Value
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE
from gongzhi.values.periods import Direction, Period, Roll, Rule, Unit, due

from .declare import Step
from .models import Clock, Rung
from .terms import Due
from .view import CaseView

_DROP = KeptUpdate(
    lambda clock: Rung.objects.filter(clock=clock, done_at=None, dropped_at=None),
    ("dropped_at",),
    clock=UUIDField(),
    dropped_at=DateTimeField(),
)


class Offset(NamedTuple):
    """When a rung is due, beside the clock: office practice, which a local setting may change."""

    name: str
    key: str
    usual: Period
    sign: int


#: Office practice, not law: each place may set its own under the key.
OFFSETS = (
    Offset("remind", "ladder.remind_before", Period(3, Unit.DAYS), -1),
    Offset("superior", "ladder.superior_after", Period(1, Unit.DAYS), 1),
)
REMIND, SUPERIOR = OFFSETS
CONSEQUENCE = "consequence"
FULL = "full"
#: The latest day of what may be left undone is over.
PASSED = "passed"
#: Before the period stands: `ahead:P90D`.
AHEAD = "ahead:"
#: Of rungs due at one instant this is the order. The next level is told when office practice says so, usually a day
#: later than the law's own consequence, which waits for nobody.
ORDER = (AHEAD, "remind", FULL, PASSED, "overdue", "superior", CONSEQUENCE)


def place_in_order(rung: Rung) -> tuple[datetime, int]:
    """By when it is due; at one instant by its place in the ladder."""
    name = AHEAD if rung.name.startswith(AHEAD) else rung.name
    return rung.due_at, ORDER.index(name)


def _step_of(offset: Offset, case: CaseView) -> timedelta:
    value = case.law.value(offset.key)
    period = value.period if value.is_set else offset.usual
    hours = period.amount if period.unit is Unit.HOURS else period.amount * 24
    return timedelta(hours=hours) * offset.sign


def lay_rungs(clock: Clock, case: CaseView, wanted: Due, at: datetime, *, new: bool = False) -> None:
    """Lay the rungs of a running clock where they are due now; those of an older projection are dropped, not undone.

    A provisional clock has none: nothing fires until the year's calendar is there. So has one that stands still.
    """
    due = {} if clock.due_at is None or not clock.exact else _due_times(clock.due_at, case, wanted)
    there = {} if new else {(rung.name, rung.due_at): rung for rung in clock.rungs.all()}
    for (name, due_at), rung in there.items():
        if rung.done_at is None and (rung.dropped_at is None) != (due.get(name) == due_at):
            rung.dropped_at = None if rung.dropped_at is not None else at
            save(rung, "dropped_at")
    known = ("overdue", clock.due_at) in there
    missing = [
        place for place in due.items() if place not in there and not _is_over(*place, there, at, known=known)
    ]
    insert_all([fresh(Rung, clock_id=clock.pk, name=name, due_at=due_at) for name, due_at in missing])


def _is_over(
    name: str, due_at: datetime, there: Mapping[tuple[str, datetime], Rung], at: datetime, *, known: bool
) -> bool:
    """A reminder whose hour is over is not laid; nor is, for a date that moved, what was told of the earlier one.

    `known`: the date has its ladder already and the place has set another list; nobody is reminded of a point ahead
    that lay in the past before it was set.
    """
    if due_at > at:
        return False
    if known and name.startswith(AHEAD):
        return True
    told = any(known == name and rung.done_at is not None for (known, _), rung in there.items())
    return name == REMIND.name or (name.startswith(AHEAD) and told)


def drop_rungs(clock: Clock, at: datetime) -> None:
    """A clock that was met or stopped climbs no further."""
    _DROP.write(clock=clock.pk, dropped_at=at)


def ordinary_times(due_at: datetime, case: CaseView) -> dict[str, datetime]:
    """When a deadline is reminded of, over, and told to the next level, where nothing else is declared."""
    return {offset.name: due_at + _step_of(offset, case) for offset in OFFSETS} | {"overdue": due_at}


def _due_times(due_at: datetime, case: CaseView, wanted: Due) -> dict[str, datetime]:
    if not wanted.rings:
        return {}
    if wanted.minimum:
        return {FULL: due_at}
    if wanted.optional:
        return {REMIND.name: due_at + _step_of(REMIND, case), PASSED: due_at}
    if wanted.ahead:
        return _ahead_times(due_at, case, wanted)
    times = ordinary_times(due_at, case)
    if wanted.on_missed:
        times[CONSEQUENCE] = due_at
    return times


# Watches ------------------------------------------------------------------------------------------------------------


def periods_ahead(value: Value) -> tuple[Period, ...]:
    """How long ahead a place looks: what it has set, else what offices usually do; the longest first."""
    told = value.value or value.usual or ()
    return tuple(sorted(map(Period.parse, told), key=days_at_most, reverse=True))


def days_at_most(period: Period) -> int:
    """No more days than this: how far ahead rows have to be read."""
    return period.amount * {Unit.MONTHS: 31, Unit.YEARS: 366, Unit.WORKING_DAYS: 7}.get(period.unit, 1)


def day_ahead(period: Period, on: date) -> date:
    """The day that lies the period before a date; it never rolls."""
    if period.unit is Unit.HOURS:
        return on
    found = due(Rule(period, Direction.BEFORE, Roll.NONE), on, CALENDAR).due_on
    return found or on


def _ahead_times(due_at: datetime, case: CaseView, wanted: Due) -> dict[str, datetime]:
    """Each at the beginning of its day, and one when the date itself is over."""
    on = case.local_day(due_at - timedelta(days=1))
    periods = periods_ahead(case.law.value(wanted.key))
    times = {f"{AHEAD}{period.iso}": day_ahead(period, on) for period in periods}
    return {name: datetime.combine(day, time(), ZONE) for name, day in times.items()} | {"overdue": due_at}


def is_last_ahead(name: str, case: CaseView, wanted: Due) -> bool:
    """Whether no other rung stands between this one and the date."""
    periods = periods_ahead(case.law.value(wanted.key)) if wanted.ahead else ()
    return not periods or name not in [f"{AHEAD}{period.iso}" for period in periods[:-1]]


def missed_marks(case: CaseView, step: Step[Any]) -> dict[str, datetime]:
    """The marks that missed clocks of the step have led to (协商未达成), each at the instant the clock ran out."""
    wanted = {(due.key, due.anchor): due.on_missed for due in step.due if due.on_missed}
    if not wanted:
        return {}
    mine = [clock for clock in case.clocks if clock.step_id == case.steps[step.code].id]
    missed = {wanted.get((clock.key, clock.anchor), ""): clock.missed_at for clock in mine}
    return {name: instant for name, instant in missed.items() if name and instant is not None}
