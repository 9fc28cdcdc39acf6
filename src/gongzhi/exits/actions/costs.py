"""Effects of a settlement's money: the cost shares, payments, the advance and its offset, the bill.

They run inside the door, keyword-only, with the root of the tree locked.

《白山市物业服务人退出及应急服务管理办法》第13条.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.acts.kept import save
from gongzhi.procedures.holders import hold
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Unit
from gongzhi.registry.roles import COMMUNITY
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import date_words

from .. import settlement_queries as queries
from ..apportioning import Entry, pour, share_out, working_of
from ..cost_rules import ORDER
from ..models import AdvanceOffset, CommunityAdvance, CostBill, CostPlan, CostShare
from ..settlement_facts import Advance, BillClosed, Demand, FundingPlan, Offset, Payment, PaymentsTold


def share_cost(*, case: CaseView, round_id: Any, facts: FundingPlan, by: Actor, at: datetime) -> None:
    """Revenue first, then every unit by its area, to the cent. BS-045, BS-046."""
    order, area = list(case.law.items(ORDER)), queries.area_field(case)
    poured = pour(facts.total_cents, facts.revenue_cents, order)
    entries = _entries(case, area) if poured.owners_cents else []
    proof = (
        f"截至{date_words(facts.revenue_as_of)}，凭证{facts.revenue_voucher}"
        if facts.revenue_cents and facts.revenue_as_of is not None
        else "没有凭证按零计算"
    )
    plan = CostPlan.objects.create(
        case=case.row,
        round_id=round_id,
        total_cents=facts.total_cents,
        available_cents=facts.revenue_cents,
        as_of=facts.revenue_as_of,
        voucher=facts.revenue_voucher,
        order=order,
        basis=area,
        revenue_cents=poured.revenue_cents,
        owners_cents=poured.owners_cents,
        working=working_of(facts.total_cents, facts.revenue_cents, proof, poured, entries),
    )
    shares = share_out(poured.owners_cents, entries)
    rows = [
        CostShare(
            plan=plan,
            unit_id=entry.unit,
            building=entry.building,
            label=entry.label,
            area=entry.area,
            share_cents=shares[entry.unit],
        )
        for entry in entries
    ]
    CostShare.objects.bulk_create(rows, batch_size=1000)


def _entries(case: CaseView, area: str) -> list[Entry]:
    """Every unit of the estate as it is now, with the area that counts."""
    units = Unit.objects.filter(estate=case.row.estate).select_related("building")
    return [
        Entry(unit.building.name, unit.label, unit.pk, getattr(unit, area) or Decimal(0)) for unit in units
    ]


def _plan(case: CaseView) -> CostPlan:
    plan = queries.plan_of(case)
    if plan is None:
        raise NotPossible("还没有清算费用方案，请先编制费用方案。")
    return plan


def demand_shares(*, case: CaseView, round_id: Any, facts: Demand, by: Actor, at: datetime) -> None:
    """Note the demand on every share not paid in full. BS-047."""
    for share in CostShare.objects.filter(plan=_plan(case)):
        if share.paid_cents < share.share_cents:
            share.demanded_on = facts.demanded_on
            save(share, "demanded_on")


def keep_payment(*, case: CaseView, round_id: Any, facts: Payment, by: Actor, at: datetime) -> None:
    """A unit paid. BS-046."""
    share = CostShare.objects.get(plan=_plan(case), unit_id=facts.unit)
    share.paid_cents += facts.amount_cents
    share.save(update_fields=["paid_cents"])


def keep_payments(*, case: CaseView, round_id: Any, facts: PaymentsTold, by: Actor, at: datetime) -> None:
    """Several units paid. BS-046."""
    shares = {share.unit_id: share for share in CostShare.objects.filter(plan=_plan(case))}
    for one in facts.rows:
        shares[one.unit].paid_cents += one.amount_cents
    for unit in dict.fromkeys(one.unit for one in facts.rows):
        save(shares[unit], "paid_cents")


def keep_advance(*, case: CaseView, round_id: Any, facts: Advance, by: Actor, at: datetime) -> None:
    """The community bridged; the debtors still owe. BS-047."""
    community = hold(case, COMMUNITY, at).organisation
    if community is None:
        raise NotPossible("社区尚未登记，不能办理垫付，请先登记单位。")
    CommunityAdvance.objects.create(
        plan=_plan(case),
        organisation=community,
        amount_cents=facts.amount_cents,
        source=facts.source,
        offset_from=facts.offset_from,
        offset_plan=facts.offset_plan,
        consent=facts.consent,
        advanced_at=at,
    )


def keep_offset(*, case: CaseView, round_id: Any, facts: Offset, by: Actor, at: datetime) -> None:
    """A part of the advance came back. BS-047."""
    AdvanceOffset.objects.create(
        plan=_plan(case),
        amount_cents=facts.amount_cents,
        source=facts.source,
        on=facts.on,
        voucher=facts.voucher,
    )


def close_bill(*, case: CaseView, round_id: Any, facts: BillClosed, by: Actor, at: datetime) -> None:
    """The bill is closed; income, expenses and the advance's offset are kept as they stand. BS-019."""
    plan = _plan(case)
    CostBill.objects.create(
        plan=plan,
        round_id=round_id,
        fee_cents=facts.fee_cents,
        other_cents=facts.other_cents,
        paid_on=facts.paid_on,
        voucher=facts.voucher,
        working=queries.accounts_of(plan, facts.fee_cents, facts.other_cents),
    )
