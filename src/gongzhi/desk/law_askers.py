"""谁在用: the steps, rules and papers that ask for a key of the law, in words and never by path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from gongzhi.law import reading
from gongzhi.law.naming import dotted_words
from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure, Step

from .law_words import words

#: How deep a declaration is looked into, and what leads from a step to another.
_DEEPEST = 7
#: The room that starts, measures and fills the system.
_NO_USER = "config/"
_ELSEWHERE = frozenset({"after", "moments"})


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the procedure or room, and what of it."""

    where: str
    what: str


def askers(key: str) -> dict[str, list[str]]:
    """Procedure or room → what of it asks for the key."""
    found: dict[str, list[str]] = {}
    for one in [*_steps().get(key, ()), *_files(key)]:
        told = found.setdefault(one.where, [])
        if one.what not in told:
            told.append(one.what)
    return found


def steps_asking(key: str) -> list[str]:
    """The titles of the steps and standing acts whose declaration names the key."""
    return [one.what for one in _steps().get(key, ())]


def _files(key: str) -> Iterator[Asker]:
    """The rules and papers of the rooms; a file nobody named is its room. What measures and sets the system up asks for
    no key as a user of the law: it stands under no room here.
    """
    named, rooms = words().files, words().rooms
    declared = key in _steps()
    for file in dotted_words().get(key, ()):
        room = rooms.get(file.partition("/")[0], "其他")
        if file.startswith(_NO_USER):
            continue
        if not (declared and "/procedures" in file):
            yield Asker(room, named.get(file, "通用规则"))


@cache
def _steps() -> Mapping[str, tuple[Asker, ...]]:
    """Key → the steps and standing acts whose declaration names it."""
    found: dict[str, list[Asker]] = {}
    for procedure in catalogue.current():
        for what, part in _declared(procedure):
            for key in _keys(part, set(), 0):
                found.setdefault(key, []).append(Asker(procedure.title, what))
    return {key: tuple(dict.fromkeys(told)) for key, told in found.items()}


def _declared(procedure: type[Procedure]) -> Iterator[tuple[str, Any]]:
    yield from ((step.title, step) for step in procedure.steps)
    yield from ((own.spec.title, own) for own in procedure.standing.values())


def _keys(part: Any, seen: set[int], depth: int) -> Iterator[str]:
    """The keys of the law that stand anywhere in a declaration."""
    if isinstance(part, str):
        yield from {part} & set(reading.keys())
    elif id(part) not in seen and depth < _DEEPEST:
        seen.add(id(part))
        for inner in _inside(part):
            yield from _keys(inner, seen, depth + 1)


def _inside(part: Any) -> list[Any]:
    if isinstance(part, Mapping):
        return [*part, *part.values()]
    if isinstance(part, list | tuple | set | frozenset):
        return list(part)
    if isinstance(part, Step):
        return [value for name, value in vars(part).items() if name not in _ELSEWHERE]
    if is_dataclass(part) and not isinstance(part, type):
        return [getattr(part, field.name) for field in fields(part)]
    return []
