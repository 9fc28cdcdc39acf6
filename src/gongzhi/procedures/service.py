"""Service of a paper (送达): what is said of it, and what proves it in each way. 《民事诉讼法》第87条至第95条."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, model_validator

from gongzhi.acts.facts import PEOPLE, Facts
from gongzhi.papers.kinds import PaperKind
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE
from gongzhi.values.periods import due
from gongzhi.values.refusals import Invalid, NotPossible, RuleBroken
from gongzhi.values.wording import day_words

from .lawview import CaseLaw
from .terms import Pictures

REFUSED, CONSENT = "service.when_refused", "service.electronic_needs_consent"
#: How long a public notice hangs before it counts as served.
ANNOUNCED = "service.public_notice_after"
#: Who signs for a body.
RECEIVERS = "service.company_signers"
OF_SERVICE = Pictures(
    PaperKind.PHOTO, PaperKind.PHOTO.label, "留置送达没有见证人的，要拍下地点、文书和在场的人"
)
#: The ways in which people go there; they go as a pair (`practice.md` 4).
IN_PERSON, PAIR = ("direct", "leave"), 2
#: What a way cannot do without: field, and what is asked for.
WITHOUT = {
    "direct": ("received_by", "直接送达的，写明签收人"),
    "leave": ("refusal", "留置送达的，写明拒收的理由和经过"),
    "post": ("post_number", "邮寄送达的，写明邮寄单号"),
    "notice": ("refusal", "公告送达的，写明其他方式无法送达的原因和经过"),
}
#: What is told of each way besides who went where and when; what is told of another way does not count.
TOLD = {
    "direct": ("received_by", "capacity", "may_receive"),
    "leave": ("witness", "refusal"),
    "post": ("received_by", "capacity", "post_number"),
    "electronic": ("consented",),
    "notice": ("refusal", "announced_on"),
}
_OF_A_WAY = frozenset(field for fields in TOLD.values() for field in fields)
#: The ways that prove by themselves when the paper arrived, though nobody took it in here: what lies at the address
#: before a witness, what the post delivered.
OWN_PROOF = ("leave", "post")

#: When the paper itself was handed over, where it was told here afterwards: what is said counts from its arrival, not
#: from its being entered (《民法典》第137条).
HandedAt = Annotated[
    AwareDatetime | None,
    Field(
        title="纸质原件送达时间",
        description="先送达纸质、后在系统补录的才填写，以签收回执或者送达回证为准",
    ),
]


def handed_at(facts: Facts | Mapping[str, Any]) -> datetime | None:
    """When the paper was handed over before it was told; None where it was not."""
    if isinstance(facts, Facts):
        return getattr(facts, "handed_at", None)
    told = facts.get("handed_at")
    return datetime.fromisoformat(str(told)) if told else None


def arrives_on(facts: Facts, today: date, since: date | None = None) -> date:
    """The day on which it can have arrived at the earliest: today, or the day the paper was handed over.

    `since`: the day on which the paper that it completes was first sent.
    """
    handed = handed_at(facts)
    known = (today, since, handed.astimezone(ZONE).date() if handed is not None else None)
    return min(day for day in known if day is not None)


def of_its_way(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, without what is of another way: who signed before it was left there signed for nothing."""
    kept = TOLD.get(str(told.get("method", "")))
    if kept is None:
        return dict(told)
    return {name: value for name, value in told.items() if name not in _OF_A_WAY or name in kept}


class ServiceProof(Facts):
    """Proof that it arrived though nobody gave a receipt: how, where, by whom, in whose hands or with which witness.

    Of the ways only the chosen one counts: what is told of the others is dropped.
    """

    arrived_at: AwareDatetime = Field(title="送达时间")
    method: str = Field(
        title="送达方式",
        description="下面只保留所选方式的内容，其他方式的栏目填了也不保存、不印在回证上",
        pattern="^(direct|leave|post|electronic|notice)$",
    )
    address: str = Field(title="送达地点", min_length=1, max_length=200)
    servers: tuple[str, ...] = Field(
        title="送达人", min_length=1, description="上门送达的写两人", json_schema_extra=PEOPLE
    )
    received_by: str = Field(title="签收人", description="直接送达必填", default="", max_length=50)
    capacity: str = Field(title="签收人身份", default="", max_length=50)
    may_receive: bool = Field(
        title="签收人是负责人、负责收件的人，或者有书面授权",
        description="直接送达单位的必须属实；只是门卫、前台的，不算送达",
        default=False,
    )
    witness: str = Field(title="见证人", default="", max_length=50)
    refusal: str = Field(
        title="拒收（无法送达）情况", description="留置送达、公告送达必填", default="", max_length=300
    )
    post_number: str = Field(title="邮寄单号", description="邮寄送达必填", default="", max_length=50)
    consented: bool = Field(title="对方已书面同意电子送达", default=False)
    announced_on: date | None = Field(title="公告日期", description="公告送达必填", default=None)

    @model_validator(mode="before")
    @classmethod
    def _of_one_way(cls, told: Any) -> Any:
        """Keep what is of the chosen way."""
        return of_its_way(told) if isinstance(told, Mapping) else told


