"""The countdown chip: a state with its own icon and words, computed on the server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from gongzhi.values.remaining import NOT_BEGUN

from .days import as_day, last_day

ICONS = {
    "calm": "clock",
    "near": "hourglass-low",
    "today": "alarm",
    "over": "alert-triangle",
    "paused": "player-pause",
    "done": "check",
    "ended": "circle-check",
    "unset": "pencil",
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Chip:
    """What the chip shows. `state`: calm, near, today, over, paused, done, ended or unset."""

    state: str
    words: str
    due_at: datetime | None = None
    left: str = ""
    exact: bool = True

    @property
    def icon(self) -> str:
        """The icon of the state."""
        return ICONS[self.state]


def countdown(due_at: datetime | None, at: datetime, near: int, exact: bool = True) -> Chip | None:
    """The chip of a date that runs; None where there is none.

    `due_at` is the exclusive end of its last day, or an instant where hours count; `near` days before it is 临近 (the
    pack's or the place's number, not the page's).
    """
    if due_at is None:
        return None
    day, hour = last_day(due_at)
    days = (day - as_day(at)).days
    by_hours = hour != "24:00" and abs(due_at - at) < _DAY
    if at >= due_at:
        return Chip("over", f"逾期 {_hours(at - due_at) if by_hours else f'{-days} 日'}", due_at, exact=exact)
    if by_hours:
        return Chip("today", f"还剩 {_hours(due_at - at)}", due_at, exact=exact)
    if days == 0:
        return Chip("today", "今日到期", due_at, exact=exact)
    return Chip("near" if days <= near else "calm", f"还剩 {days} 日", due_at, exact=exact)


def _hours(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分"


def paused(since: datetime, at: datetime, left: str = "") -> Chip:
    """A clock that stands still, with what is left where it is known."""
    return Chip("paused", f"中止第 {(as_day(at) - as_day(since)).days + 1} 日", left=left)


def finished(done_at: datetime, due_at: datetime | None) -> Chip:
    """办结: in time, or late; neither where it never had a date."""
    if due_at is None:
        return Chip("ended", "已办结")
    return Chip("done", "逾期办结" if done_at >= due_at else "按期办结", due_at)


def of_clock(
    clock: Mapping[str, Any], at: datetime, near: int, suspensions: list[Mapping[str, Any]] | None = None
) -> Chip | None:
    """The chip of a presented clock; `suspensions` are those of its case."""
    state, due_at = clock["state"], clock["due_at"]
    if state == "met":
        is_full = clock["minimum"] and due_at is not None
        return Chip("done", "已满期", due_at) if is_full else finished(clock["met_at"], due_at)
    if state == "suspended":
        since = [halt["from_at"] for halt in suspensions or [] if halt["to_at"] is None]
        left = left_then(clock["left"])
        return paused(since[0], at, left) if since else Chip("paused", "暂停计时", left=left)
    fixed = {
        "stopped": Chip("paused", "已停止", due_at),
        "unset": Chip("unset", "本地未设定"),
        "full": Chip("done", "期满", due_at),
        "passed": Chip("near", "最迟日期已过", due_at),
    }
    return fixed.get(state) or countdown(due_at, at, near, clock["exact"])


def left_then(left: str) -> str:
    """In words, what was left of a period when it was halted; "" where that is not known."""
    if not left:
        return ""
    return f"中止时{left}" if left == NOT_BEGUN else f"中止时还剩 {left}"


# Grouped by urgency -------------------------------------------------------------------------------------------------

GROUPS = {
    "over": "已逾期",
    "today": "今日到期",
    "near": "临近",
    "calm": "以后",
    "": "没有期限",
    "paused": "已中止",
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group(Generic[T]):
    """Rows of one urgency, each with its chip."""

    state: str
    title: str
    rows: tuple[tuple[T, Chip | None], ...]


def never(row: Any) -> None:
    """Nothing stands still."""


def nothing(row: Any) -> str:
    """Nothing is known to be left."""
    return ""


def by_urgency(
    rows: Sequence[T],
    due_of: Callable[[T], datetime | None],
    at: datetime,
    near: int,
    halted_of: Callable[[T], datetime | None] = never,
    left_of: Callable[[T], str] = nothing,
) -> list[Group[T]]:
    """Rows in groups, most urgent first, their own order kept; a group without rows is left out.

    `halted_of`: since when the row stands still, if it does: such rows come last, whatever their date; `left_of`: what
    was left of their time then.
    """
    chips = [(row, _chip(due_of(row), halted_of(row), at, near, left_of(row))) for row in rows]
    found = [
        Group(
            state,
            f"{near} 日内" if state == "near" else title,
            tuple(pair for pair in chips if (pair[1].state if pair[1] is not None else "") == state),
        )
        for state, title in GROUPS.items()
    ]
    return [group for group in found if group.rows]


def _chip(
    due_at: datetime | None, halted: datetime | None, at: datetime, near: int, left: str
) -> Chip | None:
    return paused(halted, at, left) if halted is not None else countdown(due_at, at, near)
