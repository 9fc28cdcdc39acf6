"""What was sent, and what a round made before it was void (历史文书): papers in the words they had then.

A paper of a case is made of what the case says now. A letter of one side to the other stays as it was sent though a
deadline moves later (`Document.is_kept`). A round that is void says nothing any longer, yet its papers were handed
over, posted and filed: they are kept as they stood, and belong to the volume as its files do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from gongzhi.acts.canonical import digest
from gongzhi.acts.door import present_act
from gongzhi.papers.actions import keep_document
from gongzhi.papers.documents import DOCUMENTS
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.media import MediaType
from gongzhi.papers.models import File
from gongzhi.papers.queries import content_of
from gongzhi.values.refusals import NotPossible

from .declare import Step
from .documents import Copy, Document, Made, Source, author_of, papers_of
from .models import PastPaper, Round
from .view import CaseView

#: Stands for where the door is reached until the paper is printed: a code on it opens a page there.
_SITE = "https://site.invalid"
_PICTURES = "photos"


def keep_papers(
    case: CaseView,
    rounds: Iterable[tuple[Step[Any], Round]],
    why: str,
    at: datetime,
    *,
    below: bool = True,
) -> None:
    """Keep what these rounds have made, and the cases below them, before any of it is void. Inside the door.

    Not `below`: cases below that end with this one keep their own.
    """
    for step, found in rounds:
        for made in papers_of(case, step, found, at, site=_SITE):
            if _tells_of_its_round(made):
                _keep(made, found, why, at)
        child = case.child_of(found.id) if below else None
        if child is not None:
            keep_papers(child, child.live_rounds(), why, at)


def keep_sent(case: CaseView, step: Step[Any], found: Round, at: datetime, *, again: bool = False) -> None:
    """Keep the letters this very act has sent, once the clocks have followed it. Inside the door.

    `again`: what was said was put right, and its letters with it; the words of before stay beside them.
    """
    if found.void_at is not None or not any(one.is_kept for one in step.documents()):
        return
    for made in papers_of(case, step, found, at, site=_SITE):
        said_at = made.source.copy.said_at
        if not made.document.is_kept or said_at is None:
            continue
        if again or (said_at == at and not _editions(made).exists()):
            _keep(made, found, "", at, anew=True)


def _editions(made: Made) -> QuerySet[PastPaper]:
    """What was kept of one paper of a step."""
    return PastPaper.objects.filter(
        round_id=made.source.view.id, document=made.document.code, key=made.source.copy.key
    )


def words_kept(made: Made) -> Form | None:
    """A letter of a round that counts, as it was sent; None where nothing was kept of it."""
    row = _editions(made).order_by("-edition").first()
    return form_of(row, made.source.site) if row is not None else None


def _tells_of_its_round(made: Made) -> bool:
    """Whether it is final, and tells of an act of this very round: a kind may make papers of earlier ones too."""
    said_at = made.source.copy.said_at
    return said_at is not None and any(said.at == said_at for said in made.source.view.said)


def _keep(made: Made, found: Round, why: str, at: datetime, *, anew: bool = False) -> None:
    """`anew`: in the words of now, whatever was kept before."""
    try:
        form = made.form_now() if anew else made.form()
    except NotPossible:
        return
    words = form.model_dump(mode="json", exclude={_PICTURES: {"__all__": {"image"}}})
    PastPaper.objects.create(
        case=made.source.case.row,
        round=found,
        document=made.document.code,
        key=made.source.copy.key,
        edition=_editions(made).count() + 1 if made.document.is_kept else 1,
        of=made.source.copy.of,
        title=made.document.title_of(made.source),
        author=author_of(made),
        template=form.template,
        words=words,
        pictures=[_picture(one.image, made.title, at) for one in getattr(form, _PICTURES, ())],
        digest=digest(words),
        is_public=made.document.is_public,
        is_filed=made.document.is_filed,
        said_at=made.source.made_at,
        kept_at=at,
        why=why[:300],
    )


def _picture(image: bytes, title: str, at: datetime) -> str:
    by = present_act().by
    return keep_document(image, name=f"{title}.jpg", by=by, at=at, media_type=MediaType.JPEG).pk.hex


def papers_kept(case: CaseView, at: datetime, site: str, beside: Collection[Made]) -> Iterator[Made]:
    """The papers of its void rounds, oldest first, but for those that stand beside what counts all the same."""
    void = {
        one.id: (step, one) for step in case.declared for one in case.rounds(step) if one.void_at is not None
    }
    if not void:
        return
    known = {_what(made) for made in beside}
    rows = PastPaper.objects.filter(case=case.row, round__in=void).defer("words", "pictures")
    last = {(row.round_id, row.document, row.key): row for row in rows.order_by("edition")}
    for row in sorted(last.values(), key=lambda one: (one.said_at, one.id)):
        step, found = void[row.round_id]
        of = row.of if "轮" in row.of else "，".join(filter(None, (row.of, f"第{found.number}轮")))
        copy = Copy(row.key, of, row.said_at, past=found.number, past_why=row.why or found.void_why)
        source = Source(case, step, case.round_view(found), copy, at, site)
        made = Made(_document(row, step), source)
        if _what(made) not in known:
            yield made


def _what(made: Made) -> tuple[str, str, datetime | None]:
    """What makes two of them the same paper."""
    step, copy = made.source.step, made.source.copy
    return (step.code if step is not None else "", made.document.code, copy.said_at)


def _document(row: PastPaper, step: Step[Any]) -> Document:
    """Its document as it is declared by now, filled with the words of then."""
    declared = next((one for one in step.documents() if one.code == row.document), None)
    own = declared or Document(row.document, row.title, _nothing)
    return replace(
        own,
        title=row.title,
        titled=None,
        fill=lambda source: form_of(row, source.site),
        author=lambda _: row.author,
        is_public=row.is_public,
        is_filed=row.is_filed,
        is_kept=False,
    )


def _nothing(source: Source) -> None:
    return None


def form_of(row: PastPaper, site: str = "") -> Form:
    """The paper as it stood; a code on it opens a page at `site`, and without one there is none."""
    words = json.loads(json.dumps(row.words).replace(_SITE, site))
    if not site and words.get("address"):
        words["address"] = ""
    files = File.objects.in_bulk(row.pictures) if row.pictures else {}
    for told, key in zip(words.get(_PICTURES, ()), row.pictures, strict=True):
        told["image"] = content_of(next(one for one in files.values() if one.pk.hex == key))
    return DOCUMENTS[row.template].model_validate(words)
