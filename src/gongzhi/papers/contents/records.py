"""What happened outside the office, written down by two: service, inspection, a refusal to sign, a meeting."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from gongzhi.values.now import ZONE

from ..documents import Line, Photo, Piece, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import ROOM, Content, Person, clauses, column, day, instant, lines, numbered, sentences


class ServiceRecord(Content):
    """送达回证. 《民事诉讼法》第88、89、95条. What is not known yet is room to write.

    Of what its own recipient confirmed on the platform (`confirmed`) nothing is left to write or to sign.
    """

    kind: ClassVar[PaperKind] = PaperKind.SERVICE_RECORD

    number: Text = Field(default="", title="编号")
    sender: Text = Field(title="送达机关（单位）")
    by_authority: bool = Field(default=True, title="由机关送达")
    matter: Text = Field(title="事由")
    papers: tuple[Text, ...] = Field(title="送达文书和文号", min_length=1)
    recipient: Text = Field(title="受送达人")
    address: Text = Field(title="送达地址")
    method: Text = Field(default="", title="送达方式")
    served_at: datetime | None = Field(default=None, title="送达时间")
    signed_by: Text = Field(default="", title="签收人")
    capacity: Text = Field(default="", title="签收人身份")
    servers: tuple[Person, ...] = Field(title="送达人", min_length=2, max_length=2)
    witness: Person | None = Field(default=None, title="见证人")
    refusal: Text = Field(default="", title="拒收事由")
    pictures: Text = Field(default="", title="照片、录像编号")
    post: Text = Field(default="", title="邮寄单号和回执")
    announced_on: date | None = Field(default=None, title="公告日期")
    announced_until: date | None = Field(default=None, title="公告期满")
    remark: Text = Field(default="", title="备注")
    confirmed: bool = Field(default=False, title="受送达人在平台确认收到")

    def form(self) -> Record:
        """A form with frames; both servers sign, and who receives or witnesses. A refused one nobody signs for."""
        sender = "送达机关" if self.by_authority else "送达单位"
        if self.confirmed:
            return self._record(self._confirmed(sender), ())
        head = lines(
            (sender, self.sender),
            ("事由", self.matter),
            ("送达文书和文号", "\n".join(self.papers)),
            ("受送达人", self.recipient),
            ("送达地址", self.address),
            ("送达方式", self.method),
            ("送达时间", instant(self.served_at)),
            ("签收人", self.signed_by),
            ("签收人身份", self.capacity),
            ("送达人", "\n".join(one.words() for one in self.servers)),
            ("见证人", self.witness.words() if self.witness else ""),
            ("拒收事由", self.refusal),
            ("照片录像", self.pictures),
            ("邮寄单号", self.post),
            *self._announced(),
            ("备注", self.remark),
            empty=True,
            wide=(sender, "事由", "送达文书和文号", "受送达人", "送达地址", "送达人", "见证人", "拒收事由", "备注"),
        )  # fmt: skip
        hands = (
            *(() if self.refusal else (Signature(role="签收人"),)),
            *(Signature(role="送达人", name=one.name) for one in self.servers),
            Signature(role="见证人", name=self.witness.name if self.witness else ""),
        )
        return self._record(head, hands)

    def _record(self, head: tuple[Line, ...], hands: tuple[Signature, ...]) -> Record:
        return Record(
            title="送达回证",
            number=self.number,
            boxed=True,
            lines=head,
            sections=(Section(paragraphs=("送达日期以本回证记载为准。",)),),
            signatures=hands,
        )

    def _announced(self) -> tuple[tuple[str, str], ...]:
        """When it was announced, and when its days were full."""
        if self.announced_on is None:
            return ()
        until = ("公告期满", day(self.announced_until)) if self.announced_until is not None else None
        return (("公告日期", day(self.announced_on)), *((until,) if until else ()))

    def _confirmed(self, sender: str) -> tuple[Line, ...]:
        """What is known of it, and no box that stands empty."""
        return lines(
            (sender, self.sender),
            ("事由", self.matter),
            ("送达文书和文号", "\n".join(self.papers)),
            ("受送达人", self.recipient),
            ("送达方式", self.method),
            ("送达时间", instant(self.served_at)),
            ("确认收到", self.remark),
            wide=(sender, "事由", "送达文书和文号", "受送达人", "确认收到"),
        )


class Picture(Piece):
    """A photograph or film among the evidence; `on_site` is false for one out of an album.

    When it was taken may be unknown; when it came is known of every picture that was sent.
    """

    number: Text = Field(title="编号")
    what: Text = Field(title="内容")
    where: Text = Field(default="", title="位置")
    taken_at: datetime | None = Field(default=None, title="拍摄时间")
    received_at: datetime | None = Field(default=None, title="收到时间")
    taken_by: Text = Field(default="", title="拍摄人")
    given_by: Text = Field(default="", title="提供人")
    on_site: bool = Field(default=True, title="现场拍摄")


def picture_table(pictures: tuple[Picture, ...]) -> Table:
    """Number, content, where one says it, when it was taken, when it came, by whom; 非现场拍摄 is said.

    Who gave them stands there where that is told; who took them is left out where that alone is known.
    """
    came, placed = any(one.received_at for one in pictures), any(one.where for one in pictures)
    given = any(one.given_by for one in pictures)
    taken = not given or any(one.taken_by for one in pictures)
    columns = (
        *(column("编号", 2), column("内容", 4)),
        *((column("位置", 3),) if placed else ()),
        column("拍摄时间", 3 if came else 0),
        *((column("收到时间", 3),) if came else ()),
        *((column("拍摄人", 2),) if taken else ()),
        *((column("提供人", 3),) if given else ()),
    )
    return numbered(columns, [_row(one, came, placed, taken, given) for one in pictures])


def _row(one: Picture, came: bool, placed: bool, taken: bool, given: bool) -> tuple[str, ...]:
    when = instant(one.taken_at) or ("以收到为准" if one.received_at and one.on_site else "")
    return (
        one.number,
        one.what + ("" if one.on_site else "（非现场拍摄）"),
        *((one.where,) if placed else ()),
        when,
        *((instant(one.received_at),) if came else ()),
        *((one.taken_by,) if taken else ()),
        *((one.given_by,) if given else ()),
    )


_ATTENDANCE = (
    column("姓名", 2),
    column("单位", 4),
    column("职务或身份", 3),
    column("证件尾号", 2),
    column("签名", 3),
)


def attendance(people: tuple[Person, ...]) -> Table:
    """Who was there, with room to sign."""
    return numbered(_ATTENDANCE, [(p.name, p.unit, p.capacity, p.id_last_four, " ") for p in people])


class SiteRecord(Content):
    """现场检查（交接）记录: from when to when, who in what capacity, what was seen in order, refusals."""

    kind: ClassVar[PaperKind] = PaperKind.INSPECTION_RECORD

    occasion: Literal["现场检查", "现场勘验", "现场交接", "共同查验"] = Field(title="记录种类")
    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    place: Text = Field(title="地点")
    from_at: datetime | None = Field(default=None, title="开始时间")
    to_at: datetime | None = Field(default=None, title="结束时间")
    weather: Text = Field(default="", title="天气")
    recorder: Person | None = Field(default=None, title="记录人")
    present: tuple[Person, ...] = Field(title="在场人员", min_length=2)
    elsewhere: tuple[Person, ...] = Field(default=(), title="没有在场记录的签字人")
    observations: tuple[Text, ...] = Field(title="情况", min_length=1)
    pictures: tuple[Picture, ...] = Field(default=(), title="照片和录像")
    refusals: tuple[Text, ...] = Field(default=(), title="拒绝签字情况")

    def form(self) -> Record:
        """Every page is signed; how its readers sign is said once its end is told, and nothing that nobody recorded.

        There is room for a recorder nobody named.
        """
        head = lines(
            ("小区", self.estate),
            ("地点", self.place),
            ("开始时间", instant(self.from_at) or ROOM),
            ("结束时间", instant(self.to_at) or ROOM),
            ("天气", self.weather),
            wide=("小区", "地点"),
        )
        recorder = Line(
            label="记录人", value=self.recorder.words() if self.recorder else "", wide=not self.weather
        )
        told = "在场人员阅读以上记录后签字，更正处由当事人签名或按印。"
        to_sign = (told,) if self.to_at is not None else ()
        sections = (
            Section(heading="一、在场人员", table=attendance(self.present)),
            *self._elsewhere(),
            Section(heading="二、情况", paragraphs=clauses(sentences(self.observations))),
            *_if("照片和录像", "三", picture_table(self.pictures) if self.pictures else None),
            *_confirmed((*to_sign, *self.refusals)),
        )
        return Record(
            title=f"{self.occasion}记录",
            number=self.number,
            boxed=True,
            lines=(*head, recorder),
            sections=sections,
            signed_each_page=("检查人", "当事人", "见证人"),
        )

    def _elsewhere(self) -> tuple[Section, ...]:
        """Who signed at another time, and is not known to have been there."""
        told = "；".join(one.words() for one in self.elsewhere)
        return (Section(paragraphs=(f"其他签字人（没有在场记录）：{told}。",)),) if told else ()


def _confirmed(told: tuple[str, ...]) -> tuple[Section, ...]:
    return (Section(heading="阅读和确认", paragraphs=told),) if told else ()


def _if(name: str, ordinal: str, table: Table | None) -> tuple[Section, ...]:
    return (Section(heading=f"{ordinal}、{name}", table=table),) if table else ()


class RefusalRecord(Content):
    """拒签（拒收）情况说明: who refused what, in whose presence, with what reason, and what was done then."""

    kind: ClassVar[PaperKind] = PaperKind.REFUSAL_RECORD

    paper: Text = Field(title="文书和文号")
    refused_by: Person = Field(title="拒签人")
    at: datetime = Field(title="时间")
    is_entry: bool = Field(default=False, title="时间为登记时间")
    place: Text = Field(title="地点")
    reason: Text = Field(default="", title="本人所述理由")
    absent: bool = Field(default=False, title="未到场")
    course: tuple[Text, ...] = Field(title="经过", min_length=1)
    done: Text = Field(title="处理方式")
    pictures: tuple[Picture, ...] = Field(default=(), title="照片和录像")
    photos: tuple[Photo, ...] = Field(default=(), title="照片原样")
    officials: tuple[Person, ...] = Field(title="经办人", min_length=2)
    witness: Person | None = Field(default=None, title="见证人")

    @staticmethod
    def heading(*, absent: bool) -> str:
        """What it is called."""
        return "未到场签字情况说明" if absent else "拒签（拒收）情况说明"

    def form(self) -> Record:
        """A form; two officials and the witness sign; then the photographs. Who did not come is not said to refuse."""
        who, why = ("未到场人", "未签字原因") if self.absent else ("拒签人", "所述理由")
        head = lines(
            ("文书和文号", self.paper),
            (who, self.refused_by.words()),
            ("登记时间" if self.is_entry else "时间", instant(self.at)),
            ("地点", self.place),
            (why, self.reason or "未说明理由"),
            ("处理方式", self.done),
            wide=("文书和文号", who, why, "处理方式"),
        )
        hands = [Signature(role="经办人", name=one.name, note=one.unit) for one in self.officials]
        if self.witness:
            hands.append(Signature(role="见证人", name=self.witness.name, note=self.witness.unit))
        return Record(
            title=self.heading(absent=self.absent),
            boxed=True,
            lines=head,
            sections=(
                Section(heading="一、经过", paragraphs=clauses(self.course)),
                *_if("照片和录像", "二", picture_table(self.pictures) if self.pictures else None),
            ),
            signatures=tuple(hands),
            date=day(self.at.astimezone(ZONE).date()),
            photos=self.photos,
        )


class Resolved(Piece):
    """议定事项: what, by which unit, by when."""

    what: Text = Field(title="议定事项")
    unit: Text = Field(title="责任单位")
    by_on: date | None = Field(default=None, title="完成时间")


class NotPassed(Piece):
    """未通过的事项: what was asked, how it was voted, what it fell short of. No unit has to do it."""

    what: Text = Field(title="未通过的事项")
    votes: tuple[Text, ...] = Field(title="表决情况", min_length=1)
    short_of: tuple[Text, ...] = Field(title="没有达到的门槛", min_length=1)


class Minutes(Content):
    """会议纪要: matters resolved, each with unit and day; what did not pass, with its figures; who came."""

    kind: ClassVar[PaperKind] = PaperKind.MINUTES

    title: Text = Field(title="会议名称")
    number: Text = Field(default="", title="编号")
    from_at: datetime | None = Field(default=None, title="开始时间")
    to_at: datetime | None = Field(default=None, title="结束时间")
    place: Text = Field(title="地点")
    chair: Person = Field(title="主持人")
    recorder: Person = Field(title="记录人")
    matters: tuple[Text, ...] = Field(title="会议内容", min_length=1)
    resolved: tuple[Resolved, ...] = Field(default=(), title="议定事项")
    not_passed: tuple[NotPassed, ...] = Field(default=(), title="未通过的事项")
    present: tuple[Person, ...] = Field(title="出席人员", min_length=1)
    absent: tuple[Text, ...] | None = Field(default=(), title="缺席单位")

    def form(self) -> Record:
        """The attendance sheet comes last, with room to sign; who did not come, where that is known."""
        parts = (
            ("会议内容", Section(paragraphs=clauses(self.matters))),
            *((("议定事项", self._resolved()),) if self.resolved or not self.not_passed else ()),
            *((("未通过的事项", self._not_passed()),) if self.not_passed else ()),
            ("出席人员", Section(table=attendance(self.present))),
        )
        return Record(
            title=f"{self.title}会议纪要",
            number=self.number,
            boxed=True,
            lines=self._head(),
            sections=(
                *(
                    part.model_copy(update={"heading": f"{'一二三四'[n]}、{name}"})
                    for n, (name, part) in enumerate(parts)
                ),
                *self._absent(),
            ),
            signatures=(
                Signature(role="主持人", name=self.chair.name),
                Signature(role="记录人", name=self.recorder.name),
            ),
        )

    def _resolved(self) -> Section:
        columns = (column("议定事项", 5), column("责任单位", 3), column("完成时间", 3))
        return Section(
            table=numbered(columns, [(one.what, one.unit, day(one.by_on)) for one in self.resolved])
        )

    def _not_passed(self) -> Section:
        columns = (column("事项", 3), column("表决情况", 6), column("没有达到的门槛", 4))
        rows = [(one.what, "\n".join(one.votes), "\n".join(one.short_of)) for one in self.not_passed]
        return Section(table=numbered(columns, rows))

    def _absent(self) -> tuple[Section, ...]:
        if self.absent is None:
            return ()
        return (Section(paragraphs=(f"缺席单位：{'、'.join(self.absent) or '无'}。",)),)

    def _head(self) -> tuple[Line, ...]:
        return lines(
            ("开始时间", instant(self.from_at) or ROOM),
            ("结束时间", instant(self.to_at) or ROOM),
            ("地点", self.place),
            ("主持人", self.chair.words()),
            ("记录人", self.recorder.words()),
            wide=("地点", "主持人", "记录人"),
        )
