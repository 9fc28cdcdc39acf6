"""What `gongzhi check` asks of this room: a kept cost plan, computed anew from what it kept, still says the same."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, Q, Sum

from .apportioning import Entry, Waterfall, pour, share_out
from .models import CostPlan, CostShare, PrepaidFee
from .prepaid import refund_of


def findings(at: datetime) -> Iterator[str]:
    """One Chinese sentence for each thing that is not as it must be, as of `at`."""
    for plan in CostPlan.objects.select_related("case").order_by("id").iterator(chunk_size=100):
        yield from of_plan(plan)
    bridged = CostPlan.objects.annotate(back=Sum("offsets__amount_cents")).filter(back__gt=0)
    for plan in bridged.select_related("case"):
        if plan.back > sum(plan.advances.values_list("amount_cents", flat=True)):
            yield f"{plan.case.number}抵扣的金额超出了社区垫付的金额。"
    yield from _prepaid()


def of_plan(plan: CostPlan) -> Iterator[str]:
    """What a kept plan gives when it is computed again from its kept inputs, where it differs."""
    number = plan.case.number
    if pour(plan.total_cents, plan.available_cents, plan.order) != Waterfall(
        plan.revenue_cents, plan.owners_cents
    ):
        yield f"{number}的费用承担与按保存的余额和次序重新计算的结果不符。"
    shares = list(CostShare.objects.filter(plan=plan))
    kept = {share.unit_id: share.share_cents for share in shares}
    entries = [Entry(share.building, share.label, share.unit_id, share.area) for share in shares]
    if not entries:
        if plan.owners_cents:
            yield f"{number}应由业主分摊的费用没有分摊到户。"
        return
    again = share_out(plan.owners_cents, entries)
    wrong = [entry for entry in sorted(entries) if again[entry.unit] != kept[entry.unit]]
    for entry in wrong[:5]:
        yield f"{number}{entry.building}{entry.label}的分摊与按保存的面积重新计算的结果不符。"
    if sum(kept.values()) != plan.owners_cents:
        yield f"{number}各户分摊之和与应由业主分摊的费用不符。"


def _prepaid() -> Iterator[str]:
    """A refund of unserved time is what its kept period gives."""
    rows = PrepaidFee.objects.filter(~Q(to_on=None), served_to__isnull=False).select_related("case")
    for row in rows.order_by("id").iterator(chunk_size=500):
        assert row.to_on is not None
        assert row.served_to is not None
        if refund_of(row.paid_cents, row.from_on, row.to_on, row.served_to).cents != row.refund_cents:
            yield f"{row.case.number}一笔预收费用的应退金额与重新计算的结果不符。"
    whole = PrepaidFee.objects.filter(to_on=None).exclude(refund_cents=F("paid_cents"))
    for row in whole.select_related("case"):
        yield f"{row.case.number}一笔押金的应退金额与已缴金额不符。"
