"""What hangs on the wall: what every public notice says, and what some say besides. And the note when it came down."""

from abc import abstractmethod
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from gongzhi.values.money import yuan
from gongzhi.values.wording import day_words

from ..documents import Day, Line, Piece, Poster, Record, Section, Signature, Table, Text
from ..kinds import PaperKind
from .content import Content, Person, amounts, clauses, column, day, instant, lines, numbered
from .records import Picture, picture_table

#: A longer notice says its days in words only.
_LONGEST_TABLE = 63


def hanging_days(posted_on: date, until_on: date) -> tuple[Day, ...]:
    """The day of posting, which does not count, and each day after it to the last. 《民法典》第201条."""
    count = (until_on - posted_on).days
    if count > _LONGEST_TABLE:
        return ()
    first = Day(day=f"{posted_on:%m-%d}", words="贴出不计", counted=False)
    rest = (posted_on + timedelta(days=n) for n in range(1, count + 1))
    return first, *(
        Day(day=f"{on:%m-%d}", words=f"第{n}日", last=n == count) for n, on in enumerate(rest, start=1)
    )


class Desk(Piece):
    """Where an objection goes: a person, not a machine; on paper too."""

    person: Text = Field(title="受理人")
    phone: Text = Field(title="电话")
    place: Text = Field(title="地点")
    hours: Text = Field(title="时间")

    def told(self) -> tuple[Line, ...]:
        """The lines of the poster."""
        return lines(
            ("受理人", f"{self.person}，电话{self.phone}"), ("地点和时间", f"{self.place}，{self.hours}")
        )


class PostedNotice(Content):
    """What every public notice says. practice 3. `until_on` is the last day, to 24:00."""

    kind: ClassVar[PaperKind] = PaperKind.PUBLIC_NOTICE

    paper: Literal["a4", "a3"] = Field(default="a4", title="纸张")
    number: Text = Field(title="公示编号")
    estate: Text = Field(title="小区")
    heading: Text = Field(default="公示", title="公示种类")
    recipient: Text = Field(default="全体业主", title="致")
    basis: Text = Field(title="依据")
    posted_on: date = Field(title="张贴日期")
    until_on: date = Field(title="公示至")
    provisional: bool = Field(default=False, title="截止日暂定")
    places: tuple[Text, ...] = Field(title="张贴位置", min_length=1)
    desk: Desk = Field(title="异议受理")
    poster: Text = Field(title="公示人")
    supervision: Text = Field(title="监督电话")
    address: str = Field(default="", title="核验网址")
    check_phone: Text = Field(title="核对电话")
    check_place: Text = Field(title="核对地点")

    @model_validator(mode="after")
    def _hangs_at_all(self) -> "PostedNotice":
        if self.until_on <= self.posted_on:
            raise ValueError("公示的最后一日应晚于张贴日，请核对日期。")
        return self

    @abstractmethod
    def subject(self) -> str:
        """The title."""

    @abstractmethod
    def said(self) -> tuple[str, ...]:
        """The paragraphs."""

    def told(self) -> tuple[Line, ...]:
        """The facts, label by label."""
        return ()

    def annexes(self) -> tuple[Section, ...]:
        """What follows on pages of its own."""
        return ()

    def form(self) -> Poster:
        """A poster: A4 or A3, its days counted out, a code with the same facts in words."""
        return Poster(
            title=self.subject(),
            paper=self.paper,
            heading=f"{self.estate}　{self.heading}",
            number=self.number,
            recipient=self.recipient,
            paragraphs=self.said(),
            facts=self.told(),
            basis=self.basis,
            period=self._period(),
            days=hanging_days(self.posted_on, self.until_on),
            objection_words=f"有不同意见的，请在{day_words(self.until_on)}24:00前书面提出，纸质、口头登记均可，每条意见都会书面答复。",
            objections=self.desk.told(),
            poster=self.poster,
            date=day(self.posted_on),
            supervision=self.supervision,
            places=self.places,
            address=self.address,
            check_words=self._check(),
            annexes=self.annexes(),
        )

    def _period(self) -> str:
        words = f"{day(self.posted_on)}张贴，次日起算，至{day_words(self.until_on)}24:00止"
        return words + ("（暂定，该年放假安排公布后确定）" if self.provisional else "")

    def _check(self) -> tuple[str, ...]:
        scan = "可以看到这张纸的文字有没有改过、贴了几天、全部附表。不用登录，不收集您的信息。"
        without = (
            f"不用手机：打{self.check_phone}，报公示编号{self.number}；或到{self.check_place}请工作人员代查。"
        )
        return (scan, without) if self.address else (without,)


class PublicNotice(PostedNotice):
    """公示: any wording, with facts in a frame and tables that follow."""

    title: Text = Field(title="标题")
    paragraphs: tuple[Text, ...] = Field(title="内容", min_length=1)
    facts: tuple[Line, ...] = Field(default=(), title="要点")
    tables: tuple[Section, ...] = Field(default=(), title="附表")

    def subject(self) -> str:
        """As given."""
        return self.title

    def said(self) -> tuple[str, ...]:
        """As given."""
        return self.paragraphs

    def told(self) -> tuple[Line, ...]:
        """As given."""
        return self.facts

    def annexes(self) -> tuple[Section, ...]:
        """As given."""
        return self.tables


