"""What the public pages read: estates by name, places, notices of a place."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from gongzhi.law.models import Jurisdiction
from gongzhi.notices.codes import is_of_a_case, read_ending, read_number
from gongzhi.notices.models import Interruption, Notice
from gongzhi.notices.papers import annexes_of
from gongzhi.notices.presenting import objections_of, public_notices, told_notice
from gongzhi.papers.codes import verify_path
from gongzhi.papers.documents import Section
from gongzhi.papers.numbers import read_typed
from gongzhi.procedures.models import IssuedPaper
from gongzhi.procedures.presenting import title_of_step
from gongzhi.registry.divisions import chain_of
from gongzhi.registry.models import Estate
from gongzhi.registry.queries import in_place, lies_in, named
from gongzhi.ui.nearness import near_days
from gongzhi.values.ids import read_code, short_code
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound

#: What a search shows at most, and a page of notices.
FOUND, SHOWN = 50, 20
NO_NOTICE = "没有这份公示，请核对编号。"
NOTHING_PRINTED = (
    "没有这个编号的公示，也没有这个文号的文书，请对照纸上“公示编号”或者发文字号一行重新填写，"
    "也可以到社区请工作人员代查。"
)
#: What is said of a number by its form alone, whether there is such a case or not.
NUMBER_OF_A_CASE = (
    "这里只能核对公示编号和机关文书的发文字号；办件编号、备案回执编号和异议答复书编号不在公开登记簿里，"
    "是真是假请向出具的单位查问。"
)
STATES = {"hanging": "正在公示", "full": "已期满", "ended": "未满取下", "all": "全部"}


# Estates and places -------------------------------------------------------------------------------------------------


def find_estates(text: str) -> list[Estate]:
    """Estates whose name, initials or pinyin hold the words: names often begin with a place nobody says."""
    words = text.strip()[:50]
    return list(Estate.objects.filter(named(words)).order_by("pinyin", "id")[:FOUND]) if words else []


def estate_named(estate_id: UUID) -> Estate:
    """The estate; NotFound otherwise."""
    found = Estate.objects.filter(pk=estate_id).first()
    if found is None:
        raise NotFound("没有这个小区，请核对地址。")
    return found


def top_places() -> list[Jurisdiction]:
    """The cities that have estates."""
    codes = Estate.objects.order_by().values_list("city", flat=True).distinct()
    return list(Jurisdiction.objects.filter(code__in=list(codes)).order_by("code"))


def below(place: Jurisdiction) -> list[Jurisdiction]:
    """The divisions directly below one."""
    return list(Jurisdiction.objects.filter(parent=place, to_on=None).order_by("code"))


def estates_in(place: Jurisdiction) -> QuerySet[Estate]:
    """The estates of a division, of any level."""
    return Estate.objects.filter(lies_in(place)).order_by("pinyin", "id")


def crumbs_of(code: str) -> list[tuple[str, str]]:
    """The place and those above it, highest first: name and address. Nothing for a code nobody knows."""
    try:
        chain = chain_of(code)
    except NotFound:
        return []
    return [(one.name, reverse("place-board", args=[one.code])) for one in reversed(chain)]


# Notices ------------------------------------------------------------------------------------------------------------


def notices_of_estate(estate: Estate) -> QuerySet[Notice]:
    """All notices of an estate, newest first."""
    return _public(estate.pk)


def notices_of_place(place: Jurisdiction) -> QuerySet[Notice]:
    """All notices of the estates of a division, newest first."""
    return in_place(_public(), place)


def _public(estate_id: UUID | None = None) -> QuerySet[Notice]:
    rows = public_notices(estate_id).select_related("case", "round__step")
    return rows.prefetch_related("objections")


def in_state(rows: QuerySet[Notice], state: str, at: datetime) -> QuerySet[Notice]:
    """Those that hang their days still, that have hung them (also when taken down since), taken down before, or all."""
    if state == "all" or state not in STATES:
        return rows
    torn = Exists(Interruption.objects.filter(notice=OuterRef("pk"), again_at=None))
    until = Coalesce("ended_at", Value(at), output_field=DateTimeField())
    full = Q(is_void=False, until_at__lte=until) & ~Q(torn)
    if state == "full":
        return rows.filter(full)
    return rows.exclude(full).filter(ended_at__isnull=state == "hanging")


def page_of(rows: QuerySet[Notice], after: str) -> tuple[list[Notice], str]:
    """One page, newest first, and the key of the next, "" where there is none."""
    key = read_code(after)
    last = Notice.objects.filter(pk=key).first() if key is not None else None
    if last is not None:
        older = Q(posted_at__lt=last.posted_at) | Q(posted_at=last.posted_at, pk__lt=last.pk)
        rows = rows.filter(older)
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], short_code(found[SHOWN - 1].pk) if len(found) > SHOWN else ""


def notice_named(notice_id: UUID) -> Notice:
    """The notice with what is told of it; NotFound otherwise."""
    found = _public().select_related("case__estate").filter(pk=notice_id).first()
    if found is None:
        raise NotFound(NO_NOTICE)
    return found


def printed(code: str) -> Notice | IssuedPaper:
    """The notice or the authority's paper of a short code or an id; NotFound otherwise."""
    found = read_code(code)
    if found is not None and Notice.objects.filter(pk=found).exists():
        return notice_named(found)
    paper = issued_papers().filter(pk=found).first() if found is not None else None
    if paper is None:
        raise NotFound(NOTHING_PRINTED)
    return paper


