"""Enqueueing in the transaction of the act, and sending afterwards: at least once, each row once seen as sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from .models import Message

LOG = logging.getLogger("gongzhi.messages")
AT_ONCE = 200
#: How long the next try waits after each failed one; after the last it stays for somebody to look at.
BACK_OFF = (1, 5, 30, 120, 720)

Sender = Callable[[Message], None]


def enqueue(
    *,
    key: str,
    organisations: Iterable[UUID],
    title: str,
    body: str,
    at: datetime,
    case_id: UUID | None = None,
) -> None:
    """Write one message an organisation; one with the same key was written before and stays alone."""
    rows = [
        Message(
            key=f"{key}:{organisation}"[:200],
            organisation_id=organisation,
            case_id=case_id,
            title=title[:200],
            body=body,
            created_at=at,
            next_try_at=at,
        )
        for organisation in dict.fromkeys(organisations)
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def to_console(message: Message) -> None:
    """The sender of this release: a line on the console. In a rehearsal no message leaves, and none is printed."""
    if settings.REHEARSAL:
        return
    line = {"message": str(message.id), "case": str(message.case_id), "to": str(message.organisation_id)}
    LOG.info("%s", json.dumps(line))


def send_waiting(at: datetime, sender: Sender = to_console) -> int:
    """Send what waits; a failure is kept with its reason and tried again later. Returns how many went out."""
    sent = 0
    for message in Message.objects.filter(sent_at=None, next_try_at__lte=at).order_by("next_try_at")[
        :AT_ONCE
    ]:
        sent += _send(message, at, sender)
    return sent


def _send(message: Message, at: datetime, sender: Sender) -> int:
    try:
        sender(message)
    except Exception as failed:  # noqa: BLE001  a sender may fail in any way; the row says how
        message.tries += 1
        waits = BACK_OFF[message.tries - 1] if message.tries <= len(BACK_OFF) else None
        message.next_try_at = at + timedelta(minutes=waits) if waits is not None else None
        message.error = str(failed)[:300]
        message.save(update_fields=["tries", "next_try_at", "error"])
        return 0
    message.sent_at = at
    message.save(update_fields=["sent_at"])
    return 1
