"""The photographs of a case's notices, for who may let them out to the public."""

from collections.abc import Mapping
from typing import Any

from gongzhi.notices.pictures import may_be_shown
from gongzhi.registry.models import Estate
from gongzhi.ui.seat import Seat


def mark_shown(case: Mapping[str, Any], estate: Estate | None, seat: Seat) -> None:
    """Say of each notice which of its photographs are public, and whether the reader may let them out."""
    pictured = [(notice["id"], notice["issuer_id"]) for notice in case["notices"] if notice["photographs"]]
    may = may_be_shown(pictured, estate, seat.appointment, seat.at)
    for notice in case["notices"]:
        notice["shown"] = [one["mark"] for one in notice["pictures"]]
        notice["may_show"] = notice["id"] if notice["id"] in may else None
