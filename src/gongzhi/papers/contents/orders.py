"""What an authority says to a party: urging, demanding, ordering, deciding. Number, signature, date come at 签发."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from gongzhi.values.money import yuan
from gongzhi.values.wording import day_words

from ..documents import Column, Letter, Piece, Table, Text
from ..kinds import PaperKind
from .content import ROOM, Content, Person, amounts, column, day, instant, numbered, sentence, sentences

_ORDINALS = "一二三四五六七八九十"


def parts(*named: tuple[str, Iterable[str]]) -> tuple[str, ...]:
    """Headings of the first level with what is said under each; a part with nothing to say is left out."""
    said = [(name, tuple(filter(None, texts))) for name, texts in named]
    told = [(name, texts) for name, texts in said if texts]
    return tuple(text for n, (name, texts) in enumerate(told) for text in (f"{_ORDINALS[n]}、{name}", *texts))


class Demanded(Piece):
    """What is to be done, handed over or left."""

    what: Text = Field(title="事项")
    amount: Text = Field(default="", title="数量或标准")
    note: Text = Field(default="", title="说明")


class Order(Content):
    """What all letters of an authority to a party have."""

    recipient: Text = Field(title="主送")
    issuer: Text = Field(default="", title="发文机关标志")
    facts_found: tuple[Text, ...] = Field(title="事实", min_length=1)
    basis: Text = Field(title="依据")
    contact: Text = Field(title="联系人和电话")
    copies: Text = Field(default="", title="抄送")

    def found(self) -> tuple[str, ...]:
        """The facts, each a whole sentence."""
        return tuple(sentence(one) for one in self.facts_found)


class UrgingLetter(Order):
    """督促函: to the owners' assembly or committee, that it may decide. It orders nobody to leave."""

    kind: ClassVar[PaperKind] = PaperKind.URGING_LETTER

    about: Text = Field(title="督促事项")
    asks: tuple[Text, ...] = Field(title="请求", min_length=1)
    answer_by_on: date | None = Field(default=None, title="反馈期限")
    effect: Text = Field(default="", title="效力说明")

    def form(self) -> Letter:
        """关于督促…的函."""
        answer = f"请于{day_words(self.answer_by_on)}前反馈办理情况。" if self.answer_by_on else ""
        return Letter(
            title=f"关于督促{self.about}的函",
            issuer=self.issuer,
            recipient=self.recipient,
            paragraphs=(
                *parts(
                    ("基本情况", self.found()),
                    ("依据", (sentence(self.basis),)),
                    ("请求", (*sentences(self.asks), answer)),
                    ("说明", (sentence(self.effect),)),
                ),
                f"联系方式：{self.contact}。",
            ),
            copies=self.copies,
        )


class TimedOrder(Order):
    """责令限期（改正、移交、退出）通知书: facts, articles, items, deadline, consequence, defence, remedy."""

    kind: ClassVar[PaperKind] = PaperKind.ORDER_TO_CORRECT

    to_do: Text = Field(title="责令事项", description="改正、移交、退出 …")
    items: tuple[Demanded, ...] = Field(title="具体要求", min_length=1)
    deadline_at: datetime | date = Field(title="期限（到分钟，或到日24:00）")
    consequence: Text = Field(title="逾期后果")
    defence: Text = Field(title="陈述申辩")
    remedy: Text = Field(title="救济途径")

    def _until(self) -> str:
        if isinstance(self.deadline_at, datetime):
            return instant(self.deadline_at)
        return f"{day_words(self.deadline_at)}24:00"

    def form(self) -> Letter:
        """责令限期…通知书."""
        columns = (column("事项", 4), column("数量或标准", 2), column("说明", 3))
        told = parts(
            ("事实", self.found()),
            ("依据", (sentence(self.basis),)),
            ("要求", (f"责令你单位于{self._until()}前完成下列事项：",)),
        )
        rest = (
            f"逾期后果：{sentence(self.consequence)}",
            f"陈述申辩：{sentence(self.defence)}",
            f"救济途径：{sentence(self.remedy)}",
            f"联系方式：{self.contact}。",
        )
        return Letter(
            title=f"责令限期{self.to_do}通知书",
            issuer=self.issuer,
            recipient=self.recipient,
            paragraphs=told,
            table=numbered(columns, [(one.what, one.amount, one.note) for one in self.items]),
            closing=rest,
            copies=self.copies,
        )


