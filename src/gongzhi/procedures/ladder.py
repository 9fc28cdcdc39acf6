"""The ladder a clock climbs: remind → overdue → next level told → consequence. Each rung fires once, in order."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from gongzhi.values.periods import Period, Unit

from .declare import Step
from .models import Clock, Rung
from .terms import Due
from .view import CaseView


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
CONSEQUENCE = "consequence"
FULL = "full"
#: Of rungs due at one instant this is the order. The next level is told when office practice says so, usually a day
#: later than the law's own consequence, which waits for nobody.
ORDER = ("remind", FULL, "overdue", "superior", CONSEQUENCE)


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
            rung.save(update_fields=["dropped_at"])
    # A reminder whose hour is over is not laid.
    missing = [
        place for place in due.items() if place not in there and not (place[0] == "remind" and place[1] <= at)
    ]
    Rung.objects.bulk_create([Rung(clock=clock, name=name, due_at=due_at) for name, due_at in missing])


def drop_rungs(clock: Clock, at: datetime) -> None:
    """A clock that was met or stopped climbs no further."""
    clock.rungs.filter(done_at=None, dropped_at=None).update(dropped_at=at)


def _due_times(due_at: datetime, case: CaseView, wanted: Due) -> dict[str, datetime]:
    if wanted.minimum:
        return {FULL: due_at}
    times = {offset.name: due_at + _step_of(offset, case) for offset in OFFSETS}
    times["overdue"] = due_at
    if wanted.on_missed:
        times[CONSEQUENCE] = due_at
    return times


def missed_marks(case: CaseView, step: Step[Any]) -> dict[str, datetime]:
    """The marks that missed clocks of the step have led to (协商未达成), each at the instant the clock ran out."""
    wanted = {(due.key, due.anchor): due.on_missed for due in step.due if due.on_missed}
    if not wanted:
        return {}
    mine = [clock for clock in case.clocks if clock.step_id == case.steps[step.code].id]
    missed = {wanted.get((clock.key, clock.anchor), ""): clock.missed_at for clock in mine}
    return {name: instant for name, instant in missed.items() if name and instant is not None}
