"""What the recorded conduct could be a ground of, pure: counted in every way the text leaves open, decided in none.

《白山市物业服务人退出及应急服务管理办法》第10条第1项至第3项 say neither whether the year rolls, nor whether penalties
under review count, nor whether the company, the project or the person counts, nor from which day.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.citations import Citation
from gongzhi.values.periods import Rule, due

GROUNDS, COUNT, WINDOW = "exit.grounds", "forced_exit.penalty_count", "forced_exit.penalty_window"
GRADE, BLACKLIST = "forced_exit.grade", "forced_exit.blacklist"
KIND, NOT_FINAL = "forced_exit.penalty_window_kind", "forced_exit.penalty_counts_not_final"
SCOPE, COUNTED_ON = "forced_exit.penalty_scope", "forced_exit.penalty_counted_on"
NOT_SET = "本地未设定"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row that counts on the day. `scopes`: the estate's company, city, project or person it belongs to."""

    id: UUID
    kind: str
    said: str
    authority: str
    document_number: str
    scopes: frozenset[str]
    decided_on: date
    served_on: date | None = None
    acted_on: date | None = None
    is_final: bool = False

    def counted_on(self, event: str) -> date | None:
        """The day it counts from: that of the decision, of its service, or of the act."""
        return {"decided": self.decided_on, "served": self.served_on, "act": self.acted_on}[event]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to count: the words of the four questions, the number, the stretch, the rows."""

    window: str
    finality: str
    scope: str
    counted_on: str
    count: int
    is_met: bool
    from_on: date | None
    to_on: date | None
    rows: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be opened, and on what it would rest. `state`: met, open (readings differ) or not_met."""

    ground: str
    title: str
    article: str
    state: str
    sentence: str
    rows: tuple[UUID, ...] = ()
    readings: tuple[Reading, ...] = ()
    unset: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


def proposals(law: CaseLaw, entries: Iterable[Entry]) -> list[Proposal]:
    """A proposal for each ground of the place that follows from facts; none where its law lists none."""
    rows = list(entries)
    return [
        _BY_FACT[item["fact"]](law, rows, item)
        for item in law.listed(GROUNDS)
        if item.get("fact") in _BY_FACT
    ]


def unset_of(law: CaseLaw, ground: str) -> tuple[str, ...]:
    """The keys that a ground is judged by and its place has still to set; none where it rests on no recorded fact."""
    return tuple(key for key in _NEEDS.get(_item(law, ground).get("fact", ""), ()) if not law.is_set(key))


def proposal_of(law: CaseLaw, ground: str, entries: Iterable[Entry]) -> Proposal | None:
    """What the records say of one ground; None where it rests on no recorded fact."""
    item = _item(law, ground)
    told = _BY_FACT.get(item.get("fact", ""))
    return told(law, list(entries), item) if told is not None else None


def _item(law: CaseLaw, ground: str) -> Mapping[str, Any]:
    return next((item for item in law.listed(GROUNDS) if item["code"] == ground), {})


# Grade and blacklist ------------------------------------------------------------------------------------------------


def _grade(law: CaseLaw, entries: list[Entry], item: Mapping[str, Any]) -> Proposal:
    """The newest rating of the company or of the project is the one that the text names. 第10条第1项."""
    value, rated = law.value(GRADE), [one for one in entries if one.kind == "grade"]
    newest = max((one.decided_on for one in rated), default=None)
    worst = [one for one in rated if one.decided_on == newest and one.said == value.value]
    sentence = f"最近一次评价为{value.value}级" if worst else f"没有最近一次评价为{value.value}级的记录"
    return _told(item, sentence, worst, law.cites(GROUNDS, GRADE))


def _blacklist(law: CaseLaw, entries: list[Entry], item: Mapping[str, Any]) -> Proposal:
    """It stands on the list the text names, and on no other. 第10条第2项."""
    value = law.value(BLACKLIST)
    listed = [one for one in entries if one.kind == "blacklist" and one.said == value.value]
    sentence = f"已列入{value.value}" if listed else f"没有列入{value.value}的记录"
    return _told(item, sentence, listed, law.cites(GROUNDS, BLACKLIST))


def _told(
    item: Mapping[str, Any], sentence: str, rows: list[Entry], citations: tuple[Citation, ...]
) -> Proposal:
    return Proposal(
        ground=item["code"],
        title=item["label"],
        article=item.get("article", ""),
        state="met" if rows else "not_met",
        sentence=sentence,
        rows=tuple(one.id for one in rows),
        citations=citations,
    )


