"""Around every public page: its instant, its way home, its QR."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongzhi.law import queries as law
from gongzhi.papers.qr import qr_svg
from gongzhi.ui.refusals import STATUS, refusal_shown
from gongzhi.values import now as clock
from gongzhi.values.refusals import NotFound

#: The side of a QR on a page, in CSS pixels.
SIDE = 104


def instant() -> datetime:
    """The instant of the page."""
    return clock.now()


def show(request: HttpRequest, template: str, told: dict[str, Any], status: int = 200) -> HttpResponse:
    """A public page; the law is read once for it."""
    with law.pinned():
        return render(request, f"portal/{template}", {"home": reverse("board")} | told, status=status)


def found(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page of something; where it is not there, the public ways on."""

    @wraps(view)
    def look(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except NotFound as missing:
            return show(request, "nothing.html", refusal_shown(missing), STATUS[missing.code])

    return look


@lru_cache(maxsize=1024)
def qr_picture(address: str) -> SafeString:
    """The QR of an address, of a fixed side: the page has no style of its own. Its link says where it leads."""
    hidden = f'<svg width="{SIDE}" height="{SIDE}" aria-hidden="true" focusable="false" '
    return mark_safe(qr_svg(address).replace("<svg ", hidden, 1))


def whole_address(request: HttpRequest, path: str) -> str:
    """The address as it is printed."""
    return request.build_absolute_uri(path)


def is_own_host(request: HttpRequest, host: str) -> bool:
    """Whether a host, without its port, is this site's: the one it was reached by, or the one its papers have."""
    own = (request.get_host(), urlsplit(settings.SITE).netloc)
    return host in {urlsplit(f"//{one}").hostname for one in own if one}
