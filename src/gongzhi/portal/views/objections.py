"""提出异议: signed in, through the door; on paper, where and how."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.accounts import unsent
from gongzhi.acts.actor import Actor
from gongzhi.notices.facts import Object
from gongzhi.notices.presenting import told_notice
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import to_sign_in
from gongzhi.values.refusals import Refusal

from .. import reading, speaking
from ..objecting import OBJECT, Hearing
from ..pages import instant, show

#: In the address of the receipt: that it was sent, and the number of one that was entered for somebody else.
SENT, TURN = "sent", "turn"


def object_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The form for who may object, and the way on paper for everybody."""
    notice, at = reading.notice_named(notice_id), instant()
    by, hearing = speaking.actor_of(request, at), Hearing(notice, at)
    if by is None and request.method == "POST":
        return to_sign_in(request)
    told = _told(request, hearing, by)
    form: FactsForm | None = told["form"]
    if by is None or form is None or request.method != "POST":
        return show(request, "object.html", told)
    if not form.is_valid():
        return show(request, "object.html", told, status=400)
    try:
        said = form.facts()
        speaking.stand(notice, OBJECT, said, by=by, at=at, key=told["key"])
    except Refusal as refused:
        return show(request, "object.html", told | {"refused": refusal_shown(refused)}, STATUS[refused.code])
    assert isinstance(said, Object)
    turn = f"&{TURN}={hearing.turn_of(said.on_paper_from)}" if said.on_paper_from else ""
    return redirect(f"{request.path}?{SENT}=1{turn}")


def _told(request: HttpRequest, hearing: Hearing, by: Actor | None) -> dict[str, Any]:
    """What the page says; `closed`: why it is too late, `barred`: who may instead."""
    notice, at = hearing.notice, hearing.at
    closed, barred = hearing.closed, hearing.barred(by) if by is not None else ""
    enters = by is not None and hearing.enters(by)
    is_offered = by is not None and (request.method == "POST" or not (closed or barred))
    return {
        "notice": told_notice(notice, at),
        "objectors": speaking.objectors(notice),
        "community": speaking.community_of(notice, at),
        "issuer": notice.issuer,
        "answers": hearing.answers,
        "closed": closed,
        "barred": barred,
        "form": _form(request, hearing, by, enters=enters) if by is not None and is_offered else None,
        "key": speaking.key_of(request.POST),
        "earlier": hearing.earlier_of(by) if by is not None else [],
        "sent": request.GET.get(SENT) == "1",
        "entered_for": hearing.entered_for(request.GET.get(TURN, "")) if enters else "",
        "at": at,
    }


def _form(request: HttpRequest, hearing: Hearing, by: Actor, *, enters: bool) -> FactsForm:
    """The facts of an objection, or what was sent of one too late; only the community names somebody else."""
    form = form_of(Object, data=request.POST if request.method == "POST" else unsent.take(request))
    if not enters:
        form.fields.pop("on_paper_from")
    elif not hearing.is_objector(by):
        form.fields["on_paper_from"].required = True
    return form
