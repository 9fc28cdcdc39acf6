"""An issued paper in the public log: its wording from 签发 on, and how it stands; what its code opens.

Anybody who holds the paper can check it without an account. The log holds digests alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from gongzhi.acts import log
from gongzhi.acts.canonical import digest
from gongzhi.papers.codes import verify_path
from gongzhi.papers.documents import Letter
from gongzhi.papers.wording import words_of
from gongzhi.values.ids import short_code
from gongzhi.values.refusals import NotPossible

from .models import Case, CaseAct, IssuedPaper

#: The kinds of log entry: what the paper says, and how it stands.
PAPER, STANDING = "paper", "paper_standing"
#: The act by which it reaches whom it is addressed to.
SERVE = "serve"


def wording(issued: IssuedPaper) -> dict[str, Any]:
    """What a printed paper is checked against."""
    return {
        "number": issued.number.text,
        "title": issued.title,
        "body": issued.body,
        "recipient": issued.recipient,
        "issuer": str(issued.number.organisation_id),
        "issuer_name": issued.issuer_name,
        "signed_at": issued.signed_at,
    }


def standing(issued: IssuedPaper) -> dict[str, Any]:
    """Its file as it is served, and whether its number was voided or another paper stands in its place."""
    file = issued.paper.file
    return {
        "number": issued.number.text,
        "file": file.digest if file is not None else "",
        "voided_at": issued.number.voided_at,
        "void_reason": issued.number.void_reason,
        "replaced_at": issued.replaced_at,
    }


def as_signed(issued: IssuedPaper, letter: Letter) -> None:
    """Keep what the paper says, and the digest of it."""
    issued.title, issued.body = letter.title, words_of(letter)
    issued.issuer_name, issued.recipient = letter.issuer, letter.recipient
    issued.digest = digest(wording(issued))


def demand_unchanged(issued: IssuedPaper, letter: Letter) -> None:
    """What is sealed is what was signed: NotPossible where the same facts would be worded otherwise by now."""
    if words_of(letter) != issued.body:
        raise NotPossible(f"{issued.number.text}的文字与签发时不一致，请作废编号后重新拟稿、签发。")


def with_code(issued: IssuedPaper, letter: Letter) -> Letter:
    """The letter with its code: it opens the page on which anybody can check it."""
    if not settings.SITE:
        return letter
    code = short_code(issued.pk)
    words = (
        "扫码核对这份文书，不用登录",
        f"核验码 {' '.join(code[at : at + 5] for at in range(0, len(code), 5))}",
    )
    address = f"{settings.SITE}{verify_path(issued.pk, issued.digest)}"
    return letter.model_copy(update={"address": address, "check_words": words})


def publish_wording(issued: IssuedPaper, at: datetime) -> None:
    """Put the wording into the log, once."""
    log.publish(kind=PAPER, subject_id=issued.pk, content=issued.digest, at=at)


def publish_standing(issued: IssuedPaper, at: datetime) -> None:
    """Put into the log how the paper stands, whenever that changes."""
    log.publish(kind=STANDING, subject_id=issued.pk, content=digest(standing(issued)), at=at)


def sealed_at(issued: IssuedPaper) -> datetime | None:
    """When the register of seals has it; None for a paper that is signed and no more."""
    said = CaseAct.objects.filter(round=issued.round_id, name="seal").order_by("-seq")
    return said.values_list("at", flat=True).first()


def fell_with_case(issued: IssuedPaper) -> bool:
    """Whether it went out of use because its case ended, and no newer one of the same step stands in its place."""
    if issued.replaced_at is None or issued.case.ended_at is None:
        return False
    return not newer_of(issued).exists()


def same_step(case: Case, code: str) -> QuerySet[IssuedPaper]:
    """Every paper of a step of a case, with those of the cases that the same step above opened before this one."""
    own = Q(case=case)
    if case.parent_id is not None:
        own = Q(case__parent=case.parent_id, case__procedure=case.procedure)
    return IssuedPaper.objects.filter(own, round__step__code=code)


def newer_of(issued: IssuedPaper) -> QuerySet[IssuedPaper]:
    """The papers of the same step that were signed later and whose numbers are not void."""
    rows = same_step(issued.case, issued.round.step.code)
    return rows.filter(signed_at__gt=issued.signed_at, number__voided_at=None)


def is_served(issued: IssuedPaper) -> bool:
    """Whether it reached whom it is addressed to."""
    return CaseAct.objects.filter(round=issued.round_id, name=SERVE).exists()


def stands_unmarked(issued: IssuedPaper) -> bool:
    """Whether it stays in use though its round is void: it was served, and no newer one of the step was since."""
    newer = newer_of(issued).values("round")
    return is_served(issued) and not CaseAct.objects.filter(round__in=newer, name=SERVE).exists()
