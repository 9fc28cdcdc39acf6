"""Photographs that come with a public form: stored before the form is judged, so that none is taken twice."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongzhi.acts.actor import Actor
from gongzhi.papers.actions import store_upload
from gongzhi.papers.models import File
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.storage import digest_of
from gongzhi.ui.forms.facts_form import Paper, paper_name, shot_name
from gongzhi.values.refusals import Invalid

from .. import speaking

#: In the form: what is stored already, and what is taken away again.
KEPT, GONE = "kept-photo", "gone-photo"
#: Id and name of each photograph that is stored.
Kept = tuple[tuple[str, str], ...]


def asked(paper: Paper, kept: Kept) -> Paper:
    """The photograph's field with what is stored already."""
    return replace(paper, pictures=kept, gone=GONE)


def sent(paper: Paper, kept: Kept) -> list[dict[str, str]]:
    """The stored photographs as an act takes them."""
    return [{"file": one[0], "kind": paper.code} for one in kept]


def kept_of(request: HttpRequest, paper: Paper, by: Actor, at: datetime) -> tuple[Kept, str]:
    """The photographs that are stored by now; why one could not come in."""
    own = File.objects.filter(
        uploaded_by_account=by.account_id, pk__in=filter(_is_id, request.POST.getlist(KEPT))
    )
    gone = request.POST.getlist(GONE)
    kept = {str(pk): name for pk, name in own.values_list("pk", "name") if str(pk) not in gone}
    wrong, key = "", speaking.key_of(request.POST)
    for way in Way:
        for upload in request.FILES.getlist(shot_name(paper_name(paper.code), way)):
            try:
                pk, name = _stored(upload, paper, way, by, at, key)
            except Invalid as refused:
                wrong = refused.sentence
                continue
            kept[pk] = name
    return tuple(kept.items()), wrong


def _stored(
    file: "UploadedFile[Any]", paper: Paper, way: Way, by: Actor, at: datetime, key: str
) -> tuple[str, str]:
    """Keep a photograph. Sent twice under one key it is one."""
    once = f"{key}-{way}-{digest_of(file.read())[:40]}"
    file.seek(0)
    name, scans = file.name or paper.title, paper.takes_scans
    answer = store_upload(by=by, at=at, upload=file, name=name, key=once, way=way, takes_scans=scans)
    return str(answer.value["id"]), str(answer.value["name"])


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
