"""What a seat was told, newest first, and how far its reader has read it.

A message to a body is there for everybody in post, and each of them reads it for themselves. What was told before
somebody took the post counts as read: they find it, but it does not wait for them. Nor does what asks for a task that
is done by now, nor what reminds of times of which none runs to the same instant any more.

A seat reads what it can act on, as its work list has it: not what is for other posts of the body alone, and of a post
at one estate not what is about another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)
from django.db.models.functions import Coalesce

from gongzhi.acts.kept import Kept, Several
from gongzhi.procedures import catalogue
from gongzhi.registry.models import Appointment, Post
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotFound

from .models import Message, Reading, Reminder, Seen, Topic
from .outbox import posts_told

#: Counted no further: the number only says that there is something.
MOST = 99
#: A mark stays this far behind the present: what another act is still writing may be a little older than what is shown.
BEHIND = timedelta(hours=1)
NO_MESSAGE = "没有这条消息，或者不是发给您的，请回到消息列表查看。"
NO_START = "翻页的起点已经不在了，请从第一页重新开始。"


def _seen(account: Any) -> QuerySet[Seen]:
    return Seen.objects.filter(account_id=account, message=OuterRef("pk"))


def _told(whose: Mapping[str, Any]) -> QuerySet[Message]:
    """What a seat is told, as `Inbox.whose` asks; the values may be slots."""
    column = "person_id" if "person_id" in whose else "organisation_id"
    rows = Message.objects.filter(**{column: whose[column]})
    if "posts" in whose:
        rows = rows.filter(posts__in=whose["posts"])
    if "estate" in whose:
        here = Q(case__estate=whose["estate"]) | Q(case__estate=None)
        rows = rows.filter(Q(estate=whose["estate"]) | Q(here, estate=None))
    return rows


def _is_over(whose: Mapping[str, Any]) -> Q:
    """What asked for a task that is done, not needed any longer, or another's by now; a day that counts no more."""
    column = "person_id" if "person_id" in whose else "organisation_id"
    is_ours = Q(**{f"task__{column}": F(column)})
    return (Q(task__isnull=False) & ~Q(is_ours, task__open=True)) | (
        _reminds() & ~Q(Exists(_reminders(RUNS)))
    )


#: A reminder whose time runs to the instant it said; one of what was done.
RUNS = Q(clock__met_at=None, clock__stopped_at=None, clock__due_at=F("due_at")) | Q(task__open=True)
DONE = Q(clock__met_at__isnull=False) | Q(task__done_at__isnull=False)


def _reminders(which: Q) -> QuerySet[Reminder]:
    return Reminder.objects.filter(which, message=OuterRef("pk"))


def _reminds() -> Q:
    return Q(Exists(Reminder.objects.filter(message=OuterRef("pk"))), topic=Topic.CLOCK)


def _unread(whose: Mapping[str, Any], account: Any, begins: Any) -> QuerySet[Message]:
    column = "person_id" if "person_id" in whose else "organisation_id"
    mark = Reading.objects.filter(account_id=account, **{column: whose[column]}).values("read_before")[:1]
    since = Coalesce(Subquery(mark), begins, output_field=DateTimeField())
    rows = _told(whose).filter(created_at__gte=begins).exclude(_is_over(whose))
    return rows.filter(~Exists(_seen(account)), created_at__gte=since)


def waiting(whose: Mapping[str, Any], account: Any, begins: Any) -> QuerySet[Message, tuple[UUID]]:
    """What waits to be read of what a seat is told, no more than is counted; the values may be slots."""
    return _unread(whose, account, begins).values_list("pk")[: MOST + 1]


def fields_of(names: Sequence[str]) -> dict[str, Any]:
    """The fields of the values a kept read has of `Inbox.whose`, by name."""
    return {name: Several(CharField()) if name == "posts" else UUIDField() for name in names}


def _waiting(names: Sequence[str]) -> Kept[tuple[UUID]]:
    def made(account: Any, begins: Any, **whose: Any) -> QuerySet[Message, tuple[UUID]]:
        return waiting(whose, account, begins)

    return Kept(made, account=UUIDField(), begins=DateTimeField(), **fields_of(names))


#: The ways a seat is told, by the names of `Inbox.whose`.
WAYS: tuple[tuple[str, ...], ...] = (
    ("person_id",),
    ("organisation_id", "posts"),
    ("organisation_id", "posts", "estate"),
)
_WAITING = {names: _waiting(names) for names in WAYS}