def find_printed(text: str) -> list[Notice | IssuedPaper]:
    """What bears that code or number: several where two bodies number alike, or no year was typed.

    NotFound where there is nothing.
    """
    if read_code(text) is not None:
        return [printed(text)]
    number, ending = read_number(text), read_ending(text)
    notices = Notice.objects.filter(number=number or None)
    if not number and ending:
        notices = Notice.objects.filter(number__endswith=ending).order_by("-posted_at", "id")[:FOUND]
    papers = issued_papers().filter(number__text=read_typed(text) or None).order_by("-signed_at", "id")
    found: list[Notice | IssuedPaper] = [*notices, *papers[:FOUND]]
    if not found:
        raise NotFound(NUMBER_OF_A_CASE if is_of_a_case(text) else NOTHING_PRINTED)
    return found


def number_in(text: str) -> str:
    """What was searched, where it is the number or code of something printed; "" otherwise."""
    words = text.strip()[:64]
    return words if read_code(words) is not None or read_number(words) or read_typed(words) else ""


def issued_papers() -> QuerySet[IssuedPaper]:
    """Authorities' papers with what is told of them."""
    return IssuedPaper.objects.select_related("number", "paper__organisation", "paper__file")


def told_annexes(notice: Notice) -> list[dict[str, Any]]:
    """The tables that hang with a notice: each cell with whether its column holds figures."""
    return [_annex(section) for section in annexes_of(notice)]


def _annex(section: Section) -> dict[str, Any]:
    table = section.table
    figures = [column.align == "right" for column in table.columns] if table is not None else []
    rows = [list(zip(row, figures, strict=True)) for row in table.rows] if table is not None else []
    return {
        "heading": section.heading or "附表",
        "paragraphs": section.paragraphs,
        "columns": [(column.title, column.align == "right") for column in table.columns] if table else [],
        "rows": rows,
        "total": list(zip(table.total, figures, strict=True)) if table is not None and table.total else [],
    }


def cards(rows: Iterable[Notice], at: datetime) -> list[dict[str, Any]]:
    """Notices as the board shows them."""
    return [card(row, at) for row in rows]


def card(row: Notice, at: datetime) -> dict[str, Any]:
    """A notice with the title of its step, its issuer's kind, how near its end is, and where it is verified."""
    code = row.estate.county or row.estate.city if row.estate is not None else row.community
    objections = objections_of(row)
    return told_notice(row, at) | {
        "step_title": title_of_step(row.case, row.round.step.code),
        "issuer_kind": row.issuer.kind,
        "near": near_days(code, at.astimezone(ZONE).date()),
        "verify": verify_path(row.pk, row.digest),
        "objections": objections,
        "has_summary": any(one["summary"] for one in objections),
        "objection_words": _objection_words(objections),
        "may_print": row.ended_at is None,
        "restarted": row.counted_from != row.posted_at,
    }


def _objection_words(objections: list[dict[str, Any]]) -> str:
    """How many there were, and how many have their reply."""
    answered = sum(one["replied_at"] is not None for one in objections)
    if not objections or answered == len(objections):
        return f"{answered} 条异议已答复" if answered else ""
    return f"{len(objections)} 条异议，{f'{answered} 条已答复' if answered else '等答复'}"
