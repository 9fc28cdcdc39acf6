"""The step timeline and the turn band, from a case as `procedures` presents it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongzhi.registry.roles import ANYONE

from ..pieces import Piece
from .badges import Badge, Cite, cites, role_badge
from .chip import Chip, of_clock
from .days import short_day, short_due


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One going through a step. `over` says why an earlier one is void."""

    number: int
    when: str
    outcome: str
    over: str
    tasks: tuple[Mapping[str, Any], ...]


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


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every step, and how many are where."""

    steps: tuple[StepLine, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


def timeline(
    case: Mapping[str, Any],
    at: datetime,
    near: int,
    pieces: Mapping[str, Sequence[Piece]] | None = None,
    reasons: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> Timeline:
    """The steps of a presented case.

    `pieces`: step code → what stands in place under the step (facts of its room, its form); `reasons`: step code →
    articles of its skipping.
    """
    first_open = next((step["code"] for step in case["steps"] if step["state"] == "open"), "")
    steps = tuple(
        _line(number, step, case, at, near, (pieces or {}).get(step["code"], ()), first_open, reasons or {})
        for number, step in enumerate(case["steps"], 1)
    )
    states = [step.state for step in steps]
    return Timeline(steps, {state: states.count(state) for state in ("done", "skipped", "open", "waiting")})


def _line(
    number: int,
    step: Mapping[str, Any],
    case: Mapping[str, Any],
    at: datetime,
    near: int,
    pieces: Sequence[Piece],
    first_open: str,
    reasons: Mapping[str, Sequence[Mapping[str, Any]]],
) -> StepLine:
    running = [_chip(clock, case, at, near) for clock in case["clocks"] if _runs(clock, step)]
    return StepLine(
        number=number,
        code=step["code"],
        title=step["title"],
        state=step["state"],
        holders=tuple(_holders(step)),
        when=_when(step),
        outcome=step["outcome"],
        skipped_why=step["skipped_why"],
        rounds=tuple(_round(part) for part in step["rounds"]),
        chip=next((chip for chip in running if chip is not None), None) if step["state"] == "open" else None,
        cites=tuple(cites(reasons.get(step["code"], ()))),
        pieces=tuple(pieces),
        is_current=step["code"] == first_open,
    )


def _runs(clock: Mapping[str, Any], step: Mapping[str, Any]) -> bool:
    return bool(clock["step"] == step["code"] and clock["state"] not in ("met", "stopped"))


def _chip(clock: Mapping[str, Any], case: Mapping[str, Any], at: datetime, near: int) -> Chip | None:
    return of_clock(clock, at, near, case["suspensions"])


def _holders(step: Mapping[str, Any]) -> Iterable[Badge]:
    """Who holds the tasks of the latest round, else the role that the step belongs to."""
    tasks = step["rounds"][-1]["tasks"] if step["rounds"] else ()
    named = {(task["role"]["role"], _name(task)) for task in tasks if task["state"] != "void" and _name(task)}
    if not named and step["by"]["role"] == ANYONE.code:
        return []
    if not named:
        return [role_badge(step["by"]["role"], step["by"]["title"])]
    return [role_badge(role, name) for role, name in sorted(named)]


def _name(task: Mapping[str, Any]) -> str:
    organisation = task["organisation"]
    return str(organisation["name"] if organisation else task["person"] or "")


def _when(step: Mapping[str, Any]) -> str:
    if step["state"] == "done":
        return short_day(step["decided_at"])
    if step["state"] == "open" and step["rounds"]:
        return f"{short_day(step['rounds'][-1]['opened_at'])} 起"
    return ""


def _round(part: Mapping[str, Any]) -> RoundLine:
    over = f"{short_day(part['void_at'])} 作废：{part['void_why']}" if part["void_at"] is not None else ""
    return RoundLine(
        number=part["number"],
        when=short_day(part["opened_at"]),
        outcome=part["outcome"],
        over=over,
        tasks=tuple(task for task in part["tasks"]),
    )


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
    """现在轮到: mine first; who else is awaited; what cannot be done yet."""

    mine: tuple[Waiting, ...]
    others: tuple[Waiting, ...]
    blocked: tuple[Blocked, ...]


def turn(case: Mapping[str, Any], blocked: Sequence[Blocked] = ()) -> Turn:
    """The turn band of a presented case."""
    waits = [task for task in case["tasks"] if task["state"] == "open"]
    mine = tuple(_waiting(task) for task in waits if task["mine"])
    others = tuple(_waiting(task) for task in waits if not task["mine"])
    return Turn(mine, others, tuple(blocked))


def _waiting(task: Mapping[str, Any]) -> Waiting:
    acting = f"代行：{task['acting_for']}" if task["acting_for"] else ""
    vacant = "无人承办，由上级机关代管" if task["vacant"] else ""
    notes = "；".join(filter(None, (acting, vacant, task["note"])))
    by = f"{short_due(task['due_at'])} 前" if task["due_at"] is not None else ""
    return Waiting(_name(task) or task["role"]["title"], task["title"], by, notes)
