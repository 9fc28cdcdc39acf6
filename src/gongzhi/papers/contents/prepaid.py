"""What owners paid beforehand or left as a deposit: the list by unit, and the sums of each kind."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from gongzhi.values.money import yuan

from ..documents import Column, Piece, Record, Section, Table, Text
from ..kinds import PaperKind
from .content import Content, amounts, column, day, lines, numbered, three_hands


class Beforehand(Piece):
    """What a unit had paid beforehand or left as a deposit, and what of it comes back."""

    unit: Text = Field(title="房号")
    kind: Text = Field(title="类别")
    paid_cents: int = Field(title="已缴（分）", ge=0)
    period: Text = Field(default="", title="预缴期间或缴纳日期")
    served_to: date | None = Field(default=None, title="服务至")
    refund_cents: int = Field(title="应退（分）", ge=0)
    settled: Text = Field(default="", title="处理")


#: How what comes back of each was worked out.
HOW = (
    "物业费、停车费的应退金额为已缴金额乘以未服务的月数除以预缴的月数，"
    "不足一个月的按占当月天数的比例折算，取整到分；押金全额退还。"
)


def _money(title: str) -> Column:
    return amounts(title, 2)


def unit_table(paid: tuple[Beforehand, ...]) -> Table:
    """Unit by unit, each with its period, and what it comes to."""
    columns = (
        *(column("房号", 3), column("类别", 2), _money("已缴"), column("预缴期间或缴纳日期", 4)),
        *(column("服务至", 3), _money("应退"), column("处理", 3)),
    )
    rows = [
        (
            *(one.unit, one.kind, yuan(one.paid_cents), one.period),
            *(day(one.served_to), yuan(one.refund_cents), one.settled),
        )
        for one in paid
    ]
    return numbered(columns, rows, ("", "", *_summed(paid, between=("", "")), ""))


def kind_table(paid: tuple[Beforehand, ...]) -> Table:
    """The sums of each kind: no unit stands on a paper that goes to many hands."""
    columns = (column("类别", 2), amounts("套数"), _money("已缴"), _money("应退"))
    rows = []
    for kind in dict.fromkeys(one.kind for one in paid):
        own = tuple(one for one in paid if one.kind == kind)
        rows.append((kind, f"{len({one.unit for one in own})}", *_summed(own)))
    return numbered(columns, rows, ("", "", *_summed(paid)))


def _summed(paid: tuple[Beforehand, ...], between: tuple[str, ...] = ()) -> tuple[str, ...]:
    sums = sum(one.paid_cents for one in paid), sum(one.refund_cents for one in paid)
    return yuan(sums[0]), *between, yuan(sums[1])


class PrepaidList(Content):
    """预收费用和押金清单: of each unit what it paid for which months, how far that was served, what comes back."""

    kind: ClassVar[PaperKind] = PaperKind.ASSET_LIST

    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    giver: Text = Field(title="移交方")
    receiver: Text = Field(title="接收方")
    witness: Text = Field(title="见证方")
    paid: tuple[Beforehand, ...] = Field(title="预收费用和押金", min_length=1)

    def form(self) -> Record:
        """Landscape, as the lists it belongs to."""
        units = len({one.unit for one in self.paid})
        return Record(
            title=f"{self.estate}预收费用和押金清单",
            number=self.number,
            landscape=True,
            lines=lines(("移交方", self.giver), ("接收方", self.receiver), ("见证方", self.witness)),
            sections=(
                Section(table=unit_table(self.paid)),
                Section(paragraphs=(f"共{len(self.paid)}笔，涉及房屋{units}套。", HOW)),
            ),
            signatures=three_hands(self.giver, self.receiver, self.witness),
            signed_each_page=("移交方", "接收方", "见证方"),
        )
