"""A form of an act that was sent: its paper is stored first, then it is judged and carried out. Nothing is lost.

A form carries a key, so that what was sent twice counts once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.papers.actions import store_upload
from gongzhi.papers.models import File
from gongzhi.ui.forms import FactsForm
from gongzhi.ui.forms.facts_form import paper_name
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.ui.seat import Seat
from gongzhi.values.ids import new_id
from gongzhi.values.refusals import Invalid, Refusal

from ..keyset import id_in

KEY, KEPT = "form-key", "kept-paper"


@dataclass(frozen=True)
class Sent:
    """What came of a form: an answer, or the form again with its status and why."""

    answer: Answer | None = None
    status: int = 200
    refusal: Mapping[str, Any] | None = None


def actor_in(request: HttpRequest, seat: Seat) -> Actor:
    """Who acts, in the post of the seat."""
    return Actor(request.user.pk, seat.appointment.pk, seat.appointment.person_id)


def key_in(request: HttpRequest) -> str:
    """The key the form was shown with, a new one where it is shown first."""
    return request.POST.get(KEY, "") or f"exits-{new_id()}"


def carried(form: FactsForm, carry: Callable[[], Answer]) -> Sent:
    """Carry it out where it can be read; a refusal is said at its fields, or above the form."""
    if not form.is_valid():
        return Sent(status=STATUS["invalid"])
    try:
        return Sent(carry())
    except Invalid as wrong:
        form.refuse(wrong)
        return Sent(status=STATUS[wrong.code])
    except Refusal as refused:
        return Sent(status=STATUS[refused.code], refusal=refusal_shown(refused))


def kept_paper(request: HttpRequest, code: str, seat: Seat) -> tuple[tuple[str, str] | None, str]:
    """Id and name of the file that came now or with an earlier sending, and why one may not come in."""
    upload = request.FILES.get(paper_name(code))
    if upload is None:
        return _before(request), ""
    try:
        return _stored(upload, key_in(request), actor_in(request, seat), seat.at), ""
    except Invalid as refused:
        return None, refused.sentence


def _stored(upload: UploadedFile[Any], key: str, by: Actor, at: datetime) -> tuple[str, str]:
    """The same bytes under the same form's key are one file, so that a form sent twice says the same twice."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    once = f"{key[:60]}-{digest.hexdigest()[:40]}"
    value = store_upload(by=by, at=at, upload=upload, name=upload.name or "", key=once).value
    return str(value["id"]), str(value["name"])


def _before(request: HttpRequest) -> tuple[str, str] | None:
    """A file the same account stored before."""
    kept = id_in(request.POST.get(KEPT, ""))
    row = File.objects.filter(pk=kept, uploaded_by_account=request.user.pk).first() if kept else None
    return (str(row.pk), row.name) if row is not None else None