class FormalDemand(Order):
    """催告函: what is still owed after its day, to be done by another, before what follows."""

    kind: ClassVar[PaperKind] = PaperKind.FORMAL_DEMAND

    about: Text = Field(title="催告事项")
    demands: tuple[Demanded, ...] = Field(title="应当履行的事项", min_length=1)
    deadline_on: date = Field(title="履行期限")
    consequence: Text = Field(title="不履行的后果")
    defence: Text = Field(default="", title="陈述申辩")
    signers: tuple[Text, ...] = Field(default=(), title="署名")
    made_on: date | None = Field(default=None, title="日期")

    def form(self) -> Letter:
        """关于…的催告函: of an authority, or of a committee without a red head."""
        columns = (column("应当履行的事项", 4), column("数量或标准", 2), column("说明", 3))
        until = f"请你单位于{day_words(self.deadline_on)}24:00前履行下列事项："
        told = parts(("事实", self.found()), ("依据", (sentence(self.basis),)), ("催告内容", (until,)))
        rest = (
            sentence(
                sentence(self.consequence)
                if self.consequence.startswith("逾期")
                else f"逾期不履行的，{sentence(self.consequence)}"
            ),
            self.defence and f"陈述申辩：{sentence(self.defence)}",
            f"联系方式：{self.contact}。",
        )
        return Letter(
            title=f"关于{self.about}的催告函",
            issuer=self.issuer,
            recipient=self.recipient,
            paragraphs=told,
            table=numbered(columns, [(one.what, one.amount, one.note) for one in self.demands]),
            closing=tuple(filter(None, rest)),
            signers=self.signers,
            date=day(self.made_on),
            copies=self.copies,
        )


class Refund(Piece):
    """One sum to be given back, and the voucher it rests on."""

    what: Text = Field(title="款项")
    cents: int = Field(title="金额（分）", gt=0)
    voucher: Text = Field(default="", title="凭证")


class RefundOrder(Order):
    """限期退还通知书: sums with vouchers, account, day; the day counts from the served confirmation."""

    kind: ClassVar[PaperKind] = PaperKind.REFUND_ORDER

    confirmed: Text = Field(title="查实确认文书和送达日期")
    refunds: tuple[Refund, ...] = Field(title="应退款项", min_length=1)
    deadline_on: date = Field(title="退还期限")
    account: Text = Field(title="收款账户")
    consequence: Text = Field(title="逾期后果")
    defence: Text = Field(title="陈述申辩")
    remedy: Text = Field(title="救济途径")

    def form(self) -> Letter:
        """The sums add up under the table."""
        total = sum(one.cents for one in self.refunds)
        until = f"请于{day_words(self.deadline_on)}24:00前将下列款项共{yuan(total)}退还至：{self.account}。"
        told = parts(
            ("事实", (*self.found(), f"查实确认：{sentence(self.confirmed)}")),
            ("依据", (sentence(self.basis),)),
            ("要求", (until,)),
        )
        rest = (
            f"逾期后果：{sentence(self.consequence)}",
            f"陈述申辩：{sentence(self.defence)}",
            f"救济途径：{sentence(self.remedy)}",
            f"联系方式：{self.contact}。",
        )
        return Letter(
            title="限期退还通知书",
            issuer=self.issuer,
            recipient=self.recipient,
            paragraphs=told,
            table=self._table(total),
            closing=rest,
            copies=self.copies,
        )

    def _table(self, total: int) -> Table:
        columns: tuple[Column, ...] = (column("款项", 4), amounts("金额", 2), column("凭证", 3))
        rows = [(one.what, yuan(one.cents), one.voucher) for one in self.refunds]
        return numbered(columns, rows, ("", yuan(total), ""))


