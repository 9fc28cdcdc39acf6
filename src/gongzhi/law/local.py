"""What a local authority sets and what a contract agrees, laid over the packs. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gongzhi.values.refusals import Invalid

from .layers import Layer, Setting
from .merging import Merged
from .schema import Key, Parameter, read_value
from .value import frozen, value_words


def effective(settings: Iterable[Setting], chain: Sequence[str], on: date, *, hole: bool) -> Setting | None:
    """The setting that counts for a case opened on `on`.

    The newest of the nearest place that was set by then; of the same day the last in `settings`. A hole of
    that day is filled by the first setting that came later, wherever in the chain it came from: so no later
    one changes the value under a running case.
    """
    mine = sorted((one for one in settings if one.jurisdiction in chain), key=lambda one: one.set_on)
    by_then = [one for one in mine if one.set_on <= on]
    for code in chain:
        newest = [one for one in by_then if one.jurisdiction == code]
        if newest:
            return newest[-1]
    if not hole or not mine:
        return None
    first = [one for one in mine if one.set_on == mine[0].set_on]
    return min(reversed(first), key=lambda one: chain.index(one.jurisdiction))


def as_setting(setting: Setting, found: Merged) -> Layer:
    """A local setting as one more layer under the text it completes."""
    base = found.giver.parameter
    parameter = base.model_copy(
        update={
            "value": setting.value,
            "unit": setting.unit,
            "evidence": "LOCAL",
            "mode": found.mode,
            "note": f"{setting.authority}于{setting.set_on}设定"
            + (f"（{setting.paper}）" if setting.paper else ""),
        }
    )
    return replace(found.giver, code=setting.jurisdiction, parameter=parameter, set_on=setting.set_on)


def as_contract(term: Any, found: Merged, about: Key) -> Merged:
    """The contract's own term where the law lets it prevail; a term may say in a `note` who set it."""
    note = "合同另有约定，从其约定"
    if isinstance(term, dict) and "note" in term:
        note = str(term["note"])
        term = {name: part for name, part in term.items() if name != "note"}
    value, unit = read_value(term)
    if value is not None and not about.accepts(value, unit):
        raise Invalid(f"合同约定的“{about.title}”写法不对，请按 P60D 这样的形式填写。")
    if value is None:
        return found
    parameter: Parameter = found.giver.parameter.model_copy(
        update={"value": value, "unit": unit, "evidence": "CONTRACT", "note": note}
    )
    giver = replace(found.giver, parameter=parameter)
    without = f"合同没有约定时为{value_words(found.value, found.unit)}"
    return replace(found, giver=giver, value=frozen(value), others=[*found.others, without])
