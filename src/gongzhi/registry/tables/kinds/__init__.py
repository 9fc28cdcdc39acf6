"""The kinds of tables, in the order in which a register is brought in."""

from typing import Any

from gongzhi.values.refusals import NotFound

from ..columns import Kind
from . import contracts, divisions, estates, organisations, owners, units

KINDS: dict[str, Kind] = {
    module.KIND.code: module.KIND for module in (divisions, organisations, estates, units, owners, contracts)
}


def kind_named(code: Any) -> Kind:
    """The kind of that code; NotFound names those there are."""
    if code not in KINDS:
        raise NotFound(f"没有“{code}”这种表，请从{'、'.join(KINDS)}中选一种。")
    return KINDS[code]
