"""Which texts speak at a place on a date, and how each of them stands. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .schema import Instrument, Pack, Parameter, Rank, Status
from .value import frozen

_DECIDING = (Status.IN_FORCE, Status.CAMPAIGN)
_WAITING = {
    Status.UNDATED: "未载文号和发布日期，须由当地录入后方可据以办理，现仅供演练",
    Status.DRAFT: "系征求意见稿，仅供演练，不得据以作出决定",
    Status.STUB: "未找到文本，不作依据",
}


@dataclass(frozen=True, slots=True)
class Adopted:
    """A jurisdiction has recorded number and date of a text: it decides there, and below.

    From the day the text holds, and not before the day that was recorded: what is written down today must not change
    the law of a case that was opened yesterday.
    """

    jurisdiction: str
    instrument: str
    adopted_on: date
    number: str = ""
    authority: str = ""
    recorded_on: date | None = None

    @property
    def decides_from(self) -> date:
        """The first day on which a case opened is decided by it."""
        return max(self.adopted_on, self.recorded_on or self.adopted_on)


@dataclass(frozen=True, slots=True)
class Setting:
    """A value set by a local authority, with its paper. Newest wins; the first one fills a hole for all."""

    jurisdiction: str
    key: str
    value: Any
    unit: str | None
    set_on: date
    authority: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """One text's value for a key, as it stands on the day asked for."""

    code: str
    parameter: Parameter
    instrument: Instrument | None
    status: Status
    decides: bool
    ended: bool = False
    #: Of a value that a place set: the day from which it is in force.
    set_on: date | None = None

    @property
    def value(self) -> Any:
        """The value, frozen."""
        return frozen(self.parameter.value)

    @property
    def weight(self) -> int:
        """The rank of its text; what has no text weighs least."""
        return self.instrument.rank.weight if self.instrument else Rank.NORMATIVE.weight

    @property
    def title(self) -> str:
        """The name of its text."""
        return f"《{self.instrument.title}》" if self.instrument else "本地做法"

    @property
    def standing(self) -> str:
        """Why it does not decide, as one sentence; empty when it does."""
        if self.decides:
            return ""
        if self.ended and self.instrument:
            what = "专项行动" if self.status is Status.CAMPAIGN else "该文本"
            return f"{self.title}：{what}已于{self.instrument.ends_on}结束，不再作为依据"
        return f"{self.title}{_WAITING.get(self.status, '尚未施行')}"


def layers_of(
    key: str,
    chain: Iterable[str],
    packs: Mapping[str, Pack],
    instruments: Mapping[str, Instrument],
    adoptions: Iterable[Adopted],
    on: date,
) -> list[Layer]:
    """The layers that exist on `on`, from the root down to the place."""
    below: set[str] = set()
    found = []
    for code in chain:
        below.add(code)
        pack = packs.get(code)
        parameter = pack.params.get(key) if pack else None
        if parameter is not None:
            layer = _layer(code, parameter, instruments, _adopted(adoptions, below, on), on)
            if layer is not None:
                found.append(layer)
    return found[::-1]


def _adopted(adoptions: Iterable[Adopted], below: set[str], on: date) -> frozenset[str]:
    """Codes of the texts that the place, or one between it and the text's own jurisdiction, has adopted by then."""
    return frozenset(
        one.instrument for one in adoptions if one.jurisdiction in below and one.decides_from <= on
    )


def _layer(
    code: str, parameter: Parameter, instruments: Mapping[str, Instrument], adopted: frozenset[str], on: date
) -> Layer | None:
    """One parameter on one day; None before its text begins."""
    if not parameter.cites:
        return Layer(code, parameter, None, Status.IN_FORCE, decides=True)
    name = parameter.cites[0].instrument
    text = instruments[name]
    if name in adopted:
        return Layer(code, parameter, text, Status.IN_FORCE, decides=True)
    if text.starts_on and on < text.starts_on:
        return None
    if text.ends_on and on > text.ends_on:
        status = Status.CAMPAIGN if text.status is Status.CAMPAIGN else Status.EXPIRED
        return Layer(code, parameter, text, status, decides=False, ended=True)
    decides = text.status in _DECIDING
    return Layer(code, parameter, text, text.status, decides, ended=text.status is Status.EXPIRED)


def holds(name: str, text: Instrument, below: set[str], adoptions: Iterable[Adopted], on: date) -> bool:
    """Whether a text decides on a day at a place that has `below` between it and the text's own jurisdiction."""
    if name in _adopted(adoptions, below, on):
        return True
    begun = text.starts_on is None or text.starts_on <= on
    over = text.ends_on is not None and text.ends_on < on
    return begun and not over and text.status in _DECIDING


def speaking(layers: list[Layer], *, deciding: bool) -> list[Layer]:
    """The layers that count: those that decide; or, to show, also what waits, and what ended if nothing else speaks."""
    if deciding:
        return [layer for layer in layers if layer.decides]
    return [layer for layer in layers if not layer.ended] or layers
