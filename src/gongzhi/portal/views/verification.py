"""扫码核验: what the QR of a notice or of a paper opens, and the files that check the proof without this site."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.csrf import csrf_exempt

from gongzhi.acts import log
from gongzhi.notices.models import Notice
from gongzhi.papers.codes import PRINTED, Pasted, host_named, read_pasted
from gongzhi.procedures.models import IssuedPaper
from gongzhi.values.ids import short_code
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound

from .. import proving, reading
from ..pages import instant, is_own_host, show
from ..verifying import UNNAMED, answered, compare, led_to, printed_beside
from ..verifying import verify as look
from ..verifying_papers import compare_file, is_held, printed_around, told_nothing, verify_paper


def start(request: HttpRequest) -> HttpResponse:
    """Type a number or a code, or paste the address that a QR holds."""
    text = request.GET.get("q", "").strip()
    if not text:
        return show(request, "verification.html", {"head": log.head()})
    told = {"head": log.head(), "q": text}
    pasted = read_pasted(text)
    try:
        found = reading.find_printed(pasted.code if pasted is not None else text)
    except NotFound as missing:
        return show(request, "verification.html", told | {"missing": missing.sentence}, status=404)
    if len(found) == 1:
        return redirect(f"{reverse('verify', args=[short_code(found[0].pk)])}{_carried(request, pasted)}")
    return show(request, "verification.html", told | {"found": found})


def _carried(request: HttpRequest, pasted: Pasted | None) -> str:
    """What a pasted address hands on to the page: its mark and day, and its host where that is another site's."""
    if pasted is None:
        return ""
    is_foreign = pasted.host and not is_own_host(request, pasted.host)
    led = urlencode({"host": host_named(pasted.host) or UNNAMED}) if is_foreign else ""
    query = "&".join(filter(None, (pasted.query, led)))
    return f"?{query}" if query else ""


@csrf_exempt  # comparing changes nothing, and the page needs no cookie
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether what is printed is as registered; a copied text or a file is compared where one was sent."""
    found = reading.printed(code)
    return _of_notice(request, found) if isinstance(found, Notice) else _of_paper(request, found)


def _of_notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    at, copied = instant(), request.POST.get("text", "").strip()
    verdict, subject = look(notice, at, _mark(request), _until(request)), proving.of_notice(notice)
    compared = compare(subject, copied, printed_beside(notice)) if copied else None
    told = {
        "notice": reading.card(notice, at),
        "annexes": reading.told_annexes(notice),
        "verdict": led_to(answered(verdict, compared), _host(request)),
        "code": short_code(notice.pk),
        "copied": copied,
        "copied_nothing": "text" in request.POST and not copied,
        "compared": compared,
        "digest": notice.digest,
        "proof": proving.proof_of(subject) if verdict.held is not None else None,
        "at": at,
    }
    return show(request, "verify.html", told)


def _of_paper(request: HttpRequest, paper: IssuedPaper) -> HttpResponse:
    at, mark, subject = instant(), _mark(request), proving.of_paper(paper)
    copied, sent = request.POST.get("text", "").strip(), request.FILES.get("file")
    file = compare_file(paper, sent) if isinstance(sent, UploadedFile) else None
    nothing = request.method == "POST" and "text" not in request.POST and file is None
    verdict, held = verify_paper(paper, at, mark, file), is_held(paper, mark)
    compared = compare(subject, copied, printed_around(paper)) if copied and held else None
    told = {
        "paper": paper,
        "verdict": led_to(told_nothing(answered(verdict, compared), nothing), _host(request)),
        "is_held": held,
        "code": short_code(paper.pk),
        "mark": mark,
        "host": _host(request),
        "filed_nothing": nothing,
        "copied": copied,
        "copied_nothing": "text" in request.POST and not copied,
        "compared": compared,
        "compared_file": file,
        "digest": paper.digest,
        "proof": proving.proof_of(subject) if verdict.held is not None and held else None,
        "at": at,
    }
    return show(request, "verify_paper.html", told)


def proof_file(request: HttpRequest, code: str) -> HttpResponse:
    """The proof as JSON; `since`: the size of the log that the reader wrote down."""
    return _file(proving.proof_text(_proof(request, code)), "application/json", _name(code, "json"))


def whole_file(request: HttpRequest, code: str) -> HttpResponse:
    """The verifier with the proof in it."""
    return _file(proving.whole_text(_proof(request, code)), "text/x-python", _name(code, "py"))


def page_file(request: HttpRequest, code: str) -> HttpResponse:
    """A page that checks itself, for whoever has a browser and nothing else."""
    return _file(proving.page_text(_proof(request, code)), "text/html", _name(code, "html"))


def verifier_file(request: HttpRequest) -> HttpResponse:
    """The verifier alone."""
    return _file(proving.VERIFIER.read_text("utf-8"), "text/x-python", "verify.py")


def _proof(request: HttpRequest, code: str) -> dict[str, Any]:
    """The proof of a notice for anybody, of a paper for who holds it: it says what the paper says."""
    found = reading.printed(code)
    if isinstance(found, Notice):
        return proving.proof_of(proving.of_notice(found), _since(request))
    if not is_held(found, _mark(request)):
        raise NotAllowed("文书的留证只给手上有这份文书的人，请扫纸上的二维码打开核验页，再从那里下载。")
    return proving.proof_of(proving.of_paper(found), _since(request))


def _mark(request: HttpRequest) -> str:
    """The mark of the wording that the QR carries."""
    return request.GET.get("d", "")[:PRINTED]


def _host(request: HttpRequest) -> str:
    """The other site that the code on the paper leads to; "" where it leads here, and for what is no site's name.

    What an address says is shown only where it can be a site: anybody may write an address.
    """
    said = request.GET.get("host", "")
    host = said if said == UNNAMED else host_named(said)
    return "" if is_own_host(request, host) else host


def _until(request: HttpRequest) -> date | None:
    """The last day that the QR carries."""
    try:
        return parse_date(request.GET.get("u", ""))
    except ValueError:
        return None


def _since(request: HttpRequest) -> int | None:
    text: Any = request.GET.get("since", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise Invalid("登记簿的条数要写成数字，请核对后重试。")
    return int(text[:18])


def _name(code: str, ending: str) -> str:
    found = reading.printed(code)
    return f"{'gongshi' if isinstance(found, Notice) else 'wenshu'}-{short_code(found.pk)}.{ending}"


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
