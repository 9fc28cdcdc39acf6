"""一案一卷: the cover, 卷内目录, 备考表, and the course of the case."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from ..documents import Column, Cover, Piece, Record, Section, Signature, Text
from ..kinds import PaperKind
from .content import NOTHING, Content, clauses, column, day, instant, lines, numbered


class CaseCover(Content):
    """案卷封面."""

    kind: ClassVar[PaperKind] = PaperKind.CASE_COVER

    archive: Text = Field(title="立卷单位")
    title: Text = Field(title="案卷题名")
    number: Text = Field(title="卷号")
    subject: Text = Field(title="小区或单位")
    parties: tuple[Text, ...] = Field(default=(), title="当事人")
    opened_on: date = Field(title="立案日期")
    closed_on: date | None = Field(default=None, title="结案日期")
    outcome: Text = Field(default="", title="处理结果")
    keep: Text = Field(title="保管期限")
    pieces: int = Field(title="件数", ge=0)
    pages: int = Field(title="页数", ge=0)

    def form(self) -> Cover:
        """Title, of what on one line and the matter on the next; then lines."""
        head = lines(
            ("小区或单位", self.subject),
            ("当事人", "、".join(self.parties)),
            ("立案日期", day(self.opened_on)),
            ("结案日期", day(self.closed_on) or "尚未结案"),
            ("处理结果", self.outcome),
            ("件数页数", f"共{self.pieces}件{self.pages}页"),
            ("保管期限", self.keep),
            ("卷号", self.number),
        )
        matter = self.title.removeprefix(self.subject)
        title = f"{self.subject}\n{matter}" if matter not in ("", self.title) else self.title
        return Cover(title=title, subtitle="案卷", lines=head, signers=(self.archive,))


class Filed(Piece):
    """One line of the inventory."""

    number: Text = Field(default="", title="文号")
    author: Text = Field(default="", title="责任者")
    title: Text = Field(title="题名")
    made_on: date | None = Field(default=None, title="日期")
    pages: Text = Field(default="", title="页号")
    note: Text = Field(default="", title="备注")


_INVENTORY = (
    column("文号", 5),
    column("责任者", 4),
    column("题名", 6),
    column("日期", 0),
    Column(title="页号", width=0, align="center"),
    column("备注", 2),
)


class CaseContents(Content):
    """卷内目录."""

    kind: ClassVar[PaperKind] = PaperKind.CASE_CONTENTS

    case: Text = Field(title="案卷题名")
    number: Text = Field(title="卷号")
    filed: tuple[Filed, ...] = Field(title="卷内文件", min_length=1)

    def form(self) -> Record:
        """The columns of an archive's inventory."""
        rows = [(f.number, f.author, f.title, day(f.made_on), f.pages, f.note) for f in self.filed]
        return Record(
            title="卷内目录",
            number=self.number,
            lines=lines(("案卷题名", self.case), wide=("案卷题名",)),
            sections=(Section(table=numbered(_INVENTORY, rows)),),
        )


class ClosingNote(Content):
    """备考表: the state of the file, who made it, who checked it, when; the digest of what it lists."""

    kind: ClassVar[PaperKind] = PaperKind.CLOSING_NOTE

    case: Text = Field(title="案卷题名")
    number: Text = Field(title="卷号")
    pieces: int = Field(title="件数", ge=0)
    pages: int = Field(title="页数", ge=0)
    remarks: tuple[Text, ...] = Field(default=(), title="本卷情况说明")
    digest: Text = Field(default="", title="卷内文件摘要")
    made_by: Text = Field(title="立卷人")
    checked_by: Text = Field(title="检查人")
    made_on: date = Field(title="立卷时间")

    def form(self) -> Record:
        """A form; two sign."""
        head = lines(
            ("案卷题名", self.case),
            ("卷号", self.number),
            ("件数页数", f"共{self.pieces}件{self.pages}页"),
            ("立卷人", self.made_by),
            ("检查人", self.checked_by),
            ("立卷时间", day(self.made_on)),
            ("文件摘要", self.digest or NOTHING),
            wide=("案卷题名", "文件摘要"),
        )
        return Record(
            title="卷内备考表",
            boxed=True,
            lines=head,
            sections=(Section(heading="本卷情况说明", paragraphs=clauses(self.remarks) or ("无。",)),),
            signatures=(
                Signature(role="立卷人", name=self.made_by),
                Signature(role="检查人", name=self.checked_by),
            ),
        )


class Happened(Piece):
    """One event of a case."""

    at: datetime = Field(title="时间")
    what: Text = Field(title="事项")
    by: Text = Field(default="", title="办理人")
    paper: Text = Field(default="", title="文书")


class CaseTimeline(Content):
    """办理经过: what happened, in its order."""

    kind: ClassVar[PaperKind] = PaperKind.TIMELINE

    case: Text = Field(title="案件")
    number: Text = Field(default="", title="案号")
    events: tuple[Happened, ...] = Field(title="经过", min_length=1)
    made_at: datetime = Field(title="导出时间")

    def form(self) -> Record:
        """A long table in the order of time, each time to the minute."""
        columns = (column("时间", 0), column("事项", 9), column("办理人", 8), column("文书", 6))
        events = sorted(self.events, key=lambda one: one.at)
        rows = [(instant(one.at), one.what, one.by, one.paper) for one in events]
        return Record(
            title="案件办理经过",
            number=self.number,
            lines=lines(("案件", self.case), ("导出时间", instant(self.made_at)), wide=("案件", "导出时间")),
            sections=(Section(table=numbered(columns, rows)),),
        )
