"""The rules of a settlement, pure. 《白山市物业服务人退出及应急服务管理办法》第13条至第15条."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse
from gongzhi.values.money import yuan

from .settlement_facts import (
    Advance,
    CollectionClosed,
    Demand,
    Entrustment,
    Findings,
    FundingPlan,
    Payment,
    SettlementReport,
)
from .settlement_situation import SettlementSituation

ORDER = "settlement.cost_order"
REVENUE, OWNERS, COMMUNITY = "public_revenue", "owners_by_building_area", "community_advance"


def cost_can_be_shared(law: CaseLaw, facts: FundingPlan, situation: SettlementSituation) -> Decision:
    """Proved revenue comes first; the rest by building area, refused while an area is unknown. 第13条第1、2项."""
    order, cites = law.items(ORDER), law.cites(ORDER)
    bears = facts.revenue_cents if REVENUE in order else 0
    rest = max(facts.total_cents - bears, 0)
    figures = {"公共收益列支": yuan(facts.total_cents - rest), "业主分摊": yuan(rest)}
    if not rest:
        return allow(figures=figures, citations=cites)
    if OWNERS not in order:
        return refuse("当地没有规定由业主分摊清算费用，请先由业主共同决定费用来源。", citations=cites)
    if situation.unknown_areas:
        names = "、".join(situation.unknown_areas[:5])
        more = f"等{len(situation.unknown_areas)}套" if len(situation.unknown_areas) > 5 else ""
        return refuse(
            f"{names}{more}的房屋建筑面积未登记，不能计算分摊，请先补登面积。",
            figures=figures,
            citations=cites,
        )
    if not situation.units:
        return refuse("小区还没有登记房屋，不能计算分摊，请先登记房屋。", citations=cites)
    return allow(figures=figures, citations=cites)


def demands_what_is_unpaid(law: CaseLaw, facts: Demand, situation: SettlementSituation) -> Decision:
    """There is something unpaid to demand. 第13条第3项."""
    if facts.demanded_on > situation.today:
        return refuse("催缴日期不能晚于今天，请核对。")
    if not situation.unpaid_cents:
        return refuse("分摊费用已经收齐，无需催缴。")
    return allow(citations=law.cites(ORDER))


def pays_its_share(law: CaseLaw, facts: Payment, situation: SettlementSituation) -> Decision:
    """A unit pays no more than its share. 第13条第2项."""
    owed = dict(situation.payable).get(facts.unit)
    if owed is None:
        return refuse("这套房屋不在本次分摊范围内，请核对房屋。")
    if facts.paid_on > situation.today:
        return refuse("缴纳日期不能晚于今天，请核对。")
    if facts.amount_cents > owed:
        return refuse(f"这套房屋还应缴{yuan(owed)}，填写的金额超出了，请核对。")
    return allow(citations=law.cites(ORDER))


def advance_is_bounded(law: CaseLaw, facts: Advance, situation: SettlementSituation) -> Decision:
    """The community bridges unpaid shares only, after demand, and no more than stays unpaid. 第13条第3项."""
    cites = law.cites(ORDER)
    if COMMUNITY not in law.items(ORDER):
        return refuse("当地没有规定社区垫付，不能办理垫付。", citations=cites)
    if not situation.unpaid_demanded_cents:
        return refuse("垫付只针对催缴后仍未缴纳的部分，请先催缴。", citations=cites)
    room = situation.unpaid_demanded_cents - situation.advanced_cents
    if facts.amount_cents > room:
        return refuse(
            f"催缴后仍未缴纳的还有{yuan(max(room, 0))}，垫付金额不能超出，请改填。",
            figures={"可垫付": yuan(max(room, 0))},
            citations=cites,
        )
    return allow(figures={"可垫付": yuan(room)}, citations=cites)


def collection_was_tried(law: CaseLaw, facts: CollectionClosed, situation: SettlementSituation) -> Decision:
    """Nothing is given up that was never demanded. 第13条第3项."""
    if situation.unpaid_cents > situation.unpaid_demanded_cents:
        return refuse("还有未催缴的分摊费用，请先催缴再结束收缴。", citations=law.cites(ORDER))
    uncovered = situation.unpaid_cents - situation.advanced_cents
    note = (f"仍有{yuan(uncovered)}未收，欠缴业主仍须缴纳。",) if uncovered > 0 else ()
    return allow(citations=law.cites(ORDER), warnings=note)


def firm_is_independent(law: CaseLaw, facts: Entrustment, situation: SettlementSituation) -> Decision:
    """A qualified third party, with nothing to do with the provider. 第13条."""
    cites = law.cites("settlement.third_party_required")
    if not facts.is_independent or facts.firm == situation.provider:
        return refuse("第三方机构不能与退出的物业服务人有利害关系，请另行委托。", citations=cites)
    if facts.firm not in situation.firms:
        return refuse("请选择登记在册的第三方机构；未登记的请先登记单位。", citations=cites)
    if facts.fee_cents > situation.total_cents:
        return refuse("委托费用超出了清算费用总额，请先重新编制费用方案。", citations=cites)
    return allow(citations=cites)


def report_is_whole(law: CaseLaw, facts: SettlementReport, situation: SettlementSituation) -> Decision:
    """The report has every part the law asks for. 第14条."""
    told = {part.code for part in facts.parts}
    missing = [item["label"] for item in law.items("settlement.report_parts") if item["code"] not in told]
    cites = law.cites("settlement.report_parts")
    if missing:
        return refuse(f"清算报告还缺：{'、'.join(missing)}，请补齐后提交。", citations=cites)
    notes = ("清算范围受限：未提供的资料作为追索事项。",) if facts.scope_limited else ()
    return allow(citations=cites, warnings=notes)


def findings_rest_on_report(law: CaseLaw, facts: Findings, situation: SettlementSituation) -> Decision:
    """No more is confirmed than the report found. 第15条."""
    cites = law.cites("settlement.refund_within")
    if facts.amount_cents > situation.reported_cents:
        return refuse(
            f"清算报告查出的违规资金为{yuan(situation.reported_cents)}，确认金额不能超出，请核对。",
            citations=cites,
        )
    return allow(citations=cites)
