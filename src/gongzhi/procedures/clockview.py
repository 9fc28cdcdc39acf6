"""Clocks as they are told: what runs, until when, how it was worked out, and which of two binds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from . import catalogue
from .declare import Procedure
from .lawview import CaseLaw
from .models import Clock, ClockMove

#: What is said where two clocks run on one step. Our words, not law.
EARLIER_BINDS = "两个期限，以先到为准"
PROVISIONAL = "放假安排尚未公布，日期为暂定"
#: What is told as it stands in the row.
COPIED = (
    *("key", "anchor", "anchor_at", "minimum", "binds", "extra", "due_at", "due_on", "advised_on", "exact"),
    *("working", "citations", "calendar", "left", "met_at", "stopped_at", "stopped_why"),
)


def state_of(clock: Clock, at: datetime) -> str:
    """`met`, `stopped`, `unset` (by the place), `suspended`, `running`, or over: `full`, `passed`, `overdue`.

    A least time is full; the latest day of what may be left undone is passed; a deadline is overdue.
    """
    if clock.met_at is not None:
        return "met"
    if clock.stopped_at is not None:
        return "stopped"
    if clock.due_at is None:
        return "suspended" if clock.calendar else "unset"
    if at < clock.due_at:
        return "running"
    if not clock.binds:
        return "passed"
    return "full" if clock.minimum else "overdue"


def declared_title(declaration: type[Procedure], step: str, key: str, anchor: str) -> str:
    """What a clock is called by its declaration; "" where its key's own title says it."""
    declared = next((one for one in declaration.steps if one.code == step), None)
    dues = declared.due if declared is not None else ()
    return next((due.title for due in dues if (due.key, due.anchor) == (key, anchor)), "")


def marked_by(declaration: type[Procedure], anchor: str) -> str:
    """The title of the step of a case below that sets the mark a clock counts from; "" where it is the case's own."""
    code, _, mark = anchor.partition(".")
    declared = next((one for one in declaration.steps if one.code == code), None)
    if declared is None or not declared.opens_child or not mark:
        return ""
    below = catalogue.find(str(getattr(declared, "runs", "")))
    return next((one.title for one in below.steps if one.marks == mark), "")


def told_clock(
    clock: Clock,
    step: str,
    law: CaseLaw,
    at: datetime,
    moves: Sequence[ClockMove],
    declaration: type[Procedure],
) -> dict[str, Any]:
    """A clock with its working, articles, warnings and every move, oldest first.

    `marked_by`: the step of a case below whose mark it counts from.
    """
    warnings = list(clock.warnings)
    if not clock.exact and PROVISIONAL not in warnings:
        warnings.append(PROVISIONAL)
    return {
        "id": clock.pk,
        "step": step,
        "title": declared_title(declaration, step, clock.key, clock.anchor) or law.value(clock.key).title,
        "marked_by": marked_by(declaration, clock.anchor),
        "state": state_of(clock, at),
        **{name: getattr(clock, name) for name in COPIED},
        "warnings": warnings,
        "moves": [_move(move) for move in moves],
    }


def _move(move: ClockMove) -> dict[str, Any]:
    return {"before": move.before, "after": move.after, "why": move.why, "at": move.at}


def conflicts(clocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Steps on which two deadlines of different rules run to different instants: both are kept, the earlier binds."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for clock in clocks:
        if clock["state"] in ("running", "overdue") and clock["binds"] and not clock["minimum"]:
            found[clock["step"]].append(clock)
    told = [_conflict(step, sorted(rows, key=lambda one: one["due_at"])) for step, rows in found.items()]
    return [one for one in told if one is not None]


def _conflict(step: str, ordered: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Two rules, two instants; clocks of one rule (the replies to several objections) do not conflict."""
    if len({clock["key"] for clock in ordered}) < 2 or len({clock["due_at"] for clock in ordered}) < 2:
        return None
    clocks = [clock["id"] for clock in ordered]
    return {"step": step, "clocks": clocks, "binds": clocks[0], "sentence": EARLIER_BINDS}
