"""What is said in a settlement. 《白山市物业服务人退出及应急服务管理办法》第13条至第15条."""

from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from gongzhi.acts.facts import PEOPLE, Facts
from gongzhi.procedures.service import HandedAt

from .enclosing import Attachments, Encloses

#: What the remedies of an order must name; how long each is open is the law's to say: the draft begins with it.
NAMES_REMEDY = (
    "写明向哪个机关申请行政复议、向哪个人民法院提起诉讼，各在多长期限内提出；"
    "当地行政案件集中管辖的，写集中管辖的法院"
)
#: What an order says of the party's own words, where its draft says nothing else (《行政处罚法》第45条).
DEFENCE = "你单位可以在收到本通知书后以书面或者口头方式向本机关陈述、申辩"


class SettlementScope(Facts):
    """清算方案及提供资料通知: the period, the parts that are settled, the books asked for and by when."""

    period_from: date = Field(title="清算期间起")
    period_to: date = Field(title="清算期间止", description="可以写到合同终止日（计划退出日）")
    parts: tuple[str, ...] = Field(
        title="清算范围", min_length=1, max_length=50, json_schema_extra={"listed": "settlement.report_parts"}
    )
    books: str = Field(title="要求提供的账簿资料", min_length=2, max_length=5000)
    books_due_on: date = Field(title="要求提供资料的日期")
    remark: str = Field(title="清算方案", min_length=2, max_length=5000)
    handed_at: HandedAt = None

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.period_to < self.period_from:
            raise ValueError("清算期间的止日不能早于起日")
        return self


class BooksDemand(Facts):
    """催告函: what was not provided, and until when it must be."""

    items: str = Field(title="未提供的资料", min_length=2, max_length=5000)
    until_on: date = Field(title="限期提供的日期")
    consequence: str = Field(title="逾期的后果", min_length=2, max_length=1000)
    handed_at: HandedAt = None


class BooksOrder(Encloses):
    """An authority orders the provider to produce its books within a time (责令限期提供)."""

    facts_found: str = Field(title="查明事实", min_length=2, max_length=5000)
    basis: str = Field(title="法律依据", min_length=2, max_length=500)
    items: str = Field(title="应提供的资料", min_length=2, max_length=5000)
    until_on: date = Field(title="提供期限")
    consequence: str = Field(title="逾期后果", min_length=2, max_length=1000)
    remedy: str = Field(title="救济途径", description=NAMES_REMEDY, min_length=2, max_length=1000)
    defence: str = Field(title="陈述申辩的方式和期限", default=DEFENCE, min_length=2, max_length=1000)
    contact: str = Field(title="联系人及电话", default="", max_length=100)
    copies: str = Field(title="抄送", default="", max_length=300)
    attachments: Attachments = ""


class LateBook(Facts):
    """A book that had been missing came in while the settlement runs."""

    item: UUID = Field(title="资料", json_schema_extra={"offers": "missing_item"})
    received_on: date = Field(title="收到日期")
    state: Literal["original", "sealed_copy"] = Field(title="状态")


class FirmQuoted(Facts):
    """A firm's quote, with its statement that it has no interest in the provider (比选)."""

    firm: UUID = Field(title="机构")
    amount_cents: int = Field(title="报价（分）", gt=0, le=10**13)
    quoted_on: date = Field(title="报价日期")
    is_related: bool = Field(title="与退出的物业服务人有利害关系")
    statement: str = Field(title="利害关系声明", min_length=2, max_length=1000)


class Comparison(Facts):
    """比选记录: which of the firms that quoted is chosen, why, and who compared."""

    firm: UUID = Field(title="选定的机构")
    reason: str = Field(title="选定理由", min_length=2, max_length=2000)
    present: tuple[str, ...] = Field(
        title="参加比选人员", min_length=2, max_length=20, json_schema_extra=PEOPLE
    )


class FundingPlan(Facts):
    """What the settlement costs and what the common revenue can bear; without proof it bears nothing."""

    total_cents: int = Field(title="清算费用总额（分）", gt=0, le=10**13)
    other_for: str = Field(
        title="报价以外部分的用途（总额多于选定机构报价的必填）", default="", max_length=200
    )
    revenue_cents: int = Field(title="公共收益可用余额（分）", ge=0, le=10**13)
    revenue_as_of: date | None = Field(title="余额截至日期", default=None)
    revenue_voucher: str = Field(title="余额凭证号", default="", max_length=100)

    @model_validator(mode="after")
    def _proved(self) -> Self:
        if self.revenue_cents and (self.revenue_as_of is None or not self.revenue_voucher):
            raise ValueError("公共收益余额要写明截至日期和凭证号，没有凭证的按零计算")
        return self


class Demand(Facts):
    """The unpaid shares were demanded."""

    demanded_on: date = Field(title="催缴日期")
    method: str = Field(title="催缴方式", min_length=2, max_length=200)


class Payment(Facts):
    """One unit paid its share, or a part."""

    unit: UUID = Field(title="房屋")
    amount_cents: int = Field(title="金额（分）", gt=0)
    paid_on: date = Field(title="缴纳日期")


class PaymentsTold(Facts):
    """What several units paid, as a table brings it: all of it or nothing."""

    rows: tuple[Payment, ...] = Field(title="缴费", min_length=1, max_length=20_000)


