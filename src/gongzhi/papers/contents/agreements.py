"""What two sides agree and sign: the exit, an authority to act, the firm that settles."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from gongzhi.values.money import yuan

from ..documents import Line, Record, Section, Signature, Text
from ..kinds import PaperKind
from .content import Content, Person, clauses, day, lines, seal_of, sentence, sentences


class ExitAgreement(Content):
    """退出协议. day, settlement, fee cut-off, prepaid money, arrears no ground, breach, whose decision it rests on."""

    kind: ClassVar[PaperKind] = PaperKind.EXIT_AGREEMENT

    number: Text = Field(default="", title="协议编号")
    owners_side: Text = Field(title="甲方（业主一方）")
    owners_capacity: Text = Field(default="", title="甲方身份说明")
    owners_signer: Text = Field(title="甲方签署人")
    owners_signed_at: datetime | None = Field(default=None, title="甲方平台签署时间")
    provider: Text = Field(title="乙方（物业服务人）")
    provider_code: Text = Field(title="统一社会信用代码")
    provider_signer: Text = Field(title="乙方签署人")
    provider_signed_at: datetime | None = Field(default=None, title="乙方平台签署时间")
    estate: Text = Field(title="小区")
    contract: Text = Field(title="原合同")
    leaves_on: date = Field(title="退出日期")
    leave_within_days: int | None = Field(default=None, title="约定的离场天数", ge=0)
    settlement: tuple[Text, ...] = Field(title="财务清算", min_length=1)
    fees_until_on: date = Field(title="物业费计收截止日")
    prepaid: tuple[Text, ...] = Field(title="预收费用和押金", min_length=1)
    handover: tuple[Text, ...] = Field(default=(), title="资料和资产交接")
    breach: tuple[Text, ...] = Field(title="违约责任", min_length=1)
    others: tuple[Text, ...] = Field(default=(), title="其他约定")
    serving_on: Text = Field(default="", title="合同终止后继续服务收费的法律依据")
    effect: Text = Field(default="", title="依据和生效")
    copies: Text = Field(default="甲乙双方各执一份。", title="份数")
    made_on: date | None = Field(default=None, title="签订日期")

    def form(self) -> Record:
        """Articles one after another; both seal."""
        going = f"终止后{self.leave_within_days}日内" if self.leave_within_days else "当日"
        leaving = f"双方同意原合同于{day(self.leaves_on)}终止，乙方于{going}退出。新的管理人接管前，乙方继续提供服务。"
        by_law = f"依照{self.serving_on}" if self.serving_on else ""
        cut_off = (
            f"物业费计收至{day(self.fees_until_on)}。合同终止后、新的管理人接管前乙方继续服务的，"
            f"可以{by_law}请求业主支付该期间的物业费；接管后的费用乙方不得收取。"
        )
        arrears = "业主欠费由乙方依法另行主张，乙方不得以欠费为由延期退出、拒绝移交或停止服务。"
        parts = (
            ("退出日期", (leaving,)),
            ("财务清算", self.settlement),
            ("费用截止", (cut_off,)),
            ("预收费用和押金", self.prepaid),
            ("欠费处理", (arrears,)),
            ("资料和资产交接", self.handover),
            ("违约责任", self.breach),
            ("其他约定", self.others),
            ("依据和生效", (self.effect,) if self.effect else ()),
            ("份数", (self.copies,)),
        )
        return Record(
            title="物业服务退出协议",
            number=self.number,
            lines=self._parties(),
            sections=_articles(tuple((name, sentences(texts)) for name, texts in parts if texts)),
            signatures=(
                seal_of("甲方", self.owners_side, f"签署人：{self.owners_signer}", self.owners_signed_at),
                seal_of("乙方", self.provider, f"签署人：{self.provider_signer}", self.provider_signed_at),
            ),
            date=day(self.made_on),
            signed_each_page=("甲方", "乙方"),
        )

    def _parties(self) -> tuple[Line, ...]:
        return lines(
            ("甲方", self.owners_side),
            ("乙方", self.provider),
            ("甲方身份", self.owners_capacity),
            ("统一社会信用代码", self.provider_code),
            ("小区", self.estate),
            ("原合同", self.contract),
            wide=("甲方", "乙方", "甲方身份", "统一社会信用代码", "原合同"),
        )


def _articles(parts: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Section, ...]:
    """第一条 …: a lone sentence is not counted."""
    return tuple(
        Section(heading=f"第{_ORDINALS[n]}条　{name}", paragraphs=clauses(texts) if len(texts) > 1 else texts)
        for n, (name, texts) in enumerate(parts)
    )


_ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


class PowerOfAttorney(Content):
    """授权委托书: matter, scope, term, both signatures; no substitute unless it says so. 《民法典》第165条."""

    kind: ClassVar[PaperKind] = PaperKind.POWER_OF_ATTORNEY

    principal: Text = Field(title="委托人")
    principal_code: Text = Field(default="", title="统一社会信用代码或证件尾号")
    representative: Text = Field(default="", title="法定代表人（负责人）")
    agent: Person = Field(title="受托人")
    matter: Text = Field(title="委托事项")
    scope: tuple[Text, ...] = Field(title="权限", min_length=1)
    from_on: date = Field(title="委托期限自")
    to_on: date = Field(title="委托期限至")
    may_substitute: bool = Field(default=False, title="可以转委托")
    made_on: date | None = Field(default=None, title="日期")

    def form(self) -> Record:
        """Both sign: who gives the power and who takes it."""
        substitute = "受托人可以转委托。" if self.may_substitute else "受托人无转委托权。"
        term = f"自{day(self.from_on)}起至{day(self.to_on)}止。"
        head = lines(
            ("委托人", self.principal),
            ("代码或证件尾号", self.principal_code),
            ("法定代表人", self.representative),
            ("受托人", self.agent.words()),
            wide=("委托人", "受托人"),
        )
        return Record(
            title="授权委托书",
            boxed=True,
            lines=head,
            sections=(
                Section(heading="一、委托事项", paragraphs=(sentence(self.matter),)),
                Section(heading="二、权限", paragraphs=(*clauses(sentences(self.scope)), substitute)),
                Section(heading="三、期限", paragraphs=(term,)),
            ),
            signatures=(
                seal_of(
                    "委托人", self.principal, self.representative and f"法定代表人：{self.representative}"
                ),
                Signature(role="受托人", name=self.agent.name),
            ),
            date=day(self.made_on),
        )


class Entrustment(Content):
    """委托书（第三方清算）: five items and period, fee, qualification, independence, what is delivered and when."""

    kind: ClassVar[PaperKind] = PaperKind.ENGAGEMENT_LETTER

    number: Text = Field(default="", title="编号")
    client: Text = Field(title="委托人")
    client_capacity: Text = Field(default="", title="委托人身份说明")
    firm: Text = Field(title="受托机构")
    firm_code: Text = Field(title="统一社会信用代码")
    qualification: Text = Field(title="执业证书编号")
    estate: Text = Field(title="小区")
    provider: Text = Field(title="物业服务人")
    scope: tuple[Text, ...] = Field(title="清算范围", min_length=1)
    from_on: date = Field(title="清算期间自")
    to_on: date = Field(title="清算期间至")
    fee_cents: int = Field(title="费用（分）", ge=0)
    fee_source: Text = Field(title="费用来源")
    independence: Text = Field(title="独立性声明")
    deliverable: Text = Field(title="交付成果")
    deliver_by_on: date = Field(title="交付日期")
    books_by_on: date = Field(title="物业服务人提供账册期限")
    made_on: date | None = Field(default=None, title="日期")

    def form(self) -> Record:
        """Client and firm seal; the provider is told of it by the day for the books."""
        head = lines(
            ("委托人", self.client),
            ("受托机构", self.firm),
            ("委托人身份", self.client_capacity),
            ("统一社会信用代码", self.firm_code),
            ("执业证书编号", self.qualification),
            ("小区", self.estate),
            ("物业服务人", self.provider),
            wide=("委托人", "受托机构", "委托人身份", "统一社会信用代码", "物业服务人"),
        )
        period = f"清算期间：{day(self.from_on)}至{day(self.to_on)}。"
        books = f"委托人另行通知{self.provider}于{day(self.books_by_on)}前向受托机构提供账册和凭证。"
        missing = "未提供的资料，受托机构在报告中写明受限范围，不因此停止清算。"
        parts = (
            ("范围和期间", (*clauses(self.scope), period)),
            ("费用", (f"{yuan(self.fee_cents)}，{self.fee_source}。",)),
            ("独立性", (sentence(self.independence),)),
            ("交付", (f"受托机构于{day(self.deliver_by_on)}前交付{self.deliverable}。",)),
            ("账册", (books, missing)),
        )
        return Record(
            title="财务清算委托书",
            number=self.number,
            lines=head,
            sections=tuple(
                Section(heading=f"{_ORDINALS[n]}、{name}", paragraphs=texts)
                for n, (name, texts) in enumerate(parts)
            ),
            signatures=(seal_of("委托人", self.client), seal_of("受托机构", self.firm)),
            date=day(self.made_on),
        )
