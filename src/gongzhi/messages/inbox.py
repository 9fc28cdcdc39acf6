"""What a seat was told, newest first, and how far its reader has read it.

A message to a body is there for everybody in post, and each of them reads it for themselves. What was told before
somebody took the post counts as read: they find it, but it does not wait for them.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from gongzhi.acts.kept import Kept
from gongzhi.registry.models import Appointment, Post
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotFound

from .models import Message, Reading, Seen

#: Counted no further: the number only says that there is something.
MOST = 99
#: A mark stays this far behind the present: what another act is still writing may be a little older than what is shown.
BEHIND = timedelta(hours=1)
NO_MESSAGE = "没有这条消息，或者不是发给您的，请回到消息列表查看。"
NO_START = "翻页的起点已经不在了，请从第一页重新开始。"


def _seen(account: Any) -> QuerySet[Seen]:
    return Seen.objects.filter(account_id=account, message=OuterRef("pk"))


def _unread(column: str, whose: Any, account: Any, begins: Any) -> QuerySet[Message]:
    mark = Reading.objects.filter(account_id=account, **{column: whose}).values("read_before")[:1]
    since = Coalesce(Subquery(mark), begins, output_field=DateTimeField())
    rows = Message.objects.filter(**{column: whose}, created_at__gte=begins)
    return rows.filter(~Exists(_seen(account)), created_at__gte=since)


def waiting(column: str, whose: Any, account: Any, begins: Any) -> QuerySet[Message, tuple[UUID]]:
    """What waits to be read of a body's or a person's messages, no more than is counted; the values may be slots."""
    return _unread(column, whose, account, begins).values_list("pk")[: MOST + 1]


def _waiting(column: str) -> Kept[tuple[UUID]]:
    return Kept(
        partial(waiting, column),
        whose=UUIDField(),
        account=UUIDField(),
        begins=DateTimeField(),
    )


_WAITING = {column: _waiting(column) for column in ("organisation_id", "person_id")}


@dataclass(frozen=True, slots=True)
class Inbox:
    """The messages of a body or of a person, as one account reads them since `begins_at`."""

    account_id: UUID
    organisation_id: UUID | None
    person_id: UUID | None
    begins_at: datetime

    @property
    def whose(self) -> dict[str, UUID | None]:
        """The body, or the person, by its column."""
        if self.organisation_id is not None:
            return {"organisation_id": self.organisation_id}
        return {"person_id": self.person_id}

    @property
    def messages(self) -> QuerySet[Message]:
        """Everything that was told."""
        return Message.objects.filter(**self.whose)

    def read_before(self) -> datetime:
        """What is older than this is read."""
        marks = Reading.objects.filter(account_id=self.account_id, **self.whose)
        mark = marks.values_list("read_before", flat=True).first()
        return max(mark, self.begins_at) if mark is not None else self.begins_at

    def unread(self) -> QuerySet[Message]:
        """What waits to be read."""
        ((column, whose),) = self.whose.items()
        return _unread(column, whose, self.account_id, self.begins_at)

    def count(self) -> int:
        """How many wait to be read, counted up to one more than `MOST`: every page asks."""
        ((column, whose),) = self.whose.items()
        return len(_WAITING[column].rows(whose=whose, account=self.account_id, begins=self.begins_at))

    def with_reading(self, rows: QuerySet[Message]) -> QuerySet[Message]:
        """Each row with `is_seen`, whether it is read though older ones may wait."""
        return rows.annotate(is_seen=Exists(self._seen()))

    def _seen(self) -> QuerySet[Seen]:
        return _seen(self.account_id)


def inbox_of(seat: Appointment) -> Inbox | None:
    """The messages of a seat; None for the system's administrator and for who has no account."""
    account_id = seat.person.account_id
    if account_id is None or seat.post == Post.ADMINISTRATOR:
        return None
    begins_at = datetime.combine(seat.from_on, time(), ZONE)
    person_id = seat.person_id if seat.organisation_id is None else None
    return Inbox(account_id, seat.organisation_id, person_id, begins_at)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are asked for."""

    unread: bool = False
    topic: str = ""
    after: UUID | None = None
    limit: int = 30


def page_of(inbox: Inbox, wanted: Wanted) -> tuple[list[Message], UUID | None]:
    """One page, newest first, and the id the next one begins after. Invalid: the key is none of these messages."""
    rows = inbox.unread() if wanted.unread else inbox.messages
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    if wanted.after is not None:
        rows = rows.filter(_older(inbox, wanted.after))
    related = ("case__estate", "notice", "estate")
    found = list(
        inbox.with_reading(rows).select_related(*related).order_by("-created_at", "-id")[: wanted.limit + 1]
    )
    more = found[wanted.limit - 1].pk if len(found) > wanted.limit else None
    return found[: wanted.limit], more


def _older(inbox: Inbox, after: UUID) -> Q:
    start = inbox.messages.filter(pk=after).values_list("created_at", flat=True).first()
    if start is None:
        raise Invalid(NO_START, fields={"after": "没有这一行"})
    return Q(created_at__lt=start) | Q(created_at=start, pk__lt=after)


def message_of(inbox: Inbox, message_id: UUID) -> Message:
    """One of its messages; NotFound otherwise."""
    found = inbox.messages.select_related("case", "notice", "estate").filter(pk=message_id).first()
    if found is None:
        raise NotFound(NO_MESSAGE)
    return found


# Marking ------------------------------------------------------------------------------------------------------------


def mark_read(inbox: Inbox, message_id: UUID, at: datetime) -> Message:
    """This one is read."""
    message = message_of(inbox, message_id)
    with transaction.atomic():
        if message.created_at >= inbox.read_before():
            _see(inbox, [message.pk])
        _settle(inbox, at)
    return message


def mark_all_read(inbox: Inbox, up_to: UUID, at: datetime) -> None:
    """Everything up to the newest message its reader was shown is read; what came since still waits."""
    newest = message_of(inbox, up_to)
    shown = Q(created_at__lt=newest.created_at) | Q(created_at=newest.created_at, pk__lte=newest.pk)
    with transaction.atomic():
        _advance(inbox, min(newest.created_at, at - BEHIND))
        _see(inbox, list(inbox.unread().filter(shown).values_list("pk", flat=True)))
        _settle(inbox, at)


def _see(inbox: Inbox, ids: list[UUID]) -> None:
    rows = [Seen(account_id=inbox.account_id, message_id=one) for one in ids]
    Seen.objects.bulk_create(rows, ignore_conflicts=True)


def _settle(inbox: Inbox, at: datetime) -> None:
    """Move the mark up to the oldest message that waits, so that few single rows are kept."""
    oldest = inbox.unread().order_by("created_at", "id").values_list("created_at", flat=True).first()
    _advance(inbox, min(oldest, at - BEHIND) if oldest is not None else at - BEHIND)


def _advance(inbox: Inbox, to: datetime) -> None:
    """Move the mark on, never back."""
    if to <= inbox.read_before():
        return
    whose: dict[str, Any] = {"account_id": inbox.account_id, **inbox.whose}
    Reading.objects.get_or_create(**whose, defaults={"read_before": to})
    Reading.objects.filter(**whose, read_before__lt=to).update(read_before=to)
    Seen.objects.filter(
        account_id=inbox.account_id, message__in=inbox.messages.filter(created_at__lt=to)
    ).delete()
