"""What hangs on the wall: what every public notice says, and the one that says any wording."""

from abc import abstractmethod
from collections.abc import Collection
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from gongzhi.values.wording import day_words

from ..documents import Day, Line, Piece, Poster, Section, Text
from ..kinds import PaperKind
from .content import Content, day, lines, reached, telephone

#: A longer notice says its days in words only.
_LONGEST_TABLE = 63
_KEEP = "请勿撕毁、涂改、遮盖。发现缺失或损坏，"


def hanging_days(posted_on: date, until_on: date, off: Collection[date] = ()) -> tuple[Day, ...]:
    """The day of posting, which does not count, and each day after it to the last. 《民法典》第201条.

    `off`: days that a period in working days leaves out.
    """
    count = (until_on - posted_on).days
    if count > _LONGEST_TABLE:
        return ()
    days, counted = [Day(day=f"{posted_on:%m-%d}", words="贴出不计", counted=False)], 0
    for on in (posted_on + timedelta(days=n) for n in range(1, count + 1)):
        counted += on not in off
        words = "不计" if on in off else f"第{counted}日"
        days.append(Day(day=f"{on:%m-%d}", words=words, counted=on not in off, last=on == until_on))
    return tuple(days)


class Desk(Piece):
    """Where an objection goes: a person, not a machine; on paper too."""

    person: Text = Field(title="受理人")
    phone: Text = Field(default="", title="电话")
    place: Text = Field(title="地点")
    hours: Text = Field(default="", title="时间")

    def told(self) -> tuple[Line, ...]:
        """The lines of the poster."""
        person = reached(self.person, telephone(self.phone))
        where = ("地点和时间", f"{self.place}，{self.hours}") if self.hours else ("地点", self.place)
        return lines(("受理人", person), where)


class PostedNotice(Content):
    """What every public notice says. `until_on` is the last day, to 24:00; None where the place has set no days yet.

    `length` and `off_days` are told of a period in working days alone; `damage_place` where no telephone is printed.
    """

    kind: ClassVar[PaperKind] = PaperKind.PUBLIC_NOTICE

    paper: Literal["a4", "a3"] = Field(default="a4", title="纸张")
    number: Text = Field(title="公示编号")
    estate: Text = Field(title="小区")
    heading: Text = Field(default="公示", title="公示种类")
    recipient: Text = Field(default="全体业主", title="致")
    basis: Text = Field(default="", title="依据")
    replaces: Text = Field(default="", title="被代替的公示编号")
    posted_on: date = Field(title="张贴日期")
    again_on: date | None = Field(default=None, title="补贴日期")
    until_on: date | None = Field(default=None, title="公示至")
    length: Text = Field(default="", title="公示几个工作日")
    off_days: tuple[date, ...] = Field(default=(), title="不计入的日子")
    provisional: bool = Field(default=False, title="截止日暂定")
    places: tuple[Text, ...] = Field(title="张贴位置", min_length=1)
    desk: Desk = Field(title="异议受理")
    poster: Text = Field(title="公示人")
    supervision: Text = Field(title="监督电话")
    address: str = Field(default="", max_length=300, title="核验网址")
    check_phone: Text = Field(default="", title="核对电话")
    check_place: Text = Field(title="核对地点")
    damage_place: Text = Field(default="", title="缺损告知处")

    @model_validator(mode="after")
    def _hangs_at_all(self) -> "PostedNotice":
        if self.until_on is not None and self.until_on <= self._counted_from():
            raise ValueError("公示的最后一日应晚于张贴日，请核对日期。")
        if self.again_on is not None and self.again_on < self.posted_on:
            raise ValueError("补贴日不能早于张贴日，请核对日期。")
        return self

    def _counted_from(self) -> date:
        """The day after which its days count: when it was posted, or put up again after it was torn."""
        return self.again_on or self.posted_on

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
            paragraphs=(*self.replaced(), *self.said()),
            facts=self.told(),
            basis=self.basis,
            period=self._period(),
            days=self._days(),
            objection_words=f"有不同意见的，请在{self._until()}书面提出，纸质、口头登记均可，每条意见都会书面答复。",
            objections=self.desk.told(),
            poster=self.poster,
            date=day(self.posted_on),
            supervision=self.supervision,
            places=self.places,
            address=self.address,
            check_words=self._check(),
            warning=f"{_KEEP}{f'请告诉{self.damage_place}' if self.damage_place else '请拨打上面的电话'}。",
            annexes=self.annexes(),
        )

    def replaced(self) -> tuple[str, ...]:
        """Which notice it stands for: both may still hang somewhere."""
        words = f"本公示代替公示编号{self.replaces}的公示，两份不一致的，以本公示为准。"
        return (words,) if self.replaces else ()

    def _days(self) -> tuple[Day, ...]:
        """Its days counted out, where there is a last one."""
        if self.until_on is None:
            return ()
        return hanging_days(self._counted_from(), self.until_on, self.off_days)

    def _until(self) -> str:
        """By when an objection comes."""
        return f"{day_words(self.until_on)}24:00前" if self.until_on is not None else "公示期内"

    def _period(self) -> str:
        again = f"{day(self._counted_from())}补贴，" if self._counted_from() != self.posted_on else ""
        if self.until_on is None:
            return f"{day(self.posted_on)}张贴，{again}公示期限本地未设定"
        words = (
            f"{day(self.posted_on)}张贴，{again}次日起算{self.length}，至{day_words(self.until_on)}24:00止"
        )
        return words + ("（暂定，该年放假安排公布后确定）" if self.provisional else "")

    def _check(self) -> tuple[str, ...]:
        scan = (
            "可以看到登记的原文和全部附表，请与这张纸逐字对照，还能看到贴了几天。不用登录，不收集您的信息。"
        )
        calls = f"打{self.check_phone}，报公示编号{self.number}；或" if self.check_phone else ""
        told = "" if calls else f"，报公示编号{self.number}"
        without = f"不用手机：{calls}到{self.check_place}请工作人员代查{told}。"
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
