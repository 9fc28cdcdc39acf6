"""The settlement of accounts before a provider leaves. Read it beside the articles."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Standing
from gongzhi.procedures.kinds import Checklist, File, Submit
from gongzhi.procedures.reads import Reads
from gongzhi.procedures.terms import ActSpec, NamedDate, NamedDay, both, happens, required, within
from gongzhi.registry.roles import COMMUNITY, COUNTY, FIRM, OWNER, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.exchange import SettlementTold

from .. import cost_rules, foretelling, letters, settlement_facts, settlement_rules
from .. import settlement_queries as queries
from ..actions import costs
from ..actions import settlement as settlement_actions
from ..collecting import Collecting
from ..demanding import DemandOfBooks
from ..orders import AskedOrder
from ..papers import leaving, posters, settling
from ..publishing import WordedPublish
from ..report_beginning import Begun, report_as_known, report_is_checked

BOOKS_MISSING = happens(queries.books_missing, "要求的资料已经齐全")
OWNERS_PAY = happens(queries.owners_pay, "公共收益足够，无需业主分摊")
WAS_ADVANCED = happens(queries.was_advanced, "社区没有垫付")
DEMANDED_BY = NamedDate("demanded_by", "催告的限期", queries.books_demanded_by)


@declared
class Settlement(Procedure):
    """财务清算. 《白山市物业服务人退出及应急服务管理办法》第13条至第15条."""

    code, title, subject = "settlement", "财务清算", "estate"
    child_only = True
    overseers = (SUBDISTRICT, COUNTY)
    result = SettlementTold
    reads = Reads(situation=queries.settlement_situation, gives=queries.settlement_told)
    realises = "BS-018 BS-044"

    scope = Submit(
        "清算方案及提供资料通知",
        by=OWNERS,
        to=PROVIDER,
        facts=settlement_facts.SettlementScope,
        rule=settlement_rules.scope_is_whole,
        marks="asked",
        realises="BS-018 BS-050",
        makes=(settling.SCOPE,),
    )
    books = Checklist(
        "提供资料清单",
        by=PROVIDER,
        to=OWNERS,
        items="settlement.report_parts",
        after=scope,
        goes=("refused",),
        named=NamedDay(
            queries.books_asked_by,
            "清算方案及提供资料通知要求的日期为",
            ("fill",),
            unless="settlement.books_within",
            runs_on=True,
        ),
        due=within("settlement.books_within", of="scope.asked", on_missed="books_overdue"),
        realises="BS-050",
    )
    books_demand = DemandOfBooks(
        "催告提供资料",
        by=OWNERS,
        to=PROVIDER,
        after=books,
        when=BOOKS_MISSING,
        goes=("unneeded",),
        facts=settlement_facts.BooksDemand,
        rule=settlement_rules.demands_missing_books,
        marks="demanded",
        makes=(leaving.BOOKS_DEMAND,),
    )
    books_order = AskedOrder(
        "责令提供资料通知书",
        by=COUNTY,
        enforces=DEMANDED_BY,
        fulfilled=queries.books_came_in,
        to=PROVIDER,
        after=books_demand,
        when=BOOKS_MISSING,
        goes=("unneeded", "declined"),
        facts=settlement_facts.BooksOrder,
        paper=letters.ORDER,
        letter=letters.books_order,
        realises="BS-110",
    )
    comparison = Submit(
        "比选记录",
        by=OWNERS,
        after=scope.at("submitted"),
        facts=settlement_facts.Comparison,
        rule=settlement_rules.compares_enough,
        foretells=foretelling.quotes_so_far,
        realises="BS-044",
    )
    funding = Submit(
        "清算费用方案",
        by=OWNERS,
        after=comparison,
        facts=settlement_facts.FundingPlan,
        rule=cost_rules.cost_can_be_shared,
        writes=costs.share_cost,
        realises="BS-045 BS-046",
        makes=(settling.SHEET,),
    )
    apportionment = WordedPublish(
        "费用分摊公示",
        words=posters.cost_sharing,
        by=OWNERS,
        after=funding,
        days="notice.apportionment_days",
        objections=OWNER,
        when=both(required("notice.apportionment_days"), OWNERS_PAY),
        realises="BS-046 BS-019",
    )
    collection = Collecting(
        "分摊费用收缴",
        by=OWNERS,
        after=apportionment,
        when=OWNERS_PAY,
        facts=settlement_facts.CollectionClosed,
        rule=cost_rules.collection_was_tried,
        realises="BS-047",
    )
    advance_notice = WordedPublish(
        "垫付及抵扣方案公示",
        words=posters.advance_plan,
        by=COMMUNITY,
        after=collection,
        days="notice.advance_plan_days",
        when=both(required("notice.advance_plan_days"), WAS_ADVANCED),
        realises="BS-048",
        makes=(settling.ADVANCE,),
    )
    advance_filing = File(
        "垫付及抵扣方案备案",
        by=COMMUNITY,
        to="settlement.advance_filed_with",
        encloses=settling.ADVANCE,
        gist=settling.advances_in_short,
        after=collection,
        when=WAS_ADVANCED,
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
        makes=(settling.ENTRUSTMENT,),
    )
    report = Begun[settlement_facts.SettlementReport](
        "清算报告",
        by=FIRM,
        begins=report_as_known,
        foretells=report_is_checked,
        named=NamedDay(queries.report_agreed_by, "委托时约定的报告日期为", ("submit",), runs_on=True),
        after=[entrustment, books, books_demand],
        facts=settlement_facts.SettlementReport,
        rule=settlement_rules.report_is_whole,
        writes=settlement_actions.claim_books,
        realises="BS-050 BS-051 BS-052 BS-053 BS-054 BS-055",
        makes=(settling.COVER,),
    )
    report_notice = WordedPublish(
        "清算报告公示",
        words=posters.report_found,
        by=OWNERS,
        after=report,
        days="notice.settlement_report_days",
        objections=OWNER,
        replies=FIRM,
        reply_basis="objection.replied_by",
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
        writes=settlement_actions.claim_money,
        marks="served",
        realises="BS-058",
        makes=(settling.REFUND_LETTER,),
    )
    accounts = Submit(
        "清算费用收支结算",
        by=OWNERS,
        after=[report, collection],
        facts=settlement_facts.BillClosed,
        rule=cost_rules.bill_adds_up,
        writes=costs.close_bill,
        realises="BS-019",
    )
    accounts_notice = WordedPublish(
        "清算费用收支公示",
        words=posters.accounts,
        by=OWNERS,
        after=accounts,
        days="notice.settlement_accounts_days",
        objections=OWNER,
        when=required("notice.settlement_accounts_days"),
        realises="BS-019",
    )

    standing = {
        "late_book": Standing(
            ActSpec("late_book", "补交资料", settlement_facts.LateBook),
            (OWNERS, FIRM),
            settlement_rules.book_came_in,
            settlement_actions.receive_book,
            outlives=True,
            under=(books,),
        ),
        "record_quote": Standing(
            ActSpec("record_quote", "登记报价", settlement_facts.FirmQuoted),
            (OWNERS,),
            settlement_rules.quote_is_free_of_interest,
            settlement_actions.keep_quote,
            "BS-044",
            under=(comparison,),
        ),
        "demand": Standing(
            ActSpec("demand", "催缴", settlement_facts.Demand),
            (OWNERS,),
            cost_rules.demands_what_is_unpaid,
            costs.demand_shares,
            "BS-047",
            outlives=True,
            under=(collection,),
        ),
        "record_payment": Standing(
            ActSpec("record_payment", "登记缴费", settlement_facts.Payment),
            (OWNERS,),
            cost_rules.pays_its_share,
            costs.keep_payment,
            "BS-046",
            outlives=True,
            under=(collection,),
            foretells=foretelling.shares_as_they_stand,
        ),
        "record_payments": Standing(
            ActSpec("record_payments", "登记多户缴费", settlement_facts.PaymentsTold),
            (OWNERS,),
            cost_rules.payments_fit,
            costs.keep_payments,
            "BS-046",
            outlives=True,
            under=(collection,),
        ),
        "advance": Standing(
            ActSpec("advance", "临时垫付", settlement_facts.Advance),
            (COMMUNITY,),
            cost_rules.advance_is_bounded,
            costs.keep_advance,
            "BS-047",
            under=(collection,),
        ),
        "record_offset": Standing(
            ActSpec("record_offset", "登记垫付抵扣", settlement_facts.Offset),
            (OWNERS, COMMUNITY),
            cost_rules.offset_is_bounded,
            costs.keep_offset,
            "BS-047",
            outlives=True,
            under=(collection,),
        ),
    }