class TakeoverDecision(Order):
    """准予应急接管决定书: who, what, to what standard, from when to when, what it costs and who pays."""

    kind: ClassVar[PaperKind] = PaperKind.TAKEOVER_DECISION

    estate: Text = Field(title="小区")
    provider: Text = Field(title="应急物业服务企业")
    provider_code: Text = Field(title="统一社会信用代码")
    leader: Person = Field(title="项目负责人")
    content: tuple[Text, ...] = Field(title="服务内容", min_length=1)
    standard: Text = Field(title="服务标准")
    from_at: datetime = Field(title="接管时间")
    to_on: date = Field(title="应急服务至")
    fee: Text = Field(title="费用标准")
    source: Text = Field(title="费用来源")
    collection: Text = Field(title="收取方式")
    supervision: Text = Field(title="监督电话")
    remedy: Text = Field(title="救济途径")

    def form(self) -> Letter:
        """A decision never without its term."""
        decided = (
            f"准予{self.provider}（统一社会信用代码{self.provider_code}）自{instant(self.from_at)}起"
            f"应急接管{self.estate}，项目负责人：{self.leader.words()}。"
        )
        term = f"自{instant(self.from_at)}起至{day(self.to_on)}24:00止。期满前应确定新的管理人。"
        told = parts(
            ("事实", self.found()),
            ("依据", (sentence(self.basis),)),
            ("决定", (decided,)),
            ("服务内容和标准", (*sentences(self.content), f"标准：{sentence(self.standard)}")),
            ("期限", (term,)),
            (
                "费用",
                sentences((f"标准：{self.fee}", f"来源：{self.source}", f"收取方式：{self.collection}")),
            ),
            ("监督", (f"监督电话：{self.supervision}；联系方式：{self.contact}。",)),
            ("救济途径", (sentence(self.remedy),)),
        )
        return Letter(
            title="准予应急接管决定书",
            issuer=self.issuer,
            recipient=self.recipient,
            paragraphs=told,
            copies=self.copies,
        )


class InterimDecision(Order):
    """指定临时接管单位决定书: who serves an estate meanwhile, what, from when to when, at what cost and out of what.

    It is signed and sealed by hand, its number is the office's. What nobody told is room to write.
    """

    kind: ClassVar[PaperKind] = PaperKind.TAKEOVER_DECISION

    number: Text = Field(default="", title="文号")
    estate: Text = Field(title="小区")
    provider: Text = Field(default=ROOM, title="临时接管单位")
    provider_code: Text = Field(default="", title="统一社会信用代码")
    provider_phone: Text = Field(default="", title="临时接管单位电话")
    manner: Text = Field(default="", title="临时接管方式")
    leader: Person | None = Field(default=None, title="项目负责人")
    content: tuple[Text, ...] = Field(default=(), title="服务内容")
    from_at: datetime | None = Field(default=None, title="接管时间")
    to_on: date | None = Field(default=None, title="服务期限至")
    replaces: Text = Field(default="", title="取代的决定书")
    fee: Text = Field(default=ROOM, title="服务费用")
    source: Text = Field(default=ROOM, title="费用来源")
    no_more: Text = Field(default="", title="不得另行收费")
    serving: Text = Field(default="原物业服务人", title="接管以前继续服务的")
    serves_on: Text = Field(default="", title="继续服务的条款")
    supervision: Text = Field(title="监督电话")
    remedy: Text = Field(default="", title="救济途径")
    made_on: date | None = Field(default=None, title="日期")

    def form(self) -> Letter:
        """A decision never without its term; until it has taken over, whoever was there serves on."""
        code = f"（统一社会信用代码{self.provider_code}）" if self.provider_code else ""
        manner = f"，方式为{self.manner}" if self.manner else ""
        leader = self.leader.words() if self.leader is not None else ROOM
        begins = (
            f"自{instant(self.from_at)}起" if self.from_at else "自进场之时起（以进场确认书记载的时间为准）"
        )
        until = f"{day(self.to_on)}24:00" if self.to_on else ROOM
        duty = f"（{self.serves_on}）" if self.serves_on else ""
        told = parts(
            ("事实", self.found()),
            ("依据", (sentence(self.basis),)),
            (
                "决定",
                sentences(
                    (
                        f"指定{self.provider}{code}为{self.estate}的临时接管单位{manner}",
                        f"项目负责人：{leader}",
                        f"单位电话：{self.provider_phone}" if self.provider_phone else "",
                        f"临时接管单位接管以前，{self.serving}继续提供服务{duty}",
                        f"本决定书取代{self.replaces}" if self.replaces else "",
                    )
                ),
            ),
            ("服务内容", sentences(self.content) or (ROOM,)),
            ("期限", (f"{begins}至{until}止。",)),
            ("费用", sentences((f"标准：{self.fee}", f"来源：{self.source}", self.no_more))),
            ("监督", (f"监督电话：{self.supervision}；联系方式：{self.contact}。",)),
            ("救济途径", (sentence(self.remedy),)),
        )
        return Letter(
            title="指定临时接管单位决定书",
            number=self.number,
            issuer=self.issuer,
            recipient=self.recipient,
            paragraphs=told,
            signers=(self.issuer,) if self.issuer else (),
            date=day(self.made_on),
            copies=self.copies,
        )
