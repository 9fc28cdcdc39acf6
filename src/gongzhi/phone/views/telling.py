"""What I am told: messages, what is going on at my estate, whom to call."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.messages.inbox import Wanted, inbox_of, page_of
from gongzhi.messages.presenting import told_messages
from gongzhi.values.refusals import NotAllowed

from ..estate import contacts, manager_today
from ..happening import course, ended, running
from ..neighbour import Neighbour, at_home
from .notices import id_in


@at_home
def message_list(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """My messages, newest first; marked where the desk marks them."""
    inbox = inbox_of(me.seat)
    if inbox is None:
        raise NotAllowed("这个账号没有消息，请换一个职务查看。")
    wanted = Wanted(unread=request.GET.get("read") == "unread", after=id_in(request.GET.get("after", "")))
    rows, more = page_of(inbox, wanted)
    told = {
        "me": me,
        "messages": told_messages(rows, inbox, me.seat, me.at),
        "newest": rows[0].pk if rows and wanted.after is None else None,
        "more": more or "",
        "unread": inbox.count(),
        "here_path": request.get_full_path(),
    }
    return render(request, "phone/messages.html", told)


@at_home
def case_list(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """What is going on at my estate, and what ended last."""
    return render(request, "phone/cases.html", {"me": me, "running": running(me), "ended": ended(me)})


@at_home
def case_page(request: HttpRequest, me: Neighbour, case_id: UUID) -> HttpResponse:
    """One of them, step by step."""
    return render(request, "phone/case.html", {"me": me} | course(me, case_id))


@at_home
def help_page(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """Without a telephone that can do this: whom to call, where to go, what to write on paper."""
    told = {"me": me, "contacts": contacts(me), "manager": manager_today(me)}
    return render(request, "phone/help.html", told)
