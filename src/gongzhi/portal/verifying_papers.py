"""What the page of verification says of an authority's paper, in plain words.

A paper is not posted: only who holds it reads here what it says. The mark in its code shows that; a number alone opens
no more than that there is such a paper, whose it is, since when, and whether it still stands.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from gongzhi.acts import log
from gongzhi.procedures.issued import fell_with_case, sealed_at
from gongzhi.procedures.models import IssuedPaper
from gongzhi.values.ids import short_code
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, minute_words

from . import proving
from .verifying import (
    COPIED,
    SCANNED,
    UNALTERED,
    Check,
    Verdict,
    code_check,
    entered_check,
    is_mark_of,
    wording_check,
)

#: What stands at the top once a whole text was compared, too; and what to who has only a number.
TRUE, NUMBERED = "这份文书是真的，一字未改", "有这个文号的文书"


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A file somebody holds, against the registered one."""

    name: str
    is_same: bool


def verify_paper(
    paper: IssuedPaper, at: datetime, printed: str = "", file: FileCheck | None = None
) -> Verdict:
    """Compare the paper as it stands with what the log holds, with the mark `printed` in its code, with a file."""
    subject = proving.of_paper(paper)
    held = proving.wording_sealed(subject, log.head())
    text, code = wording_check(subject, paper.digest, held), code_check(paper.digest, printed)
    if not is_held(paper, printed):
        text = replace(text, words=_UNSEEN.get(text.state, text.words))
    if not printed:
        code = replace(code, words=_BY_FILE if file is not None and file.is_same else _SCAN)
    stands = tuple(_stands(paper, subject))
    kind, heading, words = _verdict(paper, at, text, code, stands, file)
    checks = (text, code, _issuer(paper), *stands, entered_check(held))
    return Verdict(kind, heading, words, checks, held, TRUE if heading == SCANNED else "")


#: What is said to who has only a number: there is nothing on the page to compare with.
_SCAN = "扫了才知道纸上的文字是不是登记的文字；也可以用收到的电子文件核对。"
_BY_FILE = "电子文件已经核对；手上有纸的，仍可以扫码核对纸上的文字。"
_UNSEEN = {"good": "登记的文字与公开登记簿里的留证一致。"}


def is_held(paper: IssuedPaper, printed: str) -> bool:
    """Whether who asks holds the paper: the mark in its code is the one of its wording."""
    return bool(printed) and is_mark_of(paper.digest, printed)


def _verdict(
    paper: IssuedPaper,
    at: datetime,
    text: Check,
    code: Check,
    stands: tuple[Check, ...],
    file: FileCheck | None,
) -> tuple[str, str, str]:
    looked = f"核验时间 {minute_words(at)}。"
    ask = f"请不要采信，并向{paper.issuer_name}查问。{looked}"
    true = UNALTERED if text.state == code.state == "good" else NUMBERED
    if text.state == "bad" or any(one.title == TAMPERED for one in stands):
        return "bad", "这份文书与登记的不一致", ask
    if code.state == "bad":
        return "bad", "纸上的二维码与登记的文字对不上", ask
    if paper.number.voided_at is not None:
        return "warn", f"{true}，但编号已经作废", f"不要再按它办理。{looked}"
    if fell_with_case(paper):
        return "warn", f"{true}，但已随案件终止作废", f"不要再按它办理。{looked}"
    if paper.replaced_at is not None:
        return "warn", f"{true}，但已经被取代", f"请以新的文书为准。{looked}"
    if text.state == "open":
        return "warn", "编号是真的，留证正在进行", f"通常一分钟内完成，请稍后再看一次。{looked}"
    if file is not None and not file.is_same:
        return "warn", f"{NUMBERED}，但您的文件不是登记的那一份", f"请不要凭这个文件办理。{looked}"
    if file is not None:
        return "good", "您的文件就是登记的那一份，一字未改", f"逐字节相同。{looked}"
    if code.state == "open":
        return "warn", NUMBERED, f"文字是否一致，扫纸上的二维码才能核对。{looked}"
    return "good", SCANNED, f"{COPIED}{looked}"


#: What is said where the log holds another state than the register.
TAMPERED = "状态与公开登记簿不符"


def _issuer(paper: IssuedPaper) -> Check:
    body = paper.paper.organisation
    assert body is not None
    named = f"{paper.issuer_name}（{body.get_kind_display()}），{date_words(_day(paper.signed_at))}签发"
    now = f"，现在的名称是{body.name}" if body.name != paper.issuer_name else ""
    return Check("good", "发文机关已登记", f"{named}{now}。")


def _stands(paper: IssuedPaper, subject: proving.Subject) -> Iterator[Check]:
    """Whether it is in use: the register's word, and that the log holds the same."""
    if not proving.is_state_true(subject):
        yield Check("bad", TAMPERED, "作废、取代的登记或者电子文件有改动，没有留证。")
    if paper.number.voided_at is not None:
        yield Check("bad", "编号已经作废", f"{minute_words(paper.number.voided_at)}作废，此后不再使用。")
    elif fell_with_case(paper):
        assert paper.replaced_at is not None
        yield Check(
            "bad", "已随案件终止作废", f"{minute_words(paper.replaced_at)}起不再使用，没有新的文书代替它。"
        )
    elif paper.replaced_at is not None:
        yield Check("bad", "已经被取代", f"{minute_words(paper.replaced_at)}起不再使用。")
    elif (sealed := sealed_at(paper)) is None:
        yield Check("open", "已签发，还没有用印", "用印以后才会送达；手上已经有纸的，请向发文机关查问。")
    else:
        yield Check("good", "没有作废，也没有被取代", f"{minute_words(sealed)}用印登记。")


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def printed_around(paper: IssuedPaper) -> list[str]:
    """What stands on the paper beside its wording: its imprint and the words of its code."""
    day = date_words(_day(paper.signed_at))
    return [
        f"{paper.issuer_name}{day}印发",
        "扫码核对这份文书，不用登录",
        f"核验码{short_code(paper.pk)}",
        "附件",
        "演练",
    ]


def told_nothing(verdict: Verdict, is_nothing: bool) -> Verdict:
    """The verdict where somebody asked to compare a file and chose none: nobody takes what it says for the file's."""
    if not is_nothing or verdict.kind == "bad":
        return verdict
    return replace(verdict, kind="warn", heading="没有选文件，没有核对", words=f"{NO_FILE}。")


#: What is said where a file was to be compared and none came.
NO_FILE = "请先选您收到的 PDF 文件，再点“核对文件”"


# A file ---------------------------------------------------------------------------------------------------------------


def compare_file(paper: IssuedPaper, sent: "UploadedFile[Any]") -> FileCheck:
    """Whether the file is the registered one, byte for byte. It is read and not kept."""
    mark, file = hashlib.sha256(), paper.paper.file
    for chunk in sent.chunks():
        mark.update(chunk)
    return FileCheck((sent.name or "")[:120], file is not None and mark.hexdigest() == file.digest)
