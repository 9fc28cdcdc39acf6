"""墙上没看到公示: anybody reports it; who has signed in does so in the case, with a photograph."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gongzhi.accounts.lockout import address_of
from gongzhi.acts.actor import Actor
from gongzhi.notices.models import Notice
from gongzhi.notices.presenting import told_notice
from gongzhi.ui.forms import FactsForm, form_of
from gongzhi.ui.forms.facts_form import Paper
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.values.refusals import Refusal

from .. import reading, receipts, reporting, speaking
from ..facts import Seen
from ..pages import instant, show
from . import shots

PHOTO = Paper("photo", "现场照片", is_required=False, hint="照片只给办理的单位看", is_photograph=True)


def report_page(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The form, and what became of it."""
    notice, at = reading.notice_named(notice_id), instant()
    by = speaking.actor_of(request, at)
    kept, wrong = shots.kept_of(request, PHOTO, by, at) if by is not None else ((), "")
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
        "sent": receipts.received(request, by),
        "unprinted": speaking.unprinted(request, by),
        "at": at,
    }
    if not form.is_valid():
        return show(request, "missing.html", told, status=400 if form.is_bound else 200)
    try:
        became = _send(request, notice, form, by, told["key"], kept)
    except Refusal as refused:
        return show(request, "missing.html", told | {"refused": refusal_shown(refused)}, STATUS[refused.code])
    follows = f"{request.path}?{receipts.SENT}={became}"
    if by is not None:
        follows = speaking.with_signs(follows, form.facts())
    return receipts.receipt(request, by, became, "", follows)


def _form(request: HttpRequest, by: Actor | None, kept: shots.Kept) -> FactsForm:
    """The form; a photograph has to be somebody's."""
    data = request.POST if request.method == "POST" else None
    papers = (shots.asked(PHOTO, kept),) if by is not None else ()
    return form_of(Seen, data=data, papers=papers)


def _send(
    request: HttpRequest, notice: Notice, form: FactsForm, by: Actor | None, key: str, kept: shots.Kept
) -> str:
    """In the name of who has signed in; else passed on to the community. What the page then says."""
    seen, at = form.facts(), instant()
    assert isinstance(seen, Seen)
    if by is None:
        is_new = reporting.report(notice, seen, address=address_of(request) or "-", at=at)
        return "passed-on" if is_new else "known"
    papers = shots.sent(PHOTO, kept)
    speaking.stand(
        notice, "report_torn", reporting.torn_facts(seen, at), by=by, at=at, key=key, papers=papers
    )
    return "task"
