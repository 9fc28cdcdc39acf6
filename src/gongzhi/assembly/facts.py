"""What is said while a committee's term comes to its end."""

from datetime import date
from typing import Literal

from pydantic import Field

from gongzhi.acts.facts import Facts


class ReelectionStarted(Facts):
    """The re-election has begun: since when, who prepares it."""

    started_on: date = Field(title="换届工作启动日期")
    body: str = Field(title="换届改选小组（筹备组）组成", min_length=2, max_length=2000)
    told: str = Field(title="告知业主和业主委员会的方式", min_length=2, max_length=500)
    remark: str = Field(title="说明", default="", max_length=2000)


class TermConcluded(Facts):
    """What came of the term's end, where the registers do not say it themselves."""

    result: Literal["elected", "interim", "not_elected", "dissolved"] = Field(
        title="结果（elected 已选出待备案登记，interim 改设物业管理委员会，not_elected 未能选出，dissolved 不再设立）"
    )
    keeps: str = Field(title="资料、印章由谁保管", min_length=2, max_length=500)
    remark: str = Field(title="说明", min_length=2, max_length=2000)
