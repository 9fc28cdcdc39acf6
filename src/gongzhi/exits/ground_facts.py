"""What is said when an exit begins on a ground other than the provider's own application."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from gongzhi.acts.facts import AHEAD, Facts
from gongzhi.procedures.entering import HandedBy
from gongzhi.procedures.service import HandedAt

from .enclosing import Attachments, Encloses
from .facts import SERVES_ON

SERVED_ON = "合同期满后是否继续提供服务（合同已经期满的必填）"


class Classification(Facts):
    """What the county found of a forced ground, and on what it rests. 《白山市…管理办法》第10条."""

    found_on: date = Field(title="认定日期")
    facts_found: str = Field(title="查明的事实", min_length=2, max_length=5000)
    basis: str = Field(title="所依据的条款", min_length=2, max_length=500)
    evidence: str = Field(title="证据及其来源", min_length=2, max_length=2000)
    correct_by_on: date | None = Field(
        title="责令整改的期限", description="以责令整改为前提的情形必填", default=None
    )
    not_recorded: str = Field(
        title="没有登记的处罚决定书（机关、文号、日期；登记的次数不够时必填）", default="", max_length=1000
    )


class Urging(Encloses):
    """A letter that urges the owners' assembly; it orders the provider nothing. 《白山市…管理办法》第10条."""

    facts_found: str = Field(title="查明的事实", min_length=2, max_length=5000)
    basis: str = Field(title="所依据的条款", min_length=2, max_length=500)
    request: str = Field(title="督促事项", min_length=2, max_length=2000)
    answer_by_on: date | None = Field(title="请反馈的日期", default=None, json_schema_extra=AHEAD)
    contact: str = Field(title="联系人及电话", min_length=2, max_length=100)
    copies: str = Field(title="抄送", default="", max_length=300)
    attachments: Attachments = ""


class Motion(Facts):
    """The owners are to decide whether the provider goes on. 《民法典》第278条第1款第4项."""

    reason: str = Field(title="提议理由", min_length=2, max_length=5000)
    basis: str = Field(title="合同条款或者法律依据", min_length=2, max_length=500)
    moved_by: str = Field(title="提议人（业主委员会或者联名业主）", min_length=2, max_length=500)
    served_on: bool | None = Field(title=SERVED_ON, default=None)
    vote_on: date | None = Field(title="计划表决日期", default=None)


class EndingNotice(Facts):
    """The owners tell the provider in writing that the contract ends. 《民法典》第946、948条."""

    ends_on: date = Field(title="合同终止日期")
    basis: str = Field(title="合同条款或者法律依据", min_length=2, max_length=500)
    clause: str = Field(title="所依据的合同条款（第几条）", default="", max_length=200)
    hand_over: str = Field(title="应移交的内容和期限", min_length=2, max_length=5000)
    contact: str = Field(title="联系人及电话", min_length=2, max_length=100)
    handed_at: HandedAt = None


class _Leaving(Facts):
    """What a provider says that leaves: handover, people, the promise to serve until somebody takes over."""

    reason: str = Field(title="原因", min_length=2, max_length=2000)
    handover_plan: str = Field(title="交接安排", min_length=2, max_length=5000)
    contact: str = Field(title="联系人及电话", min_length=2, max_length=100)
    serves_until_takeover: bool = SERVES_ON
    prepaid: str = Field(title="预收费用及押金清单", default="", max_length=5000)

    @model_validator(mode="after")
    def _serves_on(self) -> Self:
        if not self.serves_until_takeover:
            raise ValueError("须承诺服务至新的物业服务人或业主自行管理接管为止")
        return self


class NonRenewal(_Leaving):
    """The provider will not renew. 《民法典》第947条第2款; 《诸暨市…实施意见（试行）》第7项."""

    contract_ends_on: date = Field(title="合同期满日期")
    handed_at: HandedAt = None
    handed_by: HandedBy = ""


class IndefiniteEnding(_Leaving):
    """The provider ends a contract of indefinite term. 《民法典》第948条第2款."""

    ends_on: date = Field(title="合同终止日期")
    served_on: bool | None = Field(title=SERVED_ON, default=None)
    handed_at: HandedAt = None
    handed_by: HandedBy = ""


class Expiry(Facts):
    """The term is over and nobody decided to renew. 《白山市…管理办法》第9条第1项."""

    contract_ended_on: date = Field(title="合同期满日期")
    renewal_decided: bool = Field(title="业主是否已共同决定续聘")
    served_on: bool = Field(title="合同期满后是否继续提供服务")
    remark: str = Field(title="会议和通知情况", min_length=2, max_length=2000)
    handed_at: HandedAt = None


class OtherBasis(Facts):
    """Another lawful case: on what it rests. Nothing follows of itself. 《白山市…管理办法》第9条第5项."""

    basis: str = Field(title="所依据的法律法规条文、合同条款或者裁判", min_length=5, max_length=1000)
    facts_found: str = Field(title="查明的事实", min_length=2, max_length=5000)
    ends_on: date = Field(title="合同终止日期")


class LeaveDate(Facts):
    """A reasonable day of leaving, set by a person where the law counts no days. 《民法典》第949条第1款."""

    leave_on: date = Field(title="离场日期")
    reason: str = Field(title="确定的理由", min_length=5, max_length=2000)
    heard: str = Field(title="听取双方意见的情况", min_length=2, max_length=2000)


class HoldoutFound(Facts):
    """The provider does not leave, though its time is over and a successor is there. 《民法典》第949条."""

    found_on: date = Field(title="记录日期")
    what: str = Field(title="拒不退出、拒不移交的情况", min_length=2, max_length=2000)
    demanded: str = Field(title="催告退出的情况（时间、方式）", min_length=2, max_length=1000)


class CourtStep(Facts):
    """One step of the way through court; who sues for the owners says by whom it was authorised."""

    step: Literal["lawsuit", "judgment", "court_enforcement", "dishonest_list", "left"] = Field(title="进展")
    on: date = Field(title="日期")
    paper: str = Field(title="案号或者文书", min_length=2, max_length=200)
    authority: str = Field(
        title="起诉授权（业主大会决议、议事规则或者业主授权的文书）", default="", max_length=200
    )
    remark: str = Field(title="说明", default="", max_length=1000)
