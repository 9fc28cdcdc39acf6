"""Which keys of the law the product's code names: those it asks for, and those it names that nobody defined. Pure."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from .schema import Key, Pack

PACKAGE = Path(__file__).resolve().parents[1]
_DOTTED = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
#: Not product code that asks: its tests, its migrations, its demonstration, and this room, which defines them.
_NOT_ASKING = {"tests", "migrations", "seeds", "law"}


def dotted_words(root: Path = PACKAGE) -> Mapping[str, tuple[str, ...]]:
    """Every dotted word that stands as a string in the code above this room → the files that say it.

    Read once for a process: it takes seconds.
    """
    return _dotted_words(root)


@cache
def _dotted_words(root: Path) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root)
        if path.name == "seeds.py" or _NOT_ASKING.intersection(name.parts[:-1]):
            continue
        for word in _strings(ast.parse(path.read_text(encoding="utf-8"))):
            if _DOTTED.fullmatch(word):
                found.setdefault(word, []).append(name.as_posix())
    return {word: tuple(dict.fromkeys(files)) for word, files in found.items()}


def _strings(tree: ast.AST) -> Iterator[str]:
    """Strings of a file but for the names of its actions."""
    named: set[int] = set()
    for node in ast.walk(tree):  # a call comes before what it is given
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and id(node) not in named:
                yield node.value
        elif isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") == "action":
            named.add(id(node.args[0]))


@cache
def declared_marks(root: Path = PACKAGE) -> frozenset[str]:
    """Names of instants that steps and kinds mark (`marks="served"`): `settlement.served` is a mark, not a key."""
    pattern = re.compile(r'\bmarks(?:=|\[|\.get\()"(\w+)"')
    files = (path.read_text(encoding="utf-8") for path in root.rglob("*.py"))
    return frozenset(mark for text in files for mark in pattern.findall(text))


def asked_keys(keys: Mapping[str, Key], root: Path = PACKAGE) -> frozenset[str]:
    """Keys that some room above names; of a family (`papers.*`) the rooms make the names themselves."""
    return frozenset(word for word in dotted_words(root) if word in keys)


def unasked_keys(keys: Mapping[str, Key], root: Path = PACKAGE) -> list[str]:
    """Keys nobody asks for yet: stated, shown, and without effect."""
    asked = asked_keys(keys, root)
    return [key for key in keys if key not in asked and not key.endswith(".*")]


def unknown_names(
    keys: Mapping[str, Key], packs: Mapping[str, Pack], root: Path = PACKAGE
) -> list[tuple[str, str]]:
    """(word, file) for what looks like a key and is none: its family is known, the word is neither key nor mark."""
    families = {key.partition(".")[0] for key in keys if not key.endswith(".*")}
    anchors = {key.anchor for key in keys.values()}
    anchors |= {one.anchor for pack in packs.values() for one in pack.params.values()}
    marks = declared_marks(root)
    return [
        (word, file)
        for word, files in dotted_words(root).items()
        if word.partition(".")[0] in families and word not in keys and word not in anchors
        if word.rpartition(".")[2] not in marks
        for file in files
    ]
