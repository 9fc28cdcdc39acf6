"""Icons, drawn in place: Tabler Icons (MIT licence), those used copied to `icons.json`."""

import json
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe


@cache
def drawings() -> dict[str, str]:
    """Name → what stands inside its 24 × 24 svg."""
    found: dict[str, str] = json.loads(Path(__file__).parents[1].joinpath("icons.json").read_text("utf-8"))
    return found


@cache
def icon(name: str) -> SafeString:
    """An icon, hidden from screen readers: words always stand beside it. KeyError: no such icon."""
    drawing = drawings()[name]
    return mark_safe(
        f'<svg class="ic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{drawing}</svg>'
    )
