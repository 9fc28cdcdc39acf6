"""Scenes of a settlement that several stories share: books, quotes, funding, the report, the bill."""

from datetime import date
from typing import Any

from gongzhi.exits.procedures import Settlement
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation, OrganisationKind, Post
from gongzhi.registry.roles import OWNERS

from .scenes import post, take_down
from .telling import Story, Telling

#: What a settlement costs, in cents, and what of it is the firm's fee: invented figures.
COST, FEE = 1_680_000, 1_500_000
REST_FOR = "公示印制张贴、通知送达和档案复制费用（示例）"
PARTS = {
    "public_revenue": "广告、场地和停车收入与合同、流水核对一致，结余已存入共管账户",
    "collected_fees": "代收水电费台账与缴费凭证相符，未缴部分已列明细",
    "maintenance_fund": "使用项目均有申请、公示和备案，结余与专户一致",
    "premises_facilities": "服务用房和共用设施台账齐全，损坏设施另列清单",
    "utilities": "与供水、供电、供热、电梯维保单位的协议和结算已核对",
}
#: What the firm finds of the common revenue where money is missing, and where it was shown no books.
NOT_PAID_IN = "广告、场地收入与合同、流水核对一致；地面停车收入与收费记录不符，有一部分未入公共收益账户"
UNCONFIRMED = "账册未提供，不能确认"


def scope(tell: Telling, due: int) -> None:
    """What is settled, which books are asked for, and by which day; the provider signs for the notice."""
    start = date(tell.today.year - 1, 1, 1)
    tell.do(
        "settlement.scope.submit",
        "submit",
        period_from=start,
        period_to=tell.today,
        parts=list(PARTS),
        books="公共收益和代收费用的账册、凭证、银行流水，维修资金使用资料，设施台账，专营单位协议和结算单",
        books_due_on=tell.on(due),
        remark="对在管期间公共收益、代收代缴、维修资金、用房设施和专营结算逐项清算，请按时提供账册",
    )
    tell.later(90)
    receive(tell, "settlement.scope")


def receive(tell: Telling, step: str) -> None:
    """The provider takes a paper in."""
    tell.do(f"{step}.receive", "receive", arrived_at=tell.now)


def give_books(tell: Telling, missing: tuple[str, ...] = ()) -> None:
    """The provider fills the list of books, but for what it refuses; both sign."""
    rows = Item.objects.filter(case=tell.case("settlement"), round__step__code="books", round__void_at=None)
    for code in list(rows.order_by("position").values_list("code", flat=True)):
        said: dict[str, Any] = {"code": code, "state": "sealed_copy", "quantity": 1}
        if code in missing:
            reason = "以账册存放总公司为由不提供"
            said = {"code": code, "state": "missing", "reason": reason, "make_up_on": tell.on(-1)}
        tell.do("settlement.books.fill", "record", **said)
    tell.do("settlement.books.fill", "fill", remark="已当面点收")
    for path in tell.tasks("settlement.books.sign:"):
        tell.sign(path)


def demand_books(tell: Telling, until: int) -> None:
    """What was not provided is demanded in writing, with a day."""
    missing = Item.objects.filter(
        case=tell.case("settlement"), round__step__code="books", state="missing", round__void_at=None
    )
    tell.do(
        "settlement.books_demand.submit",
        "submit",
        items="\n".join(missing.order_by("position").values_list("label", flat=True)),
        until_on=tell.on(until),
        consequence="逾期不提供的，提请主管部门责令提供，缺失的账簿列为追索事项和处罚线索",
    )
    tell.later(60)
    receive(tell, "settlement.books_demand")


def compare(tell: Telling) -> None:
    """Two firms quote, each with its statement; the nearer and cheaper one is chosen."""
    others = Organisation.objects.filter(kind=OrganisationKind.THIRD_PARTY_FIRM).exclude(pk=tell.firm.pk)
    second = others.order_by("jurisdiction_code", "id").first()
    assert second is not None
    for firm, cents in ((tell.firm, FEE), (second, FEE + 240_000)):
        said: dict[str, Any] = {"firm": firm.pk, "amount_cents": cents, "quoted_on": tell.today}
        statement = "与退出的物业服务人没有投资、任职和业务往来关系（示例声明）"
        tell.stand(
            tell.organ(OWNERS), "record_quote", "settlement", **said, is_related=False, statement=statement
        )
    tell.later(30)
    tell.do(
        "settlement.comparison.submit",
        "submit",
        firm=tell.firm.pk,
        reason="报价较低，曾承担同类项目清算，能按时提交报告",
        present=tell.names(),
    )
    tell.later(30)


