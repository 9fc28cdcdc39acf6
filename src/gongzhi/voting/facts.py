"""What is said when the result of a vote is recorded."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from gongzhi.acts.facts import Facts

Area = Decimal


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
        title="选聘的物业服务人", default=None, json_schema_extra={"offers": "manager"}
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

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not self.heads_for <= self.heads_voted <= self.heads_total:
            raise ValueError("同意人数、参与人数、总人数前后不符")
        if not self.area_for <= self.area_voted <= self.area_total:
            raise ValueError("同意面积、参与面积、总面积前后不符")
        if (self.chosen == "contract") != (self.organisation is not None):
            raise ValueError("决定选聘的要写明选聘的物业服务人，决定自行管理或者只解聘的不填")
        return self

    @model_validator(mode="after")
    def _ballots_add_up(self) -> Self:
        if self.heads_for + (self.heads_against or 0) + (self.heads_abstained or 0) > self.heads_voted:
            raise ValueError("同意、反对、弃权人数之和超过了参与表决人数")
        if self.area_for + (self.area_against or 0) + (self.area_abstained or 0) > self.area_voted:
            raise ValueError("同意、反对、弃权面积之和超过了参与表决面积")
        told = [self.ballots_valid, self.ballots_returned, self.ballots_sent]
        known = [number for number in told if number is not None]
        if known != sorted(known):
            raise ValueError("有效票数、收回票数、发出票数前后不符")
        if self.ballots_valid is not None and self.ballots_valid > self.heads_voted:
            raise ValueError("有效票数超过了参与表决人数，请核对选票和参与表决人数")
        return self

    @model_validator(mode="after")
    def _meeting_has_an_end(self) -> Self:
        if self.held_from is not None and self.held_to is not None and self.held_to < self.held_from:
            raise ValueError("会议结束时间不能早于开始时间")
        return self
