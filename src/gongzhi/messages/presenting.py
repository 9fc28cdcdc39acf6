"""Who has been told."""

from typing import Any

from gongzhi.procedures.models import Case

from .models import Message


def told_of(case: Case) -> list[dict[str, Any]]:
    """The messages of a case, oldest first: to whom, what, when it arose and when it went out."""
    own = [field.name for field in Message._meta.concrete_fields]
    rows = Message.objects.filter(case=case).select_related("organisation", "person")
    rows = rows.only(*own, "organisation__name", "person__name")
    return [_told(row) for row in rows.order_by("created_at", "id")]


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
