"""What is said in a handover. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, field_validator, model_validator

from gongzhi.acts.facts import PEOPLE, Facts
from gongzhi.procedures.kinds.checklist import Filled
from gongzhi.procedures.service import HandedAt
from gongzhi.procedures.signed import PLATFORM, SIGNS, Way

NONE = "无"
#: What else is said for it where nothing is open.
NOTHING_OPEN = (NONE, "无遗留", "无遗留问题", "没有", "没有遗留问题", "无问题")
#: What becomes of money that was paid beforehand.
SETTLED = {"refund": "退还业主", "transfer": "转给接收方"}


class HandoverPlan(Facts):
    """交接方案: when and where, who comes in which team, whether the police were told."""

    starts_at: AwareDatetime = Field(title="交接时间")
    place: str = Field(title="交接地点", min_length=2, max_length=200)
    teams: str = Field(title="分组和分工", min_length=2, max_length=2000)
    attendees: tuple[str, ...] = Field(title="参加单位和人员", min_length=1, max_length=50)
    police_told: bool = Field(title="已告知公安机关", default=False)
    police_note: str = Field(title="告知公安机关的方式和时间", default="", max_length=200)
    remark: str = Field(title="交接方案", default="", max_length=5000)

    @model_validator(mode="after")
    def _how_told(self) -> Self:
        if self.police_told and not self.police_note:
            raise ValueError("已告知公安机关的，要写明方式和时间")
        return self


class SignerAuthorised(Facts):
    """By what somebody signs for the body that says so: its head, a power of attorney, or on duty."""

    signer: str = Field(title="签字人", min_length=1, max_length=50)
    basis: str = Field(
        title="权限", min_length=2, max_length=32, json_schema_extra={"listed": "handover.signers_authority"}
    )
    matter: str = Field(title="委托事项", default="", max_length=100)
    scope: str = Field(title="权限范围", default="", max_length=500)
    from_on: date = Field(title="自")
    to_on: date | None = Field(title="至", default=None)
    id_last_four: str = Field(
        title="证件后四位", description="四位，末位可以是X", max_length=4, pattern=r"^[0-9]{3}[0-9X]$"
    )


class FilledList(Filled):
    """A list is complete as far as it goes. Filled without the giver it says by whom, before whom, on which video."""

    why: str = Field(title="单方清点的原因", default="", max_length=300)
    officials: tuple[str, ...] = Field(
        title="到场工作人员（单方清点）", default=(), max_length=10, json_schema_extra=PEOPLE
    )
    witness: str = Field(title="见证人（单方清点）", default="", max_length=50)
    video: str = Field(title="录像编号（单方清点）", default="", max_length=100)
    notary: str = Field(title="公证书编号（涉及款项）", default="", max_length=100)


class OneSidedList(FilledList):
    """As `FilledList`, where the giver did not take part: all that is demanded then has to be filled in."""

    why: str = Field(title="单方清点的原因", min_length=1, max_length=300)
    officials: tuple[str, ...] = Field(
        title="到场工作人员",
        description="至少两名",
        min_length=2,
        max_length=10,
        json_schema_extra=PEOPLE,
    )
    witness: str = Field(title="见证人", min_length=1, max_length=50)
    video: str = Field(title="录像编号", min_length=1, max_length=100)


class ReadingTaken(Facts):
    """One meter at the minute of the change."""

    medium: Literal["water", "power", "gas", "heat"] = Field(
        title="类别", json_schema_extra={"labels": {"water": "水", "power": "电", "gas": "气", "heat": "热"}}
    )
    meter: str = Field(title="表具", min_length=1, max_length=50)
    reading: Decimal = Field(title="读数", ge=0, max_digits=14, decimal_places=3)
    read_at: AwareDatetime = Field(title="读表时间")
    photo: str = Field(title="照片编号", default="", max_length=100)


class PrepaidTold(Facts):
    """What one unit paid beforehand, or left as a deposit. A fee has a period and a last day served."""

    unit: UUID = Field(title="房屋")
    kind: Literal["property_fee", "parking_fee", "decoration_deposit", "card_deposit"] = Field(
        title="类别",
        json_schema_extra={
            "labels": {
                "property_fee": "物业费",
                "parking_fee": "停车费",
                "decoration_deposit": "装修押金",
                "card_deposit": "门禁卡押金",
            }
        },
    )
    paid_cents: int = Field(title="已缴（分）", gt=0, le=10**11)
    from_on: date = Field(title="预缴期间起（押金为缴纳日期）")
    to_on: date | None = Field(title="预缴期间止", default=None)
    served_to: date | None = Field(title="服务至", default=None)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        is_fee = self.kind.endswith("_fee")
        if is_fee and (self.to_on is None or self.served_to is None):
            raise ValueError("预收费用要写明预缴期间和服务至哪一天")
        if not is_fee and (self.to_on is not None or self.served_to is not None):
            raise ValueError("押金没有期间，请只填缴纳日期")
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError("预缴期间的止日不能早于起日")
        return self


class PrepaidTable(Facts):
    """What several units paid beforehand, as a table brings it: all of it or nothing."""

    rows: tuple[PrepaidTold, ...] = Field(title="预收费用和押金", min_length=1, max_length=20_000)


class PrepaidSettled(Facts):
    """The money of one prepaid fee or deposit was refunded to the owner, or passed on to who serves next."""

    prepaid: UUID = Field(title="预收费用")
    settled_by: Literal["refund", "transfer"] = Field(
        title="处理方式", json_schema_extra={"labels": {**SETTLED}}
    )
    settled_on: date = Field(title="退还或转移日期")
    voucher: str = Field(title="凭证号", min_length=1, max_length=100)


class PrepaidSettledTable(Facts):
    """The same of several, as a table brings it: all of it or nothing."""

    rows: tuple[PrepaidSettled, ...] = Field(title="预收退还和转移", min_length=1, max_length=20_000)


class LiftTold(Facts):
    """A lift: who maintains it, whom to call, and when its user was changed in the register."""

    lift: str = Field(title="电梯", min_length=1, max_length=50)
    registration: str = Field(title="使用登记证编号", min_length=1, max_length=50)
    maintainer: str = Field(title="维保单位", min_length=2, max_length=100)
    rescue_phone: str = Field(title="救援电话", min_length=3, max_length=30)
    user_changed_on: date | None = Field(title="使用单位变更登记日期", default=None)


class DefectFound(Facts):
    """A defect found at the joint check, whose it is and on what ground; a third party may have looked."""

    place: str = Field(title="部位", min_length=2, max_length=100)
    what: str = Field(title="缺陷", min_length=2, max_length=500)
    whose: Literal["provider", "developer", "owners", "open"] = Field(
        title="责任归属",
        json_schema_extra={
            "labels": {
                "provider": "原物业服务人",
                "developer": "建设单位",
                "owners": "业主（自然损耗）",
                "open": "待查明",
            }
        },
    )
    basis: str = Field(title="认定依据", min_length=2, max_length=300)
    assessor: UUID | None = Field(title="第三方查验机构", default=None)
    repair_by: date | None = Field(title="修复期限", default=None)

    @model_validator(mode="after")
    def _day(self) -> Self:
        if self.whose != "open" and self.repair_by is None:
            raise ValueError("责任已经归属的，要写明修复期限")
        return self


class DataDeleted(Facts):
    """The provider states that its copies of the owners' data are deleted. 《个人信息保护法》第47条."""

    what: str = Field(title="删除的资料", min_length=2, max_length=500)
    deleted_on: date = Field(title="删除日期")
    method: str = Field(title="删除方式", min_length=2, max_length=200)
    signed_way: Way = PLATFORM
    signer: str = Field(title="声明人", min_length=1, max_length=50, json_schema_extra=SIGNS)


