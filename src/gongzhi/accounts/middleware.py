"""Around every request: how long a session lasts, and in which size people read."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from .sessions import keep_or_end, owes_password

LARGE = "large"
API = "/api/"
#: What is open to who has to choose a password first: that page, and leaving.
OPEN = frozenset({"account_change_password", "large-type", "reference-style", "sign-out"})
Respond = Callable[[HttpRequest], HttpResponse]


def wants_large_type(request: HttpRequest) -> bool:
    """The account's choice; the browser's, of who has not signed in or whose account has none."""
    if request.user.is_authenticated and request.user.large_type is not None:
        return bool(request.user.large_type)
    return request.COOKIES.get(LARGE) == "1"


class AccountMiddleware:
    """Ends sessions whose time is over, asks for a password of one's own; gives templates `request.large_type`."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def process_view(self, request: HttpRequest, view: Any, args: Any, named: Any) -> HttpResponse | None:
        """To the page of a new password first, who came in with one that somebody else had set.

        The API refuses by itself, and only a session: a token has no password.
        """
        match = request.resolver_match
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(API):
            return None
        if (match is not None and match.url_name in OPEN) or not owes_password(request):
            return None
        return redirect("account_change_password")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            keep_or_end(request)
        request.large_type = SimpleLazyObject(lambda: wants_large_type(request))  # type: ignore[attr-defined]
        return self.get_response(request)
