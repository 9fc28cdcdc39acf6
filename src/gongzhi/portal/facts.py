"""What a passer-by says."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts


class Seen(Facts):
    """What somebody saw at the wall."""

    what: Literal["missing", "torn", "covered", "different"] = Field(title="看到的情况")
    where: str = Field(title="在哪里看到的", min_length=2, max_length=80, description="例如：东门公示栏")
    more: str = Field(title="补充说明", default="", max_length=150, description="请不要写姓名和电话")


class ReportMissing(Seen):
    """The same, of one notice. `sender` tells one sender's reports of one day from another's; it is no address."""

    personal: ClassVar[bool] = True

    notice: UUID = Field(title="公示")
    sender: str = Field(title="发送者", min_length=16, max_length=16)
