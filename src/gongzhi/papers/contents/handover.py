"""What is handed over, item by item, what the meters show, and the confirmation to the minute."""

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ..documents import Line, Piece, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import (
    ROOM,
    Content,
    Person,
    amounts,
    clauses,
    column,
    day,
    instant,
    lines,
    numbered,
    sentences,
    three_hands,
)
from .prepaid import Beforehand, kind_table

STATES = {"original": "原件", "sealed_copy": "复印件盖章", "present": "在位", "missing": "缺失"}
#: Of an item nobody has told of yet.
UNTOLD = "未登记"
#: Room to write the hour of a handover that is not confirmed yet.
_HOUR = "　　　　年　　月　　日　　时　　分"
#: What the hour of a list is.
_HOURS = {"told": "交接时间", "planned": "计划交接时间", "entered": "登记时间"}
#: So many characters stand in a cell of a list; what is longer has a line of its own under the row. Ours, not law.
_LONGEST_CELL = 60


class Item(Piece):
    """One item: there, as what and in what condition; missing, why, and until when it is brought; or not yet told."""

    group: Text = Field(default="", title="类别")
    name: Text = Field(title="名称")
    count: Text = Field(default="", title="数量")
    state: Literal["original", "sealed_copy", "present", "missing", "untold"] = Field(title="交接情况")
    reason: Text = Field(default="", title="缺失原因")
    bring_by_on: date | None = Field(default=None, title="补交期限")
    condition: Text = Field(default="", title="状况")
    picture: Text = Field(default="", title="照片编号")

    @model_validator(mode="after")
    def _says_why(self) -> "Item":
        if self.state == "missing" and not self.reason:
            raise ValueError("缺失的项目应写明原因。")
        return self

    def row(self) -> tuple[str, ...]:
        """As it stands in the list; what is too long for its cell stands under it."""
        state = STATES.get(self.state, UNTOLD)
        told = (_BELOW if len(text) > _LONGEST_CELL else text for text in (self._missing(), self.condition))
        return (self.group, self.name, self.count, state, *told, self.picture)

    def below(self) -> str:
        """What is too long for its cell; "" where all has room there."""
        told = (("缺失原因和补交期限", self._missing()), ("状况", self.condition))
        return "\n".join(f"{name}：{text}" for name, text in told if len(text) > _LONGEST_CELL)

    def _missing(self) -> str:
        until = f"，{day(self.bring_by_on)}前补交" if self.bring_by_on else ""
        return f"{self.reason}{until}" if self.state == "missing" else ""


_BELOW = "见下行"


_ITEMS = (
    column("类别", 3),
    column("名称", 5),
    column("数量"),
    column("交接情况", 2),
    column("缺失原因和补交期限", 4),
    column("状况", 3),
    column("照片编号", 2),
)


def item_table(items: tuple[Item, ...]) -> Table:
    """Item by item; without groups there is no column for them."""
    grouped = any(one.group for one in items)
    rows = [one.row() if grouped else one.row()[1:] for one in items]
    notes = tuple(one.below() for one in items)
    table = numbered(_ITEMS if grouped else _ITEMS[1:], rows)
    return table.model_copy(update={"notes": notes}) if any(notes) else table


