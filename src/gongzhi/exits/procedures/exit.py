"""A provider's exit. Read it beside the articles: a step is there for the grounds its `when` names."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Standing
from gongzhi.procedures.kinds import Child, File, Submit
from gongzhi.procedures.kinds.checklist import ON_THE_SPOT
from gongzhi.procedures.reads import Reads
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.terms import (
    ActSpec,
    Due,
    NamedDate,
    before,
    begun_by,
    begun_by_others,
    both,
    ground,
    happens,
    required,
    within,
)
from gongzhi.registry.roles import (
    ASSEMBLY,
    COMMUNITY,
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
    foretelling,
    ground_facts,
    ground_queries,
    ground_rules,
    grounds,
    handover_rules,
    holdout_rules,
    left_open,
    letters,
    meanwhile_rules,
    queries,
    rules,
    short_notice,
)
from ..actions import claims as claim_actions
from ..actions import exit as exit_actions
from ..actions import handover as handover_actions
from ..actions import holdouts as holdout_actions
from ..departing import Departing
from ..meanwhile import Meanwhile
from ..orders import AskedOrder
from ..papers import changing, handing, leaving, posters
from ..parties import RECEIVER
from ..publishing import WordedPublish
from ..report_beginning import Begun
from ..signers import AUTHORISE
from ..signing import AuthorisedReview
from ..urging import Classify, Urge
from .interim import INTERIM_ACTS

CONTRACT_END = NamedDate("contract_end", "合同终止日", ground_queries.contract_ends)
TERM_END = NamedDate("term_end", "合同期满日", ground_queries.term_end)
RENEWAL_END = NamedDate("renewal_end", "不再续约的合同期满日", ground_queries.renewal_end)
DISMISSAL_TOLD = NamedDate("dismissal_told", "解聘通知到达", ground_queries.dismissal_told)
INDEFINITE_TOLD = NamedDate("indefinite_told", "解除通知到达", ground_queries.indefinite_told)
#: Who takes in a provider's paper and enters it for one that has no account or will not use it: the side it is
#: addressed to, and the street office, which gets it as well.
TAKES_PAPER_IN = (OWNERS, SUBDISTRICT)
MAKE_UP_BY = NamedDate("make_up_by", "最早一项的补交期限", queries.make_up_by)

#: Somebody has still to be found who follows.
NOT_FOLLOWED = both(
    happens(ground_queries.goes_on, "原物业服务人继续履行合同"),
    happens(ground_queries.is_not_followed, "业主已经决定由谁接替"),
)
#: Whoever leaves has said so; that the other side has still to check it makes nobody late.
SAID_LEFT = "departure.submitted"


@declared
class ProviderExit(Procedure):
    """物业服务人退出. 《白山市物业服务人退出及应急服务管理办法》第三、四章; 《民法典》第940条、第946条至第950条."""

    code, title, subject = "exit", "物业服务人退出", "estate"
    single = True
    parties = (PROVIDER,)
    nobody_there = ground_rules.NO_PROVIDER
    overseers = (SUBDISTRICT, COUNTY)
    variants = (*grounds.NORMAL, *grounds.FORCED)
    variants_key = "exit.grounds"
    outcomes = ("done", "refused", "not_dismissed", "withdrawn", "ended")
    dates = (CONTRACT_END, TERM_END, RENEWAL_END, DISMISSAL_TOLD, INDEFINITE_TOLD)
    reads = Reads(
        situation=queries.exit_situation,
        terms=queries.exit_terms,
        ends_as=left_open.exit_ends_as,
        notes=left_open.noted,
    )
    realises = "BS-002 BS-003 BS-022"

    # The provider leaves early, for its own reasons ---------------------------------------------------------------

    application = Submit(
        "退出申请",
        by=PROVIDER,
        to=OWNERS,
        entered_by=TAKES_PAPER_IN,
        when=ground(grounds.EARLY),
        facts=facts.ExitApplication,
        rule=rules.leaves_time_for_notice,
        foretells=foretelling.earliest_exit,
        on_arrival=short_notice.at_arrival,
        realises="BS-041",
        makes=(leaving.APPLICATION,),
    )
    filing = File(
        "退出申请备案",
        by=PROVIDER,
        to="exit.filed_with",
        after=application.at("submitted"),
        realises="BS-042",
    )
    publicity = WordedPublish(
        "退出信息公示",
        words=posters.exit_information,
        by=PROVIDER,
        after=application.at("submitted"),
        days="notice.exit_days",
        when=required("notice.exit_days"),
        realises="BS-043",
    )
    agreement = AuthorisedReview(
        "退出协议",
        by=OWNERS,
        countersign=PROVIDER,
        after=application,
        facts=facts.ExitAgreement,
        rule=rules.agreement_keeps_notice,
        foretells=foretelling.agreed_end,
        back={"return": application},
        ends={"refuse": "refused"},
        due=within(
            rules.EARLY,
            of="application.arrived",
            on_missed="agreement_failed",
            safeguard=rules.UNTIL_TAKEOVER,
            title="提前退出的通知期届满（在此以前达成协议，退出日不早于届满）",
        ),
        marks="agreed",
        realises="BS-025",
        makes=(leaving.AGREEMENT,),
    )

    # The provider does not renew; it ends an indefinite contract; the term is over; another lawful case -----------

    non_renewal = Begun[ground_facts.NonRenewal](
        "期满不再续约通知",
        by=PROVIDER,
        to=OWNERS,
        entered_by=TAKES_PAPER_IN,
        when=ground(grounds.NOT_RENEWING),
        facts=ground_facts.NonRenewal,
        rule=ground_rules.will_not_renew,
        begins=foretelling.term_that_ends,
        foretells=foretelling.registered_end,
        due=before(ground_rules.NOT_RENEWING_NOTICE, of=TERM_END),
        realises="ZJ-017",
        makes=(leaving.NON_RENEWAL,),
    )
    copies = File(
        "期满不再续约告知",
        by=PROVIDER,
        to="exit.provider_notice_recipients",
        served=[OWNERS],
        after=non_renewal.at("submitted"),
        realises="ZJ-018",
    )
    ending = Submit(
        "解除不定期合同通知",
        by=PROVIDER,
        to=OWNERS,
        entered_by=TAKES_PAPER_IN,
        when=both(ground(grounds.INDEFINITE), begun_by(PROVIDER)),
        facts=ground_facts.IndefiniteEnding,
        rule=ground_rules.provider_ends_in_time,
        foretells=foretelling.earliest_end,
        on_arrival=short_notice.at_arrival,
        papers=ground_queries.evidence,
        realises="BS-023",
        makes=(leaving.INDEFINITE_ENDING,),
    )
    expiry = Begun[ground_facts.Expiry](
        "合同期满情况",
        by=OWNERS,
        to=PROVIDER,
        when=ground(grounds.TERM_EXPIRED),
        facts=ground_facts.Expiry,
        rule=ground_rules.term_is_over,
        begins=foretelling.term_that_ended,
        foretells=foretelling.registered_expiry,
        papers=ground_queries.evidence,
        realises="BS-023",
    )
    basis = Submit(
        "退出情形认定",
        by=SUBDISTRICT,
        to=[OWNERS, PROVIDER],
        when=ground(grounds.OTHER),
        facts=ground_facts.OtherBasis,
        rule=ground_rules.basis_is_stated,
        papers=ground_queries.evidence,
        realises="BS-027",
    )

    # The owners dismiss: of themselves, or urged by the county on a forced ground ---------------------------------

    classification = Classify(
        "强制解聘情形认定",
        by=COUNTY,
        when=ground(*grounds.FORCED_CODES),
        facts=ground_facts.Classification,
        rule=ground_rules.rests_on_evidence,
        papers=ground_queries.evidence,
        foretells=foretelling.recorded_conduct,
        realises="BS-028",
    )
    urging = Urge(
        "督促启动解聘程序的函",
        found=classification,
        by=COUNTY,
        to=ASSEMBLY,
        after=classification,
        facts=ground_facts.Urging,
        letter=letters.urging_letter,
        marks="urged",
        realises="BS-028",
    )
    motion = Submit(
        "解聘（另聘）提议",
        by=ASSEMBLY,
        when=both(ground(*grounds.MOVED), begun_by_others(PROVIDER)),
        facts=ground_facts.Motion,
        rule=ground_rules.motion_fits_contract,
        realises="BS-017 BS-024",
    )
    decision = Child(
        "业主共同决定是否解聘",
        "joint_decision",
        takes=ground_queries.asks_to_dismiss,
        after=[motion, urging],
        goes=("failed",),
        due=before("exit.decision_meeting_before_expiry", of=TERM_END),
        realises="BS-017 BS-024 BS-038",
    )
    result_notice = WordedPublish(
        "表决结果公示",
        words=posters.vote_result,
        by=ASSEMBLY,
        after=decision,
        days="notice.vote_result_days",
        when=required("notice.vote_result_days"),
        realises="BS-039",
    )
    result_filing = File(
        "表决结果备案",
        by=ASSEMBLY,
        to="exit.vote_result_filed_with",
        after=decision,
        due=within("exit.filing_within", of="result_notice.posted"),
        realises="BS-040",
    )
    notice = Submit(
        "终止合同通知",
        by=OWNERS,
        to=PROVIDER,
        after=decision,
        when=happens(ground_queries.is_dismissed, "业主共同决定没有通过，原物业服务人继续履行合同"),
        facts=ground_facts.EndingNotice,
        rule=ground_rules.notice_leaves_its_time,
        foretells=foretelling.earliest_end,
        on_arrival=short_notice.at_arrival,
        papers=ground_queries.evidence_of_notice,
        due=before("exit.owner_non_renewal_notice_before", of=TERM_END),
        realises="BS-024 BS-026",
        makes=(leaving.ENDING_NOTICE,),
    )

    # Who follows: begun beside everything else --------------------------------------------------------------------

    hiring = Child(
        "业主共同决定由谁接替",
        "joint_decision",
        takes=ground_queries.asks_to_hire,
        after=[application, non_renewal, ending, expiry, basis, decision],
        when=NOT_FOLLOWED,
        goes=("ended", "failed"),
        due=before("exit.decision_meeting_before_expiry", of=RENEWAL_END),
        realises="BS-017",
    )
    successor = Submit(
        "确定接替单位",
        by=ASSEMBLY,
        after=[decision, hiring],
        when=happens(ground_queries.is_followed, "业主没有决定由谁接替"),
        facts=facts.SuccessorNamed,
        rule=rules.successor_follows_vote,
        foretells=foretelling.earliest_entry,
        writes=exit_actions.name_successor,
        realises="BS-009",
    )
    interim = Meanwhile(
        "指定临时接管",
        by=SUBDISTRICT,
        after=[decision, hiring],
        when=NOT_FOLLOWED,
        facts=facts.InterimNamed,
        rule=meanwhile_rules.interim_is_bounded,
        writes=exit_actions.name_successor,
        realises="BS-084",
        makes=(changing.INTERIM,),
    )

    # Settlement, handover, takeover, departure --------------------------------------------------------------------

    settlement = Child(
        "财务清算",
        "settlement",
        after=[agreement, publicity, non_renewal, ending, expiry, basis, notice],
        when=required("settlement.third_party_required"),
        realises="BS-044",
    )
    refund = Submit(
        "退还违规资金",
        by=PROVIDER,
        after=settlement.at("served"),
        when=happens(queries.money_confirmed, "没有查实违规资金"),
        facts=claim_facts.Refund,
        rule=claim_rules.refunds_in_full,
        writes=claim_actions.close_money_claim,
        due=within("settlement.refund_within", of="settlement.served", on_missed="refund_overdue"),
        realises="BS-058 BS-059",
        makes=(leaving.REFUND_NOTE,),
    )
    handover = Child(
        "资料与资产交接",
        "handover",
        after=[agreement, non_renewal, ending, expiry, basis, notice, settlement.at("cleared")],
        realises="BS-060",
    )
    order = AskedOrder(
        "责令限期移交通知书",
        by=COUNTY,
        enforces=MAKE_UP_BY,
        fulfilled=queries.items_came_in,
        asks_for=queries.items_owed,
        goes=("unneeded", "declined"),
        to=PROVIDER,
        after=handover,
        when=happens(queries.items_missing, "没有缺失的资料资产"),
        facts=claim_facts.HandoverOrder,
        paper=letters.ORDER,
        letter=letters.handover_order,
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
        happened="taken_over_at",
        realises="BS-003",
        makes=(changing.ENTRY,),
    )
    departure = Departing(
        "离场确认",
        by=PROVIDER,
        after=handover.at("confirmed"),
        facts=facts.Departure,
        rule=rules.nobody_left_unserved,
        foretells=foretelling.rest_to_settle,
        due=[
            Due(
                "exit.leave_after_confirmation",
                "handover.confirmed",
                safeguard=rules.UNTIL_TAKEOVER,
                met_by=SAID_LEFT,
            ),
            Due("exit.leave_within", CONTRACT_END, safeguard=rules.UNTIL_TAKEOVER, met_by=SAID_LEFT),
            Due(ground_rules.DISMISSAL, DISMISSAL_TOLD, minimum=True, safeguard=rules.UNTIL_TAKEOVER),
            Due(
                ground_rules.INDEFINITE_NOTICE, INDEFINITE_TOLD, minimum=True, safeguard=rules.UNTIL_TAKEOVER
            ),
        ],
        marks="left",
        realises="BS-077 BS-078 BS-079 BS-080",
        makes=(changing.DEPARTURE,),
    )

    makes = (handing.POWER,)
    standing = {
        "authorise_signer": Standing(
            AUTHORISE,
            (OWNERS, PROVIDER, COMMUNITY, SUBDISTRICT),
            handover_rules.signer_is_empowered,
            handover_actions.empower_signer,
            under=(agreement,),
        ),
        "amend": Standing(
            ActSpec("amend", "变更申请", Reason),
            (PROVIDER,),
            does=exit_actions.amend_application,
            undoes=exit_actions.application_undone,
            realises="BS-041",
        ),
        "amend_notice": Standing(
            ActSpec("amend_notice", "变更通知", Reason),
            (OWNERS,),
            does=exit_actions.amend_notice,
            undoes=exit_actions.notice_undone,
            realises="BS-024",
        ),
        "replace_successor": Standing(
            ActSpec("replace_successor", "另定接替单位", facts.SuccessorReplaced),
            (ASSEMBLY,),
            rule=rules.replaced_before_takeover,
            does=exit_actions.replace_successor,
            undoes=exit_actions.successor_undone,
            when=queries.nobody_took_over,
            realises="BS-009",
        ),
        **INTERIM_ACTS,
        "set_leave_date": Standing(
            ActSpec("set_leave_date", "确定离场日期", ground_facts.LeaveDate),
            (SUBDISTRICT,),
            rule=ground_rules.day_is_for_a_person,
            when=ground_queries.leave_is_for_a_person,
            realises="YC-007",
        ),
        "record_holdout": Standing(
            ActSpec("record_holdout", "记录拒不退出", ground_facts.HoldoutFound, pictures=ON_THE_SPOT),
            (OWNERS, SUBDISTRICT),
            rule=holdout_rules.stays_without_right,
            does=holdout_actions.record_holdout,
            when=queries.nobody_left,
            realises="BS-078 YC-017",
        ),
        "pursue_holdout": Standing(
            ActSpec("pursue_holdout", "拒不退出的司法途径", ground_facts.CourtStep),
            (OWNERS,),
            rule=holdout_rules.way_through_court,
            does=holdout_actions.pursue_holdout,
            realises="BS-119 YC-017",
            outlives=True,
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
