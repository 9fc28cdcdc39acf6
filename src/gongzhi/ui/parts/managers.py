"""今天谁在依法管理: who, in what capacity, by which paper, and everybody before, gaps hatched, the future dashed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from gongzhi.registry.models import Mode

from .days import as_day

#: Widths a band's part can have.
WIDEST = 12


@dataclass(frozen=True, slots=True)
class Reign:
    """One part of the band. `kind`: past, now, gap (nobody) or unknown (the future)."""

    kind: str
    name: str
    mode: str
    span: str
    width: int


@dataclass(frozen=True, slots=True)
class Band:
    """The manager of today and the band; never empty: where nobody manages, it says since how long."""

    holder: str
    mode: str
    is_none: bool
    unserved_for: str
    until: str
    manager: Mapping[str, Any]
    reigns: tuple[Reign, ...]


def manager_band(manager: Mapping[str, Any], managers: Sequence[Mapping[str, Any]], at: datetime) -> Band:
    """`manager`: told_manager_on; `managers`: told_managers, newest first, as registry presents them.

    Where `manager` tells `until` (None: no end is named), the band says until when.
    """
    nobody = manager["mode"] == Mode.UNMANAGED
    organisation = manager["organisation"]
    known = [one for one in reversed(managers) if one["from_at"] <= at]
    return Band(
        holder="无人管理" if nobody else organisation["name"] if organisation else manager["mode_title"],
        mode=manager["mode_title"],
        is_none=nobody,
        unserved_for=_long(at - manager["from_at"]) if nobody else "",
        until=_until(manager, at) if "until" in manager and not nobody else "",
        manager=manager,
        reigns=(*_reigns(known, at), _future(managers, at)),
    )


def _reigns(known: Sequence[Mapping[str, Any]], at: datetime) -> Sequence[Reign]:
    spans = [
        ((one["to_at"] if one["to_at"] and one["to_at"] <= at else at) - one["from_at"]) for one in known
    ]
    longest = max((span.total_seconds() for span in spans), default=1) or 1
    return [_reign(one, span, longest, at) for one, span in zip(known, spans, strict=True)]


def _reign(one: Mapping[str, Any], span: timedelta, longest: float, at: datetime) -> Reign:
    now = one["to_at"] is None or one["to_at"] > at
    kind = "gap" if one["mode"] == Mode.UNMANAGED else "now" if now else "past"
    until = "今" if now else f"{as_day(one['to_at']):%Y-%m-%d}"
    return Reign(
        kind=kind,
        name=one["organisation"]["name"] if one["organisation"] else one["mode_title"],
        mode=one["mode_title"],
        span=f"{as_day(one['from_at']):%Y-%m-%d} 至 {until}",
        width=max(round(WIDEST * span.total_seconds() / longest), 1),
    )


def _future(managers: Sequence[Mapping[str, Any]], at: datetime) -> Reign:
    following = [one for one in managers if one["from_at"] > at]
    if not following:
        return Reign("unknown", "以后", "未定", "", 1)
    one = following[-1]
    name = one["organisation"]["name"] if one["organisation"] else one["mode_title"]
    return Reign("unknown", name, one["mode_title"], f"{as_day(one['from_at']):%Y-%m-%d} 起", 1)


def _until(manager: Mapping[str, Any], at: datetime) -> str:
    """The last day the contract names; a manager goes on after it until another is registered."""
    until: date | None = manager["until"]
    if until is None:
        return "没有写明到期日"
    return f"{until:%Y-%m-%d}" + ("（已经到期，还在管理）" if until < as_day(at) else "")


def _long(span: timedelta) -> str:
    """17 时 48 分, or days and hours over a day."""
    minutes = int(span.total_seconds()) // 60
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    return f"{days} 日 {hours} 时" if days else f"{hours} 时 {minutes} 分"