def fund(tell: Telling, total: int, revenue: int) -> None:
    """How the settlement is paid for: the proved balance of the common revenue first."""
    proof: dict[str, Any] = (
        {"revenue_as_of": tell.today, "revenue_voucher": "示例银行对账单"} if revenue else {}
    )
    said: dict[str, Any] = {"total_cents": total, "revenue_cents": revenue, "other_for": REST_FOR}
    tell.do("settlement.funding.submit", "submit", **said, **proof)


def entrust(tell: Telling, due: int) -> None:
    """The firm is entrusted, to report by a day."""
    tell.do(
        "settlement.entrustment.submit",
        "submit",
        "entrustment",
        firm=tell.firm.pk,
        qualification="示例执业证书",
        is_independent=True,
        fee_cents=FEE,
        deliverable="财务清算报告一式五份及工作底稿目录",
        report_due_on=tell.on(due),
    )


def report(tell: Telling, irregular: int = 0, missing: tuple[str, ...] = ()) -> None:
    """The firm reports; what was not provided limits its scope, and it says so."""
    scoped = CaseView(tell.case("settlement")).heard(Settlement.scope)
    assert scoped is not None
    limited = "上述资料未提供，相关收支不能确认，相应部分清算范围受限" if missing else ""
    findings = PARTS | ({"public_revenue": NOT_PAID_IN} if irregular else {})
    findings |= dict.fromkeys(missing, UNCONFIRMED)
    if irregular and "public_revenue" in missing:
        findings["public_revenue"] = f"{UNCONFIRMED}；停车收费记录显示，地面停车收入未入公共收益账户"
    tell.do(
        "settlement.report.submit",
        "submit",
        "settlement_report",
        parts=[_part(code, finding, irregular, told=not missing) for code, finding in findings.items()],
        accountants=tell.names_in(
            tell.task("settlement.report.submit").organisation_id, Post.FIRM_ACCOUNTANT
        ),
        reached_on=min(scoped.period_to, tell.today),
        scope_limited=bool(missing),
        not_provided=list(missing),
        limitation=limited,
        irregular_cents=irregular,
        irregular_basis="地面停车收入未入公共收益账户，见示例凭证" if irregular else "",
    )


def _part(code: str, finding: str, irregular: int, *, told: bool) -> dict[str, Any]:
    """One part; the irregular money is of the common revenue, where the whole scope was looked at."""
    sums = {"irregular_cents": irregular if code == "public_revenue" else 0} if told else {}
    return {"code": code, "finding": finding, **sums}


def close_bill(tell: Telling) -> None:
    """The firm is paid, the bill is closed and posted."""
    tell.do(
        "settlement.accounts.submit",
        "submit",
        fee_cents=FEE,
        other_cents=COST - FEE,
        paid_on=tell.today,
        voucher="示例付款凭证",
        remark="收支相抵，没有结余；凭证存业主委员会备查",
    )
    tell.later(20)
    post(tell, "settlement.accounts_notice", "清算费用收支公示")


def settle(tell: Telling, start: int, irregular: int = 0) -> Story:
    """A settlement paid from common revenue, to its cleared notices; where none is asked for, nothing."""
    yield tell.day(start, "09:30")
    if not tell.tasks("settlement.scope"):
        return
    scope(tell, start + 5)
    yield tell.day(start + 2, "10:00")
    compare(tell)
    fund(tell, COST, COST + COST)
    yield tell.day(start + 3, "10:00")
    entrust(tell, start + 20)
    yield tell.day(start + 4, "14:00")
    give_books(tell)
    yield tell.day(start + 12, "16:00")
    report(tell, irregular)
    yield tell.day(start + 13, "09:00")
    post(tell, "settlement.report_notice", "财务清算报告公示")
    tell.later(30)
    close_bill(tell)
    yield tell.day(start + 22, "09:00")
    take_down(tell, "settlement.report_notice")
    take_down(tell, "settlement.accounts_notice")
