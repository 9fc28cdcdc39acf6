"""The product as it would be if nothing realised one provision: its values, items, steps and acts are gone."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from gongzhi.law import queries, reading, shipped
from gongzhi.law.schema import Instrument, Pack, Parameter, Status
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.terms import Condition

GONE = Condition(lambda case: False, "已从这份副本中去掉")


@contextmanager
def without(provision: str) -> Iterator[None]:
    """Take away what realises a provision, in this process and for as long as the block lasts."""
    packs = {code: bereft(pack, provision) for code, pack in reading.packs().items()}
    with ExitStack() as stack:
        stack.callback(_forget_books)
        stack.enter_context(patch.object(reading, "packs", lambda: packs))
        for procedure in list(catalogue.every()):
            _bereave(procedure, provision, stack)
        _forget_books()
        yield


def _forget_books() -> None:
    shipped.packaged_book.cache_clear()
    queries._BUILT.clear()


# Packs --------------------------------------------------------------------------------------------------------------


def bereft(pack: Pack, provision: str) -> Pack:
    """A pack without the parameters and items that carry a provision; a text that carries it decides no more."""
    params = {
        key: _thinned(one, provision) for key, one in pack.params.items() if provision not in one.provisions
    }
    instruments = {code: _silenced(text, provision) for code, text in pack.instruments.items()}
    return pack.model_copy(update={"params": params, "instruments": instruments})


def _thinned(parameter: Parameter, provision: str) -> Parameter:
    if not isinstance(parameter.value, list):
        return parameter
    kept = [item for item in parameter.value if not _carries(item, provision)]
    return parameter if len(kept) == len(parameter.value) else parameter.model_copy(update={"value": kept})


def _carries(item: Any, provision: str) -> bool:
    return isinstance(item, dict) and provision in str(item.get("provision", "")).split()


def _silenced(text: Instrument, provision: str) -> Instrument:
    if provision not in text.provisions:
        return text
    return text.model_copy(update={"status": Status.STUB})


# Procedures ---------------------------------------------------------------------------------------------------------


def _bereave(procedure: type[Procedure], provision: str, stack: ExitStack) -> None:
    """Skip its steps, forget its variants and standing acts, or the whole of it."""
    if provision in procedure.realises.split():
        place = (procedure.code, procedure.version)
        kept = {key: one for key, one in catalogue._DECLARED.items() if key != place}
        stack.enter_context(patch.object(catalogue, "_DECLARED", kept))
    for step in procedure.steps:
        if provision in step.realises:
            stack.enter_context(patch.object(step, "wanted", lambda case: GONE))
    variants = tuple(one for one in procedure.variants if provision not in one.realises.split())
    if len(variants) < len(procedure.variants):
        stack.enter_context(patch.object(procedure, "variants", variants))
    standing = {
        name: one for name, one in procedure.standing.items() if provision not in one.realises.split()
    }
    if len(standing) < len(procedure.standing):
        stack.enter_context(patch.object(procedure, "standing", standing))
