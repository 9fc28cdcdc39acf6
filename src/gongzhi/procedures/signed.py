"""Whose hand a signature is: that of the person signed in, or one on paper of which the scan lies in the case.

A name typed into somebody else's account is no signature. Office practice (`practice.md` 1 (18)), shown as such.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from pydantic import BaseModel, Field, JsonValue

from gongzhi.acts.actor import Actor
from gongzhi.acts.facts import Facts
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.media import MediaType
from gongzhi.papers.models import File
from gongzhi.registry.models import Person
from gongzhi.values.refusals import NotAllowed, NotPossible

from .models import PaperUse

if TYPE_CHECKING:
    from .attach import Paper

PLATFORM: Final = "platform"
PAPER: Final = "paper"
WAYS: dict[str, JsonValue] = {PLATFORM: "平台签署", PAPER: "纸质签署"}
#: Of a field that names who signs: a form begins with who is signed in.
SIGNS: dict[str, JsonValue] = {"signs": True}
#: The field that says which of the two it was; facts that have it are signed.
WAY = "signed_way"
Way = Annotated[
    Literal["platform", "paper"],
    Field(
        title="签署方式",
        description="平台签署：签字人就是登录的本人；别人在纸上签的选纸质签署，并附签字页扫描件",
        json_schema_extra={"labels": WAYS},
    ),
]
#: What a scan may be.
SCANS = (MediaType.PDF, MediaType.JPEG, MediaType.PNG)
#: The scan as the papers of an act name it.
SIGNED_PAGE: Mapping[str, Any] = {
    "code": PaperKind.SIGNED_PAGE.value,
    "label": str(PaperKind.SIGNED_PAGE.label),
    "hint": "纸质签署的才附：图片或 PDF",
    "required": False,
}
#: What is said of a paper that the platform makes of what is signed: only signed by hand does it come as a file.
BY_HAND: Mapping[str, Any] = {
    "required": False,
    "hint": "平台签署的由平台制作，不用上传；纸质签署的附签好的原件扫描件",
}


def is_signed(kind: type[BaseModel]) -> bool:
    """Whether facts of the class are signed by somebody."""
    return WAY in kind.model_fields


def signer_field(kind: type[BaseModel]) -> str:
    """The field that names who signs; "" where nobody does."""
    for name, field in kind.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("signs"):
            return name
    return ""


def scan_asked(kind: type[BaseModel]) -> list[Mapping[str, Any]]:
    """The scan a signed act may bring, as an item of its papers."""
    return [SIGNED_PAGE] if is_signed(kind) else []


def as_files(
    facts: Facts, papers: Sequence[Mapping[str, Any]], own: Collection[str]
) -> list[Mapping[str, Any]]:
    """The papers that have to come as files: what is signed on the platform is the paper that the step makes of it.

    `own`: the codes of what the step makes.
    """
    by_hand = not is_signed(type(facts)) or getattr(facts, WAY) == PAPER
    return [item for item in papers if by_hand or item["code"] not in own]


def told_by_hand(
    kind: type[BaseModel], papers: Sequence[Mapping[str, Any]], own: Collection[str]
) -> list[Mapping[str, Any]]:
    """The papers as a form asks for them: those the step makes come as files only where they are signed by hand."""
    is_made = own if is_signed(kind) else ()
    return [{**item, **BY_HAND} if item["code"] in is_made else item for item in papers]


def demand_own_hand(facts: Facts, papers: Sequence[Paper], by: Actor) -> None:
    """Refuse a name in another's account, and a paper signature without its scan: NotAllowed, NotPossible."""
    if not is_signed(type(facts)):
        return
    if getattr(facts, WAY) == PAPER:
        _demand_scan(papers)
        return
    own = (
        Person.objects.filter(pk=by.person_id).values_list("name", flat=True).first() if by.person_id else ""
    )
    if str(getattr(facts, signer_field(type(facts)))).strip() != own:
        raise NotAllowed(
            f"平台上只能签本人的姓名，您登录的是{own or '系统'}，由别人在纸上签的请选“纸质签署”并附签字页扫描件。"
        )


def _demand_scan(papers: Sequence[Paper]) -> None:
    scans = [paper.file for paper in papers if paper.kind == PaperKind.SIGNED_PAGE]
    if not scans:
        raise NotPossible("纸质签署的还缺签字页扫描件，请拍照或扫描后上传再提交。")
    if File.objects.filter(pk__in=scans).exclude(media_type__in=SCANS).exists():
        raise NotPossible("签字页扫描件只能是图片或 PDF，请换一份文件再提交。")


def demand_same_hand(before: Mapping[str, Any], now: Facts) -> None:
    """Refuse a correction of who signed on the platform; the name under a paper one may be read anew: NotPossible."""
    if not is_signed(type(now)):
        return
    way, name = getattr(now, WAY), signer_field(type(now))
    was = before.get(WAY, PLATFORM)
    if way != was or (way == PLATFORM and getattr(now, name) != before.get(name)):
        raise NotPossible("签字人和签署方式不能用更正改动，签错的请退回后由签字人重新签署。")


# How it is told -----------------------------------------------------------------------------------------------------


def way_words(facts: Mapping[str, Any], act_id: Any) -> str:
    """平台签署, or 纸质签署，扫描件第2件: which scans of the case show the hand; "" of what nobody signed."""
    if WAY not in facts:
        return ""
    if facts[WAY] != PAPER:
        return str(WAYS[PLATFORM])
    uses = numbered(PaperUse.objects.filter(act=act_id, kind=PaperKind.SIGNED_PAGE))
    scans = "、".join(str(scan_number(use)) for use in uses.order_by("id"))
    return f"{WAYS[PAPER]}，扫描件第{scans}件" if scans else str(WAYS[PAPER])


def scan_titles(uses: Iterable[PaperUse]) -> dict[UUID, str]:
    """Use → what the case calls it, of the scans among all uses of a case, in the order in which they came."""
    scans = [use for use in uses if use.kind == PaperKind.SIGNED_PAGE]
    return {use.pk: scan_title(number) for number, use in enumerate(scans, start=1)}


def scan_title(number: int) -> str:
    """签字页扫描件（第2件）."""
    return f"{PaperKind.SIGNED_PAGE.label}（第{number}件）"


def numbered(uses: QuerySet[PaperUse]) -> QuerySet[PaperUse]:
    """The same uses with their `scan_number`, read at once."""
    same = Q(act__seq=OuterRef("act__seq"), id__lte=OuterRef("id"))
    scans = PaperUse.objects.filter(
        same | Q(act__seq__lt=OuterRef("act__seq")), case=OuterRef("case"), kind=PaperKind.SIGNED_PAGE
    )
    upto = scans.order_by().values("case").annotate(number=Count("*")).values("number")
    return uses.annotate(scan=Subquery(upto))


def scan_number(use: PaperUse) -> int:
    """Which scan of a signed page it is in its case, counted in the order in which they came."""
    known = use if hasattr(use, "scan") else numbered(PaperUse.objects.filter(pk=use.pk)).first()
    return getattr(known, "scan", None) or 1
