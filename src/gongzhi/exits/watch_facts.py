"""What is said while a contract's end, or the day of an exit, comes near."""

from datetime import date
from typing import Literal

from pydantic import Field

from gongzhi.acts.facts import Facts


class Intention(Facts):
    """What the owners' side means to do when the contract ends. It decides nothing: the owners do, by vote."""

    choice: Literal["renew", "hire_anew", "self_manage", "undecided"] = Field(
        title="到期去留意向（renew 续聘，hire_anew 另聘，self_manage 自行管理，undecided 尚未决定）"
    )
    meeting_on: date | None = Field(title="计划召开业主大会会议的日期", default=None)
    remark: str = Field(title="说明", default="", max_length=2000)


class MeetingHeld(Facts):
    """The owners' assembly met about the contract's end. 《绍兴市物业管理条例》第34条."""

    held_on: date = Field(title="会议日期")
    decided: Literal["renew", "hire_anew", "self_manage", "nothing"] = Field(
        title="会议决定（renew 续聘，hire_anew 另聘，self_manage 自行管理，nothing 未作出决定）"
    )
    remark: str = Field(title="会议情况", min_length=2, max_length=2000)


class WatchConcluded(Facts):
    """What came of the watch, where the registers do not say it themselves."""

    result: Literal["signing", "exiting", "indefinite", "other"] = Field(
        title="结果（signing 已签新合同待登记，exiting 已进入退出程序，indefinite 期满继续服务转为不定期，other 其他）"
    )
    remark: str = Field(title="说明", min_length=2, max_length=2000)


class InterimConcluded(Facts):
    """What follows when the time is over for which somebody was asked to serve meanwhile. `practice.md` 12.4 (13)."""

    result: Literal["hired", "self_manage", "anew", "other"] = Field(
        title="期满安排（hired 新物业服务人接管，self_manage 业主自行管理，anew 另行作出决定并写明期限，other 其他）"
    )
    remark: str = Field(title="说明（由谁、何时接管，凭什么）", min_length=2, max_length=2000)


class Fallback(Facts):
    """Who stands ready where nobody follows a provider that leaves. `practice.md` 12.1 (7)."""

    by: Literal["hire", "self_manage", "emergency", "community"] = Field(
        title="接替安排（hire 正在选聘，self_manage 自行管理，emergency 预选应急单位，community 社区托管）"
    )
    body: str = Field(title="拟接替单位或者组织", min_length=2, max_length=200)
    ready_on: date = Field(title="可以接管的日期")
    remark: str = Field(title="安排说明", min_length=2, max_length=2000)
