"""The one place that turns refusals into pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.values.refusals import Refusal

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
