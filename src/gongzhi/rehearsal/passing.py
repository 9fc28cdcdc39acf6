"""Time that passes in a rehearsal: every midnight and every rung on the way, in their order, as a running system would.

The jobs of the minute are named by `config`, which knows them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from gongzhi.procedures.models import Rung
from gongzhi.values import now as clock
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

#: How far the clock is moved at once, in days. Ours to choose, not law.
FARTHEST = 366
Minute = Callable[[datetime], int]
_BOUND: list[Minute] = []


def bind_minute(minute: Minute) -> None:
    """Name the jobs of the minute; they return how many of them failed."""
    _BOUND[:] = [minute]


def move_to(to: datetime, now: datetime) -> int:
    """Let time pass up to `to`; answers how many jobs failed on the way. NotPossible backward, or too far at once."""
    if to <= now:
        raise NotPossible("演练的时间只能往后拨，请填写现在以后的时间。")
    if to > now + timedelta(days=FARTHEST):
        raise NotPossible(f"一次最多往后拨 {FARTHEST} 日，请分几次拨。")
    failed = 0
    for at in instants(now, to):
        clock.move_to(at)
        failed += sum(minute(at) for minute in _BOUND)
    return failed


def instants(after: datetime, to: datetime) -> Iterator[datetime]:
    """When something happens up to `to`, which is the last. Asked for one after the other: each may bring new rungs."""
    at = after
    while at < to:
        at = min(_midnight_after(at), _next_rung(at) or to, to)
        yield at


def _midnight_after(at: datetime) -> datetime:
    return datetime.combine(at.astimezone(ZONE).date() + timedelta(days=1), time(), ZONE)


def _next_rung(at: datetime) -> datetime | None:
    waiting = Rung.objects.filter(done_at=None, dropped_at=None, due_at__gt=at)
    return waiting.order_by("due_at", "id").values_list("due_at", flat=True).first()
