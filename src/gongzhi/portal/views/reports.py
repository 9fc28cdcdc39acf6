"""墙上没看到公示: anybody reports it; who has signed in does so in the case, with a photograph."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.accounts.lockout import address_of
from gongzhi.acts.actor import Actor
from gongzhi.notices.models import Notice
from gongzhi.notices.presenting import told_notice
from gongzhi.papers.actions import store_upload
from gongzhi.papers.models import File
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.storage import digest_of
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.forms.facts_form import Paper, paper_name, shot_name
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.values.refusals import Invalid, Refusal

from .. import reading, reporting, speaking
from ..facts import Seen
from ..pages import instant, show

PHOTO = Paper("photo", "现场照片", is_required=False, hint="照片只给办理的单位看", is_photograph=True)
SENT, KEPT, GONE = "sent", "kept-photo", "gone-photo"
#: Id and name of each photograph that is stored.
Kept = tuple[tuple[str, str], ...]


def report_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The form, and what became of it."""
    notice, at = reading.notice_named(notice_id), instant()
    by = speaking.actor_of(request, at)
    kept, wrong = _kept(request, by, at) if by is not None else ((), "")
    form = _form(request, by, kept)
    if wrong:
        form.add_error("paper-photo", wrong)
    told: dict[str, Any] = {
        "notice": told_notice(notice, at),
        "community": speaking.community_of(notice, at),
        "form": form,
        "kept": [one[0] for one in kept],
        "by": by,
        "key": speaking.key_of(request.POST),
        "sent": request.GET.get(SENT, ""),
        "at": at,
    }
    if not form.is_valid():
        return show(request, "missing.html", told, status=400 if form.is_bound else 200)
    try:
        _send(request, notice, form, by, told["key"], told["kept"])
    except Refusal as refused:
        return show(request, "missing.html", told | {"refused": refusal_shown(refused)}, STATUS[refused.code])
    return redirect(f"{request.path}?{SENT}={'task' if by is not None else 'passed-on'}")


def _form(request: HttpRequest, by: Actor | None, kept: Kept) -> FactsForm:
    """The form; a photograph has to be somebody's."""
    data = request.POST if request.method == "POST" else None
    papers = (replace(PHOTO, pictures=kept, gone=GONE),) if by is not None else ()
    return form_of(Seen, data=data, papers=papers)


def _send(
    request: HttpRequest, notice: Notice, form: FactsForm, by: Actor | None, key: str, kept: list[str]
) -> None:
    """In the name of who has signed in; else passed on to the community."""
    seen, at = form.facts(), instant()
    assert isinstance(seen, Seen)
    if by is None:
        reporting.report(notice, seen, address=address_of(request) or "-", at=at)
        return
    papers = [{"file": one, "kind": PHOTO.code} for one in kept]
    speaking.stand(
        notice, "report_torn", reporting.torn_facts(seen, at), by=by, at=at, key=key, papers=papers
    )


def _kept(request: HttpRequest, by: Actor, at: datetime) -> tuple[Kept, str]:
    """Photographs are stored before the form is judged, so that none is taken twice; why one could not come in."""
    sent, gone = request.POST.getlist(KEPT), request.POST.getlist(GONE)
    own = File.objects.filter(uploaded_by_account=by.account_id, pk__in=filter(_is_id, sent))
    kept = {str(pk): name for pk, name in own.values_list("pk", "name") if str(pk) not in gone}
    wrong, key = "", speaking.key_of(request.POST)
    for way in Way:
        for upload in request.FILES.getlist(shot_name(paper_name(PHOTO.code), way)):
            try:
                pk, name = _stored(upload, way, by, at, key)
            except Invalid as refused:
                wrong = refused.sentence
                continue
            kept[pk] = name
    return tuple(kept.items()), wrong


def _stored(file: "UploadedFile[Any]", way: Way, by: Actor, at: datetime, key: str) -> tuple[str, str]:
    """Keep a photograph. Sent twice under one key it is one."""
    once = f"{key}-{way}-{digest_of(file.read())[:40]}"
    file.seek(0)
    answer = store_upload(by=by, at=at, upload=file, name=file.name or PHOTO.title, key=once, way=way)
    return str(answer.value["id"]), str(answer.value["name"])


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
