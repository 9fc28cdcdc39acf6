"""The step timeline and the turn band, from a case as `procedures` presents it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from gongzhi.registry.roles import ANYONE
from gongzhi.values.citations import Citation

from ..pieces import Piece
from .badges import Badge, Cite, cites, holder_badge, role_badge
from .chip import Chip, of_clock
from .days import short_day, short_due
from .said import NOTHING, Course

Said = Mapping[tuple[str, int], Course]


#: How a step is over that was not done: it was not needed, or its authority declined with reasons.
UNDONE = ("unneeded", "declined")


@dataclass(frozen=True, slots=True)
class Wait:
    """A task that waits in a round, in words: a page has many of them."""

    says: str
    is_vacant: bool
    until: str
    passed: tuple[str, ...]

    @classmethod
    def of(cls, task: Mapping[str, Any]) -> "Wait":
        """A presented task."""
        holder = f"，{name}" if (name := _name(task)) else ""
        acting = f"（代行：{task['acting_for']}）" if task["acting_for"] else ""
        until = f"，{by}" if (by := _by(task)) else ""
        passed = tuple(
            f"{short_day(one['at'])} 由{_body(one['before'])}转交{_body(one['after'])}：{one['why']}"
            for one in task["passed_on"]
        )
        return cls(f"待办：{task['title']}{holder}{acting}", bool(task["vacant"]), until, passed)


def _body(told: Mapping[str, Any] | None) -> str:
    return str(told["name"]) if told else "（无）"


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One going through a step: what was said in it, what is still to be said. `over`: why an earlier one is void."""

    number: int
    when: str
    outcome: str
    over: str
    waits: tuple[Wait, ...]
    course: Course = NOTHING


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the timeline shows it: done, open, waiting or skipped, its earlier rounds under the same number."""

    number: int
    code: str
    title: str
    state: str
    holders: tuple[Badge, ...]
    when: str
    outcome: str
    skipped_why: str
    rounds: tuple[RoundLine, ...]
    chip: Chip | None = None
    cites: tuple[Cite, ...] = ()
    pieces: tuple[Piece, ...] = ()
    is_current: bool = False
    #: What was said and told in it is folded, so that what is left to do comes near the top.
    is_folded: bool = False

    @property
    def is_done(self) -> bool:
        """Whether it is over: then its lists are folded."""
        return self.state == "done"

    @property
    def is_undone(self) -> bool:
        """Whether it is over because nobody had to do it, or its authority would not."""
        return self.outcome in UNDONE

    @property
    def folded(self) -> tuple[Piece, ...]:
        """The pieces that are folded with it."""
        return tuple(one for one in self.pieces if self.is_folded and not one.stays)

    @property
    def staying(self) -> tuple[Piece, ...]:
        """The pieces that stand open."""
        return tuple(one for one in self.pieces if not self.is_folded or one.stays)

    @property
    def said(self) -> int:
        """How often something was said in the round that counts."""
        counts = self.rounds[-1:] if not self.rounds or not self.rounds[-1].over else ()
        return sum(len(one.course.shown) + len(one.course.folded) for one in counts)

    @property
    def waits(self) -> tuple[Wait, ...]:
        """What still waits in its latest round; and what is left over of void ones."""
        return tuple(wait for one in reversed(self.rounds) for wait in one.waits)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every step, and those of other grounds aside."""

    steps: tuple[StepLine, ...]
    aside: tuple[StepLine, ...] = ()


@dataclass(frozen=True)
class Beside:
    """What a page lays beside the steps of a case, by step code.

    `pieces`: what stands in place under a step (facts of its room, its form); `reasons`: the articles it rests on, or
    is skipped by; `said`: what was said in each round; `aside`: the steps this ground never has.
    """

    pieces: Mapping[str, Sequence[Piece]] = field(default_factory=dict)
    reasons: Mapping[str, Sequence[Mapping[str, Any] | Citation]] = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    aside: frozenset[str] = frozenset()


