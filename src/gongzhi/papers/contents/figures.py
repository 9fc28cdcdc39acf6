"""Figures: who bears what, how a vote went."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from gongzhi.values.money import yuan

from ..documents import Line, Piece, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import (
    ROOM,
    Content,
    amounts,
    column,
    day,
    instant,
    lines,
    numbered,
    seal_of,
)


class Share(Piece):
    """What one unit bears: no name stands on a public page."""

    unit: Text = Field(title="房号")
    area: Decimal = Field(title="面积（平方米）")
    cents: int = Field(title="应摊（分）", ge=0)


def share_table(shares: tuple[Share, ...]) -> Table:
    """What each unit bears, by its area, and both sums it can be checked by; no names."""
    columns = (column("房号", 2), amounts("面积（平方米）"), amounts("应摊金额"))
    rows = [(one.unit, f"{one.area:,}", yuan(one.cents)) for one in shares]
    return numbered(columns, rows, ("", area_words(shares), yuan(sum(one.cents for one in shares))))


def area_words(shares: Iterable[Share]) -> str:
    """The areas together: what each share is a part of."""
    return f"{sum((one.area for one in shares), Decimal(0)):,}"


class Counted(Piece):
    """One measure of a vote: people, or square metres."""

    measure: Text = Field(title="口径")
    whole: Text = Field(title="总数")
    taking_part: Text = Field(title="参与")
    agree: Text = Field(title="同意")
    against: Text = Field(default="", title="反对")
    abstain: Text = Field(default="", title="弃权")
    threshold: Text = Field(title="门槛")
    reached: bool = Field(title="达到")


class VoteResult(Content):
    """业主共同决定结果: how the owners voted, with the figures it rests on; enclosed with what follows from it.

    Ballots, both measures, passed or not. What was not told is not printed; what did not pass is decided by nobody.
    """

    kind: ClassVar[PaperKind] = PaperKind.VOTE_RESULT

    matter: Text = Field(title="表决事项")
    sent: int | None = Field(default=None, title="发出票数", ge=0)
    returned: int | None = Field(default=None, title="收回票数", ge=0)
    valid: int | None = Field(default=None, title="有效票数", ge=0)
    counted: tuple[Counted, ...] = Field(title="计票", min_length=2)
    passed: bool = Field(title="通过")
    checking: Text = Field(default="", title="查票时间和地点")
    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    decided: Text = Field(title="决定内容（未通过的，为表决内容）")
    voted_on: date = Field(title="表决日期")
    early: Text = Field(default="", title="表决早于立案的原因")
    recorded_by: Text = Field(title="记录单位")
    present: Text = Field(default="", title="街道（社区）到场人员")
    differs: Text = Field(default="", title="总数与小区登记不一致的原因")
    recorded_at: datetime = Field(title="记录时间")

    def verdict(self) -> str:
        """Passed or not, in one sentence."""
        return f"业主对“{self.matter}”的表决已经结束，结果为：{'通过' if self.passed else '未通过'}。"

    def figures(self) -> tuple[Line, ...]:
        """Ballots, then each measure with its threshold."""
        measures = ((one.measure, measured(one)) for one in self.counted)
        told = (
            ("选票", self._ballots()),
            *measures,
            ("总数与登记不一致", self.differs),
            ("表决早于立案", self.early),
            ("查票", self.checking),
        )
        return lines(*((label, value) for label, value in told if value))

    def _ballots(self) -> str:
        invalid = None if self.returned is None or self.valid is None else self.returned - self.valid
        told = zip(
            ("发出", "收回", "有效", "无效"), (self.sent, self.returned, self.valid, invalid), strict=True
        )
        return "，".join(f"{name}{number}张" for name, number in told if number is not None)

    def what(self) -> Line:
        """What was decided; of what did not pass, what was voted on."""
        return Line(label="决定内容" if self.passed else "表决内容", value=self.decided)

    def form(self) -> Record:
        """A form; who convened signs, and who of the street was there."""
        return Record(
            title="业主共同决定结果",
            number=self.number,
            boxed=True,
            lines=lines(
                ("小区", self.estate),
                ("表决事项", self.matter),
                ("表决日期", day(self.voted_on)),
                (self.what().label, self.decided),
                ("结果", "通过" if self.passed else "未通过"),
                *((line.label, line.value) for line in self.figures()),
                ("记录时间", instant(self.recorded_at)),
                ("到场人员", self.present or ROOM),
                wide=(
                    "小区", "表决事项", self.what().label, "选票", *(one.measure for one in self.counted), "查票",
                    "到场人员",
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
        told = "；".join(f"{one.measure}：{measured(one)}" for one in self.counted)
        return f"表决事项“{self.matter}”，结果：{'通过' if self.passed else '未通过'}。{told}。"


def measured(one: Counted) -> str:
    """The votes of one measure with the threshold they had to reach, in one line; what was not told is left out."""
    cast = (("同意", one.agree), ("反对", one.against), ("弃权", one.abstain))
    votes = "，".join(f"{name}{number}" for name, number in cast if number)
    met = "达到" if one.reached else "没有达到"
    return f"总数{one.whole}，参与{one.taking_part}；{votes}；门槛：{one.threshold}，{met}"
