"""What the code imports is declared, what is declared is locked with hashes, and the preparer needs nothing."""

import ast
import json
import re
import sys
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from architecture.reading import PACKAGE, ROOT, product_files, project, syntax

#: Commands of a checkout, which has the packages of development; they say so where those are missing.
FOR_DEVELOPERS = ("config/chromium.py", "config/screenshots.py")
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>\S+)", re.MULTILINE)


def normal(name: str) -> str:
    """A package's name in the one form in which it is compared."""
    return re.sub(r"[-_.]+", "-", name.split("[")[0]).lower()


def declared(requirements: list[str]) -> set[str]:
    """The names in a list of requirements."""
    return {normal(re.split(r"[<>=!~ ;]", requirement)[0]) for requirement in requirements}


def pins(lock: str) -> dict[str, str]:
    """Name → version in the text of a lock."""
    return {normal(found["name"]): found["version"] for found in PIN.finditer(lock)}


def unhashed(lock: str) -> list[str]:
    """Lines of a lock that pin a package without a hash, or that are neither a pin, a hash nor a remark."""
    lines = [line for line in lock.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    wrong = [line for line in lines if not re.match(r"[a-z0-9._-]+==|    --hash=sha256:[0-9a-f]{64}", line)]
    return wrong + [
        a for a, b in zip(lines, [*lines[1:], ""], strict=True) if "==" in a and "--hash" not in b
    ]


def imported(tree: ast.AST) -> set[str]:
    """The top names of what a module imports from elsewhere."""
    names = {n.name for node in ast.walk(tree) if isinstance(node, ast.Import) for n in node.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level}
    return {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - {"gongzhi"}


def read(name: str) -> str:
    """A file at the root."""
    return (ROOT / name).read_text("utf-8")


def undeclared(files: Iterable[Path], known: set[str]) -> set[str]:
    """What these files import that no declared package brings."""
    homes = packages_distributions()
    found = {name for path in files for name in imported(syntax(path))}
    return {name for name in found if not {normal(home) for home in homes.get(name, [])} & known}


def test_what_is_imported_is_declared():
    project_ = project()["project"]
    known = declared(project_["dependencies"])
    files = {path for path in product_files() if path.relative_to(PACKAGE).as_posix() not in FOR_DEVELOPERS}
    assert undeclared(files, known) == set()
    own = [PACKAGE / name for name in FOR_DEVELOPERS]
    assert undeclared(own, known | declared(project_["optional-dependencies"]["dev"])) == set()


def test_what_is_declared_is_locked():
    whole = declared(project()["project"]["dependencies"]) | {"uv"}
    development = declared(project()["project"]["optional-dependencies"]["dev"])
    assert whole <= pins(read("requirements.lock")).keys()
    assert whole | development <= pins(read("requirements-dev.lock")).keys()


def test_the_development_lock_contains_the_other():
    assert pins(read("requirements.lock")).items() <= pins(read("requirements-dev.lock")).items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_locks_pin_and_hash_everything_and_name_no_address(name):
    assert unhashed(read(name)) == []


def test_what_browsers_load_is_locked_by_hash_and_names_no_address():
    lock = read("package-lock.json")
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all(one["integrity"].startswith("sha512-") for name, one in packages.items() if name)


def test_a_lock_that_does_not_is_found():
    assert unhashed("django==5.2\n")
    assert unhashed("--index-url https://example.org/simple\n")
    assert unhashed("django>=5\n    --hash=sha256:" + "a" * 64)


def test_the_preparer_needs_nothing_but_python():
    tree = syntax(PACKAGE / "config/prepare.py")
    assert imported(tree) == set()
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree))
    assert "gongzhi" not in {
        n.name.split(".")[0] for i in ast.walk(tree) if isinstance(i, ast.Import) for n in i.names
    }


def test_an_undeclared_import_is_seen():
    assert imported(ast.parse("import requests.adapters\nfrom lxml import etree\nfrom . import x")) == {
        "requests",
        "lxml",
    }
