"""The provider asks to leave, the paper is received, what it lacks is said at once."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from gongzhi.values.money import yuan
from gongzhi.values.text import unnumbered

from ..documents import Letter, Piece, Record, Section, Text
from ..kinds import PaperKind
from .content import (
    BLANK,
    NOTHING,
    Content,
    Person,
    amounts,
    clauses,
    column,
    day,
    instant,
    lines,
    numbered,
    seal_of,
    sentence,
    sentences,
)

STAYS = "在新的管理人接管之前，我公司继续按合同提供物业服务，不停止秩序维护、保洁和设施设备运行。"


class Prepaid(Piece):
    """One kind of money taken ahead: prepaid fee, deposit, card."""

    item: Text = Field(title="项目")
    households: int | None = Field(default=None, title="户数", ge=0)
    cents: int | None = Field(default=None, title="金额（分）", ge=0)
    note: Text = Field(default="", title="说明")

    def row(self) -> tuple[str, ...]:
        """As a line of the list; what nobody counted is room to write."""
        households = BLANK if self.households is None else str(self.households)
        return self.item, households, BLANK if self.cents is None else yuan(self.cents), self.note


def _phone(one: Person) -> str:
    """Room to write it in where nobody told it; none where it stands beside the name, as it was said."""
    return one.phone or (NOTHING if any(map(str.isdigit, one.name)) else BLANK)


class ExitApplication(Content):
    """书面退出申请. reason, day of leaving, plan of handover, staff, promise to serve, prepaid money."""

    kind: ClassVar[PaperKind] = PaperKind.EXIT_APPLICATION

    recipient: Text = Field(title="致送单位")
    provider: Text = Field(title="物业服务人")
    estate: Text = Field(title="小区")
    contract: Text = Field(title="合同")
    reason: Text = Field(title="退出理由")
    leaves_on: date = Field(title="计划退出日")
    handover_plan: tuple[Text, ...] = Field(title="交接方案", min_length=1)
    staff: tuple[Person, ...] = Field(title="留守人员和联系方式", min_length=1)
    staffing: tuple[Text, ...] = Field(
        default=(), title="人员安排", description="没有逐人填写岗位的，按原话写"
    )
    prepaid: tuple[Prepaid, ...] = Field(default=(), title="预收费用和押金")
    prepaid_told: tuple[Text, ...] = Field(
        default=(), title="预收费用和押金说明", description="没有逐项填写的，按原话写"
    )
    attachments: tuple[Text, ...] = Field(default=(), title="其他附件")
    legal_representative: Text = Field(title="法定代表人")
    entered: Text = Field(
        default="", title="代为登记", description="纸质件由收件方录入的，写明登记人、递交人和时间"
    )
    made_on: date = Field(title="申请日期")

    def form(self) -> Letter:
        """A letter with two annexes."""
        now = f"我公司依据{self.contract}为{self.estate}提供物业服务"
        asked = f"{now}，现申请提前退出，计划于{day(self.leaves_on)}退出。"
        plan = ("三、交接方案", *self._plan())
        return Letter(
            title="物业服务退出申请书",
            recipient=self.recipient,
            paragraphs=(
                "一、申请事项",
                asked,
                "二、退出理由",
                sentence(self.reason),
                *plan,
                "四、承诺",
                STAYS,
                *((sentence(self.entered),) if self.entered else ()),
            ),
            annexes=(self._staff(), self._prepaid()),
            attachments=self.attachments,
            signatures=(
                seal_of("申请人", self.provider, f"法定代表人（签字）：{self.legal_representative}"),
            ),
            date=day(self.made_on),
        )

    def _plan(self) -> Iterator[str]:
        """Its steps counted; what was typed in one line with numbers of its own stands as it was typed."""
        steps = sentences(self.handover_plan)
        if len(steps) == 1 and unnumbered(steps[0]) != steps[0]:
            yield steps[0]
            return
        yield from (f"（{n}）{unnumbered(step)}" for n, step in enumerate(steps, start=1))

    def _staff(self) -> Section:
        columns = (column("姓名"), column("岗位", 2), column("电话", 2))
        rows = [(one.name, one.capacity, _phone(one)) for one in self.staff]
        heading, told = "接管前留守人员和联系方式", sentences(self.staffing)
        return Section(heading=heading, paragraphs=told, table=numbered(columns, rows))

    def _prepaid(self) -> Section:
        heading, told = "预收费用和押金清单", sentences(self.prepaid_told)
        if not self.prepaid:
            return Section(heading=heading, paragraphs=told)
        columns = (column("项目", 2), amounts("户数"), amounts("金额", 2), column("说明", 2))
        sums = [one.cents for one in self.prepaid]
        known = [cents for cents in sums if cents is not None]
        total = ("", "", yuan(sum(known)) if len(known) == len(sums) else BLANK, "")
        rows = [one.row() for one in self.prepaid]
        return Section(heading=heading, paragraphs=told, table=numbered(columns, rows, total))


class Received(Piece):
    """A paper among those received."""

    name: Text = Field(title="材料名称")
    copies: int = Field(title="份数", ge=0)
    form: Text = Field(default="原件", title="原件或复印件")
    note: Text = Field(default="", title="说明")


class ApplicationReceipt(Content):
    """收件回执: what arrived, when, into whose hands. A period counts from arrival. 《民法典》第137条."""

    kind: ClassVar[PaperKind] = PaperKind.RECEIPT

    number: Text = Field(default="", title="编号")
    receiver: Text = Field(title="收件单位")
    submitter: Text = Field(title="提交人")
    estate: Text = Field(title="小区、单位或地区")
    estate_label: Text = Field(default="小区", title="所涉对象的名称")
    matter: Text = Field(title="事项")
    arrived_at: datetime = Field(title="到达时间")
    method: Text = Field(title="送达方式")
    papers: tuple[Received, ...] = Field(title="收到的材料", min_length=1)
    counting: Text = Field(title="期限从何时起算")
    next_step: Text = Field(title="下一步")
    received_by: Person = Field(title="收件人")
    phone: Text = Field(default="", title="联系电话")
    made_on: date | None = Field(default=None, title="签收日期")

    def form(self) -> Record:
        """A form with a table of what was received, dated when it was signed; an unknown telephone is room to write."""
        head = lines(
            ("收件单位", self.receiver),
            ("提交人", self.submitter),
            (self.estate_label, self.estate),
            ("事项", self.matter),
            ("到达时间", instant(self.arrived_at)),
            ("送达方式", self.method),
            ("收件人", self.received_by.words()),
            ("联系电话", self.phone),
            empty=True,
        )
        columns = (column("材料名称", 4), amounts("份数"), column("原件或复印件", 2), column("说明", 2))
        rows = [(one.name, str(one.copies), one.form, one.note) for one in self.papers]
        said = clauses((self.counting, self.next_step, "本回执只证明收到上述材料，不表示同意。"))
        return Record(
            title="收件回执",
            number=self.number,
            boxed=True,
            lines=head,
            sections=(
                Section(heading="收到的材料", table=numbered(columns, rows)),
                Section(heading="说明", paragraphs=said),
            ),
            signatures=(
                seal_of("收件单位", self.receiver, f"收件人：{self.received_by.name}"),
                seal_of("提交人", self.submitter),
            ),
            date=day(self.made_on or self.arrived_at.date()),
        )


class Lacking(Piece):
    """What a submission lacks."""

    item: Text = Field(title="需补正的内容")
    why: Text = Field(title="原因")
    basis: Text = Field(default="", title="依据")


class CompletionRequest(Content):
    """补正通知书: all that is lacking, said once. A filing is received all the same: 备案 is not 审批."""

    kind: ClassVar[PaperKind] = PaperKind.COMPLETION_REQUEST

    recipient: Text = Field(title="提交人")
    submitted: Text = Field(title="提交的材料")
    received_on: date = Field(title="收到日期")
    entered: Text = Field(
        default="", title="代为登记", description="由别的单位收件、代为登记的：何时由谁递交"
    )
    lacking: tuple[Lacking, ...] = Field(title="需补正的内容", min_length=1)
    complete_by_on: date | None = Field(default=None, title="补正期限")
    contact: Text = Field(title="补正地点和联系方式")
    issuer: Text = Field(default="", title="通知单位")

    def form(self) -> Letter:
        """A letter with a table; number, signature and date are put in at 签发."""
        known = [
            any(part) for part in zip(*((one.item, one.why, one.basis) for one in self.lacking), strict=True)
        ]
        parts = (column("需补正的内容", 3), column("原因", 4), column("依据", 3))
        columns = tuple(part for part, is_known in zip(parts, known, strict=True) if is_known)
        rows = [
            tuple(
                part for part, is_known in zip((one.item, one.why, one.basis), known, strict=True) if is_known
            )
            for one in self.lacking
        ]
        until = f"请于{day(self.complete_by_on)}前" if self.complete_by_on else "请尽快"
        came = (
            f"你单位提交的{self.submitted}，{self.entered}"
            if self.entered
            else f"{day(self.received_on)}收到你单位提交的{self.submitted}"
        )
        return Letter(
            title="补正通知书",
            recipient=self.recipient,
            issuer=self.issuer,
            paragraphs=(f"{came}，现将需要补正的内容一次性告知如下：",),
            table=numbered(columns, rows),
            closing=(
                f"{until}补正，补正地点和联系方式：{self.contact}。",
                "材料的收到日期以收件回执为准，不因补正而改变。",
            ),
        )
