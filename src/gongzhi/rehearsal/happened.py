"""What stands ahead of a rehearsal, and what happened while its clock was moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import F, Q, QuerySet

from gongzhi.law import queries as law
from gongzhi.messages.models import Message
from gongzhi.procedures import catalogue
from gongzhi.procedures.clockview import declared_title
from gongzhi.procedures.models import Case, Clock
from gongzhi.procedures.presenting import title_of, title_of_step
from gongzhi.values.now import ZONE

#: Rows of a list. Ours to choose, not law.
AHEAD, TOLD = 12, 30
#: When an office opens: who goes to the day of a date arrives then. Ours to choose, not law.
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Period:
    """A period of a case: its end, the morning of its last day where that is ahead, and the minute it is over."""

    clock: Clock
    title: str
    step: str
    case_title: str
    day: datetime | None
    past: datetime


@dataclass(frozen=True, slots=True)
class Happened:
    """Between two instants: periods that ran out unmet, cases that opened and ended, messages that were written."""

    since: datetime
    ran_out: Sequence[Period]
    opened: Sequence[tuple[Case, str]]
    ended: Sequence[tuple[Case, str]]
    messages: Sequence[Message]

    @property
    def is_nothing(self) -> bool:
        """Whether only time passed."""
        return not (self.ran_out or self.opened or self.ended or self.messages)


def ahead(at: datetime) -> list[Period]:
    """The next periods of open cases, the soonest first."""
    rows = _clocks().filter(met_at=None, stopped_at=None, due_at__gt=at, case__ended_at=None)
    return [_period(row, at) for row in rows[:AHEAD]]


def happened(since: datetime, at: datetime) -> Happened:
    """What happened after one instant up to another."""
    between = (since + timedelta(microseconds=1), at)
    opened = Case.objects.filter(opened_at__range=between).order_by("opened_at", "id")
    ended = Case.objects.filter(ended_at__range=between).order_by("ended_at", "id")
    late = _clocks().filter(Q(met_at=None) | Q(met_at__gte=F("due_at")))
    messages = Message.objects.filter(created_at__range=between).select_related("organisation", "person")
    return Happened(
        since=since,
        ran_out=[_period(row, at) for row in late.filter(due_at__range=between, stopped_at=None)[:TOLD]],
        opened=[(row, title_of(row)) for row in opened[:TOLD]],
        ended=[(row, title_of(row)) for row in ended[:TOLD]],
        messages=list(messages.order_by("created_at", "id")[:TOLD]),
    )


def _clocks() -> QuerySet[Clock]:
    rows = Clock.objects.select_related("case__estate", "case__organisation", "case__jurisdiction", "step")
    return rows.order_by("due_at", "id")


def _titled(row: Clock) -> str:
    declaration = catalogue.find(row.case.procedure, row.case.version)
    declared = declared_title(declaration, row.step.code, row.key, row.anchor)
    return declared or law.book().key(row.key).title


def _period(row: Clock, at: datetime) -> Period:
    assert row.due_at is not None
    due = row.due_at.astimezone(ZONE)
    last_day = (due - timedelta(microseconds=1)).date()
    morning = datetime.combine(last_day, MORNING, ZONE)
    return Period(
        clock=row,
        title=_titled(row),
        step=title_of_step(row.case, row.step.code),
        case_title=title_of(row.case),
        day=morning if morning > at else None,
        past=due + timedelta(minutes=1),
    )
