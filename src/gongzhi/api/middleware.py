"""Around every request of the API: unreadable addresses are refused, bare errors become problems."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .problems import MEDIA_TYPE, PAGE, of_status, problem

PREFIX = "/api/"
Respond = Callable[[HttpRequest], HttpResponse]


class ProblemMiddleware:
    """No error of the API leaves as anything but a problem document; nothing of it is cached."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        response = _unreadable(request) or self.get_response(request)
        is_told = response.get("Content-Type") == MEDIA_TYPE or hasattr(response, PAGE)
        if response.status_code >= 400 and not is_told:
            response = of_status(response)
        response.setdefault("Cache-Control", "no-store")
        return response


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    """An address with a NUL in it names nothing and cannot be asked of a database."""
    texts = [request.path, *(value for values in request.GET.lists() for value in values[1])]
    if any("\x00" in text for text in texts):
        return problem("invalid", "地址中有无法使用的字符，请核对后重试。")
    return None
