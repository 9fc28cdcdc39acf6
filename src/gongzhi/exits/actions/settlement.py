"""Effects of a settlement: the cost shares, payments, the advance, confirmed money.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from datetime import datetime
from fractions import Fraction
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation, Unit
from gongzhi.registry.roles import FIRM, PROVIDER
from gongzhi.values.money import yuan
from gongzhi.values.refusals import NotPossible
from gongzhi.values.shares import apportion

from .. import settlement_queries
from ..models import Claim, CommunityAdvance, CostPlan, CostShare
from ..settlement_facts import Advance, Demand, Entrustment, Findings, FundingPlan, Payment
from .binding import bind_party


def share_cost(*, case: CaseView, round_id: Any, facts: FundingPlan, by: Actor, at: datetime) -> None:
    """Revenue first, then every unit by its building area, to the cent. 《白山市…管理办法》第13条第1、2项."""
    order = case.law.items("settlement.cost_order")
    revenue = min(facts.revenue_cents, facts.total_cents) if "public_revenue" in order else 0
    rest = facts.total_cents - revenue
    units = list(
        Unit.objects.filter(estate=case.row.estate)
        .select_related("building")
        .order_by("building__name", "label", "id")
    )
    plan = CostPlan.objects.create(
        case=case.row,
        round_id=round_id,
        total_cents=facts.total_cents,
        revenue_cents=revenue,
        owners_cents=rest,
        working=_share_words(revenue, rest, units, facts),
    )
    if rest:
        parts = apportion(rest, [Fraction(unit.building_area or 0) for unit in units])
        shares = [
            CostShare(plan=plan, unit=unit, building_area=unit.building_area or 0, share_cents=part)
            for unit, part in zip(units, parts, strict=True)
        ]
        CostShare.objects.bulk_create(shares, batch_size=1000)


def _share_words(revenue: int, rest: int, units: list[Unit], facts: FundingPlan) -> list[str]:
    """The working of the split, as a clerk reads it."""
    lines = [f"清算费用{yuan(facts.total_cents)}"]
    proof = (
        f"（截至{facts.revenue_as_of}，凭证{facts.revenue_voucher}）"
        if facts.revenue_cents
        else "（没有凭证按零计算）"
    )
    lines.append(f"公共收益可用{yuan(facts.revenue_cents)}{proof}，列支{yuan(revenue)}")
    if rest:
        total = sum(Fraction(unit.building_area or 0) for unit in units)
        lines.append(
            f"余下{yuan(rest)}由{len(units)}套房屋按房屋建筑面积分摊，总面积{float(total):.2f}平方米"
        )
        lines.append("逐套按比例取整到分，尾差依次补给小数部分最大的房屋；相同的按楼栋、房号次序")
    return lines


def demand_shares(*, case: CaseView, round_id: Any, facts: Demand, by: Actor, at: datetime) -> None:
    """Note the demand on every share not paid in full. 《白山市…管理办法》第13条第3项."""
    for share in CostShare.objects.filter(plan=settlement_queries.plan_of(case)):
        if share.paid_cents < share.share_cents:
            share.demanded_on = facts.demanded_on
            share.save(update_fields=["demanded_on"])


def keep_payment(*, case: CaseView, round_id: Any, facts: Payment, by: Actor, at: datetime) -> None:
    """A unit paid. 《白山市…管理办法》第13条第2项."""
    share = CostShare.objects.get(plan=settlement_queries.plan_of(case), unit_id=facts.unit)
    share.paid_cents += facts.amount_cents
    share.save(update_fields=["paid_cents"])


def keep_advance(*, case: CaseView, round_id: Any, facts: Advance, by: Actor, at: datetime) -> None:
    """The community bridged; the debtors still owe. 《白山市…管理办法》第13条第3项."""
    plan = settlement_queries.plan_of(case)
    organisation = Organisation.objects.filter(
        kind="residents_committee", jurisdiction_code=case.row.community, to_on=None
    ).first()
    if plan is None or organisation is None:
        raise NotPossible("还没有费用方案，或者社区尚未登记，不能办理垫付。")
    CommunityAdvance.objects.create(
        plan=plan,
        organisation=organisation,
        amount_cents=facts.amount_cents,
        offset_plan=facts.offset_plan,
        advanced_at=at,
    )


def entrust_firm(*, case: CaseView, round_id: Any, facts: Entrustment, by: Actor, at: datetime) -> None:
    """Bind the firm. 《白山市…管理办法》第13条."""
    bind_party(case, FIRM.code, facts.firm, round_id, at)


def claim_money(*, case: CaseView, round_id: Any, facts: Findings, by: Actor, at: datetime) -> None:
    """Confirmed irregular money is a claim until it is refunded. 《白山市…管理办法》第15条."""
    provider = case.organisation(PROVIDER.code)
    if provider is None:
        raise NotPossible("案件没有登记退出的物业服务人，请先核对。")
    Claim.objects.create(
        case=case.row.root,
        round_id=round_id,
        kind="money",
        debtor=provider,
        amount_cents=facts.amount_cents,
        opened_at=at,
    )
