"""Effects of an exit: binding who follows, the cost shares, payments, claims, the change of manager.

They run inside the door, keyword-only, with the root of the tree locked.
"""

from datetime import datetime, time
from fractions import Fraction
from typing import Any
from uuid import UUID

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import present_act
from gongzhi.procedures import engine, parties
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.engagements import write_engagement
from gongzhi.registry.models import ContractKind, Mode, Organisation, ServiceContract, Unit
from gongzhi.registry.roles import FIRM, PROVIDER, SUCCESSOR
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotPossible
from gongzhi.values.shares import apportion

from . import queries
from .facts import InterimNamed, MadeUp, Recovery, Refund, SuccessorNamed, TakeOver
from .models import Claim, CommunityAdvance, CostPlan, CostShare
from .settlement_facts import Advance, Demand, Entrustment, Findings, FundingPlan, Payment


def bind_party(case: CaseView, role: str, organisation_id: UUID, round_id: Any, at: datetime) -> None:
    """Bind a party for the rest of the tree; a new round binds anew. 《白山市…管理办法》第13条; 《民法典》第949条."""
    organisation = Organisation.objects.filter(pk=organisation_id, to_on=None).first()
    if organisation is None:
        raise NotPossible("没有找到所填的单位，或者它已终止，请先登记单位。")
    parties.bind_party(case, role, organisation, at=at, round_id=round_id)


def name_successor(
    *, case: CaseView, round_id: Any, facts: SuccessorNamed | InterimNamed, by: Actor, at: datetime
) -> None:
    """Bind who follows. 《民法典》第278条, 第950条; 《白山市…管理办法》第21条."""
    bind_party(case, SUCCESSOR.code, facts.organisation, round_id, at)


def change_manager(*, case: CaseView, round_id: Any, facts: TakeOver, by: Actor, at: datetime) -> None:
    """From the minute of the takeover the successor manages the estate; no hour lies between.

    《民法典》第949、950条.
    """
    from .procedures import ProviderExit as Exit

    named = case.heard(Exit.successor) or case.heard(Exit.interim)
    successor = case.organisation(SUCCESSOR.code)
    if named is None or successor is None or case.row.estate is None:
        raise NotPossible("还没有确定接替单位，请先确定接替单位再办理进场。")
    mode = Mode(named.mode)
    contract = _sign(case, named, successor) if isinstance(named, SuccessorNamed) else None
    write_engagement(
        estate=case.row.estate,
        from_at=facts.taken_over_at,
        mode=mode,
        organisation=successor if mode is not Mode.SELF_MANAGED else None,
        contract=contract,
        paper_id=present_act().act_id,
        paper_title=f"{case.row.number}进场确认",
    )


def _sign(case: CaseView, named: SuccessorNamed, successor: Organisation) -> ServiceContract | None:
    """The contract the owners decided on; none where they manage themselves."""
    if named.mode != "contract" or case.row.estate is None:
        return None
    return ServiceContract.objects.create(
        estate=case.row.estate,
        provider=successor,
        kind=ContractKind.SERVICE,
        signed_on=case.row.law_on,
        starts_on=named.starts_on,
        ends_on=named.contract_ends_on,
    )


def amend_application(*, case: CaseView, round_id: Any, facts: Any, by: Actor, at: datetime) -> None:
    """Another exit date is another application: it goes back and has to arrive again. 《民法典》第137条."""
    from .procedures import ProviderExit as Exit

    if case.is_done(Exit.agreement):
        raise NotPossible("退出协议已经达成，不能再变更申请；如需变更请双方重新协商后更正协议。")
    engine.go_back(case, Exit.application, f"变更申请：{facts.reason}", at)


# Settlement ---------------------------------------------------------------------------------------------------------


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
    for share in CostShare.objects.filter(plan=queries.plan_of(case)):
        if share.paid_cents < share.share_cents:
            share.demanded_on = facts.demanded_on
            share.save(update_fields=["demanded_on"])


def keep_payment(*, case: CaseView, round_id: Any, facts: Payment, by: Actor, at: datetime) -> None:
    """A unit paid. 《白山市…管理办法》第13条第2项."""
    share = CostShare.objects.get(plan=queries.plan_of(case), unit_id=facts.unit)
    share.paid_cents += facts.amount_cents
    share.save(update_fields=["paid_cents"])


def keep_advance(*, case: CaseView, round_id: Any, facts: Advance, by: Actor, at: datetime) -> None:
    """The community bridged; the debtors still owe. 《白山市…管理办法》第13条第3项."""
    plan = queries.plan_of(case)
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
    claim.stage = facts.step
    claim.closed_at = at if facts.step == "paid" else None
    claim.save(update_fields=["stage", "closed_at"])


# Handover -----------------------------------------------------------------------------------------------------------


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
