"""`gongzhi demo`: the demonstration cities on this machine, built if they are not there, served until Ctrl-C."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

from gongzhi.values import now as clock

from . import database, serving
from .arguments import Arguments, instant, port, positive
from .environment import CLOCK, NOTE, Environment, read_environment, stop

#: Seconds to wait: for the server to answer, for a process to end, for a killed one to let go of the port.
UNTIL_SERVED, UNTIL_ENDED, UNTIL_FREE = 60, 15, 3


def demo(argv: list[str]) -> int:
    """Prepare, build if needed, serve; 0 when stopped by Ctrl-C."""
    options = Arguments("demo", "准备演示数据并在本机启动")
    options.add_argument("--no-serve", action="store_true", help="只准备，不启动")
    options.add_argument("--port", type=port, default=serving.PORT, help="端口")
    options.add_argument("--fresh", action="store_true", help="清除演示数据后重建")
    options.add_argument("--estates", type=positive, default=None, help="小区数量")
    options.add_argument("--at", type=instant, default=None, help="从这个时间开始演示，例如 2026-03-02T09:00")
    given = options.parse_args(argv)
    os.environ.setdefault("GONGZHI_MODE", "rehearsal")
    os.environ.setdefault("GONGZHI_ADDRESS", f"http://{serving.HOST}:{given.port}")
    environment = read_environment()
    os.environ.setdefault("GONGZHI_CLOCK_FILE", str(Path(environment.data) / CLOCK))
    if environment.mode == "live":
        stop("演示数据不能装进正式系统，请删去配置项 GONGZHI_MODE 后再运行。")
    if not given.no_serve:
        wait_until_free(given.port)
    held = hold(Path(environment.data))
    with preparing_pages():
        build(environment, given)
    show_accounts()
    return 0 if given.no_serve else serve(given.port, held)


def wait_until_free(at: int) -> None:
    """One sentence where the port is taken; a demonstration killed a moment ago may still be letting go of it."""
    deadline = time.monotonic() + UNTIL_FREE
    while time.monotonic() < deadline and serving.bind_error(serving.HOST, at):
        time.sleep(0.1)
    serving.need_free(serving.HOST, at)


def hold(data: Path) -> IO[str]:
    """Let one demonstration at a time use a data folder; held until the file is closed or we end."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        held = open(data / "demo.lock", "w")  # noqa: SIM115 - held for the life of the process
    except OSError as broken:
        stop(f"无法写入数据目录 {data}（{broken.strerror}），请检查权限，或用配置项 GONGZHI_DATA 另指一处。")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        stop(f"另一个演示正在使用 {data}，请先停止它，或用配置项 GONGZHI_DATA 另指一处。")
    return held


@contextmanager
def preparing_pages() -> Iterator[None]:
    """Install and lay out what browsers load beside something longer; it says itself what did not work."""
    installing = subprocess.Popen([sys.executable, "-P", "-m", "gongzhi.config.prepare_pages", "collect"])
    try:
        yield
    finally:
        installing.wait()


class Built:
    """What a data folder's note says of the demonstration in it: nothing, begun, or complete."""

    def __init__(self, environment: Environment) -> None:
        self.note = Path(environment.data) / NOTE
        self.files = Path(environment.files)
        entry = environment.database()
        self.embedded = Path(entry["NAME"]) if entry["ENGINE"].endswith("sqlite3") else None

    def state(self) -> str:
        """`absent`, `begun` or `complete`."""
        return str(json.loads(self.note.read_text("utf-8"))["state"]) if self.note.exists() else "absent"

    def write(self, state: str) -> None:
        """Note the state, in one step."""
        new = self.note.with_suffix(".new")
        new.write_text(json.dumps({"state": state}), "utf-8")
        new.replace(self.note)

    def is_somebody_elses(self) -> bool:
        """Whether a database stands here that no demonstration made."""
        return self.state() == "absent" and self.embedded is not None and self.embedded.exists()

    def is_half_embedded(self) -> bool:
        """Whether a build in an embedded database was interrupted; on PostgreSQL it was rolled back whole."""
        return self.state() == "begun" and self.embedded is not None

    def clear(self) -> None:
        """Remove what an earlier demonstration left."""
        if self.embedded is None:
            stop("PostgreSQL 上的演示数据不能就地清除，请另建一个空数据库，再用 GONGZHI_DATABASE_URL 指明。")
        for end in ("", "-wal", "-shm"):
            Path(f"{self.embedded}{end}").unlink(missing_ok=True)
        shutil.rmtree(self.files, ignore_errors=True)
        self.note.unlink(missing_ok=True)


def build(environment: Environment, given: Namespace) -> None:
    """Migrate, and build the cities unless they are complete; one that was interrupted is begun anew."""
    built = Built(environment)
    if built.is_somebody_elses():
        stop(f"{built.embedded} 不是演示数据，为免损坏没有改动，请用配置项 GONGZHI_DATA 另指一处。")
    if built.state() != "absent" and (given.fresh or built.is_half_embedded()):
        built.clear()
    complete = built.state() == "complete"
    set_clock(given, complete)
    if not complete:
        built.write("begun")
    database.set_up()
    database.bring_up_to_date()
    database.settle()
    if not complete:
        from .demonstration import build as build_cities

        print("正在建立演示数据……", flush=True)
        build_cities(at=clock.now(), estates=given.estates)
        built.write("complete")


def set_clock(given: Namespace, complete: bool) -> None:
    """Begin at the instant asked for; a demonstration that stands goes forward only, a new one begins today."""
    if given.at is None:
        if not complete:
            Path(os.environ["GONGZHI_CLOCK_FILE"]).unlink(missing_ok=True)
        return
    if complete and given.at < clock.now():
        stop("已有的演示不能退回过去，请加上 --fresh 重建，或者选一个更晚的时间。")
    clock.move_to(given.at)


def show_accounts() -> None:
    """Print whom one can sign in as, and the token of each for a program."""
    from .demonstration import accounts

    for account in accounts():
        print(
            f"  {account.name:<24} {account.password or '（只用令牌）':<16} {account.stands_for}", flush=True
        )
        if account.token:
            print(f"  {'':<24} 令牌 {account.token}", flush=True)


def serve(at: int, held: IO[str]) -> int:
    """Run the server and the worker until Ctrl-C, and stop both; 1 where one of them ended by itself."""
    signal.signal(signal.SIGTERM, interrupt)
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(start("serve", "--port", str(at)))
        children.append(start("work"))
        wait_until_served(at, children)
        print(f"已启动，请打开 http://{serving.HOST}:{at}/ ，按 Ctrl-C 停止。", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("正在停止……", flush=True)
        return 0
    finally:
        end(children)
        held.close()
    print("网站或后台意外停止，原因见上方日志，请重新运行 gongzhi demo。", file=sys.stderr)
    return 1


def interrupt(number: int, frame: FrameType | None) -> NoReturn:
    """Take SIGTERM as Ctrl-C."""
    raise KeyboardInterrupt


def start(*words: str) -> subprocess.Popen[bytes]:
    """Start one of our commands in a session of its own; it ends when we do, even by `kill -9`."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "gongzhi.config.command", *words, "--stop-with-stdin"],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def wait_until_served(at: int, children: list[subprocess.Popen[bytes]], within: float = UNTIL_SERVED) -> None:
    """Wait until the server answers anything, or a child has ended."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        try:
            with build_opener(ProxyHandler({})).open(f"http://{serving.HOST}:{at}/", timeout=10):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Stop the children: politely, then not."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(UNTIL_ENDED)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
