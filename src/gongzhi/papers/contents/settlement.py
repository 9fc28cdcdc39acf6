"""The settlement: the report's cover, and the written answer to who objects."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from ..documents import Cover, Letter, Text
from ..kinds import PaperKind
from .content import Content, day, lines, sentence


class SettlementCover(Content):
    """清算报告封面: scope, parts, what was not provided, two accountants. The report itself is the firm's."""

    kind: ClassVar[PaperKind] = PaperKind.SETTLEMENT_REPORT

    number: Text = Field(title="报告编号")
    estate: Text = Field(title="小区")
    provider: Text = Field(title="物业服务人")
    client: Text = Field(title="委托人")
    firm: Text = Field(title="清算机构")
    qualification: Text = Field(title="执业证书编号")
    accountants: tuple[Text, Text] = Field(title="签字会计师")
    from_on: date = Field(title="清算期间自")
    to_on: date = Field(title="清算期间至")
    reached: Text = Field(default="", title="清算截止")
    parts: tuple[Text, ...] = Field(title="报告内容", min_length=1)
    not_provided: tuple[Text, ...] = Field(default=(), title="未提供的资料")
    made_on: date = Field(title="报告日期")

    def form(self) -> Cover:
        """Who settled what and when, then what limits it."""
        head = lines(
            ("物业服务人", self.provider),
            ("委托人", self.client),
            ("清算期间", f"{day(self.from_on)}至{day(self.to_on)}"),
            ("清算截止", self.reached),
            ("清算机构", self.firm),
            ("执业证书", self.qualification),
            ("签字会计师", "、".join(self.accountants)),
            ("报告内容", "、".join(self.parts)),
            ("未提供资料", "、".join(self.not_provided) or "无"),
        )
        return Cover(
            title="财务清算报告",
            subtitle=self.estate,
            number=self.number,
            lines=head,
            signers=(f"{self.firm}（盖章）",),
            date=day(self.made_on),
        )


class ObjectionReply(Content):
    """异议答复书 of who posted: question, finding and on whose opinion it rests, adopted or not, next remedy."""

    kind: ClassVar[PaperKind] = PaperKind.OBJECTION_REPLY

    number: Text = Field(default="", title="编号")
    objector: Text = Field(title="异议人")
    notice: Text = Field(title="所异议的公示")
    raised_on: date = Field(title="提出日期")
    question: Text = Field(title="异议内容")
    finding: Text = Field(title="核实情况")
    opinion_by: Text = Field(default="", title="出具意见的机构")
    opinion: Text = Field(default="", title="出具的意见")
    adopted: bool = Field(title="采纳")
    reasons: Text = Field(title="理由")
    remedy: Text = Field(title="救济途径")
    answered_by: Text = Field(title="答复人")
    made_on: date = Field(title="答复日期")

    def _opinion(self) -> str:
        told = sentence(self.opinion)
        return f"{self.opinion_by}出具的意见：{told}" if self.opinion_by else told and f"意见：{told}"

    def masked(self) -> "ObjectionReply":
        """As it is posted: without the name."""
        return self.model_copy(update={"objector": "异议人（隐名）"})

    def form(self) -> Letter:
        """A letter in four parts."""
        verdict = "采纳" if self.adopted else "不予采纳"
        parts = (
            ("异议内容", (sentence(self.question),)),
            (
                "核实情况",
                (sentence(self.finding), self._opinion()),
            ),
            ("处理结果", (f"{verdict}。{sentence(self.reasons)}",)),
            ("救济途径", (sentence(self.remedy),)),
        )
        intro = f"您于{day(self.raised_on)}对“{self.notice}”提出的异议收悉，现答复如下："
        told = (
            text for n, (name, texts) in enumerate(parts) for text in (f"{'一二三四'[n]}、{name}", *texts)
        )
        return Letter(
            title="异议答复书",
            number=self.number,
            recipient=self.objector,
            paragraphs=(intro, *filter(None, told)),
            signers=(self.answered_by,),
            date=day(self.made_on),
        )
