"""What is put down when one manager goes and another comes: 进场确认书 and 离场确认书, to the minute."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from gongzhi.values.minutes import minute_of

from ..documents import Line, Piece, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import ROOM, Content, Person, clauses, column, day, instant, lines, numbered, sentences
from .records import attendance

#: As many lines for who was there are left to be written by hand.
LINES = 3
_BY_HAND = Person(name=" ", unit=" ", capacity=" ", id_last_four=" ")


def present_table(present: tuple[Person, ...]) -> Table:
    """Who was there, and lines for who was not named; each signs."""
    return attendance((*present, *(_BY_HAND,) * (LINES if len(present) < LINES else 0)))


class Taken(Piece):
    """One list of the handover: how many items, which of them are missing and were not brought since."""

    title: Text = Field(title="清单")
    count: int = Field(title="项数", ge=0)
    missing: tuple[Text, ...] = Field(default=(), title="缺失且尚未补交")


def taken_table(lists: tuple[Taken, ...]) -> Table:
    """List by list."""
    columns = (column("清单", 4), column("项数"), column("缺失且尚未补交", 6))
    return numbered(columns, [(one.title, f"{one.count}项", "、".join(one.missing) or "无") for one in lists])


class Changeover(Content):
    """What both confirmations have: the estate, the two managers, when, who was there."""

    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    leaving: Text = Field(title="原物业服务人")
    coming: Text = Field(default=ROOM, title="接替单位")
    keys: Text = Field(default="", title="钥匙、门禁和系统权限")
    lists: tuple[Taken, ...] = Field(default=(), title="交接清单")
    hands: tuple[Text, ...] = Field(default=(), title="交接确认书没有双方签署的情况")
    present: tuple[Person, ...] = Field(default=(), title="在场人员")

    def _handed_over(self, at: datetime | None) -> Section:
        """What was handed over before, by the lists; who signed when and who would not, where not both did."""
        signed = f"《物业项目交接确认书》于{instant(at)}签署。" if at else "《物业项目交接确认书》没有签署。"
        told = f"《物业项目交接确认书》没有由双方签署：{'；'.join(self.hands)}。" if self.hands else signed
        return Section(paragraphs=(told,), table=taken_table(self.lists) if self.lists else None)


def _counted(parts: tuple[tuple[str, Section], ...]) -> tuple[Section, ...]:
    return tuple(
        part.model_copy(update={"heading": f"{'一二三四五六七八九'[n]}、{name}"})
        for n, (name, part) in enumerate(parts)
    )


class EntryConfirmation(Changeover):
    """进场确认书: from which minute the successor serves, with whom on site, which stands it took over."""

    kind: ClassVar[PaperKind] = PaperKind.ENTRY_CONFIRMATION

    coming_code: Text = Field(default="", title="统一社会信用代码")
    ground: Text = Field(default="", title="接替依据")
    until_on: date | None = Field(default=None, title="服务期限至")
    taken_over_at: datetime | None = Field(default=None, title="接管时间")
    leader: Text = Field(default=ROOM, title="现场负责人")
    staff: int | None = Field(default=None, title="到岗人数", ge=0)
    stands: tuple[Text, ...] = Field(default=(), title="岗位交接情况")
    handed_over_at: datetime | None = Field(default=None, title="交接确认时间")

    def form(self) -> Record:
        """No hour lies between: until the minute the one serves, from it the other. 《民法典》第950条."""
        minute = instant(self.taken_over_at) or ROOM
        passes = f"{self.coming}于{minute}接管{self.estate}的物业服务，自该时起承担服务责任。"
        before = f"该时以前的物业服务由{self.leaving}承担。"
        term = f"服务期限至{day(self.until_on)}24:00止。" if self.until_on else ""
        parts = (
            ("接管", Section(paragraphs=tuple(filter(None, (passes, before, term))))),
            ("门岗、消防、电梯等岗位交接", Section(paragraphs=clauses(sentences(self.stands)) or (ROOM,))),
            ("钥匙、门禁和系统权限", Section(paragraphs=sentences((self.keys or ROOM,)))),
            ("资料和资产", self._handed_over(self.handed_over_at)),
            ("在场人员", Section(table=present_table(self.present))),
        )
        return Record(
            title="进场确认书",
            number=self.number,
            boxed=True,
            lines=self._head(minute),
            sections=_counted(parts),
            signatures=(
                Signature(role="接替单位", name=self.coming, note=f"现场负责人：{self.leader}"),
                Signature(role="原物业服务人", name=self.leaving),
            ),
        )

    def _head(self, minute: str) -> tuple[Line, ...]:
        return lines(
            ("小区", self.estate),
            ("接替单位", self.coming),
            ("统一社会信用代码", self.coming_code),
            ("接替依据", self.ground),
            ("原物业服务人", self.leaving),
            ("接管时间", minute),
            ("现场负责人", self.leader),
            ("到岗人数", f"{self.staff}人" if self.staff is not None else ROOM),
            wide=("小区", "接替单位", "统一社会信用代码", "接替依据", "原物业服务人", "接管时间"),
        )


class DepartureConfirmation(Changeover):
    """离场确认书: when the provider was out, what it took with it, gave back and deleted. 《民法典》第949条."""

    kind: ClassVar[PaperKind] = PaperKind.DEPARTURE_CONFIRMATION

    leaving_code: Text = Field(default="", title="统一社会信用代码")
    contract: Text = Field(default="", title="原合同")
    taken_over_at: datetime | None = Field(default=None, title="接替单位接管时间")
    left_at: datetime | None = Field(default=None, title="离场时间")
    people_and_goods_out: bool | None = Field(default=None, title="人员财物已全部撤出")
    rooms_returned: bool | None = Field(default=None, title="物业服务用房已交还")
    data_handed_over: bool | None = Field(default=None, title="业主信息已移交并删除留存")
    deletions: tuple[Text, ...] = Field(default=(), title="删除声明")
    handed_over_at: datetime | None = Field(default=None, title="交接确认时间")
    money: tuple[Text, ...] = Field(default=(), title="清算以后的收支和预收费用")
    checked: Text = Field(default="", title="接收方核对情况")
    recorded_by: Text = Field(default="", title="记录单位")
    recorded: tuple[Text, ...] = Field(default=(), title="记录的情况")
    owed: Text = Field(default="", title="尚未交还、移交的事项")
    left_on: date | None = Field(default=None, title="离场日期")
    remark: tuple[Text, ...] = Field(default=(), title="备注")

    def form(self) -> Record:
        """Each thing with whether it was done; what is still owed stands there too, and who else recorded it."""
        minute = instant(self.left_at) or day(self.left_on) or ROOM
        out = f"{self.leaving}于{minute}离场。"
        parts = (
            ("离场", Section(paragraphs=tuple(filter(None, (out, self._served(), self._by_others()))))),
            (
                ("撤出、交还情况", Section(paragraphs=clauses(sentences(self.recorded))))
                if self.recorded_by
                else ("撤出、交还和删除", Section(table=self._done()))
            ),
            *((("尚未交还、移交的事项", Section(paragraphs=sentences((self.owed,)))),) if self.owed else ()),
            *((("业主信息删除声明", Section(paragraphs=clauses(self.deletions))),) if self.deletions else ()),
            ("资料和资产", self._handed_over(self.handed_over_at)),
            *(
                (("清算以后的收支和预收费用", Section(paragraphs=sentences(self.money))),)
                if self.money
                else ()
            ),
            *((("接收方核对", Section(paragraphs=sentences((self.checked,)))),) if self.checked else ()),
            *((("备注", Section(paragraphs=sentences(self.remark))),) if self.remark else ()),
            ("在场人员", Section(table=present_table(self.present))),
        )
        return Record(
            title="离场确认书",
            number=self.number,
            boxed=True,
            lines=lines(
                ("小区", self.estate),
                ("离场单位", self.leaving),
                ("统一社会信用代码", self.leaving_code),
                ("原合同", self.contract),
                ("接替单位", self.coming),
                ("离场时间", minute),
                wide=("小区", "离场单位", "统一社会信用代码", "原合同", "接替单位", "离场时间"),
            ),
            sections=_counted(parts),
            signatures=(
                (Signature(role="记录单位", name=self.recorded_by),)
                if self.recorded_by
                else (
                    Signature(role="离场单位", name=self.leaving),
                    Signature(role="接替单位", name=self.coming),
                )
            ),
        )

    def _served(self) -> str:
        """When the successor took over; that nobody served between, or that somebody always did, as the times tell.

        Of a day without an hour that is the day of the takeover neither is known. 《民法典》第950条.
        """
        taken = self.taken_over_at
        if taken is None:
            return ""
        if self.left_at is not None:
            is_gap, is_after = minute_of(self.left_at) < minute_of(taken), True
        else:
            on = self.left_on
            is_gap = on is not None and on < taken.date()
            is_after = on is not None and on > taken.date()
        if is_gap:
            left = instant(self.left_at) or day(self.left_on)
            return f"{self.coming}于{instant(taken)}接管，自{left}至{instant(taken)}小区无人服务。"
        return f"{self.coming}已于{instant(taken)}接管{'，服务没有中断' if is_after else ''}。"

    def _by_others(self) -> str:
        """That whoever left did not say so, and who recorded it."""
        return f"{self.leaving}没有确认离场，由{self.recorded_by}记录。" if self.recorded_by else ""

    def _done(self) -> Table:
        told = (
            ("人员和财物", "已全部撤出", "没有全部撤出", self.people_and_goods_out),
            ("物业服务用房", "已交还", "没有交还", self.rooms_returned),
            ("业主信息", "已移交，留存已删除", "没有移交或者没有删除留存", self.data_handed_over),
        )
        rows = [
            (what, ROOM if is_done is None else yes if is_done else no) for what, yes, no, is_done in told
        ]
        return numbered(
            (column("事项", 2), column("情况", 4)), [*rows, ("钥匙、门禁和系统权限", self.keys or ROOM)]
        )
