"""The declarations: exit, settlement, handover. Read them beside the articles."""

from gongzhi.acts.facts import Facts
from gongzhi.notices.publish import Publish
from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Reads, Standing, Variant
from gongzhi.procedures.holders import FirstOf
from gongzhi.procedures.kinds import Checklist, Child, File, Issue, Review, Submit
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.terms import ActSpec, NamedDate, both, happens, required, within
from gongzhi.registry.roles import (
    ASSEMBLY,
    COMMUNITY,
    COUNTY,
    FIRM,
    OWNER,
    OWNERS,
    PROVIDER,
    SUBDISTRICT,
    SUCCESSOR,
)
from gongzhi.values.exchange import HandoverTold, SettlementTold

from . import (
    actions,
    facts,
    handover_facts,
    handover_rules,
    queries,
    rules,
    settlement_facts,
    settlement_rules,
)

#: Who takes over papers and goods: the successor, else the owners' side (committee, else the community).
RECEIVER = FirstOf("receiver", "接收方", "organ", (SUCCESSOR, OWNERS))

CONTRACT_END = NamedDate("contract_end", "合同终止日", queries.contract_ends)


def _act(name: str, title: str, said: type[Facts]) -> ActSpec:
    return ActSpec(name, title, said)


@declared
class Settlement(Procedure):
    """财务清算. 《白山市物业服务人退出及应急服务管理办法》第13条至第15条."""

    code, title, subject = "settlement", "财务清算", "estate"
    child_only = True
    overseers = (SUBDISTRICT, COUNTY)
    result = SettlementTold
    reads = Reads(situation=queries.settlement_situation, gives=queries.settlement_told)
    realises = "BS-018 BS-044"

    scope = Submit("清算方案", by=OWNERS, facts=settlement_facts.SettlementScope, realises="BS-018")
    funding = Submit(
        "清算费用方案",
        by=OWNERS,
        after=scope,
        facts=settlement_facts.FundingPlan,
        rule=settlement_rules.cost_can_be_shared,
        writes=actions.share_cost,
        realises="BS-045 BS-046",
    )
    apportionment = Publish(
        "费用分摊公示",
        by=OWNERS,
        after=funding,
        days="notice.apportionment_days",
        objections=OWNER,
        when=both(
            required("notice.apportionment_days"), happens(queries.owners_pay, "公共收益足够，无需业主分摊")
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
        when=both(required("notice.advance_plan_days"), happens(queries.was_advanced, "社区没有垫付")),
        realises="BS-048",
    )
    advance_filing = File(
        "垫付及抵扣方案备案",
        by=COMMUNITY,
        to="settlement.advance_filed_with",
        after=collection,
        when=happens(queries.was_advanced, "社区没有垫付"),
        realises="BS-048",
    )
    entrustment = Submit(
        "委托第三方机构",
        by=OWNERS,
        after=[funding, apportionment],
        facts=settlement_facts.Entrustment,
        rule=settlement_rules.firm_is_independent,
        writes=actions.entrust_firm,
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
        when=happens(queries.money_reported, "清算报告没有查出违规资金"),
        facts=settlement_facts.Findings,
        rule=settlement_rules.findings_rest_on_report,
        writes=actions.claim_money,
        marks="served",
        realises="BS-058",
    )

    standing = {
        "demand": Standing(
            _act("demand", "催缴", settlement_facts.Demand),
            (OWNERS,),
            settlement_rules.demands_what_is_unpaid,
            actions.demand_shares,
            "BS-047",
        ),
        "record_payment": Standing(
            _act("record_payment", "登记缴费", settlement_facts.Payment),
            (OWNERS,),
            settlement_rules.pays_its_share,
            actions.keep_payment,
            "BS-046",
        ),
        "advance": Standing(
            _act("advance", "临时垫付", settlement_facts.Advance),
            (COMMUNITY,),
            settlement_rules.advance_is_bounded,
            actions.keep_advance,
            "BS-047",
        ),
    }


@declared
class Handover(Procedure):
    """资料、资产交接. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

    code, title, subject = "handover", "资料与资产交接", "estate"
    child_only = True
    overseers = (SUBDISTRICT, COUNTY)
    result = HandoverTold
    reads = Reads(situation=queries.handover_situation, gives=queries.handover_told)

    plan = Submit(
        "交接方案",
        by=SUBDISTRICT,
        facts=handover_facts.HandoverPlan,
        rule=handover_rules.plan_is_ahead,
        realises="BS-008 BS-061",
    )
    documents = Checklist(
        "资料移交清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.documents",
        after=plan,
        goes=("refused",),
        marks="listed",
        realises="BS-062 BS-063 BS-064 BS-065 BS-066 BS-067 BS-068 BS-069",
    )
    assets = Checklist(
        "资产移交清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.assets",
        after=plan,
        goes=("refused",),
        marks="listed",
        realises="BS-070 BS-071 BS-072 BS-073 BS-074",
    )
    confirmation = Review(
        "项目交接确认书",
        by=RECEIVER,
        countersign=PROVIDER,
        acknowledge="handover.supervisors",
        after=[documents, assets],
        facts=handover_facts.HandoverConfirmation,
        rule=handover_rules.confirms_what_was_listed,
        writes=actions.claim_missing,
        marks="confirmed",
        back={"return": documents},
        goes=("refuse",),
        realises="BS-060 BS-061 BS-075",
    )
    filing = File(
        "交接确认书备案",
        by=RECEIVER,
        to="handover.confirmation_filed_with",
        after=confirmation,
        due=within("handover.confirmation_filing_within", of="confirmation.confirmed"),
        realises="BS-076",
    )


@declared
class ProviderExit(Procedure):
    """物业服务人退出. 《白山市物业服务人退出及应急服务管理办法》第三、四章; 《民法典》第946条至第950条."""

    code, title, subject = "exit", "物业服务人退出", "estate"
    single = True
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT, COUNTY)
    variants = (Variant("provider_early", "物业服务人因自身原因提前退出", "BS-025"),)
    outcomes = ("done", "refused", "withdrawn", "ended")
    dates = (CONTRACT_END,)
    reads = Reads(situation=queries.exit_situation, terms=queries.exit_terms)
    realises = "BS-002 BS-003"

    application = Submit(
        "退出申请",
        by=PROVIDER,
        to=OWNERS,
        facts=facts.ExitApplication,
        rule=rules.leaves_time_for_notice,
        realises="BS-041",
    )
    filing = File(
        "退出申请备案",
        by=PROVIDER,
        to="exit.filed_with",
        after=application.at("submitted"),
        realises="BS-042 ZJ-018",
    )
    publicity = Publish(
        "退出信息公示",
        by=PROVIDER,
        after=application.at("submitted"),
        days="notice.exit_days",
        when=required("notice.exit_days"),
        realises="BS-043",
    )
    hiring = Child(
        "业主共同决定由谁接替",
        "joint_decision",
        takes=queries.asks_to_hire,
        after=application,
        goes=("ended",),
        realises="BS-017",
    )
    agreement = Review(
        "退出协议",
        by=OWNERS,
        countersign=PROVIDER,
        after=application,
        facts=facts.ExitAgreement,
        rule=rules.agreement_keeps_notice,
        back={"return": application},
        ends={"refuse": "refused"},
        due=within(
            rules.EARLY,
            of="application.arrived",
            on_missed="agreement_failed",
            safeguard=rules.UNTIL_TAKEOVER,
        ),
        marks="agreed",
        realises="BS-025",
    )
    successor = Submit(
        "确定接替单位",
        by=ASSEMBLY,
        after=hiring,
        when=happens(queries.vote_passed, "业主共同决定没有通过"),
        facts=facts.SuccessorNamed,
        rule=rules.successor_follows_vote,
        writes=actions.name_successor,
        realises="BS-009",
    )
    interim = Submit(
        "指定临时接管",
        by=SUBDISTRICT,
        after=hiring,
        when=happens(queries.vote_failed, "业主已经决定由谁接替"),
        facts=facts.InterimNamed,
        rule=rules.interim_is_bounded,
        writes=actions.name_successor,
        realises="BS-084",
    )
    settlement = Child(
        "财务清算",
        "settlement",
        after=[agreement, publicity],
        when=required("settlement.third_party_required"),
        realises="BS-044",
    )
    refund = Submit(
        "退还违规资金",
        by=PROVIDER,
        after=settlement,
        when=happens(queries.money_confirmed, "没有查实违规资金"),
        facts=facts.Refund,
        rule=rules.refunds_in_full,
        writes=actions.close_money_claim,
        due=within("settlement.refund_within", of="settlement.served", on_missed="refund_overdue"),
        realises="BS-058 BS-059",
    )
    handover = Child("资料与资产交接", "handover", after=[agreement, settlement], realises="BS-060")
    order = Issue(
        "责令限期移交通知书",
        by=COUNTY,
        to=PROVIDER,
        after=handover,
        when=happens(queries.items_missing, "没有缺失的资料资产"),
        facts=facts.HandoverOrder,
        realises="BS-110",
    )
    takeover = Submit(
        "接替单位进场",
        by=SUCCESSOR,
        after=[successor, interim, handover.at("confirmed")],
        facts=facts.TakeOver,
        rule=rules.takes_over_in_order,
        does=actions.change_manager,
        marks="taken_over",
        realises="BS-003",
    )
    departure = Submit(
        "离场确认",
        by=PROVIDER,
        after=handover.at("confirmed"),
        facts=facts.Departure,
        rule=rules.nobody_left_unserved,
        due=[
            within("exit.leave_after_confirmation", of="handover.confirmed", safeguard=rules.UNTIL_TAKEOVER),
            within("exit.leave_within", of=CONTRACT_END, safeguard=rules.UNTIL_TAKEOVER),
        ],
        marks="left",
        realises="BS-077 BS-079 BS-080",
    )

    standing = {
        "amend": Standing(
            _act("amend", "变更申请", Reason), (PROVIDER,), does=actions.amend_application, realises="BS-041"
        ),
        "recover": Standing(
            _act("recover", "追偿", facts.Recovery),
            (OWNERS,),
            does=actions.go_after,
            realises="BS-020 BS-059",
            outlives=True,
        ),
        "make_up": Standing(
            _act("make_up", "补交缺失项目", facts.MadeUp),
            (RECEIVER,),
            does=actions.make_up,
            realises="BS-062",
            outlives=True,
        ),
    }
