"""`gongzhi bench`: measures in a database of its own, prints a table, keeps the figures as JSON."""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from gongzhi.config import postgres
from gongzhi.config.arguments import Arguments
from gongzhi.config.environment import ROOT

from .figures import HEADER, Figure, keep, machine

ROWS = ("due", "door", "tick", "list", "case", "import", "paper", "load", "memory", "demo")
FEW, MANY, DUE = 10_000, 1_000_000, 1_000
CASES = 100
UNITS = 100_000
REQUESTS = 10_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of what is measured with."""

    clocks: int
    cases: int
    units: int
    requests: int


def bench(argv: list[str]) -> int:
    """Measure the rows asked for; 1 where one is over its limit."""
    options = Arguments("bench", "测量各项指标，与上限并列")
    options.add_argument("rows", nargs="*", choices=[*ROWS, []], help=f"只测这几项：{'、'.join(ROWS)}")
    options.add_argument("--postgres", action="store_true", help="在临时 PostgreSQL 上测量")
    options.add_argument(
        "--clocks", type=int, default=MANY, help="tick 一项的期限总数，也是 list 一项的案件总数"
    )
    options.add_argument("--cases", type=int, default=CASES, help="door 一项的案件数")
    options.add_argument("--units", type=int, default=UNITS, help="import 一项的房屋套数")
    options.add_argument("--requests", type=int, default=REQUESTS, help="memory 一项的请求数")
    options.add_argument("--keep", default=str(ROOT / "bench" / "results"), help="结果存放的目录")
    given = options.parse_args(argv)
    engine = "postgresql" if given.postgres else "sqlite"
    sizes = Sizes(given.clocks, given.cases, given.units, given.requests)
    figures: list[Figure] = []
    for row in given.rows or ROWS:
        figures += _measure(row, given.postgres, sizes)
    print(HEADER, *(figure.line() for figure in figures), sep="\n")
    print(f"\n{machine()}, {engine}")
    print(f"已存入 {keep(Path(given.keep), engine, figures, engine)}")
    return 0 if all(figure.is_met for figure in figures) else 1


def _measure(row: str, on_postgres: bool, sizes: Sizes) -> list[Figure]:
    """One row, in a process and a database of its own, so that none warms or fills another's."""
    if row == "due":
        from .due_date import measure

        return measure()
    if row == "demo":
        from . import bare

        return bare.measure()
    return _in_scratch(row, on_postgres, sizes)


def _in_scratch(row: str, on_postgres: bool, sizes: Sizes) -> list[Figure]:
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gongzhi-bench-"))
        os.environ |= {"GONGZHI_MODE": "rehearsal", "GONGZHI_DATA": folder}
        if on_postgres:
            server = stack.enter_context(postgres.temporary_server(durable=True))
            os.environ["GONGZHI_DATABASE_URL"] = scratch_database(server)
        read, write = os.pipe()
        if os.fork() == 0:  # the child measures, the parent keeps the server and the folder
            _child(row, sizes, write)
        os.close(write)
        with os.fdopen(read) as told:
            text = told.read()
        os.wait()
    return _told(text)


def scratch_database(server: str) -> str:
    """A database of the run's own on the server, which can be copied while nobody is connected to it."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench")
    return server.replace("/postgres?", "/bench?")


def _child(row: str, sizes: Sizes, write: int) -> None:
    """Measure and tell the parent; leaves the process."""
    import json
    from dataclasses import asdict

    status = 1
    try:
        figures = _rows(row, sizes)()
        with os.fdopen(write, "w") as out:
            json.dump([asdict(figure) for figure in figures], out)
        status = 0
    except BaseException:  # noqa: BLE001  told, then the child is left
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _rows(row: str, sizes: Sizes) -> Callable[[], list[Figure]]:
    from gongzhi.config import database

    database.set_up()
    database.bring_up_to_date()
    database.settle()
    from . import case_page, door, import_rows, lists, load, memory, paper, tick

    few = min(FEW, sizes.clocks)
    measures = {
        "door": lambda: door.measure(sizes.cases),
        "tick": lambda: tick.measure(few, sizes.clocks, min(DUE, few)),
        "case": case_page.measure,
        "load": load.measure,
        "list": lambda: lists.measure(sizes.clocks),
        "memory": lambda: memory.measure(sizes.requests),
        "paper": paper.measure,
        "import": lambda: import_rows.measure((max(1, sizes.units // 10), sizes.units)),
    }
    return measures[row]


def _told(text: str) -> list[Figure]:
    import json

    if not text:
        raise SystemExit("测量没有完成，请看上面的错误。")
    return [Figure(**told) for told in json.loads(text)]
