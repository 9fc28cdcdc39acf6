"""Make .venv and install a lock into it. Run as a script by ./gongzhi, before anything is installed: stdlib only.

A finished preparation leaves a copy of the lock in `.venv/gongzhi/`; ./gongzhi compares the two and is instant
when they are the same. An interrupted one leaves `.venv/gongzhi/unfinished`, and the next starts anew.
"""

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LOCKS = ("requirements.lock", "requirements-dev.lock")
#: Settings of the caller's that would make pip or uv install somewhere else.
ASTRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "UV_SYSTEM_PYTHON", "UV_PYTHON", "VIRTUAL_ENV")
#: `pip install` with every file checked against its hash.
INSTALL = ("install", "-q", "--retries", "2", "--disable-pip-version-check", "--require-hashes")


class Unprepared(Exception):
    """Why the environment could not be made, as one sentence that says what to do."""


class Preparation:
    """One making of `root/.venv` from `lock`."""

    def __init__(self, *, root: Path, lock: str, held: int | None = None) -> None:
        """`held` is the file descriptor of the lock between processes; children keep it while they work."""
        self.root, self.lock, self.held = root, lock, held
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.state = self.venv / "gongzhi"
        self.unfinished = self.state / "unfinished"
        self.log = self.state / "prepare.log"

    def is_done(self) -> bool:
        """Whether `.venv` holds what the lock says, and was made in this very folder."""
        made_from, made_in = self.state / self.lock, self.state / "root"
        return (
            self.python.exists()
            and made_from.is_file()
            and made_from.read_bytes() == (self.root / self.lock).read_bytes()
            and made_in.is_file()
            and made_in.read_text("utf-8").strip() == str(self.root)
        )

    def make(self) -> None:
        """Bring `.venv` to the lock, from whatever state it is in."""
        if not self.is_usable():
            self.make_venv()
        self.state.mkdir(exist_ok=True)
        self.unfinished.touch()
        for stamp in (*LOCKS, "root"):
            (self.state / stamp).unlink(missing_ok=True)
        self.install()
        self.put_on_path()
        self.write_stamps()
        self.unfinished.unlink()

    def is_usable(self) -> bool:
        """Whether a `.venv` that is there can be installed into: not moved, not half made, its Python alive."""
        made_in = self.state / "root"
        if self.unfinished.exists() or not self.python.exists():
            return False
        if made_in.exists() and made_in.read_text("utf-8").strip() != str(self.root):
            return False
        test = "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
        return self.run([self.python, "-c", test]) and (self.has_pip() or self.uv() is not None)

    def make_venv(self) -> None:
        """Make an empty `.venv` with the Python that runs this."""
        if self.venv.is_symlink() or self.venv.is_file():
            self.venv.unlink()
        shutil.rmtree(self.venv, ignore_errors=True)
        self.state.mkdir(parents=True)
        self.unfinished.touch()
        if not any(self.run([sys.executable, "-m", "venv", *way, self.venv]) for way in self.ways()):
            raise Unprepared(
                f"无法用 {sys.executable} 建立虚拟环境，请补装它的 venv 组件（例如以管理员身份执行 "
                f"apt install python3-venv）后再运行，详情见 {self.log}。"
            )

    def ways(self) -> list[list[str]]:
        """How the environment may be made: without a pip of its own it stands ten times as fast."""
        if self.run([*pip_for(sys.executable), "--version"]):
            return [["--without-pip"]]
        return [[], ["--without-pip"]] if shutil.which("uv") else [[]]

    def install(self) -> None:
        """Install the lock, every file checked against its hash: with uv, else with pip."""
        lock = self.root / self.lock
        uv = self.uv() or self.install_uv()
        if uv and self.run(
            [
                uv,
                "pip",
                "install",
                "--python",
                self.python,
                "--require-hashes",
                "--no-deps",
                "--compile-bytecode",
                "-r",
                lock,
            ]
        ):
            return
        if (self.has_pip() or self.run([self.python, "-m", "ensurepip"])) and self.run(
            [self.python, "-m", "pip", *INSTALL, "-r", lock]
        ):
            return
        raise Unprepared(
            "依赖没有装上，多半是连不上软件源：请检查网络，或用 PIP_INDEX_URL 指明可用的镜像后再运行，"
            f"详情见 {self.log}。"
        )

    def uv(self) -> Path | None:
        """The uv of `.venv`, else one on the machine, else None."""
        own, found = self.venv / "bin" / "uv", shutil.which("uv")
        return own if own.exists() else Path(found) if found else None

    def install_uv(self) -> Path | None:
        """Install uv itself by its lines in the lock; None if that fails, for pip can do without."""
        lines = re.search(
            r"^uv==.*\\\n(?:    --hash=.*\n)+", (self.root / self.lock).read_text("utf-8"), re.M
        )
        if lines is None:
            return None
        pip = [self.python, "-m", "pip"] if self.has_pip() else pip_for(self.python)
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as only_uv:
            only_uv.write(lines.group())
            only_uv.flush()
            self.run([*pip, *INSTALL, "--no-deps", "-r", only_uv.name])
        return self.uv()

    def has_pip(self) -> bool:
        """Whether `.venv` has a pip that works."""
        return self.run([self.python, "-m", "pip", "--version"])

    def put_on_path(self) -> None:
        """Make `src` importable in `.venv` by a .pth file: no build, no editable install."""
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = subprocess.run(
            [self.python, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        Path(site, "gongzhi_source.pth").write_text(f"{self.root / 'src'}\n", "utf-8")

    def write_stamps(self) -> None:
        """Leave a copy of what was installed; the development lock contains the other one."""
        (self.state / "root").write_text(f"{self.root}\n", "utf-8")
        for name in LOCKS[: LOCKS.index(self.lock) + 1]:
            shutil.copyfile(self.root / name, self.state / name)

    def run(self, command: Sequence[str | Path]) -> bool:
        """Run a command with its output in the log; whether it succeeded."""
        with open(self.log if self.state.is_dir() else os.devnull, "ab") as log:
            log.write(f"$ {' '.join(map(str, command))}\n".encode())
            log.flush()
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.root,
                env=installing_environment(),
                pass_fds=() if self.held is None else (self.held,),
            )
        return done.returncode == 0


def pip_for(python: str | Path) -> list[str | Path]:
    """The pip of the Python that runs this, working for another one."""
    return [sys.executable, "-m", "pip", "--python", python]


def installing_environment() -> dict[str, str]:
    """The caller's environment, less what leads astray, with the machine's certificates and no downloaded Python."""
    environment = {name: value for name, value in os.environ.items() if name not in ASTRAY}
    environment |= {"UV_SYSTEM_CERTS": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    index = environment.get("PIP_INDEX_URL")
    if index and not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & environment.keys():
        environment["UV_DEFAULT_INDEX"] = index
    if not has_writable_cache(environment):
        environment |= {"UV_NO_CACHE": "1", "PIP_NO_CACHE_DIR": "1"}
    return environment


def has_writable_cache(environment: dict[str, str]) -> bool:
    """Whether pip and uv can keep what they download; a home may be missing or read-only."""
    place = Path(
        environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME") or "/nonexistent", ".cache")
    )
    while not place.exists() and place != place.parent:
        place = place.parent
    return place.is_dir() and os.access(place, os.W_OK | os.X_OK)


@contextlib.contextmanager
def one_at_a_time(root: Path) -> Iterator[int | None]:
    """Let only one process prepare `root`; the folder itself is what is locked, so that nothing is left behind."""
    held = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一个 gongzhi 正在准备运行环境，等它完成……", file=sys.stderr)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield held
    finally:
        os.close(held)


def prepare(lock: str) -> None:
    """Bring `.venv` to `lock` unless that is done already."""
    with one_at_a_time(ROOT) as held:
        preparation = Preparation(root=ROOT, lock=lock, held=held)
        if not preparation.is_done():
            print("正在准备运行环境（第一次约需一分钟）……", file=sys.stderr)
            preparation.make()


def main() -> int:
    """Prepare for the lock named on the command line; 0, or 2 after one sentence."""
    try:
        prepare(sys.argv[1])
    except Unprepared as why:
        print(why, file=sys.stderr)
        return 2
    except OSError as broken:
        where = broken.filename or ROOT
        print(
            f"无法写入 {where}（{broken.strerror}），请检查该目录的权限和磁盘空间后再运行。", file=sys.stderr
        )
        return 2
    except KeyboardInterrupt:
        print("已中断，下次运行会重新准备。", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
