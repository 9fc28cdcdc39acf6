"""The start page, and what waits for me, one question a screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gongzhi.messages.inbox import inbox_of

from ..estate import contacts, manager_today, other_estates
from ..happening import count_running
from ..neighbour import Neighbour, at_home
from ..notices import count_hanging, near
from ..objections import count_unanswered, count_unconfirmed
from ..waiting import MOST, Question, questions

#: Where the session keeps what was looked at: for this sitting alone, so that it is asked again another day.
LOOKED_AT = "looked_at"


@at_home
def home(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """My estate in one sentence, what waits for me, and the ways on."""
    inbox = inbox_of(me.seat)
    told = {
        "me": me,
        "manager": manager_today(me),
        "contacts": contacts(me),
        "waiting": len(questions(me, _looked_at(request))),
        "hanging": count_hanging(me),
        "unanswered": count_unanswered(me),
        "unconfirmed": count_unconfirmed(me),
        "unread": inbox.count() if inbox is not None else 0,
        "running": count_running(me),
        "others": other_estates(me),
    }
    return render(request, "phone/home.html", told)


@at_home
def waiting(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """The next question; `after` names the one that was passed over."""
    found = questions(me, _looked_at(request))
    place = _place(found, request.GET.get("after", ""))
    told: dict[str, Any] = {"me": me, "number": place + 1, "of": len(found), "near": near(me)}
    if place < len(found):
        question = found[place]
        told |= {"question": question, "act": _address_of(question), "skip": _after(question)}
        told["is_last"] = place + 1 == len(found)
    return render(request, "phone/waiting.html", told)


@at_home
@require_POST
def looked_at(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """That was looked at; on to the next one. Noted for this sitting, and nowhere else."""
    known = {one.key for one in questions(me)}
    key = request.POST.get("key", "")
    if key in known:
        request.session[LOOKED_AT] = [*_looked_at(request), key][-MOST:]
    return redirect("my-waiting")


def _looked_at(request: HttpRequest) -> list[str]:
    return list(request.session.get(LOOKED_AT, ()))


def _place(found: list[Question], after: str) -> int:
    """Where the question stands that comes after the one named; the first where none is."""
    places = [place for place, one in enumerate(found) if one.key == after]
    return places[0] + 1 if places else 0


def _after(question: Question) -> str:
    return f"{reverse('my-waiting')}?{urlencode({'after': question.key})}"


def _address_of(question: Question) -> str:
    """Where it is done: a task in its case, a reply among mine, an objection and a report on the public pages."""
    if question.task is not None:
        return f"{reverse('case', args=[question.task.case_id])}#step-{question.task.round.step.code}"
    if question.reply is not None:
        return f"{reverse('my-objections')}#o-{question.reply.pk}"
    assert question.one is not None
    page = "notice-object" if question.kind == "object" else "notice-missing"
    return reverse(page, args=[question.one.notice.pk])
