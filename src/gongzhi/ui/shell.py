"""What every page says: as whom one acts, where one is, that the clock was moved, that the worker stands still."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongzhi.values.now import is_moved, now

from . import navigation
from .largetype import is_large
from .parts import days
from .seat import chosen

#: After how long a silent worker is said. Ours to choose, not law.
STALE = timedelta(minutes=5)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell's own words; the context processor of all pages."""
    at = now()
    days.read_on(at)
    seat = chosen(request, at) if request.user.is_authenticated else None
    glance: Any = SimpleLazyObject(lambda: navigation.glance(seat, at))
    return {
        "at": at,
        "seat": seat,
        "large": is_large(request),
        "shell_base": "ui/office.html" if request.user.is_authenticated else "ui/public.html",
        "navigation": SimpleLazyObject(
            lambda: navigation.shown("office", request.path, seat, glance.numbers)
        ),
        "public_navigation": SimpleLazyObject(lambda: navigation.shown("public", request.path, seat)),
        "bell": SimpleLazyObject(lambda: glance.numbers.get(navigation.BELL, "")),
        "is_rehearsal": is_moved(),
        "cell": settings.CELL,
        "is_mock": bool(settings.PAPER_MARK),
        "glance": glance,
        "is_stale": SimpleLazyObject(lambda: _is_stale(glance.tick_at, at)),
    }


def _is_stale(tick_at: datetime | None, at: datetime) -> bool:
    return tick_at is None or at - tick_at > STALE
