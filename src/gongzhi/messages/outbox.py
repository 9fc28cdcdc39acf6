"""Enqueueing in the transaction of the act, and sending afterwards: at least once, each row once seen as sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from gongzhi.acts.kept import insert_all, save
from gongzhi.acts.rows import fresh

from .models import Message, Reminder, Topic

LOG = logging.getLogger("gongzhi.messages")
AT_ONCE = 200
#: How long the next try waits after each failed one; after the last it stays for somebody to look at.
BACK_OFF = (1, 5, 30, 120, 720)
#: For how long a message belongs to the worker that sends it: ours to choose, not law.
CLAIM = timedelta(minutes=5)
CLAIMED_AT_ONCE = 50

Sender = Callable[[Message], None]


def drafts(
    *,
    key: str,
    organisations: Iterable[UUID] = (),
    people: Iterable[UUID] = (),
    title: str,
    body: str,
    at: datetime,
    case_id: UUID | None = None,
    topic: Topic = Topic.OTHER,
    **about: Any,
) -> list[Message]:
    """One message to each, not written yet. `about`: the other columns that say what it speaks of."""
    told = [{"organisation_id": one} for one in dict.fromkeys(organisations)]
    told += [{"person_id": one} for one in dict.fromkeys(people)]
    return [
        fresh(
            Message,
            key=f"{key}:{next(iter(to.values()))}",
            case_id=case_id,
            topic=topic,
            title=title[:200],
            body=body,
            created_at=at,
            next_try_at=at,
            **about,
            **to,
        )
        for to in told
    ]


def posts_told(posts: Iterable[str]) -> str:
    """The posts of a body that a message is for, as its column has them; "": everybody."""
    return ",".join(posts)


def write(messages: Sequence[Message]) -> None:
    """Write messages inside the act; one with the same key was written before and stays alone."""
    insert_all(messages, ignore_conflicts=True)


def enqueue(**told: Any) -> None:
    """Draft one message to each and write them; see `drafts`."""
    write(drafts(**told))


def add_to(*, key: str, organisation: UUID, title: str, line: str) -> bool:
    """Say more in a message of an act before, under a new title; False where there is none. A line it has stays one."""
    told = Message.objects.select_for_update().filter(key=f"{key}:{organisation}").first()
    if told is None:
        return False
    told.title = title[:200]
    told.body = told.body if line in told.body else f"{told.body}\n{line}"
    save(told, "title", "body")
    return True


def remind(messages: Sequence[Message], reminders: Callable[[Message], Iterable[Reminder]]) -> None:
    """Write messages with what each reminds of; one that was written before has its own already."""
    write(messages)
    written = set(Message.objects.filter(pk__in=[one.pk for one in messages]).values_list("pk", flat=True))
    insert_all([row for one in messages if one.pk in written for row in reminders(one)])


def to_console(message: Message) -> None:
    """The sender of this release: a line on the console. In a rehearsal no message leaves, and none is printed."""
    if settings.REHEARSAL:
        return
    to = message.organisation_id or message.person_id
    line = {"message": str(message.id), "case": str(message.case_id), "to": str(to)}
    LOG.info("%s", json.dumps(line))


def send_waiting(at: datetime, sender: Sender = to_console) -> int:
    """Send what waits, oldest first; a failure is kept with its reason and tried again later. Returns how many went.

    Messages are claimed before they are sent, few at a time, so that a second worker passes them over; a worker that
    dies in between leaves them to be tried again when the claim is over.
    """
    sent = 0
    for _ in range(AT_ONCE // CLAIMED_AT_ONCE):
        claimed = _claim(at)
        sent += sum(_send(message, at, sender) for message in claimed)
        if len(claimed) < CLAIMED_AT_ONCE:
            break
    return sent


def _claim(at: datetime) -> list[Message]:
    """The oldest that wait and nobody else is claiming, ours for a while."""
    rows = Message.objects.filter(sent_at=None, next_try_at__lte=at).order_by("next_try_at", "id")
    with transaction.atomic():
        claimed = list(rows.select_for_update(skip_locked=True)[:CLAIMED_AT_ONCE])
        if claimed:
            Message.objects.filter(pk__in=[message.pk for message in claimed]).update(next_try_at=at + CLAIM)
    return claimed


def _send(message: Message, at: datetime, sender: Sender) -> int:
    message.tries += 1
    try:
        sender(message)
    except Exception as failed:  # noqa: BLE001  a sender may fail in any way; the row says how
        waits = BACK_OFF[message.tries - 1] if message.tries <= len(BACK_OFF) else None
        message.next_try_at = at + timedelta(minutes=waits) if waits is not None else None
        message.error = str(failed)[:300]
        save(message, "tries", "next_try_at", "error")
        return 0
    message.sent_at, message.next_try_at, message.error = at, None, ""
    save(message, "tries", "sent_at", "next_try_at", "error")
    return 1
