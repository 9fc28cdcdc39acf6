"""What is said in an exit: application, agreement, successor, takeover, departure."""

from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from gongzhi.acts.facts import PEOPLE, Facts
from gongzhi.procedures.entering import HandedBy
from gongzhi.procedures.service import HandedAt
from gongzhi.procedures.signed import PLATFORM, SIGNS, Way
from gongzhi.values.now import ZONE

from .settlement_facts import NAMES_REMEDY

#: Whoever leaves serves until somebody takes over: nothing else can be said. 《民法典》第950条.
SERVES_ON: Any = Field(
    title="承诺服务至接管",
    description="必须承诺：新的物业服务人或者业主自行管理接管以前须继续服务，选“否”不能提交",
)


class ExitApplication(Facts):
    """A provider's written application to leave before its contract ends. 《白山市…管理办法》第12条."""

    exit_on: date = Field(title="计划退出日期")
    reason: str = Field(title="退出原因", min_length=2, max_length=2000)
    handover_plan: str = Field(title="交接安排", min_length=2, max_length=5000)
    contact: str = Field(title="联系人及电话", min_length=2, max_length=100)
    staff_until_takeover: str = Field(title="接管前的人员安排", min_length=2, max_length=2000)
    serves_until_takeover: bool = SERVES_ON
    prepaid: str = Field(title="预收费用及押金清单", default="", max_length=5000)
    handed_at: HandedAt = None
    handed_by: HandedBy = ""

    @model_validator(mode="after")
    def _serves_on(self) -> Self:
        if not self.serves_until_takeover:
            raise ValueError("须承诺服务至新的物业服务人或业主自行管理接管为止")
        return self


class ExitAgreement(Facts):
    """What both sides agreed. `leave_within_days` is the agreed time to leave after the contract's end.

    `decided_on`, `decided_by`: the owners' decision it rests on, by its day and its paper; a committee signs what the
    owners decided. 《民法典》第278条第1款第4项.
    """

    ends_on: date = Field(title="合同终止日期")
    leave_within_days: int | None = Field(title="约定的离场天数", default=None, ge=0, le=365)
    settlement: str = Field(title="清算安排", min_length=2, max_length=5000)
    fees_until: date = Field(title="收费截止日期")
    prepaid: str = Field(title="预收费用的处理", min_length=2, max_length=5000)
    breach: str = Field(title="违约责任", min_length=2, max_length=5000)
    decided_on: date | None = Field(title="业主共同决定的日期", default=None)
    decided_by: str = Field(title="业主共同决定的文书名称和编号", default="", max_length=200)
    signed_way: Way = PLATFORM
    signer: str = Field(title="业主一方签字人", min_length=1, max_length=50, json_schema_extra=SIGNS)
    capacity: str = Field(title="签字人身份", min_length=1, max_length=50)

    @model_validator(mode="after")
    def _decision_is_named_whole(self) -> Self:
        if (self.decided_on is not None) != bool(self.decided_by):
            raise ValueError("以业主共同决定为依据的，日期和文书都要填写")
        return self


class SuccessorNamed(Facts):
    """Who follows by the owners' decision: a provider with its contract, or the owners themselves."""

    mode: Literal["contract", "self_managed"] = Field(title="接替方式")
    organisation: UUID = Field(title="接替单位", json_schema_extra={"offers": "manager_or_committee"})
    starts_on: date = Field(title="计划进场日期")
    contract_ends_on: date | None = Field(title="新合同终止日期", default=None)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.contract_ends_on is not None and self.contract_ends_on <= self.starts_on:
            raise ValueError("新合同的终止日期要晚于进场日期")
        return self


class InterimNamed(Facts):
    """Who serves meanwhile where the owners have not decided: an emergency provider, or the community."""

    mode: Literal["emergency", "community_custody"] = Field(title="临时接管方式")
    organisation: UUID = Field(title="临时接管单位", json_schema_extra={"offers": "manager_or_custody"})
    until_on: date = Field(title="服务期限至")
    content: str = Field(title="服务内容", min_length=2, max_length=2000)
    fee: str = Field(title="服务费用", min_length=1, max_length=500)
    reason: str = Field(title="指定理由", min_length=2, max_length=1000)
    from_at: AwareDatetime | None = Field(
        title="接管时间", description="决定书写明的接管时间；没有写明的，以进场时间为准", default=None
    )
    leader: str = Field(title="项目负责人及电话", default="", max_length=100)
    basis: str = Field(
        title="依据",
        description="指定所依据的法律法规、本地文件条款；本地规定有写明、这里不填的，按本地规定写入决定书",
        default="",
        max_length=1000,
    )
    money: str = Field(
        title="费用来源",
        description="本地规定有费用承担顺序、这里不填的，按本地规定写入决定书",
        default="",
        max_length=500,
    )
    remedy: str = Field(title="救济途径", description=NAMES_REMEDY, default="", max_length=1000)
    number: str = Field(title="决定书文号", default="", max_length=100)

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.from_at is not None and self.from_at.astimezone(ZONE).date() > self.until_on:
            raise ValueError("服务期限的最后一天不能早于接管时间")
        return self