class HandoverList(Content):
    """What both lists of a handover have: both sides sign every page, across the edge; each witness signs."""

    heading: ClassVar[str]

    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    giver: Text = Field(title="移交方")
    receiver: Text = Field(title="接收方")
    receiver_capacity: Text = Field(default="", title="接收方身份说明")
    witness: Text = Field(title="见证方")
    at: datetime = Field(title="交接时间")
    at_is: Literal["told", "planned", "entered"] = Field(default="told", title="时间的含义")
    place: Text = Field(title="交接地点")
    items: tuple[Item, ...] = Field(title="项目", min_length=1)
    unsigned: tuple[Literal["移交方", "接收方"], ...] = Field(default=(), title="没有签字的一方")
    refusals: tuple[Text, ...] = Field(default=(), title="拒签情况")
    giver_signer: Person | None = Field(default=None, title="移交方签字人")
    receiver_signer: Person | None = Field(default=None, title="接收方签字人")
    witness_signer: Person | None = Field(default=None, title="见证方签字人")
    more_witnesses: tuple[Person, ...] = Field(default=(), title="其他见证方和签字人")

    def form(self) -> Record:
        """Landscape; the heading of the table is on every page."""
        missing = sum(one.state == "missing" for one in self.items)
        untold = sum(one.state == "untold" for one in self.items)
        waiting = f"，尚未登记{untold}项" if untold else ""
        summary = f"共{len(self.items)}项，其中缺失{missing}项{waiting}。{self._pages()}"
        return Record(
            title=f"{self.estate}{self.heading}",
            number=self.number,
            landscape=True,
            lines=self._head(),
            sections=(
                Section(table=item_table(self.items)),
                Section(paragraphs=(summary, *self.refusals)),
            ),
            signatures=self._hands(),
            signed_each_page=self._each_page(),
        )

    def _each_page(self) -> tuple[str, ...]:
        return tuple(role for role in ("移交方", "接收方", "见证方") if role not in self.unsigned)

    def _pages(self) -> str:
        """Whose hand is on every page; a side that did not sign is not said to have."""
        if not self.unsigned:
            return "本清单每页由双方签字，并加盖骑缝章。"
        return f"{'、'.join(self.unsigned)}没有签字；本清单每页由{'、'.join(self._each_page())}签字，并加盖骑缝章。"

    def _hands(self) -> tuple[Signature, ...]:
        """Room for each, with who signs for it once somebody has: name, capacity, the end of the card's number."""
        people = (self.giver_signer, self.receiver_signer, self.witness_signer, *self.more_witnesses)
        hands = three_hands(self.giver, self.receiver, self.witness)
        hands += tuple(Signature(role="见证方", name=one.unit) for one in self.more_witnesses)
        return tuple(
            hand.model_copy(update={"note": _signer(one), "signed_at": instant(one.signed_at)})
            if one is not None
            else hand.model_copy(update={"note": _unsigned(hand.role, self.unsigned)})
            for hand, one in zip(hands, people, strict=True)
        )

    def _head(self) -> tuple[Line, ...]:
        return lines(
            ("移交方", self.giver),
            ("接收方", f"{self.receiver}{self.receiver_capacity and f'（{self.receiver_capacity}）'}"),
            ("见证方", "、".join(dict.fromkeys((self.witness, *(one.unit for one in self.more_witnesses))))),
            (_HOURS[self.at_is], instant(self.at)),
            ("交接地点", self.place),
        )


class DocumentList(HandoverList):
    """资料移交清单."""

    kind: ClassVar[PaperKind] = PaperKind.DOCUMENT_LIST
    heading: ClassVar[str] = "物业资料移交清单"


class AssetList(HandoverList):
    """资产移交清单."""

    kind: ClassVar[PaperKind] = PaperKind.ASSET_LIST
    heading: ClassVar[str] = "物业资产移交清单"


class Reading(Piece):
    """What one meter shows."""

    meter: Text = Field(title="表计")
    number: Text = Field(title="表名或表号")
    place: Text = Field(default="", title="位置")
    reading: Text = Field(title="读数")
    unit: Text = Field(default="", title="单位")
    read_at: Text = Field(default="", title="读表时间")
    picture: Text = Field(default="", title="照片编号")


_READINGS = (
    ("meter", column("表计", 2)),
    ("number", column("表名或表号", 3)),
    ("place", column("位置", 3)),
    ("reading", amounts("读数", 2)),
    ("unit", column("单位", 2)),
    ("read_at", column("读表时间", 3)),
    ("picture", column("照片编号", 2)),
)
#: What a reading without a unit is counted in.
AS_MARKED = "读数未写单位的，以表具上标注的计量单位为准。"


def reading_table(readings: tuple[Reading, ...]) -> Table:
    """Meter by meter; a column of which nothing was told is left out."""
    told = [(name, head) for name, head in _READINGS if any(getattr(one, name) for one in readings)]
    rows = [[getattr(one, name) for name, _ in told] for one in readings]
    return numbered([head for _, head in told], rows)


