"""Around every request: how long a session lasts, and in which size people read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .sessions import keep_or_end

LARGE = "large"
Respond = Callable[[HttpRequest], HttpResponse]


def wants_large_type(request: HttpRequest) -> bool:
    """The account's choice; the browser's, of who has not signed in or whose account has none."""
    if request.user.is_authenticated and request.user.large_type is not None:
        return bool(request.user.large_type)
    return request.COOKIES.get(LARGE) == "1"


class AccountMiddleware:
    """Ends sessions whose time is over; gives templates `request.large_type`, asked only when it is read."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            keep_or_end(request)
        request.large_type = SimpleLazyObject(lambda: wants_large_type(request))  # type: ignore[attr-defined]
        return self.get_response(request)
