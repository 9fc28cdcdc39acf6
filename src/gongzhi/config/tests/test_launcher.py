"""`./gongzhi` at the root: finds a Python, prepares when the lock changed, and says in one sentence what is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gongzhi.config.environment import ROOT

TOOLS = ("sh", "dirname", "readlink", "cmp", "cat", "ls")
#: A stand-in for a Python: `old` fails the test of its version, `bare` that of its parts, `whole` neither.
PYTHON = """#!/bin/sh
case "$*" in
    *version_info*) [ {kind} != old ] ;;
    *import*) [ {kind} = whole ] ;;
    *) echo "$0" "$@" ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the launcher and two locks, in a folder with a space and a Chinese name."""
    folder = tmp_path / "our 共治"
    folder.mkdir()
    shutil.copy(ROOT / "gongzhi", folder)
    (folder / "requirements.lock").write_text("one")
    (folder / "requirements-dev.lock").write_text("one\ntwo")
    return folder


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A PATH with the few tools the launcher needs, and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    return folder


def write_python(path: Path, kind: str = "whole") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PYTHON.format(kind=kind))
    path.chmod(0o755)


def prepare(checkout: Path) -> None:
    """What a finished preparation leaves."""
    state = checkout / ".venv/gongzhi"
    state.mkdir(parents=True)
    (state / "root").write_text(f"{checkout}\n")
    shutil.copy(checkout / "requirements.lock", state)
    write_python(checkout / ".venv/bin/python")


def launch(script: Path, tools: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    given = {"PATH": str(tools), "HOME": str(tools)} | settings
    return subprocess.run([script, *words], env=given, cwd="/", capture_output=True, text=True)


def test_without_any_python_one_sentence_says_how_to_get_one(checkout, tools):
    done = launch(checkout / "gongzhi", tools, "demo")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        "没有找到 Python 3.11 或更新的版本，请先安装，例如以管理员身份执行 apt install python3 python3-venv。\n"
    )


def test_an_old_python_is_none(checkout, tools):
    write_python(tools / "python3", "old")
    assert "没有找到 Python 3.11" in launch(checkout / "gongzhi", tools, "demo").stderr


def test_a_python_without_its_parts_is_named(checkout, tools):
    write_python(tools / "python3", "bare")
    done = launch(checkout / "gongzhi", tools, "demo")
    assert done.returncode == 2
    assert f"{tools}/python3" in done.stderr
    assert "ensurepip" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_whole_python_is_taken_before_a_newer_bare_one(checkout, tools):
    write_python(tools / "python3.13", "bare")
    write_python(tools / "python3.11")
    assert (
        f"{tools}/python3.11 {checkout}/src/gongzhi/config/prepare.py"
        in launch(checkout / "gongzhi", tools, "demo").stdout
    )


def test_pyenv_is_looked_into_last(checkout, tools):
    write_python(tools / ".pyenv/versions/3.12.1/bin/python3")
    assert "/versions/3.12.1/bin/python3 " in launch(checkout / "gongzhi", tools).stdout


def test_what_is_prepared_starts_at_once_from_anywhere(checkout, tools, tmp_path):
    prepare(checkout)
    link = tmp_path / "gz"
    link.symlink_to(Path(os.path.relpath(checkout / "gongzhi", tmp_path)))
    done = launch(link, tools, "law", "show", "a b")
    assert done.stdout == f"{checkout}/.venv/bin/python -P -m gongzhi.config.command law show a b\n"


@pytest.mark.parametrize("change", ["lock", "moved", "tests"])
def test_what_changed_is_prepared_again(checkout, tools, change):
    prepare(checkout)
    write_python(tools / "python3")
    if change == "lock":
        (checkout / "requirements.lock").write_text("changed")
    if change == "moved":
        (checkout / ".venv/gongzhi/root").write_text("/elsewhere\n")
    done = launch(checkout / "gongzhi", tools, "test" if change == "tests" else "demo")
    lock = "requirements-dev.lock" if change == "tests" else "requirements.lock"
    assert done.stdout.splitlines()[0] == f"{tools}/python3 {checkout}/src/gongzhi/config/prepare.py {lock}"


def test_another_pythons_settings_do_not_reach_ours(checkout, tools):
    prepare(checkout)
    (checkout / ".venv/bin/python").write_text(
        '#!/bin/sh\necho "${PYTHONPATH-none} ${PYTHONHOME-none} $PYTHONUTF8"\n'
    )
    done = launch(checkout / "gongzhi", tools, PYTHONPATH="/x", PYTHONHOME="/y")
    assert done.stdout == "none none 1\n"
