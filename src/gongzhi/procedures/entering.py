"""代为登记: who takes a paper in enters it for whoever handed it in, who has no account here or will not use it.

It counts as said by the side whose step it is, from the arrival of the paper (《民法典》第137条); the record keeps who
entered it. What was handed in is brought as a scan, with its hour and with who handed it in. Office practice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import AwareDatetime, Field, create_model

from gongzhi.acts.facts import UNASKED, Facts
from gongzhi.papers.kinds import PaperKind
from gongzhi.registry.models import Organisation, Person
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible

from .service import handed_at
from .telling import tell

if TYPE_CHECKING:
    from .terms import Said
    from .view import CaseView

HANDED_BY = "handed_by"
TITLE = "代为登记"
#: Who handed the paper in; only who enters it for somebody else says so, so the forms of others do not ask for it.
HandedBy = Annotated[
    str,
    Field(
        title="递交人",
        description="收件方代为登记纸质件的才填写：谁递交的",
        max_length=50,
        json_schema_extra={UNASKED: True},
    ),
]
#: The scan as the papers of an act name it.
ORIGINAL: Mapping[str, Any] = {
    "code": PaperKind.PAPER_ORIGINAL.value,
    "label": str(PaperKind.PAPER_ORIGINAL.label),
    "hint": "递交的纸质件全文，图片或 PDF",
    "required": True,
}


def is_entered(facts: Facts | Mapping[str, Any]) -> bool:
    """Whether it was entered for somebody else, who handed it in on paper."""
    return bool(handed_by(facts))


def handed_by(facts: Any) -> str:
    """Who handed the paper in; "" where it was not entered for somebody else."""
    told = facts.get(HANDED_BY) if isinstance(facts, Mapping) else getattr(facts, HANDED_BY, "")
    return str(told or "").strip()


@cache
def entered(kind: type[Facts]) -> type[Facts]:
    """The class as the form of who enters it asks for it: who handed it in, and when, have to be said."""
    who = Field(title="递交人", description="谁递交的：姓名和身份", min_length=1, max_length=50)
    when = Field(title="纸质原件送达时间", description="收到纸质件的时间，期限从签收的到达时间起算")
    fields: dict[str, Any] = {HANDED_BY: (str, who), "handed_at": (AwareDatetime, when)}
    return cast("type[Facts]", create_model(f"Entered{kind.__name__}", __base__=kind, **fields))


def plain(facts: Facts, kind: type[Facts]) -> Facts:
    """What that form read, in the act's own class."""
    return kind.model_validate(facts.model_dump()) if type(facts) is entered(kind) else facts


def with_the_scan(asked: Collection[Mapping[str, Any]], itself: Collection[str]) -> list[Mapping[str, Any]]:
    """What is brought with what is entered: the scan of what was handed in, asked for once.

    `asked`: what the step asks for; `itself`: the codes of the papers the step makes. Where the place asks for one of
    those (the written application of an application), its scan is what was handed in.
    """
    if not any(item["code"] in itself for item in asked):
        return [*asked, ORIGINAL]
    scan = {name: ORIGINAL[name] for name in ("hint", "required")}
    return [{**item, **scan} if item["code"] in itself else item for item in asked]


def demand_entered(
    facts: Facts, papers: Collection[str], *, itself: Collection[str], is_own: bool, owner: str, title: str
) -> None:
    """Refuse what the side itself says as if it were entered, and what is entered without its paper.

    `papers`: the kinds of what came with it; `itself`: those that are the paper of the step; `owner`: whose step it is.
    NotAllowed, Invalid, NotPossible.
    """
    if is_own:
        if is_entered(facts):
            raise NotPossible(f"“{title}”由本单位自己提交的，不填递交人，请留空后提交。")
        return
    if not is_entered(facts):
        raise NotAllowed(
            f"您无权办理，“{title}”应由{owner}办理；收到纸质件、代为登记的，请写明递交人和收到的时间。"
        )
    if handed_at(facts) is None:
        sentence = "代为登记的，要填写纸质原件送达时间"
        raise Invalid(f"{sentence}，请补填后再提交。", fields={"handed_at": sentence})
    if not {PaperKind.PAPER_ORIGINAL.value, *itself}.intersection(papers):
        raise NotPossible("代为登记的，还缺纸质原件的扫描件，请拍照或扫描后上传再提交。")


def who_entered(said: Said | None) -> str:
    """The body and the person that entered it, by name; "" where nobody entered it for somebody else."""
    if said is None or said.entered_by_id is None:
        return ""
    body = Organisation.objects.filter(pk=said.entered_by_id).values_list("name", flat=True).first() or ""
    person = Person.objects.filter(pk=said.person_id).values_list("name", flat=True).first() or ""
    return f"{body}{person}"


def tell_entered(case: CaseView, said: Said, title: str) -> None:
    """Tell the side for which it was entered: what, by whom, of whose paper."""
    body = (
        f"{case.row.number}：{who_entered(said)}收到{handed_by(said.facts)}递交的纸质件，已代为登记“{title}”，"
        "按贵方提出办理；与纸质件不符的，请告知登记单位更正。"
    )
    tell(case, f"{title}已由收件方代为登记", body, [said.organisation_id], key="entered")
