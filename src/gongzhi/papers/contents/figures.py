"""Notices of figures: who bears what, how a vote went, what a settlement found."""

from datetime import date
from typing import ClassVar

from pydantic import Field, model_validator

from gongzhi.values.money import yuan

from ..documents import Line, Piece, Section, Table, Text
from ..kinds import PaperKind
from .content import amounts, clauses, column, day, lines, numbered
from .notices import PostedNotice


class Share(Piece):
    """What one unit bears: no name stands on a public page."""

    unit: Text = Field(title="房号")
    area: Text = Field(title="面积（平方米）")
    cents: int = Field(title="应摊（分）", ge=0)


class FeeSharingNotice(PostedNotice):
    """费用分摊公示: total, quotation, the order of funding tried, basis and area, each unit's share, no names."""

    matter: Text = Field(title="事项")
    total_cents: int = Field(title="总额（分）", ge=0)
    quotation: Text = Field(title="报价依据")
    funding: tuple[Text, ...] = Field(title="资金来源顺序", min_length=1)
    basis_of_shares: Text = Field(title="分摊依据")
    area: Text = Field(title="面积口径")
    formula: Text = Field(title="计算方法")
    shares: tuple[Share, ...] = Field(title="各户分摊", min_length=1)

    @model_validator(mode="after")
    def _adds_up(self) -> "FeeSharingNotice":
        if sum(one.cents for one in self.shares) > self.total_cents:
            raise ValueError("各户分摊之和超过了总额，请核对后再公示。")
        return self

    def subject(self) -> str:
        """关于…费用分摊的公示."""
        return f"{self.matter}费用分摊公示"

    def said(self) -> tuple[str, ...]:
        """One sentence; the facts stand in the frame."""
        return (f"现将{self.matter}的费用和分摊方案公示如下，各户金额见附表。",)

    def told(self) -> tuple[Line, ...]:
        """The total, where it came from, how it is shared."""
        return lines(
            ("总费用", f"{yuan(self.total_cents)}（{self.quotation}）"),
            ("从哪里出", "\n".join(clauses(self.funding))),
            ("谁来分摊", f"{self.basis_of_shares}，{self.area}，共{len(self.shares)}户"),
            ("怎么算", self.formula),
        )

    def annexes(self) -> tuple[Section, ...]:
        """The share of each unit."""
        columns = (column("房号", 2), amounts("面积（平方米）"), amounts("应摊金额"))
        rows = [(one.unit, one.area, yuan(one.cents)) for one in self.shares]
        total = ("", "", yuan(sum(one.cents for one in self.shares)))
        return (Section(heading="附表　各户分摊金额", table=numbered(columns, rows, total)),)


class Counted(Piece):
    """One measure of a vote: people, or square metres."""

    measure: Text = Field(title="口径")
    whole: Text = Field(title="总数")
    taking_part: Text = Field(title="参与")
    agree: Text = Field(title="同意")
    against: Text = Field(title="反对")
    abstain: Text = Field(title="弃权")
    threshold: Text = Field(title="门槛")
    reached: bool = Field(title="达到")


class VoteResultNotice(PostedNotice):
    """业主共同决定结果公示: both measures, thresholds, ballots, passed or not, when and where ballots are checked."""

    kind: ClassVar[PaperKind] = PaperKind.VOTE_RESULT

    matter: Text = Field(title="表决事项")
    sent: int = Field(title="发出票数", ge=0)
    returned: int = Field(title="收回票数", ge=0)
    valid: int = Field(title="有效票数", ge=0)
    counted: tuple[Counted, ...] = Field(title="计票", min_length=2)
    passed: bool = Field(title="通过")
    checking: Text = Field(title="查票时间和地点")

    def subject(self) -> str:
        """关于…表决结果的公示."""
        return f"{self.matter}表决结果公示"

    def said(self) -> tuple[str, ...]:
        """Passed or not, in one sentence."""
        result = "通过" if self.passed else "未通过"
        return (f"业主对“{self.matter}”的表决已经结束，结果为：{result}。",)

    def told(self) -> tuple[Line, ...]:
        """Ballots, then each measure with its threshold."""
        ballots = f"发出{self.sent}张，收回{self.returned}张，有效{self.valid}张，无效{self.returned - self.valid}张"
        measures = ((one.measure, _measured(one)) for one in self.counted)
        return lines(("选票", ballots), *measures, ("查票", self.checking))


def _measured(one: Counted) -> str:
    votes = f"总数{one.whole}，参与{one.taking_part}；同意{one.agree}，反对{one.against}，弃权{one.abstain}"
    return f"{votes}；门槛：{one.threshold}，{'达到' if one.reached else '没有达到'}"


class Settled(Piece):
    """One part of a settlement: what was confirmed, what is irregular."""

    part: Text = Field(title="清算内容")
    confirmed_cents: int = Field(title="确认金额（分）")
    irregular_cents: int = Field(default=0, title="问题金额（分）", ge=0)
    note: Text = Field(default="", title="说明")


class SettlementNotice(PostedNotice):
    """清算报告公示: the firm, the period, the five parts, what was not provided, where the whole report is read."""

    provider: Text = Field(title="物业服务人")
    firm: Text = Field(title="清算机构")
    qualification: Text = Field(title="执业证书编号")
    report: Text = Field(title="报告名称和编号")
    from_on: date = Field(title="清算期间自")
    to_on: date = Field(title="清算期间至")
    parts: tuple[Settled, ...] = Field(title="清算结果", min_length=1)
    not_provided: tuple[Text, ...] = Field(default=(), title="未提供的资料")
    reading: Text = Field(title="报告全文查阅地点")

    def subject(self) -> str:
        """…财务清算报告公示."""
        return f"{self.estate}物业服务财务清算报告公示"

    def said(self) -> tuple[str, ...]:
        """One sentence; the parts stand in the annex."""
        return (
            f"{self.firm}已完成对{self.provider}在{self.estate}物业服务期间的财务清算，现将结果公示如下。",
        )

    def told(self) -> tuple[Line, ...]:
        """The report and what limits it."""
        return lines(
            ("清算报告", self.report),
            ("清算机构", f"{self.firm}（执业证书{self.qualification}）"),
            ("清算期间", f"{day(self.from_on)}至{day(self.to_on)}"),
            ("问题金额", f"{yuan(sum(one.irregular_cents for one in self.parts))}（明细见附表）"),
            ("未提供资料", "、".join(self.not_provided) or "无"),
            ("查阅全文", self.reading),
        )

    def annexes(self) -> tuple[Section, ...]:
        """Part by part."""
        return (Section(heading="附表　清算结果", table=settled_table(self.parts)),)


def settled_table(parts: tuple[Settled, ...]) -> Table:
    """Confirmed and irregular sums of each part."""
    columns = (column("清算内容", 3), amounts("确认金额", 2), amounts("问题金额", 2), column("说明", 3))
    rows = [(one.part, yuan(one.confirmed_cents), yuan(one.irregular_cents), one.note) for one in parts]
    sums = (sum(one.confirmed_cents for one in parts), sum(one.irregular_cents for one in parts))
    return numbered(columns, rows, ("", *map(yuan, sums), ""))
