"""A provider's exit. Read it beside the articles."""

from gongzhi.notices.publish import Publish
from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Reads, Standing, Variant
from gongzhi.procedures.kinds import Child, File, Issue, Review, Submit
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.terms import ActSpec, NamedDate, happens, required, within
from gongzhi.registry.roles import (
    ASSEMBLY,
    COUNTY,
    OWNERS,
    PROVIDER,
    SUBDISTRICT,
    SUCCESSOR,
)

from .. import (
    claim_facts,
    claim_rules,
    facts,
    queries,
    rules,
)
from ..actions import claims as claim_actions
from ..actions import exit as exit_actions
from ..parties import RECEIVER

CONTRACT_END = NamedDate("contract_end", "合同终止日", queries.contract_ends)


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
        writes=exit_actions.name_successor,
        realises="BS-009",
    )
    interim = Submit(
        "指定临时接管",
        by=SUBDISTRICT,
        after=hiring,
        when=happens(queries.vote_failed, "业主已经决定由谁接替"),
        facts=facts.InterimNamed,
        rule=rules.interim_is_bounded,
        writes=exit_actions.name_successor,
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
        facts=claim_facts.Refund,
        rule=claim_rules.refunds_in_full,
        writes=claim_actions.close_money_claim,
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
        facts=claim_facts.HandoverOrder,
        realises="BS-110",
    )
    takeover = Submit(
        "接替单位进场",
        by=SUCCESSOR,
        after=[successor, interim, handover.at("confirmed")],
        facts=facts.TakeOver,
        rule=rules.takes_over_in_order,
        does=exit_actions.change_manager,
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
            ActSpec("amend", "变更申请", Reason),
            (PROVIDER,),
            does=exit_actions.amend_application,
            realises="BS-041",
        ),
        "recover": Standing(
            ActSpec("recover", "追偿", claim_facts.Recovery),
            (OWNERS,),
            does=claim_actions.go_after,
            realises="BS-020 BS-059",
            outlives=True,
        ),
        "make_up": Standing(
            ActSpec("make_up", "补交缺失项目", claim_facts.MadeUp),
            (RECEIVER,),
            does=claim_actions.make_up,
            realises="BS-062",
            outlives=True,
        ),
    }
