"""Letting a photograph out beside its notice: a numbered grid over it says which parts are painted over."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongzhi.acts.facts import read_facts
from gongzhi.notices.facts import ShowPicture, WithdrawPicture
from gongzhi.notices.models import Notice, PublicPicture
from gongzhi.notices.pictures import may_show, picture_of, show_picture, withdraw_picture
from gongzhi.papers.models import MarkedCopy
from gongzhi.papers.photographs import grid
from gongzhi.papers.queries import headers_of, preview_of
from gongzhi.procedures.queries import case_seen
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import Seat, seated
from gongzhi.values.refusals import NotAllowed, NotFound, Refusal

from .acting import actor_in

CELL, CAPTION, CHECKED, WHY, KEY = "cell", "caption", "checked", "why", "key"


@seated
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, seat: Seat, notice_id: UUID, mark_id: UUID) -> HttpResponse:
    """The grid of one photograph; what was public already may be taken back."""
    notice = _notice(notice_id, seat)
    mark = picture_of(notice, mark_id)
    shown = PublicPicture.objects.filter(notice=notice, mark=mark, withdrawn_at=None).first()
    refusal: dict[str, Any] | None = None
    status = 200
    if request.method == "POST":
        try:
            _carry_out(request, seat, notice, mark, shown)
        except Refusal as refused:
            refusal, status = refusal_shown(refused), STATUS[refused.code]
        else:
            return redirect(f"{request.path}?done={'withdrawn' if shown is not None else 'shown'}")
    told = _told(request, notice, mark, turn_of(mark, shown)) | {"shown": shown, "refusal": refusal}
    return render(request, "desk/case/release.html", told, status=status)


def _notice(notice_id: UUID, seat: Seat) -> Notice:
    """A notice of a case the seat sees, whose pictures it may let out."""
    notice = Notice.objects.select_related("case", "estate", "issuer").filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("没有这份公示，请核对编号。")
    case_seen(notice.case_id, seat.official)
    if not may_show(notice, seat.appointment, seat.at):
        raise NotAllowed(f"您无权公开这份公示的照片，应由公示人{notice.issuer.name}、社区或者街道办理。")
    return notice


def _carry_out(
    request: HttpRequest, seat: Seat, notice: Notice, mark: MarkedCopy, shown: PublicPicture | None
) -> None:
    by, key, said = actor_in(request, seat), request.POST.get(KEY, "")[:100], request.POST
    if shown is not None:
        taken = {"public_picture": str(shown.pk), "why": said.get(WHY, "")}
        withdraw_picture(by=by, at=seat.at, facts=read_facts(WithdrawPicture, taken), key=key)
        return
    let = {
        "notice": str(notice.pk),
        "picture": str(mark.pk),
        "covered": [int(one) for one in said.getlist(CELL) if one.isdecimal()],
        "caption": said.get(CAPTION, ""),
        "checked": said.get(CHECKED) == "true",
    }
    show_picture(by=by, at=seat.at, facts=read_facts(ShowPicture, let), key=key)


def _told(request: HttpRequest, notice: Notice, mark: MarkedCopy, turn: str) -> dict[str, Any]:
    """The picture under its grid, with what was chosen already."""
    photo, chosen = mark.photograph, set(request.POST.getlist(CELL))
    return {
        "notice": notice,
        "row": notice.case,
        "mark": mark,
        "photo": photo,
        "cells": [(cell, str(cell.number) in chosen) for cell in grid.cells(photo.width, photo.height)],
        "tall": photo.height > photo.width,
        "caption": request.POST.get(CAPTION, mark.subject.partition("·")[2] or mark.subject),
        "checked": request.POST.get(CHECKED) == "true",
        "why": request.POST.get(WHY, ""),
        "key": request.POST.get(KEY) or f"picture-{mark.pk}-{turn}",
        "plain": reverse("picture-plain", args=[notice.pk, mark.pk]),
        "done": request.GET.get("done", ""),
    }


def turn_of(mark: MarkedCopy, shown: PublicPicture | None) -> str:
    """Tells one letting out, and one taking back, from the next: a form sent twice counts once."""
    return f"{'back' if shown is not None else 'out'}-{PublicPicture.objects.filter(mark=mark).count()}"


@seated
def plain(request: HttpRequest, seat: Seat, notice_id: UUID, mark_id: UUID) -> HttpResponse:
    """The picture that lies under the grid: upright, without band and without what its camera wrote."""
    mark = picture_of(_notice(notice_id, seat), mark_id)
    file = mark.photograph.file
    headers = headers_of(file) | {"Content-Type": "image/jpeg", "ETag": f'"{file.digest}-large"'}
    return HttpResponse(preview_of(file, "large"), headers=headers)
