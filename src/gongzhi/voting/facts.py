"""What is said when the result of a vote is recorded."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, ValidationInfo, field_validator

from gongzhi.acts.facts import Facts

Area = Decimal

#: What a number is counted of: it is told before, and is no smaller.
_WHOLE = {
    "heads_voted": "heads_total",
    "heads_for": "heads_voted",
    "area_voted": "area_total",
    "area_for": "area_voted",
}
#: How a vote is cast, in the order in which it is told.
_CAST_WORDS = {"for": "同意", "against": "反对", "abstained": "弃权"}
_CAST = tuple(_CAST_WORDS)


class VoteResult(Facts):
    """The figures of one vote by both measures, areas in square metres, and what was chosen.

    `dismiss` dismisses and hires nobody yet; `contract` and `self_managed` also say who follows. `voted_on` is the day
    on which the voting closed. Ballots, votes against and the meeting are told where they are known; what is not told
    is not printed. `matter` is said where no other case asked. Figures that fall short are said to (`not_passed`): a
    mistyped one would go unnoticed.
    """

    voted_on: date = Field(title="表决日期", description="表决截止的日期；召开会议当场表决的，为会议日期")

    heads_total: int = Field(title="业主总人数", gt=0)
    heads_voted: int = Field(title="参与表决人数", ge=0)
    heads_for: int = Field(title="同意人数", ge=0)
    area_total: Area = Field(title="专有部分总面积", gt=0, max_digits=14, decimal_places=2)
    area_voted: Area = Field(title="参与表决面积", ge=0, max_digits=14, decimal_places=2)
    area_for: Area = Field(title="同意面积", ge=0, max_digits=14, decimal_places=2)
    matter: str = Field(
        title="表决事项",
        description="单独发起的业主共同决定必填，写明提请业主表决的事项；由其他办件提请表决的留空",
        default="",
        max_length=200,
    )
    chosen: Literal["contract", "self_managed", "dismiss"] = Field(title="表决内容")
    organisation: UUID | None = Field(
        title="选聘的物业服务人", default=None, validate_default=True, json_schema_extra={"offers": "manager"}
    )
    present: str = Field(title="街道（社区）到场人员", min_length=1, max_length=100)
    heads_against: int | None = Field(title="反对人数", default=None, ge=0)
    heads_abstained: int | None = Field(title="弃权人数", default=None, ge=0)
    area_against: Area | None = Field(title="反对面积", default=None, ge=0, max_digits=14, decimal_places=2)
    area_abstained: Area | None = Field(title="弃权面积", default=None, ge=0, max_digits=14, decimal_places=2)
    ballots_sent: int | None = Field(title="发出票数", default=None, ge=0)
    ballots_returned: int | None = Field(title="收回票数", default=None, ge=0)
    ballots_valid: int | None = Field(title="有效票数", default=None, ge=0)
    checking: str = Field(title="查票时间和地点", default="", max_length=200)
    held_from: AwareDatetime | None = Field(title="会议开始时间", default=None)
    held_to: AwareDatetime | None = Field(title="会议结束时间", default=None)
    place: str = Field(title="会议地点", default="", max_length=200)
    differs_because: str = Field(
        title="总数与小区登记不一致的原因", description="不一致的必填", default="", max_length=1000
    )
    early_because: str = Field(
        title="表决早于立案的原因", description="表决日期早于立案日期的必填", default="", max_length=1000
    )
    not_passed: bool = Field(
        title="确认表决未通过", description="按填写的数字没有达到法定比例的，核对无误后勾选", default=False
    )
    chair: str = Field(title="主持人", default="", max_length=50)
    recorder: str = Field(title="记录人", default="", max_length=50)
    attended: tuple[str, ...] = Field(title="到会人员（姓名和身份）", default=(), max_length=100)

    @field_validator("heads_voted", "heads_for", "area_voted", "area_for")
    @classmethod
    def _no_more_than_its_whole(cls, said: Decimal, told: ValidationInfo) -> Decimal:
        """Who agreed took part, who took part is an owner. Told at the smaller number of the two."""
        whole = _WHOLE[str(told.field_name)]
        if whole in told.data and said > told.data[whole]:
            raise ValueError(f"不能多于{cls.model_fields[whole].title}")
        return said

    @field_validator("heads_against", "heads_abstained", "area_against", "area_abstained")
    @classmethod
    def _cast_by_who_took_part(cls, said: Decimal | None, told: ValidationInfo) -> Decimal | None:
        """Told at the first number with which there are more than took part."""
        measure, _, name = str(told.field_name).partition("_")
        before = _CAST[: _CAST.index(name)]
        voted, cast = told.data.get(f"{measure}_voted"), [told.data.get(f"{measure}_{one}") for one in before]
        if said and voted is not None and sum(filter(None, cast), said) > voted:
            others = "人数" if measure == "heads" else "面积"
            words = "、".join(_CAST_WORDS[one] for one in before)
            raise ValueError(f"与{words}{others}之和超过了参与表决{others}")
        return said

    @field_validator("ballots_returned", "ballots_valid")
    @classmethod
    def _ballots_come_back(cls, said: int | None, told: ValidationInfo) -> int | None:
        if said is None:
            return said
        for before in ("ballots_sent", "ballots_returned"):
            most = told.data.get(before)
            if most is not None and said > most:
                raise ValueError(f"不能多于{cls.model_fields[before].title}，票数前后不符")
        if told.field_name == "ballots_valid" and said > told.data.get("heads_voted", said):
            raise ValueError("超过了参与表决人数，请核对选票和参与表决人数")
        return said

    @field_validator("organisation")
    @classmethod
    def _named_where_hired(cls, said: UUID | None, told: ValidationInfo) -> UUID | None:
        if "chosen" in told.data and (told.data["chosen"] == "contract") != (said is not None):
            raise ValueError("在决定选聘时要写明，决定自行管理或者只解聘时不填")
        return said

    @field_validator("held_to")
    @classmethod
    def _meeting_has_an_end(cls, said: datetime | None, told: ValidationInfo) -> datetime | None:
        begun = told.data.get("held_from")
        if said is not None and begun is not None and said < begun:
            raise ValueError("不能早于会议开始时间")
        return said
