"""A proposal as a page shows it: the readings of a count side by side, in a table of two questions by two."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

#: The four questions the text leaves open, and their answers in words.
WINDOWS = {"rolling": "任意连续一年", "calendar": "自然年"}
FINALITIES = {"all": "含复议诉讼期内的", "final": "只算终局的"}
SCOPES = {"company": "全公司", "city": "本市各项目", "project": "本小区", "person": "项目负责人个人"}
EVENTS = {"decided": "按决定日", "served": "按送达日", "act": "按行为日"}
STATES = {"met": "达到", "open": "算法不同，结果不同", "not_met": "没有达到"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One reading: the count, its stretch, the numbers of the rows it counts."""

    title: str
    count: int
    is_met: bool
    span: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The readings of one scope by one day, in each kind of year."""

    scope: str
    event: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Hinted:
    """A proposal; `lines` under `heads` where something is counted."""

    told: Mapping[str, Any]
    state_title: str
    rows: tuple[int, ...]
    heads: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    met: int = 0


def hinted(told: Mapping[str, Any], numbers: Mapping[UUID, int]) -> Hinted:
    """As it is shown; `numbers`: the row's place in the list below."""
    readings = told["readings"]
    columns = list(dict.fromkeys((one["window"], one["finality"]) for one in readings))
    lines = list(dict.fromkeys((one["scope"], one["counted_on"]) for one in readings))
    known = {(one["scope"], one["counted_on"], one["window"], one["finality"]): one for one in readings}
    return Hinted(
        told=told,
        state_title=STATES[told["state"]],
        rows=_numbers(told["rows"], numbers),
        heads=tuple(_head(*column) for column in columns),
        lines=tuple(
            Line(
                SCOPES[scope],
                EVENTS[event],
                tuple(_cell(known[scope, event, *column], numbers) for column in columns),
            )
            for scope, event in lines
        ),
        met=sum(one["is_met"] for one in readings),
    )


def _head(window: str, finality: str) -> str:
    return f"{WINDOWS[window]}，{FINALITIES[finality]}"


def _cell(reading: Mapping[str, Any], numbers: Mapping[UUID, int]) -> Cell:
    span = f"{reading['from_on']} 至 {reading['to_on']}" if reading["from_on"] else ""
    return Cell(
        title=_head(reading["window"], reading["finality"]),
        count=reading["count"],
        is_met=reading["is_met"],
        span=span if reading["count"] else "",
        rows=_numbers(reading["rows"], numbers),
    )


def _numbers(rows: Any, numbers: Mapping[UUID, int]) -> tuple[int, ...]:
    return tuple(sorted(numbers[row] for row in rows if row in numbers))