def units_of(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    """In which unit the readings are that name none."""
    return () if all(one.unit for one in readings) else (AS_MARKED,)


class MeterSheet(Content):
    """读数表: water, power, gas, heat at the minute of cut-over."""

    kind: ClassVar[PaperKind] = PaperKind.METER_SHEET

    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="小区")
    read_at: datetime = Field(title="读数时间")
    giver: Text = Field(title="移交方")
    receiver: Text = Field(title="接收方")
    witness: Text = Field(title="见证方")
    readings: tuple[Reading, ...] = Field(title="读数", min_length=1)
    unread: tuple[Text, ...] = Field(default=(), title="没有登记读数的类别")

    def form(self) -> Record:
        """The fees before the minute are the giver's, those after it the receiver's. What was not read is named."""
        unread = (f"{'、'.join(self.unread)}：未登记读数。",) if self.unread else ()
        split = f"{instant(self.read_at)}以前的费用由移交方结清，以后的费用由接收方承担。"
        return Record(
            title="水电气热读数表",
            number=self.number,
            lines=lines(
                ("小区", self.estate), ("读数时间", instant(self.read_at)), wide=("小区", "读数时间")
            ),
            sections=(
                Section(table=reading_table(self.readings)),
                Section(paragraphs=(*unread, *units_of(self.readings), split)),
            ),
            signatures=three_hands(self.giver, self.receiver, self.witness),
        )


class OpenIssue(Piece):
    """存在问题及解决方式: it does not stop the handover, it goes on with a name and a day."""

    what: Text = Field(title="存在问题")
    solution: Text = Field(default="", title="解决方式")
    by: Text = Field(default="", title="责任方")
    by_on: date | None = Field(default=None, title="完成时间")


class NotHandedOver(Piece):
    """缺失项目: what a list says is missing, why, and until when it is brought."""

    listed: Text = Field(title="清单")
    name: Text = Field(title="名称")
    reason: Text = Field(default="", title="缺失原因")
    bring_by_on: date | None = Field(default=None, title="补交期限")


_MISSING = (column("清单", 3), column("名称", 4), column("缺失原因", 4), column("补交期限", 3))


