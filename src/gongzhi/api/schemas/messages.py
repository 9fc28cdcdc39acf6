"""Messages, and how far one has read them."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from gongzhi.messages.models import Topic

from .asked import AskedPage
from .basics import Named, Page, Sent


class AskedMessages(AskedPage):
    """Which messages."""

    unread: bool = False
    topic: Topic | None = None


class NumberedOut(Schema):
    """A case or a notice by its number."""

    id: UUID
    number: str


class ReceivedOut(Schema):
    """One message. `case` and `estate` are named where the caller may open them; `unread` is the caller's own.

    `cancelled`: what it asks for, or the day it reminds of, is void.
    """

    id: UUID
    topic: str
    topic_title: str
    title: str
    body: str
    created_at: datetime
    unread: bool
    cancelled: bool
    case: NumberedOut | None
    notice: NumberedOut | None
    estate: Named | None


class MessagePage(Page[ReceivedOut]):
    """Messages, newest first. `unread`: how many wait in all, counted up to 99; `more_unread`: there are more."""

    unread: int
    more_unread: bool


class ReadIn(Sent):
    """The newest message that was shown: it and everything older is read."""

    up_to: UUID = Field(title="最新一条")


class ReadOut(Schema):
    """What still waits to be read."""

    unread: int
    more_unread: bool
