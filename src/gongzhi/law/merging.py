"""How the layers of a key become one value: modes and rank. Pure.

From the root down, the mode of the upper text says what the next one may do. Periods of different units are never
compared as numbers: the lower text's is taken, the upper text's is kept beside it, and the reader is told.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .layers import Layer
from .schema import Mode, Rank
from .value import code_of, value_words


@dataclass(slots=True)
class Merged:
    """What has been agreed so far: the layer that gives the value, those that shaped it, what is to be said."""

    giver: Layer
    value: Any
    mode: Mode
    shaped_by: list[Layer]
    warnings: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def unit(self) -> str | None:
        """The unit of the giver."""
        return self.giver.parameter.unit


def merged(layers: list[Layer], *, fine: bool = False) -> Merged | None:
    """The layers, root first, as one; None when there is none. `fine`: only a text of rank 规章 or higher counts."""
    so_far: Merged | None = None
    for layer in layers:
        if fine and layer.weight < Rank.RULE.weight:
            if so_far is not None:
                so_far.warnings.append(_no_fine(layer))
                so_far.others.append(_words(layer))
            continue
        so_far = _start(layer) if so_far is None else merge(so_far, layer)
    return so_far


def merge(so_far: Merged, layer: Layer) -> Merged:
    """Lay one lower layer over what has been agreed."""
    if so_far.value is None:
        return _taken(so_far, layer)
    return _MERGES[so_far.mode](so_far, layer)


def _start(layer: Layer) -> Merged:
    return Merged(layer, layer.value, layer.parameter.mode, [layer])


def _taken(so_far: Merged, layer: Layer) -> Merged:
    """The lower text prevails."""
    return Merged(layer, layer.value, layer.parameter.mode, [layer], so_far.warnings, so_far.others)


def _kept(so_far: Merged, layer: Layer, why: str) -> Merged:
    """The upper text prevails; the other value is kept beside it."""
    so_far.warnings.append(
        f"{layer.title}定为{value_words(layer.value, layer.parameter.unit)}，{why}，不采用"
    )
    so_far.others.append(_words(layer))
    return so_far


def _locked(so_far: Merged, layer: Layer) -> Merged:
    if (layer.value, layer.parameter.unit) == (so_far.value, so_far.unit):
        return so_far
    return _kept(so_far, layer, f"{so_far.giver.title}不许下级另定")


def _bounded(stricter: Callable[[Any, Any], bool], why: str) -> Callable[[Merged, Layer], Merged]:
    """The lower text may only be stricter, unless it ranks higher or counts in another unit."""

    def bounded(so_far: Merged, layer: Layer) -> Merged:
        if layer.value is None:
            return so_far
        if not _comparable(so_far, layer):
            return _beside(so_far, layer)
        if layer.weight > so_far.giver.weight or stricter(layer.value, so_far.value):
            return _taken_keeping_mode(so_far, layer)
        return _kept(so_far, layer, why)

    return bounded


def _taken_keeping_mode(so_far: Merged, layer: Layer) -> Merged:
    """A bound stays a bound for whoever stands below."""
    mode = so_far.mode if layer.parameter.mode is Mode.REPLACE else layer.parameter.mode
    return Merged(layer, layer.value, mode, [layer], so_far.warnings, so_far.others)


def _beside(so_far: Merged, layer: Layer) -> Merged:
    """Other units: the lower text is taken, the upper one kept and shown."""
    upper = value_words(so_far.value, so_far.unit)
    taken = _taken_keeping_mode(so_far, layer)
    taken.warnings.append(f"上级{so_far.giver.title}定为{upper}，计算单位不同，不能直接比较，请同时核对两者")
    taken.others.append(_words(so_far.giver))
    return taken


def _comparable(so_far: Merged, layer: Layer) -> bool:
    whole = all(isinstance(value, int) for value in (so_far.value, layer.value))
    return whole and layer.parameter.unit == so_far.unit


def _united(so_far: Merged, layer: Layer) -> Merged:
    """Items by their code: the lower text may add, or say more about one; it takes nothing away."""
    if layer.value is None:
        return so_far
    items = {code_of(item): item for item in so_far.value}
    items.update({code_of(item): item for item in layer.value})
    return Merged(
        layer, tuple(items.values()), Mode.UNION, [*so_far.shaped_by, layer], so_far.warnings, so_far.others
    )


_MERGES: dict[Mode, Callable[[Merged, Layer], Merged]] = {
    Mode.LOCKED: _locked,
    Mode.FLOOR: _bounded(lambda lower, upper: lower >= upper, "低于上级规定的下限"),
    Mode.CEILING: _bounded(lambda lower, upper: lower <= upper, "高于上级规定的上限"),
    Mode.REPLACE: _taken,
    Mode.UNION: _united,
    Mode.CONTRACT: _taken,
}


def _no_fine(layer: Layer) -> str:
    return (
        f"{layer.title}另有罚款规定，规章以下的文件不得设定罚款（《中华人民共和国行政处罚法》第16条），不采用"
    )


def _words(layer: Layer) -> str:
    where = layer.parameter.cites[0].where if layer.parameter.cites else ""
    return f"{layer.title}{where}：{value_words(layer.value, layer.parameter.unit)}"
