"""What can be done against an authority's order: where, and for how long, in the words its draft begins with.

《行政复议法》第20、24条; 《行政诉讼法》第18、46条. Who drafts reads it and puts it right, as where one court hears
these cases for several counties. An article whose text was not seen is named in no letter; its drafter is told of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gongzhi.law.models import Jurisdiction, Level
from gongzhi.law.schema import DOUBTFUL
from gongzhi.procedures.holders import hold
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import Role
from gongzhi.values.numerals import articles_in_words

REVIEW_WITHIN, REVIEWED_BY = "remedy.review_within", "remedy.reviewed_by"
SUIT_WITHIN, SUIT_AT = "remedy.suit_within", "remedy.suit_at"
KEYS = (REVIEW_WITHIN, REVIEWED_BY, SUIT_AT, SUIT_WITHIN)
#: The body that a code of the law names, after the place of the authority that issues the order.
BODIES = {"government_of_authority": "人民政府", "court_of_seat": "人民法院"}
#: Levels that have no government above their own authority, and no court.
_BELOW_COUNTY = (Level.STREET, Level.COMMUNITY)


def remedies(case: CaseView, issuer: Role, at: datetime, paper: str = "通知书") -> str:
    """Review and suit against a paper that `issuer` sends, each with its body and its time; "" where none is known."""
    seat = _seat(case, issuer, at)
    known = (
        (REVIEW_WITHIN, REVIEWED_BY, "申请行政复议"),
        (SUIT_WITHIN, SUIT_AT, "提起行政诉讼"),
    )
    ways = [
        f"自收到之日起{case.law.value(within).period}内向{seat}{BODIES[str(case.law.value(body).value)]}{what}"
        for within, body, what in known
        if seat and case.law.is_period(within) and case.law.value(body).value in BODIES
    ]
    if not ways:
        return ""
    seen = [key for key in KEYS if not _is_doubtful(case, key)]
    cites = _articles(case, seen)
    return f"不服本{paper}的，可以{'，也可以'.join(ways)}" + (f"（{cites}）" if cites else "")


def beginning(case: CaseView, issuer: Role, at: datetime) -> str:
    """Where the words a draft begins with come from, and what its drafter checks; "" where they begin with nothing."""
    seat = _seat(case, issuer, at)
    if not remedies(case, issuer, at):
        return ""
    told = (
        f"开头的文字由系统按发文机关所在地（{seat}）拟出，复议机关和法院都可以改写："
        "本地行政案件集中管辖的，改为集中管辖的法院；实行垂直领导的，改为上一级主管部门"
    )
    doubtful = _articles(case, [key for key in KEYS if _is_doubtful(case, key)])
    return f"{told}。{doubtful}原文待核，文字里没有引用，请核对后再报签" if doubtful else told


def _is_doubtful(case: CaseView, key: str) -> bool:
    """Whether the text of what the law says was not seen."""
    return case.law.value(key).evidence in DOUBTFUL


def _articles(case: CaseView, keys: Sequence[str]) -> str:
    """The articles of these keys, each law once, as a letter writes them."""
    articles: dict[str, list[str]] = {}
    for one in case.law.cites_known(*keys):
        articles.setdefault(one.instrument, []).append(one.article)
    cites = "；".join(f"《{law}》{'、'.join(dict.fromkeys(found))}" for law, found in articles.items())
    return articles_in_words(cites)


def _seat(case: CaseView, issuer: Role, at: datetime) -> str:
    """The division whose government reviews and whose court hears: a county's, or a higher one's, never a street's.

    A street office is set up by the county-level government, a town's government is one level below it: both are
    reviewed there. A district stands with its city, since many have one of that name. 《行政复议法》第24条.
    """
    body = hold(case, issuer, at).organisation
    place = (
        Jurisdiction.objects.select_related("parent").filter(pk=body.jurisdiction_code).first()
        if body
        else None
    )
    if place is None:
        return ""
    while place.level in _BELOW_COUNTY:
        if place.parent is None:
            return ""
        place = place.parent
    is_district = place.level == Level.COUNTY and place.name.endswith("区")
    return f"{place.parent.name if is_district and place.parent is not None else ''}{place.name}"
