"""A temporary PostgreSQL for the tests: own folder, a socket in it and no network, gone when we are.

PostgreSQL does not run as root, so as root it is run as `postgres` or `nobody`.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

from . import debian

OWNERS = ("postgres", "nobody")
UNTIL_READY = 60
#: Durable storage is not what is tested, so nothing waits for the disk; nor is the speed of large questions, for which
#: PostgreSQL would compile.
FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off"),
    "max_connections=60",
)
LIVE = ("max_connections=60",)
#: Stops the server and clears its folder when our end of the pipe closes, however we ended.
KEEPER = """
"$1" -D "$2/data" -k "$2" -c listen_addresses= $3 >"$2/log" 2>&1 </dev/null &
server=$!
trap '' INT TERM HUP
read -r _
kill -INT "$server" 2>/dev/null
wait "$server"
cd / && rm -rf "$2"
"""


class NoServer(Exception):
    """Why there is no PostgreSQL, as one sentence that says what to do."""


def find() -> Path | None:
    """The folder with `postgres` and `initdb`, newest first, or None."""
    folders = [Path(found).parent for found in [shutil.which("postgres")] if found]
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda folder: int("0" + folder.parent.name.split(".")[0]), reverse=True)
    if config := shutil.which("pg_config"):
        with contextlib.suppress(subprocess.SubprocessError, OSError):
            asked = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True)
            folders.append(Path(asked.stdout.strip()))
    whole = (f for f in folders if os.access(f / "postgres", os.X_OK) and os.access(f / "initdb", os.X_OK))
    return next(whole, None)


def find_or_install() -> Path:
    """As `find`; where it is missing and we may, Debian's is installed."""
    if folder := find():
        return folder
    debian.install("postgresql")
    if folder := find():
        return folder
    raise NoServer("没有找到 PostgreSQL，请安装后再运行，例如以管理员身份执行 apt install postgresql")


@contextlib.contextmanager
def temporary_server(*, durable: bool = False) -> Iterator[str]:
    """Yield the address of a running server's database; the server is gone afterwards.

    `durable`: commits wait for the disk, as in live use; tests do without.
    """
    binaries = find_or_install().resolve()
    owner = unprivileged()
    folder = Path(make_folder(owner))
    try:
        make_cluster(binaries, folder, owner)
        keeper = start(binaries, folder, owner, LIVE if durable else FAST)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    try:
        wait_until_ready(folder, keeper)
        yield f"postgresql://gongzhi@/postgres?host={quote(str(folder))}"
    finally:
        keeper.communicate()


def unprivileged() -> pwd.struct_passwd | None:
    """Whom the server runs as where we are root; None where it runs as we do."""
    if os.geteuid() != 0:
        return None
    for name in OWNERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoServer("PostgreSQL 不能以 root 身份运行，请改用普通用户运行测试")


def make_folder(owner: pwd.struct_passwd | None) -> str:
    """A new folder that its owner can reach; a socket's path must be short, so the plain places come first."""
    for place in ("/tmp", "/var/tmp", tempfile.gettempdir()):
        if os.path.isdir(place) and os.access(place, os.W_OK):
            folder = tempfile.mkdtemp(prefix="gongzhi-pg-", dir=place)
            if owner:
                os.chown(folder, owner.pw_uid, owner.pw_gid)
            return folder
    raise NoServer("没有可写的临时目录，请用 TMPDIR 指明一处")


def make_cluster(binaries: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    """initdb, trusting whoever can enter the folder, which is its owner and root."""
    options = ["-U", "gongzhi", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    done = subprocess.run(
        [binaries / "initdb", "-D", folder / "data", *options],
        capture_output=True,
        text=True,
        cwd="/",
        env=plain_environment(),
        **as_owner(owner),
    )
    if done.returncode:
        raise NoServer(f"PostgreSQL 无法建立临时数据库（{last_line(done.stderr)}）")


def start(
    binaries: Path, folder: Path, owner: pwd.struct_passwd | None, settings: tuple[str, ...]
) -> subprocess.Popen[bytes]:
    """Start the server under its keeper, which waits for us to close the pipe."""
    options = " ".join(f"-c {setting}" for setting in settings)
    return subprocess.Popen(
        ["/bin/sh", "-c", KEEPER.replace("$3", options), "keeper", binaries / "postgres", folder],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd="/",
        env=plain_environment(),
        **as_owner(owner),
    )


def wait_until_ready(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    """Wait until the server takes connections."""
    import psycopg

    deadline = time.monotonic() + UNTIL_READY
    while True:
        try:
            psycopg.connect(host=str(folder), user="gongzhi", dbname="postgres").close()
            return
        except psycopg.OperationalError as refused:
            if time.monotonic() > deadline or keeper.poll() is not None:
                log = folder / "log"
                reason = last_line(log.read_text("utf-8", "replace") if log.exists() else str(refused))
                raise NoServer(f"PostgreSQL 没有启动（{reason}）") from refused
            time.sleep(0.1)


class Identity(TypedDict, total=False):
    """Arguments of subprocess that say whom a process runs as."""

    user: int
    group: int
    extra_groups: list[int]


def as_owner(owner: pwd.struct_passwd | None) -> Identity:
    """Whom the server's processes run as; empty where that is who we are."""
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def plain_environment() -> dict[str, str]:
    """The environment without anybody's PostgreSQL settings, in plain English for the reasons we quote."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def last_line(text: str) -> str:
    """The last line that says something."""
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "原因不明")
