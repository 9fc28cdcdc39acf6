"""What every page says: as whom one acts, where one is, that the clock was moved, that the worker stands still."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongzhi.procedures.models import Beat
from gongzhi.registry.models import Appointment
from gongzhi.values.now import is_moved, now

from . import navigation
from .largetype import is_large
from .seat import chosen

#: After how long a silent worker is said. Ours to choose, not law.
STALE = timedelta(minutes=5)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell's own words; the context processor of all pages."""
    at = now()
    beat = Beat.objects.filter(name="tick").first()
    seat = chosen(request, at) if request.user.is_authenticated else None
    return {
        "at": at,
        "seat": seat,
        "large": is_large(request),
        "shell_base": "ui/office.html" if request.user.is_authenticated else "ui/public.html",
        "navigation": SimpleLazyObject(lambda: navigation.shown("office", request.path, seat, at)),
        "public_navigation": SimpleLazyObject(lambda: navigation.shown("public", request.path, seat, at)),
        "bell": SimpleLazyObject(lambda: _bell(seat, at)),
        "is_rehearsal": is_moved(),
        "cell": settings.CELL,
        "tick_at": beat.at if beat is not None else None,
        "is_stale": _is_stale(beat, at),
    }


def _bell(seat: Appointment | None, at: datetime) -> navigation.Count | str:
    return (navigation.bell(seat, at) if seat is not None else None) or ""


def _is_stale(beat: Beat | None, at: datetime) -> bool:
    return beat is None or at - beat.at > STALE
