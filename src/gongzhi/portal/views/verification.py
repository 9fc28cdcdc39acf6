"""扫码核验: what the QR opens, and the files that check the proof without this site."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt

from gongzhi.acts import log
from gongzhi.notices.codes import PRINTED, short_code
from gongzhi.notices.models import Notice
from gongzhi.notices.presenting import told_notice
from gongzhi.values.refusals import Invalid, NotFound

from .. import proving, reading
from ..pages import instant, show
from ..verifying import compare
from ..verifying import verify as look


def start(request: HttpRequest) -> HttpResponse:
    """Type a number or a code."""
    text = request.GET.get("q", "").strip()
    if not text:
        return show(request, "verification.html", {"head": log.head()})
    try:
        notice = reading.find_notice(text)
    except NotFound as missing:
        told = {"head": log.head(), "q": text, "missing": missing.sentence}
        return show(request, "verification.html", told, status=404)
    return redirect("verify", short_code(notice.pk))


@csrf_exempt  # comparing changes nothing, and the page needs no cookie
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether wording, period and issuer are as registered; a copied text is compared where one was sent."""
    notice, at = reading.find_notice(code), instant()
    printed, copied = request.GET.get("d", "")[:PRINTED], request.POST.get("text", "").strip()
    verdict = look(notice, at, printed)
    told = {
        "notice": told_notice(notice, at),
        "step_title": reading.card(notice, at)["step_title"],
        "verdict": verdict,
        "code": short_code(notice.pk),
        "copied": copied,
        "compared": compare(notice, copied) if copied else None,
        "proof": proving.proof_of(notice) if verdict.held is not None else None,
        "at": at,
    }
    return show(request, "verify.html", told)


def proof_file(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The proof as JSON; `since`: the size of the log that the reader wrote down."""
    notice = reading.notice_named(notice_id)
    proof = proving.proof_of(notice, _since(request))
    return _file(proving.proof_text(proof), "application/json", f"{_name(notice)}.json")


def whole_file(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """The verifier with the proof in it."""
    notice = reading.notice_named(notice_id)
    proof = proving.proof_of(notice, _since(request))
    return _file(proving.whole_text(proof), "text/x-python", f"{_name(notice)}.py")


def page_file(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """A page that checks itself, for whoever has a browser and nothing else."""
    notice = reading.notice_named(notice_id)
    proof = proving.proof_of(notice, _since(request))
    return _file(proving.page_text(proof), "text/html", f"{_name(notice)}.html")


def verifier_file(request: HttpRequest) -> HttpResponse:
    """The verifier alone."""
    return _file(proving.VERIFIER.read_text("utf-8"), "text/x-python", "verify.py")


def _since(request: HttpRequest) -> int | None:
    text: Any = request.GET.get("since", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise Invalid("登记簿的条数要写成数字，请核对后重试。")
    return int(text[:18])


def _name(notice: Notice) -> str:
    return f"gongshi-{short_code(notice.pk)}"


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