class HandoverConfirmation(Content):
    """《物业项目交接确认书》: to the minute, content, readings, open issues, refusals, all hands.

    `alone`: what one side did without the other, in half a sentence each; then nobody is said to have completed the
    handover together. `no_readings`, `no_prepaid`: why nothing, or not all, stands there. Without `confirmed_at` it
    is a draft, with room for the hour.
    """

    kind: ClassVar[PaperKind] = PaperKind.HANDOVER_CONFIRMATION

    number: Text = Field(default="", title="编号")
    estate: Text = Field(title="物业项目")
    giver: Text = Field(title="移交方")
    giver_signer: Person = Field(title="移交方签字人")
    receiver: Text = Field(title="接收方")
    receiver_signer: Person = Field(title="接收方签字人")
    confirmed_at: datetime | None = Field(default=None, title="交接完成时间")
    place: Text = Field(title="地点")
    alone: tuple[Text, ...] = Field(default=(), title="没有双方共同办理的")
    unsigned: tuple[Literal["移交方", "接收方"], ...] = Field(default=(), title="没有签字的一方")
    handed_over: tuple[Text, ...] = Field(title="交接内容", min_length=1)
    missing: tuple[NotHandedOver, ...] = Field(default=(), title="缺失项目")
    readings: tuple[Reading, ...] = Field(default=(), title="读数")
    no_readings: Text = Field(default="", title="没有移交读数的说明")
    prepaid: tuple[Beforehand, ...] = Field(default=(), title="预收费用和押金")
    no_prepaid: Text = Field(default="", title="没有移交预收费用和押金的说明")
    issues: tuple[OpenIssue, ...] = Field(default=(), title="存在问题及解决方式")
    refusals: tuple[Text, ...] = Field(default=(), title="拒签情况")
    witnesses: tuple[Person, ...] = Field(default=(), title="见证方（居民委员会）")
    supervisors: tuple[Person, ...] = Field(default=(), title="监督单位")
    copies: Text = Field(title="份数和报送")

    def form(self) -> Record:
        """What was handed over to the minute; who manages the estate is not this paper's to say."""
        parts = (
            ("交接时间", Section(paragraphs=(self._passes(),))),
            ("交接内容", self._handed_over()),
            ("表计读数", self._readings()),
            ("预收费用和押金", self._prepaid()),
            ("存在问题及解决方式", self._issues()),
            ("拒签情况", Section(paragraphs=sentences(self.refusals) or ("无。",))),
            ("份数和报送", Section(paragraphs=(self.copies,))),
        )
        return Record(
            title="物业项目交接确认书",
            number=self.number,
            boxed=True,
            lines=self._head(),
            sections=tuple(
                part.model_copy(update={"heading": f"{'一二三四五六七'[n]}、{name}"})
                for n, (name, part) in enumerate(parts)
            ),
            signatures=self._hands(),
            signed_each_page=tuple(
                role
                for role in ("移交方", "接收方", *(("见证方",) if self.witnesses else ()))
                if role not in self.unsigned
            ),
        )

    def _passes(self) -> str:
        """When; that both completed it only where both did."""
        minute = instant(self.confirmed_at) or _HOUR
        told = (*self.alone, *(f"{side}没有在本确认书上签字" for side in self.unsigned))
        if not told:
            return f"移交方、接收方于{minute}完成交接，已移交的资料、资产自该时起由接收方保管。"
        by = "移交方" if "接收方" in self.unsigned else "接收方"
        return (
            f"{by}于{minute}确认交接情况：{'；'.join(told)}。"
            "清单上没有列为缺失的资料、资产自该时起由接收方保管。"
        )

    def _handed_over(self) -> Section:
        """What was, then what was not, item by item."""
        told = clauses(sentences(self.handed_over))
        if not self.missing:
            return Section(paragraphs=told)
        rows = [(one.listed, one.name, one.reason, day(one.bring_by_on)) for one in self.missing]
        lacks = f"清单上列为缺失、没有移交的共{len(rows)}项："
        return Section(paragraphs=(*told, lacks), table=numbered(_MISSING, rows))

    def _head(self) -> tuple[Line, ...]:
        return lines(
            ("物业项目", self.estate),
            ("移交方", self.giver),
            ("接收方", self.receiver),
            ("完成时间", instant(self.confirmed_at) or _HOUR),
            ("地点", self.place),
            wide=("物业项目", "移交方", "接收方"),
        )

    def _readings(self) -> Section:
        why = (self.no_readings,) if self.no_readings else ()
        if not self.readings:
            return Section(paragraphs=why or ("没有登记读数。",))
        return Section(paragraphs=(*why, *units_of(self.readings)), table=reading_table(self.readings))

    def _prepaid(self) -> Section:
        why = (self.no_prepaid,) if self.no_prepaid else ()
        if not self.prepaid:
            return Section(paragraphs=why or ("没有登记预收费用和押金。",))
        return Section(
            paragraphs=(
                *why,
                "逐套明细见预收费用和押金清单。",
            ),
            table=kind_table(self.prepaid),
        )

    def _issues(self) -> Section:
        if not self.issues:
            return Section(paragraphs=("无。",))
        blamed = any(one.by for one in self.issues)
        columns = (
            column("存在问题", 4),
            column("解决方式", 4),
            *((column("责任方", 2),) if blamed else ()),
            column("完成时间", 3),
        )
        rows = [
            (one.what, one.solution, *((one.by,) if blamed else ()), day(one.by_on)) for one in self.issues
        ]
        return Section(table=numbered(columns, rows))

    def _hands(self) -> tuple[Signature, ...]:
        sides = (
            ("移交方", self.giver, self.giver_signer),
            ("接收方", self.receiver, self.receiver_signer),
            *(("见证方", one.unit, one) for one in self.witnesses),
            *(("监督单位", one.unit, one) for one in self.supervisors),
        )
        return tuple(
            Signature(
                role=role,
                name=unit,
                note=_signer(one) or _unsigned(role, self.unsigned),
                signed_at=instant(one.signed_at),
            )
            for role, unit, one in sides
        )


def _unsigned(role: str, sides: tuple[str, ...]) -> str:
    """Why there is no hand of a side."""
    return "没有签字，见拒签情况" if role in sides else ""


def _signer(one: Person) -> str:
    """Who signs, by name; where nobody has yet there is room for the hand, and nothing said of it."""
    if one.name == ROOM:
        return ""
    return f"签字人：{one.model_copy(update={'unit': '', 'phone': ''}).words()}"
