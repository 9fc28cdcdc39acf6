"""The 290 provisions: what states and realises each, which named test proves it. `gongzhi law coverage` prints it.

*Stated*: a parameter of a pack carries the provision's id, or an item of its list, or a text as a whole. *Realised*:
some room asks for that parameter (a value nobody asks for does nothing), or the text as a whole is what the provision
is about (its scope, its date); or a procedure, act or page elsewhere says so. *Proved*: a test is marked
`@pytest.mark.proves("BS-041")`; the marks are read from the source of the tests, which need not be importable.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from . import reading
from .naming import asked_keys
from .schema import Pack

Told = Callable[[], Mapping[str, Sequence[str]]]
_TELLERS: list[Told] = []
PACKAGE = Path(__file__).resolve().parents[1]
#: What the last whole run of `gongzhi law prove` found: provision → the test that fails without it.
PROOFS = Path(__file__).with_name("proofs.json")
MARK = "proves"


class Reference(BaseModel):
    """What a provision refers to: an article of a text here (`text`), or another text by its `title`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = ""
    title: str = ""
    article: str = ""
    names_several: bool = False


class Provision(BaseModel):
    """One numbered provision of a source, in our own words.

    Where its wording itself is odd: `ends` with a mark that promises more, `repeats` another, `stray` words left in it,
    `refers` elsewhere, and what it calls its `papers` (paper → the name it uses).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: str
    article: str
    summary: str
    ends: str = ""
    repeats: str = ""
    stray: str = ""
    refers: tuple[Reference, ...] = ()
    papers: dict[str, str] = {}


def also_realised(told: Told) -> Told:
    """Let rooms above say what they realise, id → names; `config/wiring.py` binds it. May decorate."""
    if told not in _TELLERS:
        _TELLERS.append(told)
    return told


@dataclass(frozen=True, slots=True)
class Covered:
    """A provision with what realises and what proves it."""

    provision: Provision
    realised_by: tuple[str, ...]
    proved_by: tuple[str, ...]
    stated_by: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The public shape of one item."""
        return {
            "id": self.provision.id,
            "realised_by": list(self.realised_by),
            "proved_by": list(self.proved_by),
            "stated_by": list(self.stated_by),
            "kind": self.provision.kind,
            "article": self.provision.article,
            "summary": self.provision.summary,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """All provisions, in the order of the catalogue."""

    items: tuple[Covered, ...]

    @property
    def realised(self) -> int:
        """How many something realises."""
        return sum(bool(item.realised_by) for item in self.items)

    @property
    def stated(self) -> int:
        """How many a pack states."""
        return sum(bool(item.stated_by) for item in self.items)

    @property
    def proved(self) -> int:
        """How many a named test proves."""
        return sum(bool(item.proved_by) for item in self.items)

    def as_json(self) -> dict[str, Any]:
        """The shape of `gongzhi law coverage --json`."""
        items = [item.as_json() for item in self.items]
        sums = {"total": len(items), "stated": self.stated, "realised": self.realised, "proved": self.proved}
        return {**sums, "items": items}


@cache
def provisions() -> tuple[Provision, ...]:
    """Every provision of the five sources."""
    order = ("BS", "ZJ", "SL", "JL", "YC")
    files = (reading.read_yaml(reading.PROVISIONS / f"{name}.yaml") for name in order)
    return tuple(Provision.model_validate(raw) for rows in files for raw in rows)


def proofs() -> dict[str, str]:
    """Provision → the test seen to fail with what realises it taken away, as pytest names it."""
    found: dict[str, str] = json.loads(PROOFS.read_text(encoding="utf-8")) if PROOFS.exists() else {}
    return found


def seen_to_fail(proved: Mapping[str, str], roots: Iterable[Path]) -> dict[str, list[str]]:
    """The recorded tests that are still there, as marks name them; what is only marked proves nothing yet."""
    sources = {
        f"{path.relative_to(root.parent).as_posix()}": path
        for root in roots
        for path in root.rglob("test_*.py")
    }
    found: dict[str, list[str]] = {}
    for one, test in proved.items():
        name = test.partition("[")[0].removeprefix("src/")
        path, *_, function = name.split("::")
        if path in sources and f"def {function}(" in sources[path].read_text(encoding="utf-8"):
            found[one] = [name]
    return found


def coverage(
    realised_elsewhere: Mapping[str, Sequence[str]] | None = None, roots: Iterable[Path] | None = None
) -> Coverage:
    """What realises and proves each provision.

    `realised_elsewhere` maps an id to what realises it outside the packs, beside what `also_realised` was told;
    `roots` are the folders whose tests are read. ValueError for an id that is in no catalogue.
    """
    stated = stated_by_packs(reading.packs())
    realised = realised_by_packs(reading.packs())
    for elsewhere in [realised_elsewhere or {}, *(told() for told in _TELLERS)]:
        for one, names in elsewhere.items():
            realised[one].extend(names)
    where = test_roots() if roots is None else list(roots)
    marked = proved_by_tests(where)
    proved = defaultdict(list, seen_to_fail(proofs(), where))
    known = {provision.id for provision in provisions()}
    strangers = sorted((realised.keys() | marked.keys()) - known)
    if strangers:
        raise ValueError(f"no such provision: {', '.join(strangers)}")
    return Coverage(
        tuple(
            Covered(one, _sorted(realised[one.id]), _sorted(proved[one.id]), _sorted(stated[one.id]))
            for one in provisions()
        )
    )


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def stated_by_packs(packs: Mapping[str, Pack]) -> defaultdict[str, list[str]]:
    """Ids to `pack:<code>:<key or text>`, whether anybody asks for it or not."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pack in packs.values():
        for name, ids in _sayings(pack):
            for one in ids:
                found[one].append(f"pack:{pack.code}:{name}")
    return found


def realised_by_packs(packs: Mapping[str, Pack]) -> defaultdict[str, list[str]]:
    """Ids to what states them, as far as something comes of it: an asked key, or a text for what it is itself."""
    asked = asked_keys(reading.keys())
    kinds = {one.id: one.kind for one in provisions()}
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pack in packs.values():
        for name, ids in _sayings(pack):
            works = name in asked or name.startswith("papers.")
            for one in ids:
                if works or (name in pack.instruments and kinds.get(one) == "META"):
                    found[one].append(f"pack:{pack.code}:{name}")
    return found


def _sayings(pack: Pack) -> Iterator[tuple[str, list[str]]]:
    """Every text and parameter of a pack with the ids it carries."""
    for code, text in pack.instruments.items():
        yield code, list(text.provisions)
    for key, parameter in pack.params.items():
        items = parameter.value if isinstance(parameter.value, list) else []
        of_items = [item["provision"] for item in items if isinstance(item, dict) and "provision" in item]
        yield key, [*parameter.provisions, *of_items]


def test_roots() -> list[Path]:
    """Where tests stand: beside the rooms, and at the root of a checkout."""
    roots = [PACKAGE, PACKAGE.parents[1] / "tests"]
    return [root for root in roots if root.is_dir()]


def proved_by_tests(roots: Iterable[Path]) -> defaultdict[str, list[str]]:
    """Ids to the tests marked as proving them, `file.py::name`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for root in roots:
        for path in sorted(root.rglob("test_*.py")):
            text = path.read_text(encoding="utf-8")
            if MARK in text:
                _collect(path.relative_to(root.parent).as_posix(), ast.parse(text), found)
    return found


def _collect(
    name: str, node: ast.AST, found: defaultdict[str, list[str]], around: Sequence[str] = ()
) -> None:
    """Walk a test file: marks of a class or of the file hold for every test in it."""
    here = [*around, *_file_marks(node)]
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            _collect(f"{name}::{child.name}", child, found, [*here, *_marks(child.decorator_list)])
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) and child.name.startswith("test_"):
            for one in [*here, *_marks(child.decorator_list)]:
                found[one].append(f"{name}::{child.name}")


def _file_marks(node: ast.AST) -> list[str]:
    """The ids of `pytestmark = pytest.mark.proves(...)`, alone or in a list."""
    body = getattr(node, "body", [])
    assigned = [
        one.value
        for one in body
        if isinstance(one, ast.Assign) and any(getattr(to, "id", "") == "pytestmark" for to in one.targets)
    ]
    return _marks(part for value in assigned for part in getattr(value, "elts", [value]))


def _marks(expressions: Iterable[ast.expr]) -> list[str]:
    """The ids said in `…proves("BS-041", "BS-042")`; several may stand in one string, parted by blanks."""
    calls = [
        one for one in expressions if isinstance(one, ast.Call) and getattr(one.func, "attr", "") == MARK
    ]
    said = [arg.value for call in calls for arg in call.args if isinstance(arg, ast.Constant)]
    return [one for text in said for one in str(text).split()]
