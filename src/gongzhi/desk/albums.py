"""The photographs of a case's notices, for who may let them out to the public."""

from collections.abc import Mapping
from typing import Any

from gongzhi.notices.models import Notice
from gongzhi.notices.pictures import may_show
from gongzhi.ui.seat import Seat


def mark_shown(case: Mapping[str, Any], seat: Seat) -> None:
    """Say of each notice which of its photographs are public, and whether the reader may let them out."""
    rows = Notice.objects.filter(case=case["id"]).select_related("estate")
    may = {row.pk for row in rows if may_show(row, seat.appointment, seat.at)} if case["notices"] else set()
    for notice in case["notices"]:
        notice["shown"] = [one["mark"] for one in notice["pictures"]]
        notice["may_show"] = notice["id"] if notice["id"] in may else None
