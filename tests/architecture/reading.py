"""Reading the source as text and as syntax: which room a file belongs to, and which floor a room stands on."""

import ast
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "gongzhi"


@cache
def project() -> dict[str, Any]:
    """`pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@cache
def floors() -> tuple[tuple[str, ...], ...]:
    """The floors from the top down, each with its rooms, as the layers of import-linter name them."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return tuple(
        tuple(room.strip(" ()").removeprefix("gongzhi.") for room in layer.split("|")) for layer in layers
    )


def floor_of(room: str) -> int:
    """How many floors lie above the room's."""
    return next(number for number, rooms in enumerate(floors()) if room in rooms)


def business_rooms() -> tuple[str, ...]:
    """The city's business: the floor of many peers."""
    return max(floors(), key=len)


def room_of(path: Path) -> str:
    """`exits` for `src/gongzhi/exits/rules.py`."""
    return path.relative_to(PACKAGE).parts[0]


def is_product_code(path: Path) -> bool:
    """Neither a test nor a migration."""
    return not {"tests", "migrations"} & set(path.parts)


@cache
def product_files() -> tuple[Path, ...]:
    """Every module of the product's rooms."""
    return tuple(
        path for path in sorted(PACKAGE.glob("*/**/*.py")) if is_product_code(path.relative_to(PACKAGE))
    )


def is_furniture(path: Path, *names: str) -> bool:
    """Whether a file is a room's `rules.py`, or lies in its `rules/`, for any of the names."""
    parts = path.relative_to(PACKAGE).parts[1:]
    return any(part in (name, f"{name}.py") for part in parts for name in names)


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a file, parsed once."""
    return ast.parse(path.read_text("utf-8"), str(path))


def findings(check: Callable[[ast.Module], list[str]], files: Iterable[Path]) -> list[str]:
    """What `check` finds in the files, each with the file's name before it."""
    return [f"{path.relative_to(ROOT)}:{found}" for path in files for found in check(syntax(path))]


def called(node: ast.AST) -> str:
    """The dotted name of what a call calls: `datetime.now`; empty where it is not a plain name."""
    parts: list[str] = []
    at: ast.AST = node.func if isinstance(node, ast.Call) else node
    while isinstance(at, ast.Attribute):
        parts.append(at.attr)
        at = at.value
    parts.append(at.id if isinstance(at, ast.Name) else "")
    return ".".join(reversed(parts))


def docstrings(tree: ast.AST) -> set[int]:
    """The identities of the constants that are docstrings."""
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


def tree_files() -> Iterator[Path]:
    """Every file that is, or is about to be, in the repository."""
    if not (ROOT / ".git").exists():
        skipped = {".venv", "var", "node_modules", "__pycache__"}
        return (
            p for p in sorted(ROOT.rglob("*")) if p.is_file() and not skipped & set(p.relative_to(ROOT).parts)
        )
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return (path for path in paths if path.is_file())