# Penalties ----------------------------------------------------------------------------------------------------------


def _penalties(law: CaseLaw, entries: list[Entry], item: Mapping[str, Any]) -> Proposal:
    """Counted in every reading the place has left open. 第10条第3项."""
    penalties = [one for one in entries if one.kind == "penalty"]
    found = tuple(readings(law, penalties))
    met = [one for one in found if one.is_met]
    state = "not_met" if not met else "met" if len(met) == len(found) else "open"
    return Proposal(
        ground=item["code"],
        title=item["label"],
        article=item.get("article", ""),
        state=state,
        sentence=_SENTENCES[state],
        rows=tuple(dict.fromkeys(row for one in met for row in one.rows)),
        readings=found,
        unset=tuple(f"{law.value(key).title}：{NOT_SET}" for key in _QUESTIONS if not law.is_set(key)),
        citations=law.cites(GROUNDS, COUNT, WINDOW),
    )


_SENTENCES = {
    "met": "各种算法都达到次数",
    "open": "算法不同，结果不同：按哪一种计算由当地认定",
    "not_met": "各种算法都没有达到次数",
}
#: The four questions the text leaves open, and their answers. Our words are the keys' own options.
_QUESTIONS: Mapping[str, tuple[str, ...]] = {
    KIND: ("rolling", "calendar"),
    NOT_FINAL: ("all", "final"),
    SCOPE: ("company", "city", "project", "person"),
    COUNTED_ON: ("decided", "served", "act"),
}


def _answers(law: CaseLaw, key: str) -> tuple[str, ...]:
    """What the place decided; every answer where it has not."""
    value = law.value(key).value
    if value is None:
        return _QUESTIONS[key]
    return ("all" if value else "final",) if key == NOT_FINAL else (str(value),)


def readings(law: CaseLaw, penalties: list[Entry]) -> Iterator[Reading]:
    """Every reading the place has left open, each with its count, its stretch and its rows."""
    limit, rule = int(law.need(COUNT)), law.rule(WINDOW)
    for window, finality, scope, event in product(*(_answers(law, key) for key in _QUESTIONS)):
        chosen = [
            (day, one)
            for one in penalties
            if scope in one.scopes
            and (finality == "all" or one.is_final)
            and (day := one.counted_on(event)) is not None
        ]
        stretch, rows = _most(
            sorted(chosen, key=lambda pair: (pair[0], str(pair[1].id))), _STRETCHES[window], rule
        )
        yield Reading(
            window,
            finality,
            scope,
            event,
            len(rows),
            len(rows) >= limit,
            stretch[0] if stretch else None,
            stretch[1] if stretch else None,
            tuple(one.id for one in rows),
        )


Stretch = tuple[date, date]


def _rolling(first: date, rule: Rule) -> Stretch:
    """The year that begins with a penalty; its last day by the law's own rule of counting."""
    last = due(rule, first, CALENDAR).due_on
    assert last is not None
    return first, last


def _calendar(first: date, rule: Rule) -> Stretch:
    """The calendar year of a penalty."""
    return date(first.year, 1, 1), date(first.year, 12, 31)


_STRETCHES: Mapping[str, Callable[[date, Rule], Stretch]] = {"rolling": _rolling, "calendar": _calendar}


def _most(
    dated: list[tuple[date, Entry]], stretch_of: Callable[[date, Rule], Stretch], rule: Rule
) -> tuple[Stretch | None, list[Entry]]:
    """The stretch with most of them, of equals the latest."""
    best: tuple[Stretch | None, list[Entry]] = (None, [])
    for first, _ in dated:
        stretch = stretch_of(first, rule)
        within = [one for day, one in dated if stretch[0] <= day <= stretch[1]]
        if len(within) >= len(best[1]):
            best = (stretch, within)
    return best


_BY_FACT: Mapping[str, Callable[[CaseLaw, list[Entry], Mapping[str, Any]], Proposal]] = {
    "service_quality_grade": _grade,
    "provincial_blacklist": _blacklist,
    "penalties": _penalties,
}
#: What has to be set before a ground can be found by its fact.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "service_quality_grade": (GRADE,),
    "provincial_blacklist": (BLACKLIST,),
    "penalties": (COUNT, WINDOW, *_QUESTIONS),
}
