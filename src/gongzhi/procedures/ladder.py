"""The ladder a clock climbs: remind → overdue → next level told → consequence. Each rung fires once, in order."""

from datetime import datetime, timedelta
from typing import NamedTuple

from gongzhi.values.periods import Period, Unit

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
ORDER = ("remind", FULL, "overdue", CONSEQUENCE, "superior")


def _step_of(offset: Offset, case: CaseView) -> timedelta:
    value = case.law.value(offset.key)
    period = value.period if value.is_set else offset.usual
    hours = period.amount if period.unit is Unit.HOURS else period.amount * 24
    return timedelta(hours=hours) * offset.sign


def lay_rungs(clock: Clock, case: CaseView, wanted: Due, at: datetime) -> None:
    """Lay the rungs of a clock where they are due now; those of an older projection are dropped, not undone.

    A provisional clock has none: nothing fires until the year's calendar is there. So has one that stands still.
    """
    due = {} if clock.due_at is None or not clock.exact else _due_times(clock.due_at, case, wanted)
    for rung in list(clock.rungs.filter(done_at=None, dropped_at=None)):
        if due.get(rung.name) != rung.due_at:
            rung.dropped_at = at
            rung.save(update_fields=["dropped_at"])
    there = {(rung.name, rung.due_at): rung for rung in clock.rungs.all()}
    for name, due_at in due.items():
        _lay(there.get((name, due_at)), clock, name, due_at, at)


def _lay(rung: Rung | None, clock: Clock, name: str, due_at: datetime, at: datetime) -> None:
    """Lay one rung; one that was dropped and is due again comes back. A reminder whose hour is over is not laid."""
    if rung is not None:
        if rung.dropped_at is not None and rung.done_at is None:
            rung.dropped_at = None
            rung.save(update_fields=["dropped_at"])
    elif not (name == "remind" and due_at <= at):
        Rung.objects.create(clock=clock, name=name, due_at=due_at)


def _due_times(due_at: datetime, case: CaseView, wanted: Due) -> dict[str, datetime]:
    if wanted.minimum:
        return {FULL: due_at}
    times = {offset.name: due_at + _step_of(offset, case) for offset in OFFSETS}
    times["overdue"] = due_at
    if wanted.on_missed:
        times[CONSEQUENCE] = due_at
    return times
