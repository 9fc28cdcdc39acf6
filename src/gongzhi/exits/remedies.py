"""What can be done against an authority's order: where, and for how long, in the words its draft begins with.

《行政复议法》第20、24条; 《行政诉讼法》第18、46条. Who drafts reads it and puts it right, as where one court hears
these cases for several counties.
"""

from __future__ import annotations

from datetime import datetime

from gongzhi.law.models import Jurisdiction, Level
from gongzhi.procedures.holders import hold
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import Role
from gongzhi.values.numerals import articles_in_words

REVIEW_WITHIN, REVIEWED_BY = "remedy.review_within", "remedy.reviewed_by"
SUIT_WITHIN, SUIT_AT = "remedy.suit_within", "remedy.suit_at"
#: The body that a code of the law names, after the place of the authority that issues the order.
BODIES = {"government_of_authority": "人民政府", "court_of_seat": "人民法院"}


def remedies(case: CaseView, issuer: Role, at: datetime) -> str:
    """Review and suit against an order that `issuer` sends, each with its body and its time; "" where none is known."""
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
    articles: dict[str, list[str]] = {}
    for one in case.law.cites(REVIEW_WITHIN, REVIEWED_BY, SUIT_AT, SUIT_WITHIN):
        articles.setdefault(one.instrument, []).append(one.article)
    cites = "；".join(f"《{law}》{'、'.join(dict.fromkeys(found))}" for law, found in articles.items())
    return f"不服本通知书的，可以{'，也可以'.join(ways)}（{articles_in_words(cites)}）"


def _seat(case: CaseView, issuer: Role, at: datetime) -> str:
    """The division an authority belongs to; a district with its city, since many have one of that name."""
    body = hold(case, issuer, at).organisation
    place = (
        Jurisdiction.objects.select_related("parent").filter(pk=body.jurisdiction_code).first()
        if body
        else None
    )
    if place is None:
        return ""
    is_district = place.level == Level.COUNTY and place.name.endswith("区")
    return f"{place.parent.name if is_district and place.parent is not None else ''}{place.name}"