@dataclass(frozen=True, slots=True)
class Inbox:
    """The messages of a body or of a person, as one account reads them since `begins_at`.

    `posts`: for which posts of the body alone a message may be. `estate_id`: where the post ends at one.
    """

    account_id: UUID
    organisation_id: UUID | None
    person_id: UUID | None
    begins_at: datetime
    posts: tuple[str, ...] = ()
    estate_id: UUID | None = None

    @property
    def box(self) -> dict[str, UUID | None]:
        """The body, or the person, by its column."""
        if self.organisation_id is not None:
            return {"organisation_id": self.organisation_id}
        return {"person_id": self.person_id}

    @property
    def whose(self) -> dict[str, Any]:
        """What of it the seat is told, by name."""
        if self.organisation_id is None:
            return {"person_id": self.person_id}
        own: dict[str, Any] = {"organisation_id": self.organisation_id, "posts": self.posts}
        return own | {"estate": self.estate_id} if self.estate_id is not None else own

    @property
    def messages(self) -> QuerySet[Message]:
        """Everything that was told."""
        return _told(self.whose)

    def read_before(self) -> datetime:
        """What is older than this is read."""
        marks = Reading.objects.filter(account_id=self.account_id, **self.box)
        mark = marks.values_list("read_before", flat=True).first()
        return max(mark, self.begins_at) if mark is not None else self.begins_at

    def unread(self) -> QuerySet[Message]:
        """What waits to be read."""
        return _unread(self.whose, self.account_id, self.begins_at)

    def count(self) -> int:
        """How many wait to be read, counted up to one more than `MOST`: every page asks."""
        whose = self.whose
        return len(_WAITING[tuple(whose)].rows(account=self.account_id, begins=self.begins_at, **whose))

    def with_reading(self, rows: QuerySet[Message]) -> QuerySet[Message]:
        """Each row with `is_seen`, whether it is read though older ones may wait, or asks for nothing any longer;
        `is_cancelled`: its task is void, or of what it reminds of nothing runs so any more and nothing was done.
        """
        is_seen = Q(Exists(self._seen())) | _is_over(self.whose)
        is_cancelled = Q(task__void_at__isnull=False) | (_reminds() & ~Q(Exists(_reminders(RUNS | DONE))))
        return rows.annotate(
            is_seen=ExpressionWrapper(is_seen, output_field=BooleanField()),
            is_cancelled=ExpressionWrapper(is_cancelled, output_field=BooleanField()),
        )

    def _seen(self) -> QuerySet[Seen]:
        return _seen(self.account_id)


def inbox_of(seat: Appointment) -> Inbox | None:
    """The messages of a seat; None for the system's administrator and for who has no account."""
    account_id = seat.person.account_id
    if account_id is None or seat.post == Post.ADMINISTRATOR:
        return None
    begins_at = datetime.combine(seat.from_on, time(), ZONE)
    if seat.organisation_id is None:
        return Inbox(account_id, None, seat.person_id, begins_at)
    return Inbox(account_id, seat.organisation_id, None, begins_at, _posts_read(seat.post), seat.estate_id)


def _posts_read(post: str) -> tuple[str, ...]:
    """What may stand in `Message.posts` of a message that somebody in this post reads."""
    steps = [step for one in catalogue.every() for step in one.steps]
    asked = {posts for step in steps for posts in step.posted.values() if post in posts}
    return ("", *sorted({posts_told(posts) for posts in asked} | {post}))


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
        _advance(inbox, _no_later_than(min(newest.created_at, at - BEHIND), _elsewhere(inbox, at)))
        _see(inbox, list(inbox.unread().filter(shown).values_list("pk", flat=True)))
        _settle(inbox, at)


def _see(inbox: Inbox, ids: list[UUID]) -> None:
    rows = [Seen(account_id=inbox.account_id, message_id=one) for one in ids]
    Seen.objects.bulk_create(rows, ignore_conflicts=True)


def _settle(inbox: Inbox, at: datetime) -> None:
    """Move the mark up to the oldest message that waits, so that few single rows are kept."""
    _advance(inbox, _no_later_than(at - BEHIND, [inbox, *_elsewhere(inbox, at)]))


def _elsewhere(inbox: Inbox, at: datetime) -> list[Inbox]:
    """What its reader is told in other posts of the same body: one mark stands for all of them."""
    if inbox.organisation_id is None:
        return []
    own = Appointment.objects.filter(
        Q(to_on=None) | Q(to_on__gte=at.astimezone(ZONE).date()),
        person__account_id=inbox.account_id,
        organisation=inbox.organisation_id,
    )
    boxes = [inbox_of(seat) for seat in own.select_related("person")]
    return [box for box in boxes if box is not None and box != inbox]


def _no_later_than(instant: datetime, boxes: Sequence[Inbox]) -> datetime:
    """The instant, or that of the oldest message that waits in one of the boxes."""
    rows = [box.unread().order_by("created_at", "id").values_list("created_at", flat=True) for box in boxes]
    return min([instant, *(oldest for row in rows if (oldest := row.first()) is not None)])


def _advance(inbox: Inbox, to: datetime) -> None:
    """Move the mark on, never back."""
    if to <= inbox.read_before():
        return
    whose: dict[str, Any] = {"account_id": inbox.account_id, **inbox.box}
    Reading.objects.get_or_create(**whose, defaults={"read_before": to})
    Reading.objects.filter(**whose, read_before__lt=to).update(read_before=to)
    passed = Message.objects.filter(**inbox.box, created_at__lt=to)
    Seen.objects.filter(account_id=inbox.account_id, message__in=passed).delete()
