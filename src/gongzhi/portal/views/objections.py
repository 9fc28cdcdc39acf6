"""提出异议: signed in, through the door; on paper, where and how."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.accounts import unsent
from gongzhi.notices.facts import Object
from gongzhi.notices.presenting import told_notice
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import to_sign_in
from gongzhi.values.refusals import Refusal

from .. import reading, speaking
from ..pages import instant, show

SENT = "sent"


def object_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The form for who may object, and the way on paper for everybody."""
    notice, at = reading.notice_named(notice_id), instant()
    by = speaking.actor_of(request, at)
    if by is None and request.method == "POST":
        return to_sign_in(request)
    enters = by is not None and speaking.is_community(notice, by, at)
    form = _form(request, enters=enters)
    told: dict[str, Any] = {
        "notice": told_notice(notice, at),
        "objectors": speaking.objectors(notice),
        "community": speaking.community_of(notice, at),
        "issuer": notice.issuer,
        "form": form if by is not None else None,
        "key": speaking.key_of(request.POST),
        "sent": request.GET.get(SENT) == "1",
        "at": at,
    }
    if by is None or request.method != "POST":
        return show(request, "object.html", told)
    if not form.is_valid():
        return show(request, "object.html", told, status=400)
    try:
        speaking.stand(notice, "object", form.facts(), by=by, at=at, key=told["key"])
    except Refusal as refused:
        return show(request, "object.html", told | {"refused": refusal_shown(refused)}, STATUS[refused.code])
    return redirect(f"{request.path}?{SENT}=1")


def _form(request: HttpRequest, *, enters: bool) -> FactsForm:
    """The facts of an objection, or what was sent of one too late; only the community names somebody else."""
    form = form_of(Object, data=request.POST if request.method == "POST" else unsent.take(request))
    if not enters:
        form.fields.pop("on_paper_from")
    return form