def demand_proof(law: CaseLaw, facts: ServiceProof, papers: Collection[str]) -> None:
    """Refuse a service that proves nothing. `papers`: the kinds of what came with it.

    In a body's hands it needs somebody who may take it (第88条); left at the address it needs a witness or a picture
    (第89条); sent electronically, a consent (第90条); announced, its days, what shows it and why no other way was left
    (第95条).
    """
    field, asked = WITHOUT.get(facts.method, ("", ""))
    if field and not getattr(facts, field):
        raise Invalid(f"{asked}，请补填后再提交。", fields={field: asked})
    if facts.method in IN_PERSON and len(set(facts.servers)) < PAIR:
        raise Invalid("上门送达要两个人，请写明两名送达人。", fields={"servers": "要写两个不同的人"})
    if facts.witness and facts.witness in facts.servers:
        raise Invalid("送达人不能给自己作见证，请另写见证人。", fields={"witness": "不能是送达人"})
    if facts.method == "direct" and not facts.may_receive:
        raise RuleBroken(
            "门卫、前台等没有授权的人签收不算送达，请交给负责人或者负责收件的人签收；拒绝签收的，改用留置送达。",
            citations=law.cites_known(RECEIVERS),
        )
    if facts.method == "leave" and not facts.witness and OF_SERVICE.code not in papers:
        ways = "；或者".join(item["label"] for item in law.optional(REFUSED))
        raise RuleBroken(
            f"留置送达要有证明（{ways or '见证人或者照片'}），请填写见证人，或者附上照片。",
            citations=law.cites_known(REFUSED),
        )
    if facts.method == "notice":
        _demand_announced(law, facts, papers)
    if facts.method == "electronic" and law.is_wanted(CONSENT) and not facts.consented:
        raise RuleBroken(
            "电子送达须经受送达人同意，请先取得书面确认，或者改用其他方式送达。",
            citations=law.cites_known(CONSENT),
        )


def demand_announced_after(facts: ServiceProof, made_at: datetime) -> None:
    """Nothing is announced before there is something to announce: NotPossible. `made_at`: when it was made or sent."""
    first = made_at.astimezone(ZONE).date()
    if facts.announced_on is not None and facts.announced_on < first:
        raise NotPossible(f"公告日期不能早于所公告的文书作出的日期（{day_words(first)}），请核对公告后填写。")


def announced_until(law: CaseLaw, announced_on: date) -> date | None:
    """The day on which a public notice has hung its days (第95条); None where the pack does not count them."""
    return due(law.rule(ANNOUNCED), announced_on, CALENDAR).due_on if law.is_period(ANNOUNCED) else None


def _demand_announced(law: CaseLaw, facts: ServiceProof, papers: Collection[str]) -> None:
    """A notice to nobody in particular is the last way, and counts when its days are full."""
    if facts.announced_on is None:
        raise Invalid("公告送达的，写明公告日期，请补填后再提交。", fields={"announced_on": "公告送达必填"})
    if not papers:
        raise RuleBroken(
            "公告送达要附公告的照片，请附上后再提交；其他方式能够送达的，不用公告。",
            citations=law.cites_known(ANNOUNCED),
        )
    full = announced_until(law, facts.announced_on)
    if full is not None and facts.arrived_at.astimezone(ZONE).date() < full:
        raise RuleBroken(
            f"{facts.announced_on}公告的，{full}期满才视为送达，请在期满后填写，送达时间不早于这一天。",
            citations=law.cites_known(ANNOUNCED),
        )