class Share(Piece):
    """What one unit bears: no name stands on a public page."""

    unit: Text = Field(title="房号")
    area: Text = Field(title="面积（平方米）")
    cents: int = Field(title="应摊（分）", ge=0)


class FeeSharingNotice(PostedNotice):
    """费用分摊公示: total, quotation, the order of funding tried, basis and area, each unit's share, no names."""

    matter: Text = Field(title="事项")
    total_cents: int = Field(title="总额（分）", ge=0)
    quotation: Text = Field(title="报价依据")
    funding: tuple[Text, ...] = Field(title="资金来源顺序", min_length=1)
    basis_of_shares: Text = Field(title="分摊依据")
    area: Text = Field(title="面积口径")
    formula: Text = Field(title="计算方法")
    shares: tuple[Share, ...] = Field(title="各户分摊", min_length=1)

    @model_validator(mode="after")
    def _adds_up(self) -> "FeeSharingNotice":
        if sum(one.cents for one in self.shares) > self.total_cents:
            raise ValueError("各户分摊之和超过了总额，请核对后再公示。")
        return self

    def subject(self) -> str:
        """关于…费用分摊的公示."""
        return f"{self.matter}费用分摊公示"

    def said(self) -> tuple[str, ...]:
        """One sentence; the facts stand in the frame."""
        return (f"现将{self.matter}的费用和分摊方案公示如下，各户金额见附表。",)

    def told(self) -> tuple[Line, ...]:
        """The total, where it came from, how it is shared."""
        return lines(
            ("总费用", f"{yuan(self.total_cents)}（{self.quotation}）"),
            ("从哪里出", "\n".join(clauses(self.funding))),
            ("谁来分摊", f"{self.basis_of_shares}，{self.area}，共{len(self.shares)}户"),
            ("怎么算", self.formula),
        )

    def annexes(self) -> tuple[Section, ...]:
        """The share of each unit."""
        columns = (column("房号", 2), amounts("面积（平方米）"), amounts("应摊金额"))
        rows = [(one.unit, one.area, yuan(one.cents)) for one in self.shares]
        total = ("", "", yuan(sum(one.cents for one in self.shares)))
        return (Section(heading="附表　各户分摊金额", table=numbered(columns, rows, total)),)


class Counted(Piece):
    """One measure of a vote: people, or square metres."""

    measure: Text = Field(title="口径")
    whole: Text = Field(title="总数")
    taking_part: Text = Field(title="参与")
    agree: Text = Field(title="同意")
    against: Text = Field(title="反对")
    abstain: Text = Field(title="弃权")
    threshold: Text = Field(title="门槛")
    reached: bool = Field(title="达到")


class VoteResultNotice(PostedNotice):
    """业主共同决定结果公示: both measures, thresholds, ballots, passed or not, when and where ballots are checked."""

    kind: ClassVar[PaperKind] = PaperKind.VOTE_RESULT

    matter: Text = Field(title="表决事项")
    sent: int = Field(title="发出票数", ge=0)
    returned: int = Field(title="收回票数", ge=0)
    valid: int = Field(title="有效票数", ge=0)
    counted: tuple[Counted, ...] = Field(title="计票", min_length=2)
    passed: bool = Field(title="通过")
    checking: Text = Field(title="查票时间和地点")

    def subject(self) -> str:
        """关于…表决结果的公示."""
        return f"{self.matter}表决结果公示"

    def said(self) -> tuple[str, ...]:
        """Passed or not, in one sentence."""
        result = "通过" if self.passed else "未通过"
        return (f"业主对“{self.matter}”的表决已经结束，结果为：{result}。",)

    def told(self) -> tuple[Line, ...]:
        """Ballots, then each measure with its threshold."""
        ballots = f"发出{self.sent}张，收回{self.returned}张，有效{self.valid}张，无效{self.returned - self.valid}张"
        measures = ((one.measure, _measured(one)) for one in self.counted)
        return lines(("选票", ballots), *measures, ("查票", self.checking))


def _measured(one: Counted) -> str:
    votes = f"总数{one.whole}，参与{one.taking_part}；同意{one.agree}，反对{one.against}，弃权{one.abstain}"
    return f"{votes}；门槛：{one.threshold}，{'达到' if one.reached else '没有达到'}"


class Settled(Piece):
    """One part of a settlement: what was confirmed, what is irregular."""

    part: Text = Field(title="清算内容")
    confirmed_cents: int = Field(title="确认金额（分）")
    irregular_cents: int = Field(default=0, title="问题金额（分）", ge=0)
    note: Text = Field(default="", title="说明")


