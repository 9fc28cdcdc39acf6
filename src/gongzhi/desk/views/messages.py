"""消息: what the seat was told, and marking it as read."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongzhi.messages.inbox import Inbox, Wanted, inbox_of, mark_all_read, mark_read, page_of
from gongzhi.messages.models import Message, Topic
from gongzhi.messages.presenting import told_messages
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotAllowed, NotFound

from ..caselist import id_in

READ = {"": "全部", "unread": "没看过的"}
TOPICS = {"": "全部", **{topic.value: str(topic.label) for topic in Topic}}


@seated
def message_list(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The seat's messages, newest first, narrowed by the address."""
    inbox, wanted = _inbox(seat), _wanted(request)
    rows, more = page_of(inbox, wanted)
    told = {
        "messages": told_messages(rows, inbox, seat.appointment, seat.at),
        "newest": rows[0].pk if rows and wanted.after is None else None,
        "more": more or "",
        "unread": inbox.count(),
        "wanted": wanted,
        "reads": READ,
        "topics": TOPICS,
        "here_path": request.get_full_path(),
    }
    return render(request, "desk/messages.html", told)


@seated
@require_POST
def message_read(request: HttpRequest, seat: Seat, message_id: UUID) -> HttpResponse:
    """This one is read; then to what it speaks of, or back."""
    message = mark_read(_inbox(seat), message_id, seat.at)
    opens = request.POST.get("opens", "")
    return redirect(_address(message, opens) if opens else _back(request))


@seated
@require_POST
def messages_read(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Everything that was shown is read."""
    newest = id_in(request.POST.get("newest", ""))
    if newest is None:
        raise NotFound("没有说明看到了哪一条，请回到消息列表重试。")
    mark_all_read(_inbox(seat), newest, seat.at)
    return redirect(_back(request))


def _inbox(seat: Seat) -> Inbox:
    inbox = inbox_of(seat.official)
    if inbox is None:
        raise NotAllowed("这个账号没有消息，请换一个职务查看。")
    return inbox


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what nobody knows is left out."""
    topic = request.GET.get("topic", "")
    return Wanted(
        unread=request.GET.get("read") == "unread",
        topic=topic if topic in TOPICS else "",
        after=id_in(request.GET.get("after", "")),
    )


def _back(request: HttpRequest) -> str:
    """The page the form stood on."""
    back = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return back if own else reverse("messages")


def _address(message: Message, opens: str) -> str:
    """Where a button of a message leads."""
    estate = message.estate_id or (message.case.estate_id if message.case is not None else None)
    if opens == "case" and message.case_id is not None:
        return reverse("case", args=[message.case_id])
    if opens == "estate" and estate is not None:
        return reverse("estate", args=[estate])
    if opens == "notice" and message.notice_id is not None:
        return reverse("notice", args=[message.notice_id])
    raise NotFound("这条消息没有可以打开的页面，请回到消息列表。")