class SuccessorReplaced(Facts):
    """Who was to follow cannot take over, or what was said of it is wrong: from where it is done anew."""

    anew: Literal["vote", "entry"] = Field(
        title="从哪里重办（vote 由业主重新表决，entry 表决结果不变、重新填写接替单位和日期）"
    )
    reason: str = Field(title="原因", min_length=2, max_length=300)


class TakeOver(Facts):
    """The successor is on site, to the minute."""

    taken_over_at: AwareDatetime = Field(title="接管时间")
    leader: str = Field(title="现场负责人", min_length=1, max_length=50)
    staff: int = Field(title="到岗人数", ge=1, le=10_000)
    stands: str = Field(title="门岗、消防、电梯等交接情况", min_length=2, max_length=2000)
    keys: str = Field(title="钥匙、门禁和系统权限的交接", default="", max_length=1000)
    present: tuple[str, ...] = Field(title="在场人员", default=(), max_length=30, json_schema_extra=PEOPLE)
    contract_signed_on: date | None = Field(
        title="新合同签订日期",
        description="签订了物业服务合同的填写；不填的，按确定接替单位的日期登记",
        default=None,
    )


class EnteredMeanwhile(Facts):
    """Who serves meanwhile is on site, before anything was settled and handed over."""

    entered_at: AwareDatetime = Field(title="实际进场时间")
    leader: str = Field(title="现场负责人", min_length=1, max_length=50)
    staff: int = Field(title="到岗人数", ge=1, le=10_000)
    found: str = Field(
        title="进场时的情况（门岗、消防、电梯、钥匙、留下的资料设备）", min_length=2, max_length=2000
    )


class Departure(Facts):
    """The provider is out: people, goods, rooms, data."""

    left_at: AwareDatetime = Field(title="离场时间")
    people_and_goods_out: bool = Field(title="人员财物已全部撤出")
    rooms_returned: bool = Field(title="物业服务用房已交还")
    data_handed_over: bool = Field(
        title="业主信息已移交并删除留存", description="交接清单上业主名册仍为缺失的，不勾选，列为遗留问题"
    )
    keys: str = Field(title="钥匙、门禁和系统权限的交还", default="", max_length=1000)
    present: tuple[str, ...] = Field(title="在场人员", default=(), max_length=30, json_schema_extra=PEOPLE)
    rest: Literal["", "settled", "open"] = Field(
        title="清算截止日以后的收支",
        description="清算的截止日早于接管的，必须选择",
        default="",
        json_schema_extra={"labels": {"settled": "已经结清", "open": "尚未结清"}},
    )
    remark: str = Field(title="备注", default="", max_length=1000)


class DepartureChecked(Facts):
    """The receiving side looked: the provider is out, and gave back what it says."""

    checked: str = Field(
        title="核对情况（人员财物、物业服务用房、钥匙和权限）", min_length=2, max_length=1000
    )


class LeftRecorded(Facts):
    """Somebody else than the provider records that it is out, since it does not say so itself."""

    left_at: AwareDatetime = Field(
        title="离场时间", description="接管以前就已经离场的，如实填写；不知道何时离场的，填发现已经离场的时间"
    )
    seen: str = Field(title="现场情况（人员、财物、物业服务用房、钥匙）", min_length=2, max_length=2000)
    owed: str = Field(title="尚未交还、移交的事项", description="没有的填“无”", min_length=1, max_length=2000)
    asked: str = Field(title="请原物业服务人确认离场的情况（时间、方式）", min_length=2, max_length=1000)
    present: tuple[str, ...] = Field(title="在场人员", default=(), max_length=30, json_schema_extra=PEOPLE)