class SettlementNotice(PostedNotice):
    """清算报告公示: the firm, the period, the five parts, what was not provided, where the whole report is read."""

    provider: Text = Field(title="物业服务人")
    firm: Text = Field(title="清算机构")
    qualification: Text = Field(title="执业证书编号")
    report: Text = Field(title="报告名称和编号")
    from_on: date = Field(title="清算期间自")
    to_on: date = Field(title="清算期间至")
    parts: tuple[Settled, ...] = Field(title="清算结果", min_length=1)
    not_provided: tuple[Text, ...] = Field(default=(), title="未提供的资料")
    reading: Text = Field(title="报告全文查阅地点")

    def subject(self) -> str:
        """…财务清算报告公示."""
        return f"{self.estate}物业服务财务清算报告公示"

    def said(self) -> tuple[str, ...]:
        """One sentence; the parts stand in the annex."""
        return (
            f"{self.firm}已完成对{self.provider}在{self.estate}物业服务期间的财务清算，现将结果公示如下。",
        )

    def told(self) -> tuple[Line, ...]:
        """The report and what limits it."""
        return lines(
            ("清算报告", self.report),
            ("清算机构", f"{self.firm}（执业证书{self.qualification}）"),
            ("清算期间", f"{day(self.from_on)}至{day(self.to_on)}"),
            ("问题金额", f"{yuan(sum(one.irregular_cents for one in self.parts))}（明细见附表）"),
            ("未提供资料", "、".join(self.not_provided) or "无"),
            ("查阅全文", self.reading),
        )

    def annexes(self) -> tuple[Section, ...]:
        """Part by part."""
        return (Section(heading="附表　清算结果", table=settled_table(self.parts)),)


def settled_table(parts: tuple[Settled, ...]) -> Table:
    """Confirmed and irregular sums of each part."""
    columns = (column("清算内容", 3), amounts("确认金额", 2), amounts("问题金额", 2), column("说明", 3))
    rows = [(one.part, yuan(one.confirmed_cents), yuan(one.irregular_cents), one.note) for one in parts]
    sums = (sum(one.confirmed_cents for one in parts), sum(one.irregular_cents for one in parts))
    return numbered(columns, rows, ("", *map(yuan, sums), ""))


class Interrupted(Piece):
    """A notice was torn, covered or gone."""

    found_at: datetime = Field(title="发现时间")
    what: Text = Field(title="情况")
    again_at: datetime | None = Field(default=None, title="补贴时间")


class Answered(Piece):
    """An objection received in time, masked, and its answer."""

    by: Text = Field(title="异议人（隐名）")
    raised_at: datetime = Field(title="提出时间")
    what: Text = Field(title="异议")
    answer: Text = Field(title="答复")


class NoticeReport(Content):
    """公示情况说明: where and how long it hung, the photographs, interruptions, objections and their answers."""

    kind: ClassVar[PaperKind] = PaperKind.NOTICE_REPORT

    notice: Text = Field(title="公示标题")
    number: Text = Field(title="公示编号")
    estate: Text = Field(title="小区")
    poster: Text = Field(title="公示人")
    posted_at: datetime = Field(title="张贴时间")
    until_on: date = Field(title="公示至")
    taken_down_at: datetime = Field(title="取下时间")
    places: tuple[Text, ...] = Field(title="张贴位置", min_length=1)
    pictures: tuple[Picture, ...] = Field(title="照片", min_length=1)
    interruptions: tuple[Interrupted, ...] = Field(default=(), title="中断情况")
    objections: tuple[Answered, ...] = Field(default=(), title="异议和答复")
    witnesses: tuple[Person, ...] = Field(title="张贴和取证人员", min_length=2)
    made_on: date = Field(title="日期")

    def form(self) -> Record:
        """Four parts and two names; 无 where there is nothing."""
        sections = (
            Section(heading="一、照片", table=picture_table(self.pictures)),
            _or_none("二、中断情况", self._interruptions()),
            _or_none("三、异议和答复", self._objections()),
            Section(heading="四、结论", paragraphs=(self._conclusion(),)),
        )
        hands = (Signature(role="取证人员", name=one.name, note=one.unit) for one in self.witnesses)
        return Record(
            title="公示情况说明",
            number=self.number,
            boxed=True,
            lines=self._head(),
            sections=sections,
            signatures=(Signature(role="公示人", name=self.poster), *hands),
            date=day(self.made_on),
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
            wide=("公示标题", "张贴位置"),
        )

    def _interruptions(self) -> Table | None:
        columns = (column("发现时间", 3), column("情况", 4), column("补贴时间", 3))
        rows = [(instant(one.found_at), one.what, instant(one.again_at)) for one in self.interruptions]
        return numbered(columns, rows) if rows else None

    def _objections(self) -> Table | None:
        columns = (column("异议人", 1), column("提出时间", 2), column("异议", 3), column("答复", 3))
        rows = [(one.by, instant(one.raised_at), one.what, one.answer) for one in self.objections]
        return numbered(columns, rows) if rows else None

    def _conclusion(self) -> str:
        heard = f"收到异议{len(self.objections)}件，均已书面答复" if self.objections else "未收到异议"
        torn = f"中断{len(self.interruptions)}次，已补贴并重新起算" if self.interruptions else "未中断"
        return f"公示期已满，{torn}，{heard}。"


def _or_none(heading: str, table: Table | None) -> Section:
    return Section(heading=heading, table=table) if table else Section(heading=heading, paragraphs=("无。",))
