"""What a passer-by says."""

from typing import ClassVar
from uuid import UUID

from django.db.models import TextChoices
from pydantic import Field, field_validator

from gongzhi.acts.facts import Facts
from gongzhi.values.identifiers import has_personal_number


class Sight(TextChoices):
    """What can be seen of a notice that is not as it should be."""

    MISSING = "missing", "公示不见了"
    TORN = "torn", "公示被撕毁或者涂改"
    COVERED = "covered", "公示被遮盖"
    DIFFERENT = "different", "墙上的文字与网上的不一样"


class Seen(Facts):
    """What somebody saw at the wall."""

    what: Sight = Field(title="看到的情况")
    where: str = Field(title="在哪里看到的", min_length=2, max_length=80, description="例如：东门公示栏")
    more: str = Field(title="补充说明", default="", max_length=150, description="请不要写姓名和电话")

    @field_validator("where", "more")
    @classmethod
    def _names_nobody(cls, text: str) -> str:
        """What a passer-by says is passed on as it is, and nothing of them is to be kept."""
        if has_personal_number(text):
            raise ValueError("请不要写电话号码和身份证号码，社区会自己到现场查看，请删去后再发")
        return text


class ReportMissing(Seen):
    """The same, of one notice. `sender` tells one sender's reports of one day from another's; it is no address."""

    personal: ClassVar[bool] = True

    notice: UUID = Field(title="公示")
    sender: str = Field(title="发送者", min_length=16, max_length=16)
