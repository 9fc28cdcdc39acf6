"""Around every page: what it may load, and refusals as pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongzhi.values.refusals import Refusal

from .parts import days
from .refusals import refused_page

#: Nothing but our own files: no inline script or style, no other host.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: Set on a request whose page shows a map.
SHOWS_MAP = "shows_map"
Respond = Callable[[HttpRequest], HttpResponse]


class PageMiddleware:
    """Set the content security policy; a refusal raised by a page becomes a page that says it."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        try:
            response = self.get_response(request)
        finally:
            days.read_on(None)
        response.setdefault("Content-Security-Policy", policy_of(request))
        return response

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        """A refusal is told as a page; anything else is a fault."""
        return refused_page(request, raised) if isinstance(raised, Refusal) else None


def policy_of(request: HttpRequest) -> str:
    """The policy of a page; one with a map may load pictures from the host of the tiles, if any are set."""
    if not settings.MAP_TILES or not getattr(request, SHOWS_MAP, False):
        return POLICY
    tiles = urlsplit(settings.MAP_TILES)
    return POLICY.replace("img-src 'self'", f"img-src 'self' {tiles.scheme}://{tiles.netloc}")
