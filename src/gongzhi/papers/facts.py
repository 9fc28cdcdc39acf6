"""What is said in the acts of this room."""

from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts

from .media import MediaType
from .photographs.rule import Way


class StoreFile(Facts):
    """An uploaded file whose bytes are in the storage already. `account_id` is the uploader's own.

    `way` makes it a photograph from the field: through the camera, or out of an album.
    """

    account_id: UUID = Field(title="上传账号")
    digest: str = Field(title="摘要", pattern=r"^[0-9a-f]{64}$")
    size: int = Field(title="字节数", gt=0)
    media_type: MediaType = Field(title="类型")
    name: str = Field(title="文件名", min_length=1, max_length=120)
    way: Way | None = Field(title="照片来源", default=None)


class KeepSeal(Facts):
    """The picture of an organisation's seal, uploaded before by who brings it in."""

    organisation_id: UUID = Field(title="单位")
    file_id: UUID = Field(title="印章图片")
    millimetres: int = Field(title="直径（毫米）", gt=0)


class WithdrawSeal(Facts):
    """The organisation's seal is printed no longer: lost, changed, given up."""

    organisation_id: UUID = Field(title="单位")
    why: str = Field(title="停用原因", min_length=2, max_length=200)
