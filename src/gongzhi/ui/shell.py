"""What every page says: as whom one acts, that the clock was moved, that the worker stands still."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest

from gongzhi.procedures.models import Beat
from gongzhi.values.now import is_moved, now

from .seat import chosen

#: After how long a silent worker is said. Ours to choose, not law.
STALE = timedelta(minutes=5)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The shell's own words; the context processor of all pages."""
    at = now()
    beat = Beat.objects.filter(name="tick").first()
    return {
        "at": at,
        "seat": chosen(request, at) if request.user.is_authenticated else None,
        "is_rehearsal": is_moved(),
        "tick_at": beat.at if beat is not None else None,
        "is_stale": beat is None or at - beat.at > STALE,
    }
