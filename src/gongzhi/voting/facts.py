"""What is said when the result of a vote is recorded."""

from decimal import Decimal
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from gongzhi.acts.facts import Facts

Area = Decimal


class VoteResult(Facts):
    """The figures of one vote by both measures, areas in square metres, and what was chosen.

    `dismiss` dismisses and hires nobody yet; `contract` and `self_managed` also say who follows.
    """

    heads_total: int = Field(title="业主总人数", gt=0)
    heads_voted: int = Field(title="参与表决人数", ge=0)
    heads_for: int = Field(title="同意人数", ge=0)
    area_total: Area = Field(title="专有部分总面积", gt=0, max_digits=14, decimal_places=2)
    area_voted: Area = Field(title="参与表决面积", ge=0, max_digits=14, decimal_places=2)
    area_for: Area = Field(title="同意面积", ge=0, max_digits=14, decimal_places=2)
    chosen: Literal["contract", "self_managed", "dismiss"] = Field(title="决定内容")
    organisation: UUID | None = Field(title="选聘的物业服务人", default=None)
    present: str = Field(title="街道（社区）到场人员", min_length=1, max_length=100)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if not self.heads_for <= self.heads_voted <= self.heads_total:
            raise ValueError("同意人数、参与人数、总人数前后不符")
        if not self.area_for <= self.area_voted <= self.area_total:
            raise ValueError("同意面积、参与面积、总面积前后不符")
        if (self.chosen == "contract") != (self.organisation is not None):
            raise ValueError("决定选聘的要写明选聘的物业服务人，决定自行管理或者只解聘的不填")
        return self
