"""今天谁在依法管理: who, in what capacity, by which paper, and everybody before, gaps hatched, the future dashed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gongzhi.registry.models import Mode

from .days import as_day

#: In what capacity a manager serves whose contract has ended, until somebody has taken over.
SERVES_ON = "合同终止后继续服务"
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
class Leaving:
    """What is known of the going of an estate's manager: whose, when its contract ends and by what, who follows.

    `ends_on` is None while nothing ends the contract. `words` say how far it is; `duty` what binds until the takeover.
    """

    organisation: UUID
    contract: UUID | None
    ends_on: date | None
    ended_by: str
    words: str
    duty: str
    follower: str = ""
    follower_mode: str = ""
    follows_on: date | None = None

    def is_over(self, on: date) -> bool:
        """Whether the contract is over: what is served from then until the takeover is no service under it."""
        return self.ends_on is not None and self.ends_on < on

    def until(self, on: date) -> str:
        """The contract's last day as it now is, with what ended it; "" while nothing does."""
        if self.ends_on is None:
            return ""
        return f"{self.ends_on}{'已终止' if self.is_over(on) else '终止'}（{self.ended_by}）"


Leavings = Callable[[Collection[UUID], datetime], Mapping[UUID, Leaving]]
_LEAVINGS: dict[str, Leavings] = {}


def offer_leavings(room: str, read: Leavings) -> None:
    """Say which room knows whose manager is going. Call it in `AppConfig.ready`; few queries an estate that has one."""
    _LEAVINGS[room] = read


def leavings_of(estates: Collection[UUID], at: datetime) -> dict[UUID, Leaving]:
    """Estate → what is known of its manager's going, for those where anything is."""
    return {estate: one for read in _LEAVINGS.values() for estate, one in read(estates, at).items()}


def leaving_now(manager: Mapping[str, Any], at: datetime) -> Leaving | None:
    """The same for whoever manages an estate today, as `told_manager_on` tells it: not for one that is gone by now."""
    return (
        _of_manager(manager, leavings_of([manager["estate"]["id"]], at)) if manager["organisation"] else None
    )


def _of_manager(manager: Mapping[str, Any], known: Mapping[UUID, Leaving]) -> Leaving | None:
    organisation = manager["organisation"]
    found = known.get(manager["estate"]["id"]) if organisation else None
    return found if found is not None and found.organisation == organisation["id"] else None


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
    leaving: Leaving | None = None
    #: How many days the contract still runs, today not counted; None where it names no end or is over.
    days_left: int | None = None
    #: The contract has ended and nobody has taken over yet: by what the manager serves on.
    serves_on: str = ""


def manager_band(
    manager: Mapping[str, Any],
    managers: Sequence[Mapping[str, Any]],
    at: datetime,
    leavings: Mapping[UUID, Leaving] | None = None,
) -> Band:
    """`manager`: told_manager_on; `managers`: told_managers, newest first, as registry presents them.

    Where `manager` tells `until` (None: no end is named), the band says until when. `leavings`: those of several
    estates, read at once.
    """
    leaving = leaving_now(manager, at) if leavings is None else _of_manager(manager, leavings)
    nobody = manager["mode"] == Mode.UNMANAGED
    is_over = leaving is not None and manager["mode"] == Mode.CONTRACT and leaving.is_over(as_day(at))
    organisation = manager["organisation"]
    known = [one for one in reversed(managers) if one["from_at"] <= at]
    return Band(
        holder="无人管理" if nobody else organisation["name"] if organisation else manager["mode_title"],
        mode=SERVES_ON if is_over else manager["mode_title"],
        is_none=nobody,
        unserved_for=_long(at - manager["from_at"]) if nobody else "",
        until=_until(manager, leaving, at) if "until" in manager and not nobody else "",
        manager=manager,
        reigns=(*_reigns(known, at), _future(manager, managers, leaving, at)),
        leaving=leaving,
        days_left=_days_left(manager, leaving, as_day(at)) if not nobody else None,
        serves_on=leaving.duty if is_over and leaving is not None else "",
    )


def _days_left(manager: Mapping[str, Any], leaving: Leaving | None, on: date) -> int | None:
    ends: date | None = leaving.ends_on if leaving is not None else None
    ends = ends or manager.get("until")
    return (ends - on).days if ends is not None and ends >= on else None


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


def _future(
    manager: Mapping[str, Any], managers: Sequence[Mapping[str, Any]], leaving: Leaving | None, at: datetime
) -> Reign:
    """Who is registered to follow, else who is to follow as the case says; else that nobody is known, and from when."""
    following = [one for one in managers if one["from_at"] > at]
    if not following and leaving is not None and leaving.follower:
        planned = f"计划 {leaving.follows_on:%Y-%m-%d} 起" if leaving.follows_on is not None else ""
        return Reign("unknown", leaving.follower, leaving.follower_mode, planned, 1)
    if not following:
        until: date | None = leaving.ends_on if leaving is not None else None
        until = until or manager.get("until")
        since = f"{until + timedelta(days=1)} 起" if until is not None and until >= as_day(at) else ""
        return Reign("unknown", "以后", "未定", since, 1)
    one = following[-1]
    name = one["organisation"]["name"] if one["organisation"] else one["mode_title"]
    return Reign("unknown", name, one["mode_title"], f"{as_day(one['from_at']):%Y-%m-%d} 起", 1)


def _until(manager: Mapping[str, Any], leaving: Leaving | None, at: datetime) -> str:
    """The last day the contract names, or has come to; a manager goes on after it until another is registered."""
    if leaving is not None and leaving.ends_on is not None:
        return leaving.until(as_day(at))
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