def timeline(case: Mapping[str, Any], at: datetime, near: int, beside: Beside | None = None) -> Timeline:
    """The steps of a presented case, those it has numbered in their order."""
    beside = beside or Beside()
    shown = [step for step in case["steps"] if step["code"] not in beside.aside]
    aside = [step for step in case["steps"] if step["code"] in beside.aside]
    first_open = next((step["code"] for step in shown if step["state"] == "open"), "")
    is_awaited = bool(first_open) or any(task["state"] == "open" for task in case["tasks"])
    draw = _Drawing(case, at, near, beside, first_open, is_awaited)
    return Timeline(
        steps=tuple(draw.line(number, step) for number, step in enumerate(shown, 1)),
        aside=tuple(draw.line(0, step) for step in aside),
    )


@dataclass(frozen=True)
class _Drawing:
    """What every step of a case is drawn with."""

    case: Mapping[str, Any]
    at: datetime
    near: int
    beside: Beside
    first_open: str
    #: Whether anybody has something left to do.
    is_awaited: bool

    def line(self, number: int, step: Mapping[str, Any]) -> StepLine:
        """One step."""
        chips = [self._chip(clock) for clock in self.case["clocks"] if _runs(clock, step)]
        is_open, code = step["state"] == "open", step["code"]
        line = StepLine(
            number=number,
            code=code,
            title=step["title"],
            state=step["state"],
            holders=tuple(_holders(step)),
            when=_when(step),
            outcome=step["outcome"],
            skipped_why=step["skipped_why"],
            rounds=tuple(self._round(code, part) for part in step["rounds"]),
            chip=next((chip for chip in chips if chip is not None), None) if is_open else None,
            cites=tuple(cites(self.beside.reasons.get(code, ()))),
            pieces=tuple(self.beside.pieces.get(code, ())),
            is_current=code == self.first_open,
        )
        return replace(line, is_folded=self._folds(line))

    def _folds(self, line: StepLine) -> bool:
        """Whether it is done while something is left to do in the case, and has something to fold."""
        over = any(one.over for one in line.rounds)
        has_more = bool(line.said) or over or any(not one.stays for one in line.pieces)
        return bool(line.is_done and self.is_awaited and has_more)

    def _chip(self, clock: Mapping[str, Any]) -> Chip | None:
        return of_clock(clock, self.at, self.near, self.case["suspensions"])

    def _round(self, code: str, part: Mapping[str, Any]) -> RoundLine:
        over = f"{short_day(part['void_at'])} 作废：{part['void_why']}" if part["void_at"] is not None else ""
        return RoundLine(
            number=part["number"],
            when=short_day(part["opened_at"]),
            outcome=part["outcome"],
            over=over,
            waits=tuple(
                Wait.of(task) for task in part["tasks"] if task["state"] == "open" and not task["instead"]
            ),
            course=self.beside.said.get((code, part["number"]), NOTHING),
        )


