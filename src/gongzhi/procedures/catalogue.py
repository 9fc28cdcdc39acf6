"""All declared procedures, by code and version; rooms register theirs when the application starts."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from gongzhi.values.refusals import NotFound

from .declare import Procedure

P = TypeVar("P", bound=type[Procedure])
_DECLARED: dict[tuple[str, int], type[Procedure]] = {}


def declared(procedure: P) -> P:
    """Register a procedure (a class decorator)."""
    place = (procedure.code, procedure.version)
    known = _DECLARED.get(place)
    if known is not None and known.__qualname__ != procedure.__qualname__:
        raise ValueError(f"procedure {place} is declared twice")
    _DECLARED[place] = procedure
    return procedure


def forget(procedure: type[Procedure]) -> None:
    """Take a procedure out again; only a test's throw-away procedure is."""
    _DECLARED.pop((procedure.code, procedure.version), None)


def current() -> Iterator[type[Procedure]]:
    """The newest version of each procedure, by code."""
    newest: dict[str, type[Procedure]] = {}
    for (code, _), procedure in sorted(_DECLARED.items(), key=lambda pair: pair[0]):
        newest[code] = procedure
    yield from newest.values()


def every() -> Iterator[type[Procedure]]:
    """Every version of each procedure."""
    for _, procedure in sorted(_DECLARED.items(), key=lambda pair: pair[0]):
        yield procedure


def is_declared(code: str, version: int) -> bool:
    """Whether that version is declared: a case runs on the one it was opened with."""
    return (code, version) in _DECLARED


def find(code: str, version: int | None = None) -> type[Procedure]:
    """A procedure, in the version a case was opened with or the newest. NotFound in a sentence."""
    if version is not None and (code, version) in _DECLARED:
        return _DECLARED[code, version]
    for procedure in current():
        if procedure.code == code and version is None:
            return procedure
    raise NotFound(f"没有“{code}”这个程序，请在 /api/v1/procedures 中查看可办的程序。")


def realised() -> dict[str, list[str]]:
    """Provision → the steps, variants and standing acts that carry it out, for the coverage of the sources."""
    told: dict[str, list[str]] = defaultdict(list)
    for procedure in current():
        parts = [("", procedure.realises)]
        parts += [(variant.code, variant.realises) for variant in procedure.variants]
        parts += [(step.code, " ".join(step.realises)) for step in procedure.steps]
        parts += [(name, own.realises) for name, own in procedure.standing.items()]
        for name, provisions in parts:
            for provision in provisions.split():
                told[provision].append(".".join(filter(None, (procedure.code, name))))
    return dict(told)
