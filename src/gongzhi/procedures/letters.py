"""An authority's paper, set at 签发 from what its draft says: number, wording, signature and date stand then.

A room may word a paper itself (`Issue(letter=…)`); without that each field of the draft stands under its title.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongzhi.acts.door import present_act
from gongzhi.acts.facts import Facts
from gongzhi.papers.actions import Draft, keep_document, replace_paper, write_paper
from gongzhi.papers.documents import Letter
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.models import DocumentNumber, Paper
from gongzhi.papers.render import render
from gongzhi.papers.seals import seal_of
from gongzhi.registry.models import Organisation
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, minute_words

if TYPE_CHECKING:
    from .view import CaseView

#: How a room words a paper: title, paragraphs, table, attachments; the rest is put in at 签发.
Wording = Callable[["CaseView", Any], Letter]


def field_by_field(title: str, facts: Facts) -> Letter:
    """Each field that says something, under its title."""
    said = ((field.title or name, getattr(facts, name)) for name, field in type(facts).model_fields.items())
    told = ((label, _words(value)) for label, value in said)
    return Letter(title=title, paragraphs=tuple(f"{label}：{words}" for label, words in told if words))


def issue_letter(
    whole: Letter, *, kind: PaperKind, issuer: Organisation, number: DocumentNumber, at: datetime
) -> Paper:
    """Set the letter as it is signed, keep it. Inside the door; `at` is the day it is signed."""
    by = present_act().by
    file = keep_document(render(whole, at=at), name=f"{number.text}{whole.title}.pdf", by=by, at=at)
    return write_paper(Draft(kind, whole.title, file, issuer, number), by=by, at=at)


def signed_letter(
    letter: Letter, *, recipient: str, issuer: Organisation, number: str, at: datetime | None
) -> Letter:
    """The letter with everything 签发 puts in; before it, number and date are not there yet."""
    on = date_words(at.astimezone(ZONE).date()) if at is not None else ""
    return letter.model_copy(
        update={
            "issuer": letter.issuer or issuer.name,
            "printer": (letter.printer or issuer.name) if at is not None else "",
            "printed_on": on,
            "recipient": letter.recipient or recipient,
            "number": number,
            "signers": letter.signers or (issuer.name,),
            "date": on,
        }
    )


def seal_letter(paper: Paper, whole: Letter, *, signed_at: datetime, at: datetime) -> None:
    """Lay the issuer's seal over the paper, where it has one: never in a demonstration or rehearsal.

    The words are those that were signed; the copy without a seal stays among the files.
    """
    seal = seal_of(paper.organisation) if paper.organisation is not None else None
    if seal is None:
        return
    content = render(whole, at=signed_at, seal=seal)
    name = f"{whole.number}{whole.title}（已用印）.pdf"
    paper.file = keep_document(content, name=name, by=present_act().by, at=at)
    paper.save(update_fields=["file"])


def take_the_place(new: Paper, earlier: list[Paper], at: datetime) -> None:
    """The papers of earlier rounds stay and say by which one they were replaced."""
    for old in earlier:
        if old.replaced_by_id is None:
            replace_paper(old, new, at=at)


def _words(value: Any) -> str:
    if value is None or isinstance(value, UUID):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return minute_words(value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, (tuple, list)):
        return "、".join(filter(None, map(_words, value)))
    return str(value)
