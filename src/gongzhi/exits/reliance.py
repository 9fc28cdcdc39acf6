"""What a letter that orders, urges or asks back is about: the estate and where it lies, the case, the papers behind it.

The drafter's own words may say all of it; what they leave out the letter says of itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from gongzhi.law.models import Jurisdiction
from gongzhi.procedures.declare import Step
from gongzhi.procedures.models import Item
from gongzhi.procedures.view import CaseView
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words


def estate_words(case: CaseView) -> str:
    """示例县示例街道示例花园; "" where the case is about no estate."""
    estate = case.row.estate
    if estate is None:
        return ""
    codes = [code for code in (estate.county or estate.city, estate.subdistrict) if code]
    names = dict(Jurisdiction.objects.filter(pk__in=codes).values_list("code", "name"))
    return "".join(names.get(code, "") for code in codes) + estate.name


def about(case: CaseView, papers: Iterable[str], told: Iterable[str] = ()) -> tuple[str, ...]:
    """One sentence with estate, case and papers; none where what the drafter `told` has them all."""
    said, papers = "".join(told), tuple(papers)
    estate = case.row.estate.name if case.row.estate is not None else ""
    if all(words in said for words in (estate, case.row.number, *papers)):
        return ()
    rests = f"，依据的文书：{'、'.join(papers)}" if papers else ""
    return (f"本件所涉小区：{estate_words(case)}，案号{case.row.number}{rests}。",)


def lists_lacking(case: CaseView | None) -> Iterator[str]:
    """The lists of a handover that name missing items, each with the day it was closed and the case it is of."""
    for step, found in case.live_rounds() if case is not None else ():
        filled = case.round_view(found).last("fill") if case is not None and step.lists_items else None
        if filled is None or case is None:
            continue
        if Item.objects.filter(round_id=found.id, state="missing").exists():
            yield f"{step.title}（{_day(filled.at)}清点，案号{case.row.number}）"


def said_on(case: CaseView, step: Step[Any], name: str) -> Iterator[str]:
    """A paper of a step with the day it was said; nothing while it was not."""
    found = case.live_round(step)
    said = case.round_view(found).last(step.main_act) if found is not None and step.main_act else None
    if said is not None:
        yield f"{name}（{_day(said.at)}）"


def _day(at: datetime) -> str:
    return date_words(at.astimezone(ZONE).date())
