"""All declared procedures, by code and version; rooms register theirs when the application starts."""

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


def find(code: str, version: int | None = None) -> type[Procedure]:
    """A procedure, in the version a case was opened with or the newest. NotFound in a sentence."""
    if version is not None and (code, version) in _DECLARED:
        return _DECLARED[code, version]
    for procedure in current():
        if procedure.code == code and version is None:
            return procedure
    raise NotFound(f"没有“{code}”这个程序，请在 /api/v1/procedures 中查看可办的程序。")
