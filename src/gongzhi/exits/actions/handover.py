"""Effects of a handover: what is missing becomes a claim; what comes in after all.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from datetime import datetime, time
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import PROVIDER
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible

from ..facts import MadeUp
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


def make_up(*, case: CaseView, round_id: Any, facts: MadeUp, by: Actor, at: datetime) -> None:
    """A missing item came in: its claim is closed. 《白山市…管理办法》第17条."""
    claim = Claim.objects.filter(case=case.row.root, item_id=facts.item, closed_at=None).first()
    if claim is None:
        raise NotPossible("这一项不在缺失清单里，或者已经补交，请核对。")
    if facts.made_up_on > case.local_day(at):
        raise NotPossible("补交日期不能晚于今天，请核对。")
    Item.objects.filter(pk=facts.item).update(
        state=facts.state, made_up_at=datetime.combine(facts.made_up_on, time(), ZONE)
    )
    claim.stage, claim.closed_at = "paid", at
    claim.save(update_fields=["stage", "closed_at"])