class Advance(Facts):
    """The community bridges what stays unpaid after demand, and says from what it is offset later.

    Fees of a lump-sum provider are its own income: offsetting from them needs its written consent.
    """

    amount_cents: int = Field(title="垫付金额（分）", gt=0)
    source: str = Field(title="经费来源", min_length=2, max_length=200)
    offset_from: str = Field(
        title="抵扣来源",
        min_length=2,
        max_length=32,
        json_schema_extra={"listed": "settlement.advance_offset_from"},
    )
    fee_mode: Literal["", "lump_sum", "remuneration"] = Field(
        title="物业费计费方式",
        default="",
        json_schema_extra={"labels": {"lump_sum": "包干制", "remuneration": "酬金制"}},
    )
    consent: str = Field(title="物业服务人书面同意（文号或日期）", default="", max_length=200)
    offset_plan: str = Field(title="抵扣方案", min_length=2, max_length=5000)


class Offset(Facts):
    """A part of the advance came back."""

    amount_cents: int = Field(title="抵扣金额（分）", gt=0)
    source: str = Field(
        title="抵扣来源",
        min_length=2,
        max_length=32,
        json_schema_extra={
            "beside": {"debtor_paid": "欠费业主补缴"},
            "listed": "settlement.advance_offset_from",
        },
    )
    on: date = Field(title="抵扣日期")
    voucher: str = Field(title="凭证号", min_length=1, max_length=100)


class CollectionClosed(Facts):
    """How the collection of the shares ended; of a community that did not answer, when and how it was asked."""

    remark: str = Field(title="收缴情况", min_length=2, max_length=2000)
    silent: str = Field(
        title="询问社区的情况",
        description="社区没有答复是否垫付的，写明何时、怎样询问过；已经答复的不填",
        default="",
        max_length=300,
    )


class Entrustment(Facts):
    """A third-party firm is entrusted: its qualification, its independence, what it delivers and when."""

    firm: UUID = Field(title="第三方机构")
    qualification: str = Field(title="资质编号", min_length=2, max_length=100)
    is_independent: bool = Field(title="与物业服务人无利害关系")
    fee_cents: int = Field(title="费用（分）", gt=0, le=10**13)
    deliverable: str = Field(title="交付成果", min_length=2, max_length=500)
    report_due_on: date = Field(title="约定的报告日期")


#: What a part begins with whose books came and of which the case knows no sum: the firm writes behind it.
RESULT_OPEN = "清算结果："


class ReportPart(Facts):
    """One part of the report."""

    code: str = Field(
        title="部分", min_length=1, max_length=64, json_schema_extra={"listed": "settlement.report_parts"}
    )
    finding: str = Field(title="清算结果", min_length=2, max_length=5000)
    confirmed_cents: int | None = Field(title="确认金额（分）", default=None, ge=-(10**13), le=10**13)
    irregular_cents: int | None = Field(title="问题金额（分）", default=None, ge=0, le=10**13)

    @field_validator("finding")
    @classmethod
    def _says_what_came_out(cls, value: str) -> str:
        """That the books were given is no result: it was posted to all owners as one."""
        if value.strip().endswith(RESULT_OPEN):
            raise ValueError(f"还没有写清算结果，请在“{RESULT_OPEN}”后写明金额或者结论")
        return value


class SettlementReport(Facts):
    """The firm's formal report: every part the law asks for, what was not provided, irregular money."""

    parts: tuple[ReportPart, ...] = Field(title="报告内容", min_length=1, max_length=50)
    accountants: tuple[str, ...] = Field(
        title="签字人员", min_length=2, max_length=5, json_schema_extra=PEOPLE
    )
    reached_on: date = Field(title="清算数字截至", description="报告中的数字算到哪一天")
    scope_limited: bool = Field(title="清算范围受限")
    not_provided: tuple[str, ...] = Field(
        title="未提供的资料", default=(), max_length=50, json_schema_extra={"missing_of": "books"}
    )
    limitation: str = Field(title="受限情况说明", default="", max_length=5000)
    irregular_cents: int = Field(title="违规资金（分）", ge=0, le=10**13)
    irregular_basis: str = Field(title="违规资金说明及凭证", default="", max_length=5000)

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        if len({name.strip() for name in self.accountants}) < len(self.accountants):
            raise ValueError("清算报告要由两名以上不同的人员签字")
        if self.scope_limited != bool(self.not_provided):
            raise ValueError("清算范围受限的，要列出未提供的资料；没有受限的，不要列")
        if self.scope_limited and not self.limitation:
            raise ValueError("清算范围受限的，要写明哪些内容因此不能确认")
        if self.irregular_cents and not self.irregular_basis:
            raise ValueError("查出违规资金的，要写明事实和凭证；没有凭证支持的不能列为违规资金")
        return self

    @model_validator(mode="after")
    def _parts_add_up(self) -> Self:
        told = [part.irregular_cents for part in self.parts if part.irregular_cents is not None]
        if told and sum(told) != self.irregular_cents:
            raise ValueError("各部分的问题金额之和与违规资金不符，请核对")
        return self


class Findings(Facts):
    """Irregular money confirmed, served on the provider: from then the time to refund runs."""

    amount_cents: int = Field(title="确认的违规资金（分）", gt=0, le=10**13)
    beyond: str = Field(
        title="超出清算报告金额的依据",
        description="采纳异议而增加的，写明哪件异议、答复书编号和增加的金额；不超出的不填",
        default="",
        max_length=500,
    )
    basis: str = Field(title="确认依据", min_length=2, max_length=5000)
    account: str = Field(
        title="退还账户", description="写明户名、开户银行和账号", min_length=2, max_length=200
    )
    handed_at: HandedAt = None


class BillClosed(Facts):
    """清算费用收支结算: what was paid, by which vouchers."""

    fee_cents: int = Field(title="支付机构费用（分）", ge=0, le=10**13)
    other_cents: int = Field(title="其他支出（分）", ge=0, le=10**13)
    paid_on: date = Field(title="支付日期")
    voucher: str = Field(title="支付凭证号", min_length=1, max_length=100)
    remark: str = Field(title="结余（不足）处理", min_length=2, max_length=2000)
