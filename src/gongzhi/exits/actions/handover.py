"""Effects of a handover: what is missing becomes a claim.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import PROVIDER

from ..models import Claim


def claim_missing(*, case: CaseView, round_id: Any, facts: Any, by: Actor, at: datetime) -> None:
    """Missing items become claims with their own time. 《白山市…管理办法》第17条; `practice.md` 12.3."""
    provider = case.organisation(PROVIDER.code)
    missing = Item.objects.filter(case=case.row, round__void_at=None, state="missing")
    rows = [
        Claim(
            case=case.row.root,
            round_id=round_id,
            kind="item",
            debtor=provider,
            item=item,
            due_on=item.make_up_on,
            opened_at=at,
        )
        for item in missing
        if provider is not None
    ]
    Claim.objects.bulk_create(rows)
