"""`gongzhi test`: all tests on SQLite, then those that touch the database on PostgreSQL."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from . import postgres
from .environment import PREFIX, ROOT

NOTHING_RAN = 5
#: pytest's exit statuses of a run that came to its end: all passed, some failed, nothing to run.
FINISHED = {0, 1, NOTHING_RAN}
#: Arguments of pytest with which its two workers would be in the way.
ALONE = (
    "--pdb",
    "-n",
    "--numprocesses",
    "--collect-only",
    "--co",
    "-s",
    "--trace",
    "--fixtures",
    "--markers",
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How one run of pytest ended: its exit status, the tests that ran, and those left out, each with the reason."""

    status: int
    ran: frozenset[str] = frozenset()
    skipped: Mapping[str, str] = field(default_factory=dict)


def test(argv: list[str]) -> int:
    """Run both and say in the last line what was left out; pytest's own arguments are passed on to both runs."""
    try:
        with bytecode() as compiled:
            print("== SQLite", flush=True)
            embedded = run(argv, compiled)
            server, missing = on_postgresql(argv, compiled)
    except KeyboardInterrupt:
        print("测试已中断。", file=sys.stderr)
        return 130
    print(closing_line(embedded, server, missing), flush=True)
    statuses = [tally.status for tally in (embedded, server) if tally]
    return next((status for status in statuses if status not in (0, NOTHING_RAN)), min(statuses))


@contextmanager
def bytecode() -> Iterator[dict[str, str]]:
    """What lets everything be compiled once, by whichever process comes first: pytest's workers in both runs
    and those that tests start.

    A shell that wants no bytecode beside the sources gets none there: it is kept in a folder that is gone afterwards.
    """
    if not sys.dont_write_bytecode:
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="gongzhi-test-compiled-") as folder:
        yield {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}


def on_postgresql(argv: list[str], settings: dict[str, str]) -> tuple[Tally | None, str]:
    """The same on a temporary PostgreSQL, or the reason why not."""
    try:
        with postgres.temporary_server() as address:
            print("\n== PostgreSQL", flush=True)
            return run(argv, settings | {f"{PREFIX}DATABASE_URL": address}), ""
    except postgres.NoServer as why:
        return None, str(why)


def run(argv: list[str], settings: dict[str, str]) -> Tally:
    """One run of pytest on one engine; what it prints is not touched."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "DJANGO_"))}
    with tempfile.TemporaryDirectory(prefix="gongzhi-test-") as folder:
        report = Path(folder, "report.xml")
        command = [
            sys.executable,
            "-m",
            "pytest",
            *quiet(argv),
            *workers(argv),
            f"--junitxml={report}",
            *argv,
        ]
        places = {f"{PREFIX}MODE": "test", f"{PREFIX}DATA": str(Path(folder, "data"))}
        done = subprocess.run(command, cwd=ROOT, env=ours | places | settings)
        return read_tally(done.returncode, report)


def quiet(argv: list[str]) -> list[str]:
    """Few words, unless the caller chose how many; twice quiet would hide pytest's closing line."""
    chosen = any(word.startswith(("-q", "-v", "--quiet", "--verbos")) for word in argv)
    return [] if chosen else ["-q"]


def workers(argv: list[str]) -> list[str]:
    """Two workers, unless pytest's own arguments say otherwise; tests of one `xdist_group` share one."""
    alone = any(word == flag or word.startswith(f"{flag}=") for word in argv for flag in ALONE)
    return [] if alone or any(word.startswith("-n") for word in argv) else ["-n", "2", "--dist", "loadgroup"]


def read_tally(status: int, report: Path) -> Tally:
    """Count a run from its JUnit report; a run that broke off has none."""
    if not report.exists():
        return Tally(status)
    cases = {
        f"{case.get('classname')}::{case.get('name')}": case.find("skipped")
        for case in ElementTree.parse(report).getroot().iterfind(".//testcase")
    }
    skipped = {name: str(found.get("message")) for name, found in cases.items() if found is not None}
    return Tally(status, ran=frozenset(cases) - skipped.keys(), skipped=skipped)


def closing_line(embedded: Tally, server: Tally | None, missing: str) -> str:
    """What ran on which engine, how many tests ran on neither, and why."""
    if server is None:
        whole = len(embedded.ran) + len(embedded.skipped)
        return f"SQLite 运行 {len(embedded.ran)} 项；PostgreSQL 未运行 {whole} 项：{missing}。"
    counts = f"SQLite 运行 {len(embedded.ran)} 项，PostgreSQL 运行 {len(server.ran)} 项"
    if not {embedded.status, server.status} <= FINISHED:
        return f"测试没有跑完，原因见上方：{counts}。"
    left_out = {
        name: why
        for name, why in {**embedded.skipped, **server.skipped}.items()
        if name not in embedded.ran | server.ran
    }
    reasons = "；".join(sorted(set(left_out.values())))
    return f"{counts}，{f'未运行 {len(left_out)} 项：{reasons}' if left_out else '没有未运行的测试'}。"
