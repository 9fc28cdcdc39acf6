"""What the caller's seat was told, and marking it as read."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from gongzhi.messages import inbox as boxes
from gongzhi.messages.presenting import told_messages
from gongzhi.values.refusals import NotAllowed

from ..auth import Caller, caller_of
from ..schemas.basics import PROBLEMS
from ..schemas.messages import AskedMessages, MessagePage, ReadIn, ReadOut

router = Router(tags=["消息"])


@router.get("/messages", response={200: MessagePage, **PROBLEMS}, summary="发给我的消息")
def list_messages(request: HttpRequest, wanted: Query[AskedMessages]) -> Any:
    """What the organisation of the post was told, or oneself where the post is in none; newest first."""
    caller = caller_of(request)
    inbox = _inbox(caller)
    topic = wanted.topic.value if wanted.topic is not None else ""
    rows, more = boxes.page_of(inbox, boxes.Wanted(wanted.unread, topic, wanted.after, wanted.limit))
    items = told_messages(rows, inbox, caller.official, caller.at)
    return {"items": items, "next": more} | _waiting(inbox)


@router.post("/messages/read", response={200: ReadOut, **PROBLEMS}, summary="全部标为看过")
def read_all(request: HttpRequest, body: ReadIn) -> Any:
    """Mark everything up to the newest message that was shown. Sent twice it changes nothing more."""
    caller = caller_of(request)
    inbox = _inbox(caller)
    boxes.mark_all_read(inbox, body.up_to, caller.at)
    return _waiting(inbox)


@router.post("/messages/{message_id}/read", response={200: ReadOut, **PROBLEMS}, summary="标为看过")
def read_one(request: HttpRequest, message_id: UUID) -> Any:
    """Mark one message. Sent twice it changes nothing more."""
    caller = caller_of(request)
    inbox = _inbox(caller)
    boxes.mark_read(inbox, message_id, caller.at)
    return _waiting(inbox)


def _inbox(caller: Caller) -> boxes.Inbox:
    inbox = boxes.inbox_of(caller.official)
    if inbox is None:
        raise NotAllowed("这个账号没有消息，请换一个职务查看。")
    return inbox


def _waiting(inbox: boxes.Inbox) -> dict[str, Any]:
    number = inbox.count()
    return {"unread": min(number, boxes.MOST), "more_unread": number > boxes.MOST}
