"""What is said in a handover. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts


class HandoverPlan(Facts):
    """Where and when, who comes, whether the police were told."""

    starts_at: AwareDatetime = Field(title="交接时间")
    place: str = Field(title="交接地点", min_length=2, max_length=200)
    attendees: tuple[str, ...] = Field(title="参加单位和人员", min_length=1, max_length=50)
    police_told: bool = Field(title="已告知公安机关", default=False)
    remark: str = Field(title="交接方案", default="", max_length=5000)


class MeterReading(Facts):
    """One meter at the minute of the change."""

    meter: str = Field(title="表具", min_length=1, max_length=50)
    reading: str = Field(title="读数", min_length=1, max_length=50)


class HandoverConfirmation(Facts):
    """《物业项目交接确认书》: time to the minute, content, readings, open issues and their solution."""

    confirmed_at: AwareDatetime = Field(title="交接时间")
    content: str = Field(title="交接内容", min_length=2, max_length=5000)
    readings: tuple[MeterReading, ...] = Field(title="读数表", default=(), max_length=100)
    open_issues: str = Field(title="存在问题", min_length=1, max_length=5000)
    resolution: str = Field(title="解决方式及日期", min_length=1, max_length=5000)
