"""这个日期怎么算的: the same rows in the same order, from a clock as `procedures` presents it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from gongzhi.law.remarks import without_marks
from gongzhi.law.value import SET_HERE, SET_SINCE

from .badges import Cite, cites
from .days import as_day, binding, day_weekday
from .ruler import Ruler, ruler

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_SKIPS = re.compile("^(跳过|暂停|最后一日|由|当月没有)|调休上班|不计（")
_FROM = ("起算日", "起算时刻", "基准日", "基准时刻")
_RESULT = ("截止", "最迟", "日历版本", "建议送达日")
#: The first day of a period that counts it.
_FIRST_COUNTS = ("首日计入", "当日计入")
#: The kernel's own marks in words.
MARKS = {
    "submitted": "提交",
    "arrived": "到达",
    "posted": "张贴",
    "counted_from": "起算",
    "confirmed": "确认",
    "decided": "作出",
    "signed": "签署",
    "served": "送达",
    "done": "办结",
    "asked": "提出",
    "objected": "提出异议",
}


@dataclass(frozen=True, slots=True)
class Working:
    """The rows of the working. A row that has nothing to say is left out."""

    title: str
    start: str
    rules: tuple[str, ...]
    cites: tuple[Cite, ...]
    unwritten: tuple[str, ...]
    ruler: Ruler | None
    skipped: tuple[str, ...]
    calendar: str
    moves: tuple[str, ...]
    result: str
    advised: str
    exact: bool
    warnings: tuple[str, ...]


def working(
    clock: Mapping[str, Any],
    at: datetime,
    case: Mapping[str, Any] | None = None,
) -> Working:
    """The working of a presented clock; where the place set the number, no article is said to give it.

    `case`: the presented case it belongs to, for the event in words and the suspensions.
    """
    suspensions = case["suspensions"] if case is not None else ()
    lines = [str(line) for line in clock["working"]]
    start = next((line for line in lines if line.startswith(_FROM)), "")
    rule = next((line for line in lines if line.startswith(("首日", "当日", "连续", "向前"))), "")
    unwritten = tuple(line.removeprefix(SET_HERE) for line in lines if line.startswith(SET_HERE))
    late = any(line.startswith(SET_SINCE) for line in lines)
    event = "本地设定施行" if late else _event(clock, case)
    told = (start, rule)
    left = [line for line in lines if line not in told and not line.startswith((*_RESULT, SET_HERE))]
    skipped = [line for line in left if _SKIPS.search(line)]
    said = [line for line in left if line not in skipped]
    return Working(
        title=clock["title"],
        start=f"{start.partition('：')[2] or day_weekday(clock['anchor_at'])} {event}".strip(),
        rules=tuple(without_marks(line) for line in (rule, *said) if line),
        cites=tuple(cites_of(clock)),
        unwritten=unwritten,
        ruler=_ruler({**clock, **_since(start, late)}, at, left, suspensions, rule),
        skipped=tuple(skipped),
        calendar=_calendar(clock["calendar"]),
        moves=tuple(_moved(move) for move in clock["moves"]),
        result=binding(clock["due_at"]),
        advised=day_weekday(clock["advised_on"]),
        exact=clock["exact"],
        warnings=tuple(without_marks(str(line)) for line in clock["warnings"]),
    )


def _since(start: str, late: bool) -> dict[str, date]:
    """The day a period counts from that was set after its event."""
    return {"anchor_at": _days(start)[0]} if late and _days(start) else {}


def cites_of(clock: Mapping[str, Any]) -> list[Cite]:
    """The articles of a clock, marked as filled in by the place whose number it is; where there is none, the place."""
    set_here = [str(line) for line in clock["working"] if str(line).startswith(SET_HERE)]
    found = cites(clock["citations"])
    if set_here and not found:
        return [Cite(SET_HERE.rstrip("："), set_here[0].removeprefix(SET_HERE), "local")]
    return [replace(one, state="local") if set_here else one for one in found]


def _calendar(version: str) -> str:
    """The years whose holidays were known, where it comes as an edition's mark; what is in words already stays so.

    What tells one edition from another stands with the clock's data.
    """
    years, mark, _ = version.partition("#")
    return f"{years}年的放假安排" if years and mark else version


def _moved(move: Mapping[str, Any]) -> str:
    return (
        f"{day_weekday(move['at'])} 由 {binding(move['before'])} 改为 {binding(move['after'])}：{move['why']}"
    )


def _ruler(
    clock: Mapping[str, Any],
    at: datetime,
    lines: Sequence[str],
    suspensions: Sequence[Mapping[str, Any]],
    rule: str,
) -> Ruler | None:
    """Days only: hours have none, and a backward period is drawn up to the event it leads to."""
    if clock["due_on"] is None:
        return None
    start, end = as_day(clock["anchor_at"]), clock["due_on"]
    skipped = {day for line in lines if line.startswith("跳过") for day in _days(line)}
    if end == start:
        return None
    if end < start:
        return ruler(end, start, at, skipped=skipped, counts_first=True)
    return ruler(
        start,
        end,
        at,
        skipped=skipped | _rolled(lines),
        halted=[_halt(halt) for halt in suspensions],
        counts_first=rule.startswith(_FIRST_COUNTS),
        minimum=clock["minimum"],
        stopped=clock.get("stopped_at"),
    )


def _days(line: str) -> list[date]:
    return [date(*map(int, found)) for found in _DAY.findall(line)]


def _rolled(lines: Sequence[str]) -> set[date]:
    """The day a period would have ended on, had it not been a rest day."""
    return {_days(line)[0] for line in lines if line.startswith("由") and "顺延至" in line and _days(line)}


def _halt(halt: Mapping[str, Any]) -> tuple[date, date | None]:
    """The days a suspension leaves out, its last included: none where it was lifted on the day it began."""
    until = halt["to_at"]
    return as_day(halt["from_at"]), as_day(until) - timedelta(days=1) if until is not None else None


def _event(clock: Mapping[str, Any], case: Mapping[str, Any] | None) -> str:
    """The step whose mark the period is counted from, by its title, also one of a case below; "" for a named date."""
    titles = {step["code"]: step["title"] for step in case["steps"]} if case is not None else {}
    step, _, path = str(clock["anchor"]).partition(".")
    mark, _, turn = path.partition(":")
    if step not in titles:
        return ""
    title, words = clock.get("marked_by") or titles[step], MARKS.get(mark, "")
    return f"{title}：{words}（第 {turn} 件）" if turn and words else f"{title}{words}"


def of_notice(notice: Mapping[str, Any], at: datetime) -> Working:
    """The working of how long a presented notice hangs."""
    lines = [str(line) for line in notice["working"]]
    calendar = next((line.partition("：")[2] for line in lines if line.startswith("日历版本")), "")
    clock = {
        "title": notice["title"],
        "anchor": "",
        "anchor_at": notice["counted_from"],
        "due_at": notice["until_at"],
        "due_on": notice["until_on"],
        "citations": notice["basis"],
        "calendar": calendar,
        "minimum": True,
        "stopped_at": notice["ended_at"],
        "advised_on": None,
        "moves": (),
        "warnings": (),
    }
    return working({**clock, "working": lines, "exact": notice["exact"]}, at)
