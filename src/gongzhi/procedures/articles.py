"""By which articles a step is done: those it realises, where their text decides, and those behind its keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from gongzhi.law import queries as law_queries
from gongzhi.law import reading
from gongzhi.law.book import LawBook
from gongzhi.values.citations import Citation

from .declare import Step
from .lawview import CaseLaw

#: So many are told of one step; the law library has the rest.
MOST = 3
_TOLD: WeakKeyDictionary[LawBook, dict[tuple[Step[Any], str, date], tuple[Citation, ...]]] = (
    WeakKeyDictionary()
)
_KEPT = 10_000
_ARTICLE = re.compile(r"第[0-9]+条")


def named_keys(step: Step[Any]) -> tuple[str, ...]:
    """The keys of the law a step names: those of its condition, and whatever its kind asks the pack for."""
    known = reading.keys()
    named = [value for value in vars(step).values() if isinstance(value, str) and value in known]
    return (*(step.when.keys if step.when else ()), *named)


def articles_of(step: Step[Any], law: CaseLaw) -> tuple[Citation, ...]:
    """The articles a step rests on at the place and day of its case, at most `MOST`; none where no text knows it.

    A period of one task alone (the answer to an objection) is shown with its date, not here. What a book answers stays
    the same, so it is worked out once.
    """
    told = _TOLD.setdefault(law_queries.book(), {})
    asked = step, law.code, law.on
    found = told.get(asked)
    if found is None:
        if len(told) >= _KEPT:
            told.clear()
        found = told[asked] = _worked_out(step, law)
    return found


def _worked_out(step: Step[Any], law: CaseLaw) -> tuple[Citation, ...]:
    periods = [due.key for due in step.due if not due.task]
    keys = dict.fromkeys((*named_keys(step), *periods))
    return _joined([*law.articles(step.realises), *law.cites_known(*keys)])[:MOST]


def _joined(cites: Iterable[Citation]) -> tuple[Citation, ...]:
    """Several points of one article are that article."""
    parts: dict[tuple[str, str], dict[Citation, None]] = defaultdict(dict)
    for one in cites:
        article = _ARTICLE.match(one.article)
        parts[one.instrument, article.group() if article else one.article][one] = None
    return tuple(
        next(iter(found)) if len(found) == 1 else Citation(instrument, article)
        for (instrument, article), found in parts.items()
    )
