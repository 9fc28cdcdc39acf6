"""Time as the demonstration lives through it: stories side by side in their order, and the tick of each day."""

import heapq
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from gongzhi.acts import log

from . import minute

MINUTE = timedelta(minutes=1)


def in_order(stories: Iterable[Iterator[datetime]], until: datetime) -> Iterator[datetime]:
    """The instants of all stories; what a story does at an instant it does when the next one is asked for."""
    waiting: list[tuple[datetime, int, Iterator[datetime]]] = []
    for number, story in enumerate(stories):
        _wait(waiting, number, story)
    while waiting and waiting[0][0] <= until:
        at, number, story = heapq.heappop(waiting)
        yield at
        _wait(waiting, number, story)


def _wait(
    waiting: list[tuple[datetime, int, Iterator[datetime]]], number: int, story: Iterator[datetime]
) -> None:
    at = next(story, None)
    if at is not None:
        heapq.heappush(waiting, (at, number, story))


class Days:
    """The days between the acts, from the first act on: clocks ring, messages go, the log is sealed."""

    def __init__(self) -> None:
        self.next: datetime | None = None
        self.last: datetime | None = None

    def come_to(self, at: datetime) -> None:
        """Tick once early on each day up to an instant; what was made public is sealed within its minute."""
        if self.last is not None and at > self.last and log.is_waiting():
            log.seal(self.last + MINUTE)
        self.last = at
        while self.next is not None and self.next <= at:
            self.tick(self.next)
            self.next += timedelta(days=1)
        if self.next is None:
            self.next = datetime.combine(at.date() + timedelta(days=1), time(0, 10), at.tzinfo)

    def end(self, at: datetime) -> None:
        """The last tick: what a running system would have opened by now is there."""
        minute.look_ahead(at)
        minute.open_recurring(at)
        self.tick(at)

    def tick(self, at: datetime) -> None:
        """What is done each minute, once. Dates are looked ahead to once a week, on its first day, to save time."""
        if at.weekday() == 0:
            minute.look_ahead(at)
        minute.fire_clocks(at)
        minute.send_messages(at)
        minute.seal_log(at)
