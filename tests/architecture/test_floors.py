"""A room imports, extends and includes only from the floors below it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.reading import PACKAGE, ROOT, floor_of, floors, room_of

TAG = re.compile(r"""\{%-?\s*(extends|include)\s+(?P<quote>["'])(?P<name>.+?)(?P=quote)""")
BAD_NAMES = {"utils.py", "helpers.py", "common.py", "misc.py", "tools.py"}


def lint_imports(folder: Path, config: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package in `folder`."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--config", str(config), "--no-cache"]
    return subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True
    )


def test_imports_keep_the_floors():
    done = lint_imports(ROOT / "src", ROOT / "pyproject.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("importer", "imported"), [("values", "acts"), ("acts", "law"), ("law", "registry"), ("exits", "voting")]
)
def test_an_import_upwards_or_between_peers_is_found(tmp_path, importer, imported):
    for room in {room for rooms in floors() for room in rooms}:
        (tmp_path / "gongzhi" / room).mkdir(parents=True)
        (tmp_path / "gongzhi" / room / "__init__.py").touch()
    (tmp_path / "gongzhi/__init__.py").touch()
    assert lint_imports(tmp_path, ROOT / "pyproject.toml").returncode == 0
    (tmp_path / "gongzhi" / importer / "rules.py").write_text(f"import gongzhi.{imported}\n")
    assert lint_imports(tmp_path, ROOT / "pyproject.toml").returncode == 1


def test_every_room_has_its_floor():
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= {room for on_floor in floors() for room in on_floor}


def templates() -> dict[str, Path]:
    """Every template by the name it is called by."""
    folders = PACKAGE.glob("*/templates")
    return {str(p.relative_to(folder)): p for folder in folders for p in folder.rglob("*") if p.is_file()}


def reaches_up(room: str, text: str, rooms: dict[str, str]) -> Iterator[str]:
    """Templates named in `text` that nobody has or that stand on a floor above `room`, or with a peer."""
    for found in TAG.finditer(text):
        name = found["name"]
        target = rooms.get(name)
        if target is None:
            yield f"{name} does not exist"
        elif target != room and floor_of(target) <= floor_of(room):
            yield f"{name} of {target}"


def test_templates_keep_the_floors():
    rooms = {name: room_of(path) for name, path in templates().items()}
    found = {
        name: list(reaches_up(rooms[name], path.read_text("utf-8"), rooms))
        for name, path in templates().items()
    }
    assert {name: up for name, up in found.items() if up} == {}


@pytest.mark.parametrize(
    "bad", ["{% extends 'exits/case.html' %}", '{%include "voting/_x.html" %}', '{% extends "?" %}']
)
def test_a_template_that_reaches_up_is_found(bad):
    rooms = {"exits/case.html": "exits", "voting/_x.html": "voting", "ui/shell.html": "ui"}
    assert list(reaches_up("ui", bad, rooms))
    assert list(reaches_up("voting", bad.replace("voting/_x", "exits/case"), rooms))


def test_a_template_that_rests_on_the_shells_is_let_be():
    rooms = {"exits/_x.html": "exits", "ui/shell.html": "ui"}
    text = (
        "{% extends 'ui/shell.html' %}{% include 'exits/_x.html' with a=1 %}{% include field.template_name %}"
    )
    assert list(reaches_up("exits", text, rooms)) == []


def test_no_file_is_named_for_having_no_place():
    assert [path for path in PACKAGE.rglob("*.py") if path.name in BAD_NAMES] == []
