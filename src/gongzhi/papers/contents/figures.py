"""Notices of figures: who bears what, how a vote went, what a settlement found."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field, model_validator

from gongzhi.values.money import yuan

from ..documents import Line, Piece, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import (
    ROOM,
    Content,
    amounts,
    clauses,
    column,
    day,
    instant,
    lines,
    numbered,
    seal_of,
)
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
        return (Section(heading="附表　各户分摊金额", table=share_table(self.shares)),)


def share_table(shares: tuple[Share, ...]) -> Table:
    """What each unit bears, by its area; no names."""
    columns = (column("房号", 2), amounts("面积（平方米）"), amounts("应摊金额"))
    rows = [(one.unit, one.area, yuan(one.cents)) for one in shares]
    return numbered(columns, rows, ("", "", yuan(sum(one.cents for one in shares))))


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


class Vote(Piece):
    """How a vote went: ballots, both measures, passed or not. What was not told is room to write."""

    matter: Text = Field(title="表决事项")
    sent: int | None = Field(default=None, title="发出票数", ge=0)
    returned: int | None = Field(default=None, title="收回票数", ge=0)
    valid: int | None = Field(default=None, title="有效票数", ge=0)
    counted: tuple[Counted, ...] = Field(title="计票", min_length=2)
    passed: bool = Field(title="通过")
    checking: Text = Field(default="", title="查票时间和地点")

    def verdict(self) -> str:
        """Passed or not, in one sentence."""
        return f"业主对“{self.matter}”的表决已经结束，结果为：{'通过' if self.passed else '未通过'}。"

    def figures(self) -> tuple[Line, ...]:
        """Ballots, then each measure with its threshold."""
        measures = ((one.measure, _measured(one)) for one in self.counted)
        return lines(("选票", self._ballots()), *measures, ("查票", self.checking or ROOM))

    def _ballots(self) -> str:
        invalid = None if self.returned is None or self.valid is None else self.returned - self.valid
        told = zip(
            ("发出", "收回", "有效", "无效"), (self.sent, self.returned, self.valid, invalid), strict=True
        )
        return "，".join(f"{name}{ROOM if number is None else f'{number}张'}" for name, number in told)


class VoteResultNotice(Vote, PostedNotice):
    """业主共同决定结果公示: both measures, thresholds, ballots, passed or not, when and where ballots are checked."""

    kind: ClassVar[PaperKind] = PaperKind.VOTE_RESULT

    def subject(self) -> str:
        """关于…表决结果的公示."""
        return f"{self.matter}表决结果公示"

    def said(self) -> tuple[str, ...]:
        """Passed or not, in one sentence."""
        return (self.verdict(),)

    def told(self) -> tuple[Line, ...]:
        """The figures."""
        return self.figures()


class VoteResult(Vote, Content):
    """业主共同决定结果: what the owners decided, with the figures it rests on; enclosed with what follows from it."""

    kind: ClassVar[PaperKind] = PaperKind.VOTE_RESULT

    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    decided: Text = Field(title="决定内容")
    recorded_by: Text = Field(title="记录单位")
    present: Text = Field(default="", title="街道（社区）到场人员")
    recorded_at: datetime = Field(title="记录时间")

    def form(self) -> Record:
        """A form; who convened signs, and who of the street was there."""
        return Record(
            title="业主共同决定结果",
            number=self.number,
            boxed=True,
            lines=lines(
                ("小区", self.estate),
                ("表决事项", self.matter),
                ("决定内容", self.decided),
                ("结果", "通过" if self.passed else "未通过"),
                *((line.label, line.value) for line in self.figures()),
                ("记录时间", instant(self.recorded_at)),
                ("到场人员", self.present or ROOM),
                wide=(
                    "小区", "表决事项", "决定内容", "选票", *(one.measure for one in self.counted), "查票", "到场人员",
                ),
            ),
            sections=(Section(paragraphs=("每位业主的表决票另行存档，不在本件列明。",)),),
            signatures=(
                seal_of("记录单位", self.recorded_by),
                Signature(role="到场人员", name=self.present),
            ),
        )  # fmt: skip

    def in_short(self) -> str:
        """Passed or not, with both measures."""
        told = "；".join(f"{one.measure}：{_measured(one)}" for one in self.counted)
        return f"表决事项“{self.matter}”，结果：{'通过' if self.passed else '未通过'}。{told}。"


def _measured(one: Counted) -> str:
    votes = f"总数{one.whole}，参与{one.taking_part}；同意{one.agree}，反对{one.against}，弃权{one.abstain}"
    return f"{votes}；门槛：{one.threshold}，{'达到' if one.reached else '没有达到'}"


class Settled(Piece):
    """One part of a settlement: what was confirmed, what is irregular."""

    part: Text = Field(title="清算内容")
    confirmed_cents: int | None = Field(default=None, title="确认金额（分）")
    irregular_cents: int | None = Field(default=None, title="问题金额（分）", ge=0)
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
    irregular_cents: int | None = Field(default=None, title="问题金额合计（分）", ge=0)
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
            ("问题金额", f"{summed(self._irregular())}（明细见附表）"),
            ("未提供资料", "、".join(self.not_provided) or "无"),
            ("查阅全文", self.reading),
        )

    def annexes(self) -> tuple[Section, ...]:
        """Part by part."""
        return (Section(heading="附表　清算结果", table=settled_table(self.parts, self._irregular())),)

    def _irregular(self) -> int | None:
        """The sum of the whole report, where it names one; else that of its parts."""
        return (
            self.irregular_cents
            if self.irregular_cents is not None
            else total_of(one.irregular_cents for one in self.parts)
        )


def summed(cents: int | None) -> str:
    """A sum; room to write where nobody named it."""
    return yuan(cents) if cents is not None else ROOM


def total_of(sums: Iterable[int | None]) -> int | None:
    """What they add up to; None where one of them is not known."""
    known = list(sums)
    return None if None in known else sum(one or 0 for one in known)


def settled_table(parts: tuple[Settled, ...], irregular: int | None = None) -> Table:
    """Confirmed and irregular sums of each part; what the report does not name is room to write."""
    columns = (column("清算内容", 3), amounts("确认金额", 2), amounts("问题金额", 2), column("说明", 4))
    rows = [(one.part, summed(one.confirmed_cents), summed(one.irregular_cents), one.note) for one in parts]
    confirmed = total_of(one.confirmed_cents for one in parts)
    return numbered(columns, rows, ("", summed(confirmed), summed(irregular), ""))
