"""Who has been told; and messages as their readers are shown them."""

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
from .models import Message, Topic

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
    places, before = {estate.pk for estate in open_}, inbox.read_before()
    return [_shown(row, row.case_id in seen, places, before) for row in rows]


def _estate(row: Message) -> Any:
    return row.estate or (row.case.estate if row.case is not None else None)


def _shown(row: Message, sees_case: bool, places: set[Any], before: datetime) -> dict[str, Any]:
    case, estate, notice = row.case if sees_case else None, _estate(row), row.notice
    return {
        "id": row.pk,
        "topic": row.topic,
        "topic_title": str(Topic(row.topic).label),
        "title": row.title,
        "body": row.body,
        "created_at": row.created_at,
        "cancelled": bool(getattr(row, "is_cancelled", False)),
        "unread": row.created_at >= before and not getattr(row, "is_seen", False),
        "case": {"id": case.pk, "number": case.number} if case is not None else None,
        "notice": {"id": notice.pk, "number": notice.number} if notice is not None else None,
        "estate": {"id": estate.pk, "name": estate.name} if estate and estate.pk in places else None,
    }
