"""What is said about the conduct of a provider or a person: recorded, final, revoked."""

from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from gongzhi.acts.facts import Facts


class RecordConduct(Facts):
    """An authority's paper about a provider or a person; `said` is the grade or the list. 《白山市…管理办法》第10条."""

    kind: Literal["penalty", "grade", "blacklist"] = Field(
        title="种类",
        json_schema_extra={
            "labels": {"penalty": "行政处罚", "grade": "物业服务质量评价", "blacklist": "列入黑名单"}
        },
    )
    organisation_id: UUID | None = Field(title="单位", default=None)
    person_id: UUID | None = Field(title="人员（项目负责人）", default=None)
    estate_id: UUID | None = Field(title="所涉小区（不填为不限于某个小区）", default=None)
    authority_id: UUID = Field(title="作出机关")
    document_number: str = Field(title="文号", min_length=2, max_length=100)
    said: str = Field(title="评价等级或者名单名称（处罚不填）", default="", max_length=100)
    decided_on: date = Field(title="决定日期")
    served_on: date | None = Field(title="送达日期", default=None)
    acted_on: date | None = Field(title="行为日期", default=None)
    final_on: date | None = Field(title="终局日期（复议诉讼期满或者裁判生效）", default=None)
    until_on: date | None = Field(title="有效至", default=None)
    paper_id: UUID | None = Field(title="来源文件", default=None)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.organisation_id is None and self.person_id is None:
            raise ValueError("要写明是哪个单位或者哪个人员的")
        if (self.kind == "penalty") != (self.said == ""):
            raise ValueError("评价要填等级，黑名单要填名单名称，行政处罚两者都不填")
        later = (self.served_on, self.final_on, self.until_on)
        if any(day is not None and day < self.decided_on for day in later):
            raise ValueError("送达、终局和有效期限不能早于决定日期")
        if self.acted_on is not None and self.acted_on > self.decided_on:
            raise ValueError("行为日期不能晚于决定日期")
        return self


class ConductFinal(Facts):
    """Review and suit are over: the decision is final."""

    conduct_id: UUID = Field(title="行为记录")
    final_on: date = Field(title="终局日期")


class RevokeConduct(Facts):
    """The decision was revoked, or the entry was wrong: it stays, and counts no longer."""

    conduct_id: UUID = Field(title="行为记录")
    revoked_on: date = Field(title="撤销日期")
    reason: str = Field(title="原因及依据", min_length=2, max_length=500)
