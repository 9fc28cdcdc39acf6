"""JSON as it goes out: instants in local time with their zone, exact numbers as text."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer

from gongzhi.values.now import ZONE


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    return str(value)


class Renderer(BaseRenderer):
    """Readable JSON in UTF-8."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """The text of the answer."""
        return json.dumps(data, default=plain, ensure_ascii=False)
