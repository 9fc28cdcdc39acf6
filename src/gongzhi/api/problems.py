"""The one place that turns refusals, and whatever else goes wrong, into problem documents (RFC 9457)."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.core.exceptions import ValidationError as FormError
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as Unread

from gongzhi.ui.refusals import refused_page
from gongzhi.ui.seat import to_sign_in
from gongzhi.values.citations import Citation
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal

MEDIA_TYPE = "application/problem+json"
STATUS = {
    "invalid": 400,
    "unauthenticated": 401,
    "not-allowed": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "not-possible": 409,
    "conflict": 409,
    "rule-broken": 422,
    "internal": 500,
}
TITLES = {
    "invalid": "填写有误",
    "unauthenticated": "未登录",
    "not-allowed": "无权办理",
    "not-found": "没有找到",
    "method-not-allowed": "方法不对",
    "not-possible": "条件未满足",
    "conflict": "他人已办理",
    "rule-broken": "依规定不能办理",
    "internal": "系统出错",
}
SIGN_IN = "请先登录，或者在请求头 Authorization 中带上有效的令牌。"
TOO_LARGE = "日期或者数字超出可以计算的范围，请核对后重新提交。"
#: What a bare HTTP status means where no refusal was raised.
BARE = {
    400: ("invalid", "请求读不懂，请核对格式后重新提交。"),
    401: ("unauthenticated", SIGN_IN),
    403: ("not-allowed", "您无权办理，请刷新页面后重试。"),
    404: ("not-found", "没有这个地址，请核对后重试。"),
    405: ("method-not-allowed", "这个地址不支持这种方法，请核对接口文档。"),
    413: ("invalid", "上传的内容过大，请缩小后再提交。"),
    500: ("internal", "系统出错，什么都没有改动，请稍后重试。"),
}
#: The field of a fault that is about everything that was sent.
WHOLE = "body"
log = logging.getLogger("gongzhi.api")


def problem(
    code: str,
    detail: str,
    *,
    status: int | None = None,
    citations: Iterable[Citation] = (),
    fields: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem document: `type`, `title`, `status`, `detail`, and for its kind `citations` or `fields`."""
    status = status or STATUS[code]
    body = {
        "type": code,
        "title": TITLES[code],
        "status": status,
        "detail": detail,
        "citations": [citation.as_json() for citation in citations],
        "fields": dict(fields or {}),
    }
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text, status=status, content_type=MEDIA_TYPE)
    if status == STATUS["unauthenticated"]:
        response["WWW-Authenticate"] = 'Bearer realm="gongzhi"'
    return response


#: Of an answer: it is a page for people, and stays one.
PAGE = "is_page"


def is_browsed(request: HttpRequest) -> bool:
    """Whether somebody follows a link in a browser: a paper, a bundle. A program asks for no page."""
    return request.method == "GET" and request.headers.get("Accept", "").startswith("text/html")


def _page(response: HttpResponse) -> HttpResponse:
    setattr(response, PAGE, True)
    return response


def of_refusal(request: HttpRequest, refused: Refusal | type[Refusal]) -> HttpResponse:
    """A refusal as it was raised by a room; as a page where a link was followed."""
    assert isinstance(refused, Refusal)
    if is_browsed(request):
        return _page(refused_page(request, refused))
    fields = refused.fields if isinstance(refused, Invalid) else {}
    return problem(refused.code, refused.sentence, citations=refused.citations, fields=fields)


def of_status(response: HttpResponse) -> HttpResponse:
    """A bare error of the framework, with its headers."""
    code, detail = BARE.get(response.status_code, BARE[500 if response.status_code >= 500 else 400])
    told = problem(code, detail, status=response.status_code)
    for name, value in response.items():
        if name not in ("Content-Type", "Content-Length"):
            told[name] = value
    return told


def _unread(request: HttpRequest, unread: Any) -> HttpResponse:
    """What was sent does not fit the operation: one sentence a field."""
    fields = {
        ".".join(str(part) for part in error["loc"][1:]) or WHOLE: _says(error) for error in unread.errors
    }
    named = [("请求正文" if name == WHOLE else name, says) for name, says in list(fields.items())[:5]]
    told = "；".join(f"“{name}”{says}" for name, says in named)
    return of_refusal(request, Invalid(f"请求的内容有误：{told}。", fields=fields))


def _says(error: Mapping[str, Any]) -> str:
    known = {"missing": "不能为空", "extra_forbidden": "没有这一项", "value_error": str(error.get("msg", ""))}
    return known.get(str(error["type"]), "格式不对").removeprefix("Value error, ")


def _http(request: HttpRequest, error: Any) -> HttpResponse:
    """An HttpError of the framework: a body that cannot be parsed, mostly; its cause may be our own sentence."""
    cause = error.__cause__
    if isinstance(cause, Refusal):
        return of_refusal(request, cause)
    if isinstance(cause, RequestDataTooBig):
        return problem("invalid", BARE[413][1])
    code, detail = BARE.get(error.status_code, BARE[400])
    return problem(code, detail, status=error.status_code)


def _missing(request: HttpRequest, error: Any) -> HttpResponse:
    return of_refusal(request, NotFound("没有找到所填写的编号对应的记录，请核对后重新提交。"))


def _clash(request: HttpRequest, error: Any) -> HttpResponse:
    """A constraint of the database was quicker than the rule that should have said it: told, and logged."""
    log.warning("constraint refused a change: %s", type(error).__name__)
    return of_refusal(request, Conflict("与已有的记录冲突，请刷新后核对再办。"))


def _out_of_range(request: HttpRequest, error: Any) -> HttpResponse:
    return of_refusal(request, Invalid(TOO_LARGE))


def _anonymous(request: HttpRequest, error: Any) -> HttpResponse:
    if is_browsed(request):
        return _page(to_sign_in(request))
    return problem("unauthenticated", SIGN_IN)


def _no_form(request: HttpRequest, error: Any) -> HttpResponse:
    return of_refusal(request, Invalid("填写的内容有误，请核对后重新提交。"))


def install(api: NinjaAPI) -> None:
    """Bind every kind of error to its problem."""
    handlers: dict[type[Exception], Any] = {
        Refusal: of_refusal,
        Unread: _unread,
        HttpError: _http,
        AuthenticationError: _anonymous,
        Http404: _missing,
        ObjectDoesNotExist: _missing,
        FormError: _no_form,
        IntegrityError: _clash,
        DataError: _out_of_range,
        OverflowError: _out_of_range,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def csrf_refused() -> NotAllowed:
    """A change asked for by a session without its token."""
    return NotAllowed("请求缺少防伪令牌，请刷新页面后重新提交。")
