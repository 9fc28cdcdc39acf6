"""`gongzhi test`: both engines, pytest's arguments passed on, and a last line that hides nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongzhi.config import postgres, suite
from gongzhi.config.environment import ROOT
from gongzhi.config.suite import Tally

REPORT = """<testsuites><testsuite>
<testcase classname="m" name="a"/><testcase classname="m" name="b"><failure message="x"/></testcase>
<testcase classname="m" name="c"><skipped message="要两个真实的 PostgreSQL 连接"/></testcase>
</testsuite></testsuites>"""


TWO = "要两个真实的 PostgreSQL 连接"


def ended(ran: str, skipped: dict[str, str] | None = None, status: int = 0) -> Tally:
    """A run whose tests are called by a letter each."""
    return Tally(status, frozenset(ran), skipped or {})


def test_a_run_is_counted_from_its_report(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT, "utf-8")
    tally = suite.read_tally(1, tmp_path / "report.xml")
    assert tally == Tally(1, ran=frozenset({"m::a", "m::b"}), skipped={"m::c": TWO})


def test_a_run_that_broke_off_is_counted_as_nothing(tmp_path):
    assert suite.read_tally(3, tmp_path / "report.xml") == Tally(3)


def test_the_last_line_says_that_nothing_was_left_out():
    line = suite.closing_line(ended("ab", {"c": TWO, "d": TWO}), ended("abcd"), "")
    assert line == "SQLite 运行 2 项，PostgreSQL 运行 4 项，没有未运行的测试。"


def test_the_last_line_counts_what_ran_on_neither_and_why():
    embedded = ended("a", {"b": TWO, "c": "没有浏览器", "d": "没有浏览器"})
    server = ended("b", {"a": "只在 SQLite 上"})
    line = suite.closing_line(embedded, server, "")
    assert line == "SQLite 运行 1 项，PostgreSQL 运行 1 项，未运行 2 项：没有浏览器。"


def test_a_run_that_broke_off_is_not_called_complete():
    assert suite.closing_line(Tally(3), ended("a"), "").startswith("测试没有跑完")


def test_without_postgresql_the_last_line_counts_the_whole_suite():
    line = suite.closing_line(ended("a", {"b": TWO, "c": TWO}), None, "没有找到 PostgreSQL，请安装后再运行")
    assert line == "SQLite 运行 1 项；PostgreSQL 未运行 3 项：没有找到 PostgreSQL，请安装后再运行。"


@pytest.mark.parametrize("words", [["--pdb"], ["-n", "4"], ["-n0"], ["--numprocesses=1"], ["--co"]])
def test_the_callers_own_workers_are_respected(words):
    assert suite.workers(words) == []


def test_two_workers_are_the_rule():
    assert suite.workers(["-k", "values", "-x"]) == ["-n", "2", "--dist", "loadgroup"]


def test_what_a_group_shares_is_built_by_one_worker(request):
    """The scheduler knows the group of every module that is marked, and of no other."""
    conftest = request.config.pluginmanager.get_plugin(str(ROOT / "conftest.py"))
    scheduler = object.__new__(conftest.ByGroup)
    marked = [
        path.relative_to(ROOT).as_posix()
        for folder in ("src", "tests")
        for path in (ROOT / folder).rglob("test_*.py")
        if path != Path(__file__) and "xdist_group" in path.read_text("utf-8")
    ]
    scopes = {path: scheduler._split_scope(f"{path}::test_it[a@b]") for path in marked}
    assert set(scopes.values()) == {"browser", "demonstration"}
    assert len(scopes) > len(set(scopes.values()))
    alone = "src/gongzhi/config/tests/test_suite.py::test_two_workers_are_the_rule"
    assert scheduler._split_scope(alone) == alone


@pytest.mark.parametrize(
    ("embedded", "server", "status"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (5, 5, 5), (0, 5, 0), (5, 2, 2), (0, None, 0)],
)
def test_the_exit_status_is_the_first_that_is_bad(monkeypatch, capsys, embedded, server, status):
    monkeypatch.setattr(suite, "run", lambda argv, settings: ended("a", status=embedded))
    monkeypatch.setattr(
        suite,
        "on_postgresql",
        lambda argv, settings: (None if server is None else ended("a", status=server), "没有"),
    )
    assert suite.test([]) == status
    assert capsys.readouterr().out.splitlines()[-1].endswith("。")


def test_a_server_that_cannot_be_had_is_said_and_not_raised(monkeypatch):
    def missing():
        raise postgres.NoServer("没有找到 PostgreSQL，请安装后再运行")

    monkeypatch.setattr(postgres, "find_or_install", missing)
    assert suite.on_postgresql([], {}) == (None, "没有找到 PostgreSQL，请安装后再运行")


def test_what_one_process_compiled_the_next_one_finds_and_nothing_stands_beside_the_sources(
    monkeypatch, tmp_path
):
    (tmp_path / "compiled_once.py").write_text("", "utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    with suite.bytecode() as settings:
        command = [sys.executable, "-c", "import compiled_once"]
        subprocess.run(command, cwd=tmp_path, env=os.environ | settings, check=True)
        folder = Path(settings["PYTHONPYCACHEPREFIX"])
        assert list(folder.rglob("compiled_once.*.pyc"))
    assert not folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["compiled_once.py"]


def test_a_shell_that_lets_python_keep_its_bytecode_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    with suite.bytecode() as settings:
        assert settings == {}


@pytest.mark.parametrize("words", [["-q"], ["-vv"], ["--verbose"]])
def test_the_caller_chooses_how_many_words(words):
    assert suite.quiet(words) == []
    assert suite.quiet(["-x"]) == ["-q"]