class AfterCheck(Facts):
    """What was looked at again some time after the handover, and what is still open."""

    checked_on: date = Field(title="复查日期")
    lifts: str = Field(title="电梯使用单位变更和维保情况", min_length=1, max_length=1000)
    insurance: str = Field(title="保险情况", min_length=1, max_length=500)
    remaining: str = Field(title="仍未解决的事项", min_length=1, max_length=5000)


class HandoverConfirmation(Facts):
    """《物业项目交接确认书》: time to the minute, content, open issues with solution and date, refusals noted."""

    confirmed_at: AwareDatetime = Field(title="交接时间")
    content: str = Field(title="交接内容", min_length=2, max_length=5000)
    open_issues: str = Field(
        title="存在问题", description="没有遗留问题的填“无”", min_length=1, max_length=5000
    )
    resolution: str = Field(
        title="解决方式", description="没有遗留问题的填“无”", min_length=1, max_length=5000
    )
    resolve_by: date | None = Field(title="解决期限", description="存在问题的，必须填写", default=None)
    refusals: str = Field(
        title="拒签情况", description="有清单没有双方签字的，必须填写", default="", max_length=2000
    )
    signed_way: Way = PLATFORM
    signer: str = Field(title="接收方签字人", min_length=1, max_length=50, json_schema_extra=SIGNS)
    capacity: str = Field(title="签字人身份", min_length=1, max_length=50)

    @field_validator("open_issues", "resolution")
    @classmethod
    def _none_in_one_word(cls, said: str) -> str:
        return NONE if said.strip().rstrip("。.") in NOTHING_OPEN else said

    @model_validator(mode="after")
    def _by_when(self) -> Self:
        if self.open_issues != NONE and (self.resolution == NONE or self.resolve_by is None):
            raise ValueError("存在问题的，要写明解决方式和解决期限")
        return self


class InventoryServed(Facts):
    """What was counted without the provider's hand is served on it."""

    lists: str = Field(title="送达的清单", min_length=2, max_length=1000)
    remark: str = Field(title="异议的提出方式和期限", min_length=2, max_length=1000)
    handed_at: HandedAt = None