def _runs(clock: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    return bool(clock["step"] == step["code"] and clock["state"] not in ("met", "stopped"))


def _holders(step: Mapping[str, Any]) -> Iterable[Badge]:
    """Who holds the tasks of the latest round, else the role that the step belongs to."""
    tasks = step["rounds"][-1]["tasks"] if step["rounds"] else ()
    named = {
        (task["role"]["role"], _kind(task), _name(task))
        for task in tasks
        if task["state"] != "void" and _name(task)
    }
    if not named and step["by"]["role"] == ANYONE.code:
        return []
    if not named:
        return [role_badge(step["by"]["role"], step["by"]["title"])]
    badges = (holder_badge(role, kind, name) for role, kind, name in sorted(named))
    return dict.fromkeys(badges)


def _kind(task: Mapping[str, Any]) -> str:
    """The kind of the body that holds it; "" for a person."""
    organisation = task["organisation"]
    return str(organisation.get("kind", "") if organisation else "")


def _name(task: Mapping[str, Any]) -> str:
    organisation = task["organisation"]
    return str(organisation["name"] if organisation else task["person"] or "")


def _when(step: Mapping[str, Any]) -> str:
    if step["state"] == "done":
        return short_day(step["decided_at"])
    if step["state"] == "open" and step["rounds"]:
        return f"{short_day(step['rounds'][-1]['opened_at'])} 起"
    return ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that somebody is waited for."""

    who: str
    what: str
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Blocked:
    """What cannot be done yet, and why."""

    what: str
    why: str
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """现在轮到: mine first; who else is awaited; what cannot be done yet; what stands still with the case."""

    mine: tuple[Waiting, ...]
    others: tuple[Waiting, ...]
    blocked: tuple[Blocked, ...]
    still: tuple[Waiting, ...] = ()


def turn(
    case: Mapping[str, Any], blocked: Sequence[Blocked] = (), below: Mapping[Any, Any] | None = None
) -> Turn:
    """The turn band of a presented case; whoever a case below it waits for comes after those it waits for itself."""
    open_now = [task for task in waiting(case) if not task["instead"]]
    waits = [task for task in open_now if not task["stands_still"]]
    still = tuple(_waiting(task) for task in open_now if task["stands_still"])
    mine = tuple(_waiting(task) for task in waits if task["mine"] and not task["why_not"])
    others = tuple(_waiting(task) for task in waits if not task["mine"] or task["why_not"])
    beyond = (*_waiting_inside(case), *(_waiting_below(case, below) if below else ()))
    return Turn(mine, (*others, *beyond), tuple(blocked), still)


def inside(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The steps at which a body is at work among itself: who waits for them does not see its tasks."""
    return [step for step in case["steps"] if step.get("is_inside") and case["state"] == "open"]


def _waiting_inside(case: Mapping[str, Any]) -> Iterator[Waiting]:
    return (Waiting(step["by"]["title"], step["title"], note="单位内部办理中") for step in inside(case))


def _waiting_below(case: Mapping[str, Any], below: Mapping[Any, Any]) -> Iterator[Waiting]:
    """The first thing each case below waits for: the case itself waits for nobody then, and is not idle."""
    is_still = case["state"] == "suspended"
    for child in case["children"]:
        found = [one for one in below.get(child["id"], ()) if not is_still or one[0].runs_on]
        for task, holder, _ in found[:1]:
            by = f"{short_due(task.due_at)} 前" if task.due_at is not None else ""
            yield Waiting(holder, f"{child['title']}：{task.title}", by)


def waiting(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The open tasks of a case: first what holds it up, the soonest first; of those of one day, and of those without a
    day, the newest, but several of one kind in the order in which they came.

    What cannot be done yet comes after what can, and last what is done only where others do not do theirs.
    """
    waits = [task for task in case["tasks"] if task["state"] == "open"]
    newest: dict[tuple[str, str], float] = {}
    for task in waits:
        newest[_alike(task)] = max(newest.get(_alike(task), 0), task["opened_at"].timestamp())
    return sorted(waits, key=lambda task: _weight(task, newest[_alike(task)]))


def _alike(task: Mapping[str, Any]) -> tuple[str, str]:
    """Tasks of one name but for their number: an answer to each of several."""
    return task["step"], task["name"].partition(":")[0]


def _weight(task: Mapping[str, Any], newest: float) -> tuple[bool, bool, bool, bool, float, float, float]:
    due, opened = task["due_at"], task["opened_at"]
    day = due.timestamp() if due is not None else 0
    later, idle = task["not_before"] is not None, not task["holds"]
    return (bool(task["instead"]), later, idle, due is None, day, -newest, opened.timestamp())


def _by(task: Mapping[str, Any]) -> str:
    """Until when, or from when on."""
    if task["not_before"] is not None:
        return f"{short_due(task['not_before'])} 以后"
    return f"{short_due(task['due_at'])} 前" if task["due_at"] is not None else ""


def _waiting(task: Mapping[str, Any]) -> Waiting:
    acting = f"代行：{task['acting_for']}" if task["acting_for"] else ""
    vacant = "无人承办，由上级机关代管" if task["vacant"] else ""
    said = (task["why_not"].rstrip("。"), acting, vacant, task["note"])
    # why it waits may be what the task says of itself
    notes = "；".join(dict.fromkeys(filter(None, said)))
    return Waiting(_name(task) or task["role"]["title"], task["title"], _by(task), notes)
