"""The note of what happened to a notice: where it hung, what interrupted it, who objected."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from gongzhi.values.wording import day_words

from ..documents import Line, Photo, Piece, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import Content, Person, column, day, instant, lines, numbered
from .records import Picture, picture_table


class Interrupted(Piece):
    """A notice was torn, covered or gone."""

    found_at: datetime = Field(title="发现时间")
    what: Text = Field(title="情况")
    again_at: datetime | None = Field(default=None, title="补贴时间")


class Patrolled(Piece):
    """Somebody went to see it while it hung, with a photograph; two names."""

    at: datetime = Field(title="时间")
    where: Text = Field(title="位置")
    found: Text = Field(title="情况")
    by: tuple[Text, ...] = Field(title="巡查人", min_length=1)


class Former(Piece):
    """A notice this one replaced, before its days were full: its number, since when it hung, until when, and why."""

    number: Text = Field(title="公示编号")
    posted_at: datetime = Field(title="张贴时间")
    replaced_at: datetime = Field(title="代替时间")
    why: Text = Field(default="", title="代替原因")

    @property
    def told(self) -> str:
        """It as one phrase."""
        days = f"{instant(self.posted_at)}张贴，{instant(self.replaced_at)}起由本公示代替"
        return f"{self.number}（{'，'.join(filter(None, (days, self.why)))}）"


class Answered(Piece):
    """An objection received in time, in the public words of who answered: nobody is named, no flat is told.

    `of`: the number of the replaced notice it was raised against; "" of the one that is reported.
    """

    of: Text = Field(default="", title="针对的公示编号")
    raised_at: datetime = Field(title="提出时间")
    what: Text = Field(title="异议（公开摘要）")
    adopted: bool | None = Field(default=None, title="是否采纳")
    answered_on: date | None = Field(default=None, title="答复日期")
    served_on: date | None = Field(default=None, title="答复送达日期")

    @property
    def told(self) -> str:
        """What it was about, and against which notice where that is another."""
        return f"（对{self.of}提出）{self.what}" if self.of else self.what

    @property
    def is_answered(self) -> bool:
        """Whether it has its reply."""
        return self.answered_on is not None

    @property
    def answer(self) -> str:
        """The outcome in a word."""
        return "尚未答复" if self.adopted is None else "采纳" if self.adopted else "不予采纳"


class NoticeReport(Content):
    """公示情况说明: where and how long it hung, the photographs, interruptions, objections and their answers.

    `former`: the notices it replaced, whose objections it tells too: they make no note of their own.
    Who put it up and took it down signs, and who took the photographs where that is somebody else.
    """

    kind: ClassVar[PaperKind] = PaperKind.NOTICE_REPORT

    notice: Text = Field(title="公示标题")
    number: Text = Field(title="公示编号")
    estate: Text = Field(title="小区")
    poster: Text = Field(title="公示人")
    former: tuple[Former, ...] = Field(default=(), title="代替的公示")
    posted_at: datetime = Field(title="张贴时间")
    until_on: date = Field(title="公示至")
    taken_down_at: datetime = Field(title="取下时间")
    places: tuple[Text, ...] = Field(title="张贴位置", min_length=1)
    pictures: tuple[Picture, ...] = Field(title="照片", min_length=1)
    patrols: tuple[Patrolled, ...] = Field(default=(), title="期间巡查")
    interruptions: tuple[Interrupted, ...] = Field(default=(), title="中断情况")
    objections: tuple[Answered, ...] = Field(default=(), title="异议和答复")
    photos: tuple[Photo, ...] = Field(default=(), title="照片原样")
    witnesses: tuple[Person, ...] = Field(title="张贴、取下人员", min_length=2)
    photographers: tuple[Text, ...] = Field(default=(), title="其他拍摄人")
    made_on: date = Field(title="日期")
    replaces: Text = Field(default="", title="代替的说明", description="被这一份代替的说明的日期")

    def form(self) -> Record:
        """Five parts and two names, 无 where there is nothing; then the photographs themselves."""
        sections = (
            Section(heading="一、照片", table=picture_table(self.pictures)),
            _or_none("二、期间巡查", self._patrols()),
            _or_none("三、中断情况", self._interruptions()),
            _or_none("四、异议和答复", self._objections()),
            Section(heading="五、结论", paragraphs=(self._conclusion(),)),
        )
        hands = (Signature(role="张贴、取下人员", name=one.name, note=one.unit) for one in self.witnesses)
        cameras = (Signature(role="拍摄人", name=name) for name in self.photographers)
        return Record(
            title="公示情况说明",
            number=self.number,
            boxed=True,
            lines=self._head(),
            sections=sections,
            signatures=(Signature(role="公示人", name=self.poster), *hands, *cameras),
            date=day(self.made_on),
            photos=self.photos,
        )

    def _head(self) -> tuple[Line, ...]:
        return lines(
            ("公示标题", self.notice),
            ("小区", self.estate),
            ("公示人", self.poster),
            ("张贴时间", instant(self.posted_at)),
            ("公示至", f"{day_words(self.until_on)}24:00"),
            ("取下时间", instant(self.taken_down_at)),
            ("张贴位置", "、".join(self.places)),
            ("代替的公示", "；".join(one.told for one in self.former)),
            ("补充", f"补充（代替{self.replaces}的说明）" if self.replaces else ""),
            wide=("公示标题", "张贴位置", "代替的公示", "补充"),
        )

    def _patrols(self) -> Table | None:
        columns = (column("时间", 3), column("位置", 3), column("情况", 3), column("巡查人", 2))
        rows = [(instant(one.at), one.where, one.found, "、".join(one.by)) for one in self.patrols]
        return numbered(columns, rows) if rows else None

    def _interruptions(self) -> Table | None:
        columns = (column("发现时间", 3), column("情况", 4), column("补贴时间", 3))
        rows = [(instant(one.found_at), one.what, instant(one.again_at)) for one in self.interruptions]
        return numbered(columns, rows) if rows else None

    def _objections(self) -> Table | None:
        columns = (
            *(column("提出时间", 3), column("异议（公开摘要）", 4)),
            *(column("是否采纳", 2), column("答复日期", 2), column("送达日期", 2)),
        )
        rows = [
            (instant(one.raised_at), one.told, one.answer, day(one.answered_on), day(one.served_on))
            for one in self.objections
        ]
        return numbered(columns, rows) if rows else None

    def _conclusion(self) -> str:
        return f"公示期已满，{self._torn()}，{self._heard()}。"

    def _heard(self) -> str:
        """How many there were, whether each has its reply, and whether each reply has reached who objected.

        One on paper may be entered after the rest; a reply that was not served is one all the same.
        """
        count, waiting = len(self.objections), sum(not one.is_answered for one in self.objections)
        if not count:
            return "未收到异议"
        unserved = sum(one.is_answered and one.served_on is None for one in self.objections)
        answered = f"其中{waiting}件正在答复" if waiting else "均已书面答复"
        before = sum(bool(one.of) for one in self.objections)
        received = f"收到异议{count}件" + (f"（其中{before}件是对被代替的公示提出的）" if before else "")
        if unserved:
            return f"{received}，{answered}，{unserved}件答复书还没有送达"
        return f"{received}，{answered}" + ("" if waiting else "并送达")

    def _torn(self) -> str:
        """What is known of interruptions: where nobody went to see it, nobody knows that there was none."""
        if self.interruptions:
            return f"中断{len(self.interruptions)}次，已补贴并重新起算"
        return "未发现中断" if self.patrols else "没有中断登记（期间没有巡查登记）"


def _or_none(heading: str, table: Table | None) -> Section:
    return Section(heading=heading, table=table) if table else Section(heading=heading, paragraphs=("无。",))
