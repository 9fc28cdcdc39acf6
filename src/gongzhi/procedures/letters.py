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
from gongzhi.registry.models import Organisation
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, instant_words

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
    letter: Letter,
    *,
    kind: PaperKind,
    recipient: str,
    issuer: Organisation,
    number: DocumentNumber,
    at: datetime,
) -> Paper:
    """Put in number, addressee, signature and date, set it, keep it. Inside the door; `at` is the day it is signed.

    NotPossible where a character cannot be printed; then nothing was signed and no number is gone.
    """
    by, day = present_act().by, date_words(at.astimezone(ZONE).date())
    whole = letter.model_copy(
        update={
            "issuer": letter.issuer or issuer.name,
            "recipient": letter.recipient or recipient,
            "number": number.text,
            "signers": letter.signers or (issuer.name,),
            "date": day,
        }
    )
    file = keep_document(render(whole, at=at), name=f"{number.text}{letter.title}.pdf", by=by, at=at)
    return write_paper(Draft(kind, letter.title, file, issuer, number), by=by, at=at)


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
        return instant_words(value)
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, (tuple, list)):
        return "、".join(filter(None, map(_words, value)))
    return str(value)
