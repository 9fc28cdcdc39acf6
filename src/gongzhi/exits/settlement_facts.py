"""What is said in a settlement. 《白山市物业服务人退出及应急服务管理办法》第13条至第15条."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from gongzhi.acts.facts import Facts


class SettlementScope(Facts):
    """What is settled, and by when the books are asked for."""

    period_from: date = Field(title="清算期间起")
    period_to: date = Field(title="清算期间止")
    books_due_on: date = Field(title="要求提供资料的日期")
    remark: str = Field(title="清算方案", min_length=2, max_length=5000)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.period_to < self.period_from:
            raise ValueError("清算期间的止日不能早于起日")
        return self


class FundingPlan(Facts):
    """What the settlement costs and what the common revenue can bear; without proof it bears nothing."""

    total_cents: int = Field(title="清算费用总额（分）", gt=0, le=10**13)
    quotation: str = Field(title="询价比选情况", min_length=2, max_length=2000)
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


class Advance(Facts):
    """The community bridges what stays unpaid after demand, and says how it is offset later."""

    amount_cents: int = Field(title="垫付金额（分）", gt=0)
    source: str = Field(title="经费来源", min_length=2, max_length=200)
    offset_plan: str = Field(title="抵扣方案", min_length=2, max_length=5000)


class CollectionClosed(Facts):
    """How the collection stands: what is unpaid stays owed by its debtors."""

    remark: str = Field(title="收缴情况说明", min_length=2, max_length=2000)


class Entrustment(Facts):
    """The firm entrusted: its qualification and that it has nothing to do with the provider."""

    firm: UUID = Field(title="第三方机构")
    qualification: str = Field(title="资质证书编号", min_length=2, max_length=100)
    is_independent: bool = Field(title="与物业服务人无利害关系")
    fee_cents: int = Field(title="委托费用（分）", gt=0, le=10**13)
    report_due_on: date = Field(title="提交报告日期")


class ReportPart(Facts):
    """One part of the report."""

    code: str = Field(title="部分", min_length=1, max_length=64)
    finding: str = Field(title="清算结果", min_length=2, max_length=5000)


class SettlementReport(Facts):
    """The firm's formal report: every part the law asks for, what was not provided, irregular money."""

    parts: tuple[ReportPart, ...] = Field(title="报告内容", min_length=1, max_length=50)
    accountants: tuple[str, ...] = Field(title="签字人员", min_length=2, max_length=5)
    scope_limited: bool = Field(title="清算范围受限")
    limitation: str = Field(title="未提供的资料", default="", max_length=5000)
    irregular_cents: int = Field(title="违规资金（分）", ge=0, le=10**13)
    irregular_basis: str = Field(title="违规资金说明及凭证", default="", max_length=5000)

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        if self.scope_limited and not self.limitation:
            raise ValueError("清算范围受限的，要写明哪些资料没有提供")
        if self.irregular_cents and not self.irregular_basis:
            raise ValueError("查出违规资金的，要写明事实和凭证")
        return self


class Findings(Facts):
    """Irregular money confirmed, served on the provider: from then the time to refund runs."""

    amount_cents: int = Field(title="确认的违规资金（分）", gt=0, le=10**13)
    basis: str = Field(title="确认依据", min_length=2, max_length=5000)
    account: str = Field(title="退还账户", min_length=2, max_length=200)
