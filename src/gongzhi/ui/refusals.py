"""The one place that turns refusals into pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, Refusal

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
    "not-allowed": "无权办理",
    "not-found": "没有找到",
    "not-possible": "条件未满足",
    "conflict": "他人已办理",
    "rule-broken": "依规定不能办理",
}


def refused_page(request: HttpRequest, refused: Refusal) -> HttpResponse:
    """What was refused, why, by which article, and the way back."""
    told = {
        "title": TITLES[refused.code],
        "sentence": refused.sentence,
        "citations": [str(citation) for citation in refused.citations],
    }
    return render(request, "ui/refused.html", told, status=STATUS[refused.code])


# What the framework itself refuses ----------------------------------------------------------------------------------


def csrf_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: mostly a page that lay open for long."""
    return refused_page(request, NotAllowed("页面已过期，请返回上一页刷新后重新提交。"))


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
