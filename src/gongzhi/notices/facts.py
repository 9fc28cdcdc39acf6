"""What is said when a notice is posted, taken down, objected to, replied to, found torn."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, field_validator, model_validator

from gongzhi.acts.facts import PEOPLE, Facts
from gongzhi.papers.photographs.grid import CELLS
from gongzhi.procedures.service import ServiceProof

#: What stands between two places that are told side by side.
_BETWEEN_PLACES = re.compile(r"[\n、，,；;]")
#: Of several places the photographs show one.
PICTURED: Any = Field(
    title="照片拍的是哪一处", description="印在照片上；只贴一处的不用填", default="", max_length=200
)


class PostNotice(Facts):
    """The wording, where it hangs, since when, and the two who put it up."""

    title: str = Field(title="标题", min_length=2, max_length=200)
    body: str = Field(title="内容", min_length=2, max_length=20_000)
    places: tuple[str, ...] = Field(
        title="张贴位置", description="每行一处，也可以用顿号、逗号或者分号隔开", min_length=1, max_length=200
    )
    posted_at: AwareDatetime = Field(
        title="张贴时间", description="编号在登记时取得：先登记，随即打印带编号和二维码的张贴件贴出"
    )
    posted_by: tuple[str, ...] = Field(title="张贴人", min_length=1, max_length=10, json_schema_extra=PEOPLE)
    pictured: str = PICTURED
    no_picture: str = Field(
        title="没有张贴时照片的原因",
        description="附了张贴时照片的不填；登记、打印以后才贴出的，贴出后补交照片；没有拍的写明原因，会印在公示情况说明上",
        default="",
        max_length=200,
    )

    @field_validator("places", mode="before")
    @classmethod
    def _each_place(cls, told: Any) -> Any:
        """Several places in one line are several places."""
        if not isinstance(told, list | tuple) or not all(isinstance(one, str) for one in told):
            return told
        parts = (part.strip() for one in told for part in _BETWEEN_PLACES.split(one))
        return tuple(dict.fromkeys(filter(None, parts)))


class TakeDown(Facts):
    """Taken down after its last day, and who did; with a photograph, or with why there is none."""

    taken_down_at: AwareDatetime = Field(title="取下时间")
    taken_down_by: tuple[str, ...] = Field(
        title="取下人", min_length=1, max_length=10, json_schema_extra=PEOPLE
    )
    pictured: str = PICTURED
    no_picture: str = Field(
        title="没有期满照片的原因",
        description="附了期满照片的不填；没有拍的写明原因，会印在公示情况说明上，照片以后可以补交",
        default="",
        max_length=200,
    )
    calendar_checked: str = Field(
        title="放假安排核对",
        description="公示期涉及的年份放假安排系统还没有收录的才填写：写明放假通知的文号和核对结果",
        default="",
        max_length=200,
    )


class LatePicture(Facts):
    """A photograph of the start or the end that comes after that was said: when it was really taken."""

    taken_on: date = Field(title="实际拍摄日期", description="照片真正拍摄的那一天，不是补交的这一天")
    note: str = Field(title="补交说明", default="", max_length=200)
    pictured: str = PICTURED


class Object(Facts):
    """An objection, said by who may object."""

    content: str = Field(title="异议内容", min_length=2, max_length=5000)


class EnterObjection(Facts):
    """An objection that came on paper: from whom, and when the paper was received, which decides whether in time."""

    on_paper_from: str = Field(
        title="书面异议人姓名", description="只写姓名，房号另填", min_length=1, max_length=50
    )
    on_paper_flat: str = Field(
        title="书面异议人房号",
        description="照纸上写的填，例如5号楼1单元301；纸上没有的不填",
        default="",
        max_length=50,
    )
    content: str = Field(title="异议内容", description="照纸上写的录入", min_length=2, max_length=5000)
    received_at: AwareDatetime | None = Field(
        title="收到时间", description="收到这份纸的时间，是否逾期按它算；不填就是现在", default=None
    )


#: What the public reads of an objection until the body that replies says it in its own words.
NEUTRAL = "对公示内容有不同意见"


class Reply(Facts):
    """The written reply: what was found, whether it is adopted, what the objector can do next.

    `summary` is what the public reads of it.
    """

    finding: str = Field(title="核实情况", min_length=2, max_length=5000)
    adopted: bool = Field(title="是否采纳")
    next_remedy: str = Field(
        title="救济途径",
        description="写明异议人不同意这个答复还可以找谁，例如向哪个街道办事处申请调解、向哪个人民法院起诉；"
        "会写进答复书，也会告诉异议人",
        min_length=2,
        max_length=300,
    )
    summary: str = Field(
        title="公开摘要",
        description="公众看到的是：“说的是：”加上这里填的原话，登在公示页和公示情况说明上；"
        "请用一句话写明异议说的是哪件事，不要写姓名、房号、电话、证件号",
        default=NEUTRAL,
        max_length=200,
    )

    @field_validator("summary")
    @classmethod
    def _neutral(cls, summary: str) -> str:
        """What is left empty says no more than that there was an objection."""
        return summary.strip() or NEUTRAL


class ReplyServed(ServiceProof):
    """How and when the written reply reached the objector: as any paper, to a person. 《民事诉讼法》第88条."""

    received_by: str = Field(title="签收人", description="直接送达必填", default="", max_length=50)
    capacity: str = Field(title="签收人身份", description="本人，或者与本人的关系", default="", max_length=50)
    may_receive: bool = Field(
        title="签收人是异议人本人、同住的成年家属，或者有书面授权",
        description="直接送达的必须属实；邻居、门卫代收的，不算送达",
        default=False,
    )


class ConfirmReply(Facts):
    """The objector has read the reply on the platform and says so; it has reached them."""

    turn: int = Field(title="第几项异议", ge=1, le=9999)


#: Of what several saw together.
LONGEST = 300


class Torn(Facts):
    """Somebody found it missing, torn or covered."""

    found_at: AwareDatetime = Field(title="发现时间")
    what: str = Field(title="情况", min_length=2, max_length=LONGEST)


class Patrol(Facts):
    """Somebody went to see a notice while it hangs: where, how it hangs, with whom. The photograph comes with it."""

    seen: Literal["whole", "damaged"] = Field(
        title="公示现在怎么样",
        description="有缺损的，社区会收到核实的任务",
        json_schema_extra={"labels": {"whole": "完好", "damaged": "缺损、被遮挡或者不见了"}},
    )
    where: str = Field(title="在哪一处看的", min_length=2, max_length=200)
    companion: str = Field(title="同去的人", description="两人同去的写另一人姓名", default="", max_length=50)
    note: str = Field(title="补充说明", default="", max_length=300)


class Unfounded(Facts):
    """It was looked into and hangs as it should."""

    reason: str = Field(title="核实结果", min_length=2, max_length=300)


class Again(Facts):
    """It hangs again."""

    posted_at: AwareDatetime = Field(title="补贴时间")
    posted_by: tuple[str, ...] = Field(title="张贴人", min_length=1, max_length=10, json_schema_extra=PEOPLE)
    pictured: str = PICTURED


class ShowPicture(Facts):
    """A photograph is let out beside its notice. `covered`: the cells of the grid that are painted over, from 1."""

    notice: UUID = Field(title="公示")
    picture: UUID = Field(title="照片（水印件编号）")
    covered: tuple[Annotated[int, Field(ge=1, le=CELLS)], ...] = Field(
        title="要遮住的格子", default=(), max_length=CELLS
    )
    caption: str = Field(title="照片说明", min_length=2, max_length=100)
    checked: bool = Field(title="已逐格看过：没有露出人脸、车牌、门牌号")

    @model_validator(mode="after")
    def _looked(self) -> Self:
        if not self.checked:
            raise ValueError("要先逐格看过，遮住人脸、车牌、门牌号，再勾选“已逐格看过”")
        return self


class WithdrawPicture(Facts):
    """A photograph is shown to the public no longer."""

    public_picture: UUID = Field(title="公开的照片")
    why: str = Field(title="撤下原因", min_length=2, max_length=200)
