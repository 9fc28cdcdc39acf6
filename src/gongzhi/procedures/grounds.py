"""Which steps of a procedure a case never has, for its ground is another one."""

from collections.abc import Container
from typing import Any

from .declare import Procedure, Step


def other_grounds(declared: type[Procedure], variant: str, skipped: Container[str]) -> frozenset[str]:
    """The steps this ground never has, and those that follow such steps alone; other reasons are this case's own."""
    aside: set[str] = set()
    for step in declared.steps:
        if step.code in skipped:
            earlier = {one.code for one in step.after}
            if _is_of_other_ground(step, variant) or (earlier and earlier <= aside):
                aside.add(step.code)
    return frozenset(aside)


def _is_of_other_ground(step: Step[Any], variant: str) -> bool:
    parts = (step.when.parts or (step.when,)) if step.when is not None else ()
    return any(part.variants and variant not in part.variants for part in parts)
