"""备案: told, not asked. The receipt says that it came, and nothing else."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from ..documents import Record, Section, Table, Text
from ..kinds import PaperKind
from .applications import Received
from .content import Content, Person, amounts, clauses, column, day, instant, lines, numbered, seal_of

NO_APPROVAL = "本回执只证明收到备案材料，不是行政许可或者审批，不影响当事人依法办理后续事项。"


#: Room to write.
_ROOM = ("收到时间：　　　　年　　月　　日　　时　　分", "收件人：　　　　　　　　　回执编号：")


class FilingForm(Content):
    """备案表: who files what with whom; below, room for who receives it."""

    kind: ClassVar[PaperKind] = PaperKind.FILING

    number: Text = Field(default="", title="编号")
    filer: Text = Field(title="报送单位")
    filer_code: Text = Field(default="", title="统一社会信用代码")
    estate: Text = Field(title="小区、单位或地区")
    estate_label: Text = Field(default="小区", title="所涉对象的名称")
    matter: Text = Field(title="备案事项")
    basis: Text = Field(title="依据")
    filed_with: Text = Field(title="备案机关")
    gist: Text = Field(title="主要内容")
    papers: tuple[Received, ...] = Field(title="材料", min_length=1)
    contact: Person = Field(title="联系人")
    made_on: date | None = Field(default=None, title="报送日期")
    arrived_at: datetime | None = Field(default=None, title="收到时间")
    received_by: Person | None = Field(default=None, title="收件人")
    receipt_number: Text = Field(default="", title="回执编号")

    def form(self) -> Record:
        """A form; its lower half is the authority's, filled once the receipt is there. What is not known is room."""
        head = lines(
            ("报送单位", self.filer),
            *((("信用代码", self.filer_code),) if self.filer_code else ()),
            (self.estate_label, self.estate),
            ("备案事项", self.matter),
            ("依据", self.basis),
            ("备案机关", self.filed_with),
            ("主要内容", self.gist),
            ("联系人", self.contact.words()),
            ("报送日期", day(self.made_on)),
            empty=True,
            wide=("报送单位", "备案事项", "依据", "备案机关", "主要内容", "联系人", "报送日期"),
        )
        return Record(
            title="备案表",
            number=self.number,
            boxed=True,
            lines=head,
            sections=(
                Section(heading="材料清单", table=paper_table(self.papers)),
                Section(heading="以下由备案机关填写", paragraphs=self._received()),
            ),
            signatures=(seal_of("报送单位", self.filer), seal_of("备案机关", self.filed_with)),
        )

    def _received(self) -> tuple[str, ...]:
        """What the receipt says, or room to write it."""
        if self.arrived_at is None or self.received_by is None:
            return _ROOM
        by, number = self.received_by.words(), self.receipt_number
        return (f"收到时间：{instant(self.arrived_at)}", f"收件人：{by}　　回执编号：{number}")


def paper_table(papers: tuple[Received, ...]) -> Table:
    """The papers of a filing."""
    columns = (column("材料名称", 5), amounts("份数"), column("原件或复印件", 2), column("说明", 3))
    return numbered(columns, [(one.name, str(one.copies), one.form, one.note) for one in papers])


class FilingReceipt(Content):
    """备案回执: number, who filed, when it came, what it was."""

    kind: ClassVar[PaperKind] = PaperKind.FILING_RECEIPT

    number: Text = Field(title="回执编号")
    receiver: Text = Field(title="备案机关")
    filer: Text = Field(title="报送单位")
    estate: Text = Field(title="小区、单位或地区")
    estate_label: Text = Field(default="小区", title="所涉对象的名称")
    matter: Text = Field(title="备案事项")
    sent_at: datetime | None = Field(default=None, title="报送时间")
    arrived_at: datetime = Field(title="收到时间")
    papers: tuple[Received, ...] = Field(title="材料", min_length=1)
    completed: tuple[Text, ...] = Field(default=(), title="补正情况")
    remark: Text = Field(default="", title="备注")
    received_by: Person = Field(title="收件人")
    made_on: date = Field(title="日期")

    def form(self) -> Record:
        """A form; what was lacking and came since is told, and moves nothing."""
        head = lines(
            ("备案机关", self.receiver),
            ("报送单位", self.filer),
            (self.estate_label, self.estate),
            ("备案事项", self.matter),
            *((("报送时间", instant(self.sent_at)),) if self.sent_at is not None else ()),
            ("收到时间", instant(self.arrived_at)),
            ("收件人", self.received_by.words()),
            wide=("备案机关", "报送单位", "备案事项", "报送时间", "收到时间", "收件人"),
        )
        completed = (Section(heading="补正情况", paragraphs=clauses(self.completed)),)
        remark = (Section(heading="备注", paragraphs=(self.remark,)),)
        return Record(
            title="备案回执",
            number=self.number,
            boxed=True,
            lines=head,
            sections=(
                Section(heading="收到的材料", table=paper_table(self.papers)),
                *(completed if self.completed else ()),
                *(remark if self.remark else ()),
                Section(heading="说明", paragraphs=(NO_APPROVAL,)),
            ),
            signatures=(seal_of("备案机关", self.receiver),),
            date=day(self.made_on),
        )
