"""The one place that turns refusals into pages."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from gongzhi.accounts import unsent
from gongzhi.values.refusals import AlreadyTaken, Invalid, NotFound, Refusal

from .parts.badges import cites

STATUS = {
    "invalid": 400,
    "not-allowed": 403,
    "not-found": 404,
    "not-possible": 409,
    "conflict": 409,
    "rule-broken": 422,
}
TITLES = {
    "invalid": "填写有误",
    "not-allowed": "这一步不由您办",
    "not-found": "没有找到",
    "not-possible": "现在还不能办",
    "conflict": "别人刚改过这一步",
    "rule-broken": "法规不允许",
}
#: What breaks a rule that no article is named for: mostly an answer that cannot be.
UNCITED = "提交的内容不合要求"
WAY_ON = "way_on"
ICONS = {
    "invalid": "alert-circle",
    "not-allowed": "user-x",
    "not-found": "file-search",
    "not-possible": "lock",
    "conflict": "edit",
    "rule-broken": "scale",
}


def refusal_shown(refused: Refusal) -> dict[str, Any]:
    """What a refusal's page or fragment says: its kind, its sentence, the articles, the fields."""
    code = "invalid" if isinstance(refused, AlreadyTaken) else refused.code
    is_uncited = refused.code == "rule-broken" and not refused.citations
    return {
        "title": UNCITED if is_uncited else TITLES[code],
        "icon": ICONS["invalid" if is_uncited else code],
        "sentence": refused.sentence,
        "cites": cites(refused.citations),
        "fields": list(refused.fields.values()) if isinstance(refused, Invalid) else [],
    }


def leads_on(request: HttpRequest, href: str, words: str) -> None:
    """Where a refusal of this request leads on to."""
    setattr(request, WAY_ON, (href, words))


def refused_page(request: HttpRequest, refused: Refusal) -> HttpResponse:
    """What was refused, why, by which article, and the way back; a fragment where htmx asked."""
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    template = "ui/parts/_refused.html" if asked_by_htmx else "ui/refused.html"
    told = refusal_shown(refused) | {"back": _came_from(request), "way_on": getattr(request, WAY_ON, None)}
    return render(request, template, told, status=STATUS[refused.code])


def _came_from(request: HttpRequest) -> str:
    """The page of ours one came from, "" where there is none or it is this one."""
    came = _own_page(request)
    return came if urlsplit(came).path != request.path else ""


def _own_page(request: HttpRequest) -> str:
    """The page of ours a link or a form of which was used, "" where there is none."""
    came = request.headers.get("Referer", "")
    return came if url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}) else ""


# What the framework itself refuses ----------------------------------------------------------------------------------


def csrf_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form of another session: its reader signed in again meanwhile. What was typed waits at its address."""
    is_kept = unsent.is_for(request) and unsent.keep(request)
    here = request.get_full_path()
    to = here if request.user.is_authenticated else f"{reverse('sign-in')}?{urlencode({'next': here})}"
    told = {
        "is_kept": is_kept,
        "to": to if is_kept else _own_page(request),
        "lost_files": unsent.lost_files(request) if request.FILES else [],
    }
    asked_by_htmx = request.headers.get("HX-Request") == "true"
    template = "ui/parts/_expired.html" if asked_by_htmx else "ui/expired.html"
    return render(request, template, told, status=STATUS["not-allowed"])


def missing_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address that is none."""
    return refused_page(request, NotFound("没有这个页面，请核对地址。"))


def unreadable_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that cannot be read."""
    return refused_page(request, Invalid("请求读不懂，请返回上一页重试。"))


def fault_page(request: HttpRequest) -> HttpResponse:
    """A fault of ours; nothing may be asked of the database any more."""
    head = "<!doctype html><html lang='zh-CN'><title>系统出错</title>"
    return HttpResponse(f"{head}<p>系统出错，什么都没有改动，请稍后重试。</p></html>", status=500)
