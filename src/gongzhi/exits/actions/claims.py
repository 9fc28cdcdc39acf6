"""Effects of what is owed after an exit: refunded, pursued, made up.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from datetime import datetime
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.values.refusals import NotPossible

from .. import claim_rules
from ..claim_facts import MadeUp, Recovery, Refund
from ..late_items import demand_after_the_list, in_from
from ..models import Claim


def close_money_claim(*, case: CaseView, round_id: Any, facts: Refund, by: Actor, at: datetime) -> None:
    """Refunded in full: the claim is closed. 《白山市…管理办法》第15条."""
    Claim.objects.filter(case=case.row.root, kind="money", closed_at=None, round__void_at=None).update(
        stage="paid", closed_at=at
    )


def go_after(*, case: CaseView, round_id: Any, facts: Recovery, by: Actor, at: datetime) -> None:
    """The owners' side pursues what is owed. 《白山市…管理办法》第15条、第36条."""
    claim = Claim.objects.filter(case=case.row.root, pk=facts.claim, closed_at=None).first()
    if claim is None:
        raise NotPossible("没有这项未了结的追偿事项，请核对。")
    claim_rules.suit_is_authorised(case.law, facts).demand()
    claim.stage = facts.step
    claim.sued_under = claim_rules.authority_of(facts) or claim.sued_under
    claim.closed_at = at if facts.step == "paid" else None
    claim.save(update_fields=["stage", "sued_under", "closed_at"])


def make_up(*, case: CaseView, round_id: Any, facts: MadeUp, by: Actor, at: datetime) -> None:
    """A missing item came in: its claim is closed. 《白山市…管理办法》第17条."""
    claim = Claim.objects.filter(case=case.row.root, item_id=facts.item, closed_at=None).first()
    if claim is None:
        raise NotPossible("这一项不在缺失清单里，或者已经补交，请核对。")
    if facts.made_up_on > case.local_day(at):
        raise NotPossible("补交日期不能晚于今天，请核对。")
    item = Item.objects.get(pk=facts.item)
    demand_after_the_list(item, facts.made_up_on, "补交日期")
    item.state, item.made_up_at = facts.state, in_from(facts.made_up_on, at)
    item.save(update_fields=["state", "made_up_at"])
    claim.stage, claim.closed_at = "paid", at
    claim.save(update_fields=["stage", "closed_at"])
