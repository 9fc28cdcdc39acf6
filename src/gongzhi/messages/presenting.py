"""Who has been told; and messages as their readers are shown them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.procedures.models import Case
from gongzhi.procedures.queries import visible_cases
from gongzhi.procedures.statements import named
from gongzhi.registry.models import Appointment
from gongzhi.registry.territory import visible_estates

from .inbox import Inbox
from .models import Message, Reminder, Topic

_TOLD = Kept(
    lambda case: named(Message.objects.filter(case=case)).order_by("created_at", "id"), case=UUIDField()
)


def told_of(case: Case, hidden: Collection[UUID] = ()) -> list[dict[str, Any]]:
    """The messages of a case, oldest first: to whom, what, when it arose, when it went out; none of `hidden` tasks."""
    return [_told(row) for row in _TOLD.rows(case=case.pk) if row.task_id not in hidden]


def _told(row: Message) -> dict[str, Any]:
    to = row.organisation.name if row.organisation is not None else ""
    return {
        "to": to or (row.person.name if row.person is not None else ""),
        "title": row.title,
        "body": row.body,
        "created_at": row.created_at,
        "sent_at": row.sent_at,
        "error": row.error,
    }


def told_messages(
    rows: Sequence[Message], inbox: Inbox, seat: Appointment, at: datetime
) -> list[dict[str, Any]]:
    """Messages from `inbox.page_of`; case and estate are named where the seat may open them now."""
    cases = {row.case_id for row in rows if row.case_id is not None}
    estates = {place.pk for row in rows if (place := _estate(row)) is not None}
    seen = set(visible_cases(seat).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()
    open_ = visible_estates(seat, at).filter(pk__in=estates) if estates else ()
    places, before, bodies = {estate.pk for estate in open_}, inbox.read_before(), _bodies(rows)
    return [_shown(row, row.case_id in seen, places, before) | {"body": bodies[row.pk]} for row in rows]


def _bodies(rows: Sequence[Message]) -> dict[UUID, str]:
    """Message → its words; of several times it reminds of, each that is over says so behind its sentence."""
    bodies = {row.pk: row.body for row in rows}
    timed = [row.pk for row in rows if row.topic == Topic.CLOCK and "\n" in row.body]
    states: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in Reminder.objects.filter(message__in=timed).select_related("clock", "task"):
        states[one.message_id][one.line].add(_over(one))
    for pk, lines in states.items():
        told = (f"{line}{_behind(lines.get(line, set()))}" for line in bodies[pk].split("\n"))
        bodies[pk] = "\n".join(told)
    return bodies


def _over(one: Reminder) -> str:
    """What became of a time since it was reminded of; "" while it runs so."""
    if one.task is not None:
        return "" if one.task.open else "已办结" if one.task.done_at is not None else "已取消"
    if one.clock is None or one.clock.met_at is not None:
        return "已办结"
    if one.clock.stopped_at is not None:
        return "已取消"
    return "" if one.clock.due_at == one.due_at else "日期已有变动"


def _behind(states: set[str]) -> str:
    return "" if not states or "" in states else f"——{'、'.join(sorted(states))}"


def _estate(row: Message) -> Any:
    return row.estate or (row.case.estate if row.case is not None else None)


def _shown(row: Message, sees_case: bool, places: set[Any], before: datetime) -> dict[str, Any]:
    case, estate, notice = row.case if sees_case else None, _estate(row), row.notice
    return {
        "id": row.pk,
        "topic": row.topic,
        "topic_title": str(Topic(row.topic).label),
        "title": row.title,
        "created_at": row.created_at,
        "cancelled": bool(getattr(row, "is_cancelled", False)),
        "unread": row.created_at >= before and not getattr(row, "is_seen", False),
        "case": {"id": case.pk, "number": case.number} if case is not None else None,
        "notice": {"id": notice.pk, "number": notice.number} if notice is not None else None,
        "estate": {"id": estate.pk, "name": estate.name} if estate and estate.pk in places else None,
    }
