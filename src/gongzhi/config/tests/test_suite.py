"""`gongzhi test`: both engines, pytest's arguments passed on, and a last line that hides nothing."""

import pytest

from gongzhi.config import postgres, suite
from gongzhi.config.suite import Tally

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure message="x"/></testcase>
<testcase name="c"><skipped message="要两个真实的 PostgreSQL 连接"/></testcase>
</testsuite></testsuites>"""


def test_a_run_is_counted_from_its_report(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT, "utf-8")
    assert suite.read_tally(1, tmp_path / "report.xml") == Tally(
        1, ran=2, skipped=("要两个真实的 PostgreSQL 连接",)
    )


def test_a_run_that_broke_off_is_counted_as_nothing(tmp_path):
    assert suite.read_tally(3, tmp_path / "report.xml") == Tally(3)


def test_the_last_line_says_that_nothing_was_left_out():
    assert suite.closing_line(Tally(0, 10, ("x", "x")), Tally(0, 12), "") == (
        "SQLite 运行 10 项，PostgreSQL 运行 12 项，没有未运行的测试。"
    )


def test_the_last_line_counts_what_was_left_out_on_both_and_why():
    line = suite.closing_line(Tally(0, 10, ("x",)), Tally(0, 9, ("没有浏览器", "没有浏览器")), "")
    assert line == "SQLite 运行 10 项，PostgreSQL 运行 9 项，未运行 2 项：没有浏览器。"


def test_a_run_that_broke_off_is_not_called_complete():
    assert suite.closing_line(Tally(3), Tally(0, 9), "").startswith("测试没有跑完")


def test_without_postgresql_the_last_line_counts_the_whole_suite():
    line = suite.closing_line(Tally(0, 10, ("x", "x")), None, "没有找到 PostgreSQL，请安装后再运行")
    assert line == "SQLite 运行 10 项；PostgreSQL 未运行 12 项：没有找到 PostgreSQL，请安装后再运行。"


@pytest.mark.parametrize("words", [["--pdb"], ["-n", "4"], ["-n0"], ["--numprocesses=1"], ["--co"]])
def test_the_callers_own_workers_are_respected(words):
    assert suite.workers(words) == []


def test_two_workers_are_the_rule():
    assert suite.workers(["-k", "values", "-x"]) == ["-n", "2", "--dist", "loadgroup"]


@pytest.mark.parametrize(
    ("embedded", "server", "status"),
    [(0, 0, 0), (1, 0, 1), (0, 1, 1), (5, 5, 5), (0, 5, 0), (5, 2, 2), (0, None, 0)],
)
def test_the_exit_status_is_the_first_that_is_bad(monkeypatch, capsys, embedded, server, status):
    monkeypatch.setattr(suite, "run", lambda argv, settings: Tally(embedded, 1))
    monkeypatch.setattr(
        suite, "on_postgresql", lambda argv: (None if server is None else Tally(server, 1), "没有")
    )
    assert suite.test([]) == status
    assert capsys.readouterr().out.splitlines()[-1].endswith("。")


def test_a_server_that_cannot_be_had_is_said_and_not_raised(monkeypatch):
    def missing():
        raise postgres.NoServer("没有找到 PostgreSQL，请安装后再运行")

    monkeypatch.setattr(postgres, "find_or_install", missing)
    assert suite.on_postgresql([]) == (None, "没有找到 PostgreSQL，请安装后再运行")


@pytest.mark.parametrize("words", [["-q"], ["-vv"], ["--verbose"]])
def test_the_caller_chooses_how_many_words(words):
    assert suite.quiet(words) == []
    assert suite.quiet(["-x"]) == ["-q"]
