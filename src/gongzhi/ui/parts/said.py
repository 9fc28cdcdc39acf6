"""What was said in a case, in words: who, when, as whom, each answer with its title, put right where it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.hearing import CORRECT
from gongzhi.procedures.presenting import spec_of_act
from gongzhi.registry.models import Post
from gongzhi.registry.roles import PASSER_BY

from ..forms.fields import Choices
from ..forms.told import Pair, gist, pairs_of, put_right
from .days import short_due

#: So many answers stand open; more are folded behind the first of them.
OPEN = 3
#: Signs that still stand in a line or two.
LINE = 90
#: Of a round, so many of the newest stand open.
NEWEST = 4
#: Of the course, likewise.
LATEST = 8


@dataclass(frozen=True, slots=True)
class PutRight:
    """One correction: who, when, why, and the dates that moved by it."""

    who: str
    at: datetime
    why: str
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """One act as a page tells it. `of`: the step or task it was said in; `href`: where it may be put right."""

    id: Any
    at: datetime
    step: str
    round: int | None
    task: str
    title: str
    of: str
    who: str
    capacity: str
    pairs: tuple[Pair, ...] = ()
    papers: tuple[Mapping[str, Any], ...] = ()
    corrections: tuple[PutRight, ...] = ()
    #: A correction itself: what it put right stands where that was said.
    is_correction: bool = False
    href: str = ""
    why_not: str = ""

    @property
    def is_glance(self) -> bool:
        """Whether its answers are few and short enough to stand in a line."""
        length = sum(len(pair.words) for pair in self.pairs)
        has_rows = any(pair.rows for pair in self.pairs)
        return not self.corrections and not has_rows and len(self.pairs) <= OPEN and length <= LINE

    @property
    def is_open(self) -> bool:
        """Whether its answers stand open: in a line, or because some were put right."""
        return self.is_glance or bool(self.corrections)

    @property
    def gist(self) -> str:
        """What can be read at a glance of the answers that are folded."""
        return gist(self.pairs)


Read = Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[Pair, ...]]


def sayings(
    case: Mapping[str, Any], declared: type[Procedure], names: Mapping[str, str], few: Any = None
) -> list[Saying]:
    """Everything that was said in a presented case, oldest first.

    `names`: id → name of what the answers refer to; `few(kind)`: field → choices that only the page knows.
    """
    tasks = {(task["step"], task["round"], task["name"]): task for task in case["tasks"]}
    steps = {step["code"]: step["title"] for step in case["steps"]}
    corrections = _corrections(case)

    def read(act: Mapping[str, Any], facts: Mapping[str, Any]) -> tuple[Pair, ...]:
        spec = spec_of_act(declared, act["step"], act["act"])
        if spec is None:
            return ()
        known = {**(few(spec.facts) if few is not None else {}), **_own_lines(case, act)}
        return pairs_of(spec.facts, facts, names, {**known, **own_codes(declared, act["step"], act["act"])})

    told = []
    for act in case["history"]:
        task = tasks.get((act["step"], act["round"], act["task"]))
        one = Saying(
            id=act["id"],
            at=act["at"],
            step=act["step"],
            round=act["round"],
            task=act["task"],
            title=act["title"],
            of=task["title"] if task is not None else steps.get(act["step"], ""),
            who=_who(act),
            capacity=_capacity(act, task),
        )
        told.append(_filled(one, act, corrections, read, case))
    return _joined(told)


def _own_lines(case: Mapping[str, Any], act: Mapping[str, Any]) -> dict[str, Choices]:
    """The lines of the list the act is of: another list of the case may have another line of the same code."""
    where = (act["step"], act["round"])
    lines = [
        (one["code"], one["label"]) for one in case.get("items", ()) if (one["step"], one["round"]) == where
    ]
    return {"code": lines} if lines else {}


def _joined(told: Iterable[Saying]) -> list[Saying]:
    """What nobody signed and was said several times running in a round is one saying, with how often it was said."""
    found: list[Saying] = []
    place: dict[tuple[str, int | None], tuple[int, int]] = {}
    for one in told:
        where = (one.step, one.round)
        at, times = place.get(where, (-1, 0))
        if times and one.who == PASSER_BY.title and found[at].title.startswith(one.title):
            place[where] = (at, times + 1)
            pairs = _together(found[at].pairs, one.pairs)
            found[at] = replace(found[at], title=f"{one.title}（{times + 1} 次）", pairs=pairs)
            continue
        place[where] = (len(found), int(one.who == PASSER_BY.title))
        found.append(one)
    return found


def _together(pairs: Sequence[Pair], more: Sequence[Pair]) -> tuple[Pair, ...]:
    """Answers with those of another saying: each of the words once."""
    others = {pair.name: pair.words for pair in more}
    return tuple(
        replace(
            pair, words="；".join(dict.fromkeys((*pair.words.split("；"), others.get(pair.name, pair.words))))
        )
        for pair in pairs
    )


def own_codes(declared: type[Procedure], code: str, act: str) -> Mapping[str, Choices]:
    """The words of the codes that only a step itself knows: whose signature was refused, for one."""
    step = next((step for step in declared.steps if step.code == code), None)
    return step.codes_of(act) if step is not None else {}


def _corrections(case: Mapping[str, Any]) -> dict[Any, list[Mapping[str, Any]]]:
    found = defaultdict(list)
    for act in case["history"]:
        if act["corrects"] is not None:
            found[act["corrects"]].append(act)
    return found


def _filled(
    one: Saying,
    act: Mapping[str, Any],
    corrections: Mapping[Any, Sequence[Mapping[str, Any]]],
    read: Read,
    case: Mapping[str, Any],
) -> Saying:
    """With its answers, where the reader may see them."""
    if act["act"] == CORRECT:
        return replace(one, title=f"更正{one.of}", of="", is_correction=True, **_why(act))
    later = corrections.get(act["id"], [])
    facts = act["facts"]
    if facts is None:
        return replace(one, corrections=tuple(_put_right(other, case) for other in later))
    pairs = read(act, facts)
    if later:
        fixed = [read(act, other["facts"]["facts"]) for other in later]
        pairs = put_right(fixed[-1], pairs, *fixed[:-1])
    used = set(act["papers"])
    papers = tuple(paper for paper in case["papers"] if paper["act"] == act["id"] and paper["file"] in used)
    return replace(
        one, pairs=pairs, papers=papers, corrections=tuple(_put_right(other, case) for other in later)
    )


def _why(act: Mapping[str, Any]) -> dict[str, Any]:
    reason = (act["facts"] or {}).get("reason", "")
    return {"pairs": (Pair("reason", "原因", reason),)} if reason else {}


def _put_right(act: Mapping[str, Any], case: Mapping[str, Any]) -> PutRight:
    moves = tuple(
        f"{clock['title']}{_moved(move)}"
        for clock in case["clocks"]
        for move in clock["moves"]
        if move["at"] == act["at"] and move["why"].startswith("更正")
    )
    return PutRight(_who(act), act["at"], (act["facts"] or {}).get("reason", ""), moves)


def _moved(move: Mapping[str, Any]) -> str:
    before, after = short_due(move["before"]) or "未定", short_due(move["after"]) or "未定"
    return f"由 {before} 改为 {after}"


def _who(act: Mapping[str, Any]) -> str:
    """The body and the person, as far as the reader may know them; else the post; the system where nobody said it."""
    organisation = act["organisation"]["name"] if act["organisation"] is not None else ""
    return " ".join(filter(None, (organisation, act["person"]))) or _post(act) or "系统"


def _post(act: Mapping[str, Any]) -> str:
    return str(Post(act["post"]).label) if act["post"] else ""


def _capacity(act: Mapping[str, Any], task: Mapping[str, Any] | None) -> str:
    """In which capacity: the post, where it does not stand for the name, and for whom where one acts for another."""
    post, who = _post(act), _who(act)
    acting = f"代行：{task['acting_for']}" if task is not None and task["acting_for"] else ""
    role = task["role"]["title"] if task is not None and not post else ""
    return "，".join(filter(None, ((post if post != who else "") or role, acting)))


# Round by round -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Course:
    """A list of sayings of which the older ones are folded."""

    shown: tuple[Saying, ...]
    folded: tuple[Saying, ...] = ()


def by_round(told: Iterable[Saying]) -> dict[tuple[str, int], Course]:
    """Step and round → what was said there, newest last; corrections stand with what they put right."""
    found: dict[tuple[str, int], list[Saying]] = defaultdict(list)
    for one in told:
        if one.round is not None and not one.is_correction:
            found[one.step, one.round].append(one)
    return {place: Course(tuple(rows[-NEWEST:]), tuple(rows[:-NEWEST])) for place, rows in found.items()}


NOTHING = Course(())


def course(told: Sequence[Saying]) -> Course:
    """经过: everything, newest first."""
    newest = tuple(reversed(told))
    return Course(newest[:LATEST], newest[LATEST:])
