"""The settlement of accounts before a provider leaves. Read it beside the articles."""

from gongzhi.notices.publish import Publish
from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Reads, Standing
from gongzhi.procedures.kinds import File, Submit
from gongzhi.procedures.terms import ActSpec, both, happens, required
from gongzhi.registry.roles import (
    COMMUNITY,
    COUNTY,
    FIRM,
    OWNER,
    OWNERS,
    PROVIDER,
    SUBDISTRICT,
)
from gongzhi.values.exchange import SettlementTold

from .. import (
    settlement_facts,
    settlement_queries,
    settlement_rules,
)
from ..actions import settlement as settlement_actions


@declared
class Settlement(Procedure):
    """财务清算. 《白山市物业服务人退出及应急服务管理办法》第13条至第15条."""

    code, title, subject = "settlement", "财务清算", "estate"
    child_only = True
    overseers = (SUBDISTRICT, COUNTY)
    result = SettlementTold
    reads = Reads(situation=settlement_queries.settlement_situation, gives=settlement_queries.settlement_told)
    realises = "BS-018 BS-044"

    scope = Submit("清算方案", by=OWNERS, facts=settlement_facts.SettlementScope, realises="BS-018")
    funding = Submit(
        "清算费用方案",
        by=OWNERS,
        after=scope,
        facts=settlement_facts.FundingPlan,
        rule=settlement_rules.cost_can_be_shared,
        writes=settlement_actions.share_cost,
        realises="BS-045 BS-046",
    )
    apportionment = Publish(
        "费用分摊公示",
        by=OWNERS,
        after=funding,
        days="notice.apportionment_days",
        objections=OWNER,
        when=both(
            required("notice.apportionment_days"),
            happens(settlement_queries.owners_pay, "公共收益足够，无需业主分摊"),
        ),
        realises="BS-046 BS-019",
    )
    collection = Submit(
        "分摊费用收缴",
        by=OWNERS,
        after=apportionment,
        facts=settlement_facts.CollectionClosed,
        rule=settlement_rules.collection_was_tried,
        realises="BS-047",
    )
    advance_notice = Publish(
        "垫付及抵扣方案公示",
        by=COMMUNITY,
        after=collection,
        days="notice.advance_plan_days",
        when=both(
            required("notice.advance_plan_days"), happens(settlement_queries.was_advanced, "社区没有垫付")
        ),
        realises="BS-048",
    )
    advance_filing = File(
        "垫付及抵扣方案备案",
        by=COMMUNITY,
        to="settlement.advance_filed_with",
        after=collection,
        when=happens(settlement_queries.was_advanced, "社区没有垫付"),
        realises="BS-048",
    )
    entrustment = Submit(
        "委托第三方机构",
        by=OWNERS,
        after=[funding, apportionment],
        facts=settlement_facts.Entrustment,
        rule=settlement_rules.firm_is_independent,
        writes=settlement_actions.entrust_firm,
        realises="BS-044",
    )
    report = Submit(
        "清算报告",
        by=FIRM,
        after=entrustment,
        facts=settlement_facts.SettlementReport,
        rule=settlement_rules.report_is_whole,
        realises="BS-050 BS-051 BS-052 BS-053 BS-054 BS-055",
    )
    report_notice = Publish(
        "清算报告公示",
        by=OWNERS,
        after=report,
        days="notice.settlement_report_days",
        objections=OWNER,
        replies=FIRM,
        when=required("notice.settlement_report_days"),
        marks="cleared",
        realises="BS-056 BS-057",
    )
    findings = Submit(
        "查实违规资金确认",
        by=OWNERS,
        to=PROVIDER,
        after=[report, report_notice],
        when=happens(settlement_queries.money_reported, "清算报告没有查出违规资金"),
        facts=settlement_facts.Findings,
        rule=settlement_rules.findings_rest_on_report,
        writes=settlement_actions.claim_money,
        marks="served",
        realises="BS-058",
    )

    standing = {
        "demand": Standing(
            ActSpec("demand", "催缴", settlement_facts.Demand),
            (OWNERS,),
            settlement_rules.demands_what_is_unpaid,
            settlement_actions.demand_shares,
            "BS-047",
        ),
        "record_payment": Standing(
            ActSpec("record_payment", "登记缴费", settlement_facts.Payment),
            (OWNERS,),
            settlement_rules.pays_its_share,
            settlement_actions.keep_payment,
            "BS-046",
        ),
        "advance": Standing(
            ActSpec("advance", "临时垫付", settlement_facts.Advance),
            (COMMUNITY,),
            settlement_rules.advance_is_bounded,
            settlement_actions.keep_advance,
            "BS-047",
        ),
    }
