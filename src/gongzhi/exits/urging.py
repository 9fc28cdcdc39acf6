"""What the county found of a forced ground, and its letter that urges: neither is typed twice, and the article is the
law's own words.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.kinds.issue import Issue
from gongzhi.procedures.view import CaseView
from gongzhi.values.citations import Citation

from .ground_facts import Classification, Urging


class Classify(Submit[Classification]):
    """As `Submit`, of a ground: it begins with the article that lists it, as a letter cites it."""

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """The full title and the article from the law of the place."""
        found = listed_by(case) if act == self.main_act else ""
        return {"basis": found} if found else super().begins_with(case, act, at, task)


class Urge(Issue[Urging]):
    """As `Issue`; its draft begins with what was found a step before, `found`."""

    def __init__(self, title: str, *, found: Classify, **rest: Any) -> None:
        super().__init__(title, **rest)
        self.found = found

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """The facts and the articles as they were found."""
        said = case.heard(self.found) if act == self.main_act else None
        if said is None:
            return super().begins_with(case, act, at, task)
        return {"facts_found": said.facts_found, "basis": said.basis}


def listed_by(case: CaseView) -> str:
    """The article that lists the ground of the case, in words; "" where none, or those of several texts, might.

    《白山市物业服务人退出及应急服务管理办法》第9条、第10条 list the grounds there.
    """
    key = case.declaration.variants_key
    items = (item for item in case.law.listed(key) if item["code"] == case.row.variant)
    article = next((str(item.get("article", "")) for item in items), "")
    cites = case.law.value(key).citations
    texts = {one.instrument for one in cites if one.article and article.startswith(one.article)}
    return Citation(texts.pop(), article).in_words() if len(texts) == 1 else ""
