"""公示: what hangs at my estate, one of them in full; and what I objected to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongzhi.law import queries as law
from gongzhi.registry.acting import actor_of
from gongzhi.values.refusals import NotFound

from ..estate import contacts
from ..neighbour import Neighbour, at_home
from ..notices import hanging, near, one_hanging
from ..objections import confirm, page_of, reply_of


@at_home
def notice_list(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """Everything that hangs, the soonest to end first; for a volunteer, to be checked at the wall."""
    told = {"me": me, "notices": hanging(me), "near": near(me)}
    return render(request, "phone/notices.html", told)


@at_home
def notice_page(request: HttpRequest, me: Neighbour, notice_id: UUID) -> HttpResponse:
    """One notice of my estate, with what I can do about it."""
    one = one_hanging(me, notice_id)
    if one is None:
        raise NotFound("您的小区没有这份公示，请从公示列表里打开。")
    told = {"me": me, "one": one, "near": near(me), "contacts": contacts(me)}
    return render(request, "phone/notice.html", told)


@at_home
def objection_list(request: HttpRequest, me: Neighbour) -> HttpResponse:
    """What I objected to, newest first, each with its reply or the date of it."""
    found, more = page_of(me, id_in(request.GET.get("after", "")))
    told = {"me": me, "found": found, "more": more or "", "near": near(me)}
    return render(request, "phone/objections.html", told)


@at_home
def reply_paper(request: HttpRequest, me: Neighbour, objection_id: UUID) -> HttpResponse:
    """异议答复书 to one of my objections, to read and to print."""
    with law.pinned():
        content = reply_of(me, objection_id)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="dafushu.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@at_home
@require_POST
def reply_received(request: HttpRequest, me: Neighbour, objection_id: UUID) -> HttpResponse:
    """The reply to one of my objections has arrived, I say."""
    assert request.user.pk is not None
    confirm(me, actor_of(request.user.pk, me.seat.pk, me.at), objection_id)
    return redirect(f"{reverse('my-objections')}#o-{objection_id}")


def id_in(text: str) -> UUID | None:
    """An id from the address; whatever is none is as good as not asked."""
    try:
        return UUID(text)
    except ValueError:
        return None
