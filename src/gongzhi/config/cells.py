"""Keeping rehearsals: each is built, served on a loopback port of its own, and deleted when it was thrown away.

One keeper at a time, by a lock that dies with it. Its children end with it, even by `kill -9` (`lifeline.py`), and what
was half done then is begun anew: only what stands in a cell's `state.json` counts. A child knows its own folder and
nothing of ours: no database, no key, no setting.
"""

import fcntl
import logging
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, Literal
from urllib.parse import urlsplit

from gongzhi.rehearsal.folder import BUILT, KEEPER, LOG, STATIC, Cell, Folder, folders, root_of
from gongzhi.values.now import unmoved

from . import serving
from .environment import PREFIX, Environment
from .graves import Grave

#: Seconds: between two looks at the folders, and for a child to end before it is killed.
LOOK, UNTIL_ENDED = 1, 10
#: How often a cell's server may end by itself before it is given up.
TRIES = 3
EXPIRED = "期满，已自动删除。"
NOT_BUILT = "建立时出了错，详情见服务器上该演练目录里的 process.log。"
NOT_SERVED = "演练的网站没有启动，详情见服务器上该演练目录里的 process.log。"
NO_PORT = "没有空闲的端口（配置项 GONGZHI_REHEARSAL_PORTS），请系统管理员增加端口。"
log = logging.getLogger("gongzhi.cells")


@dataclass(slots=True)
class Child:
    """A process of ours for one cell."""

    process: subprocess.Popen[bytes]
    does: Literal["build", "serve"]
    port: int = 0


@dataclass
class Keeper:
    """Looks after the cells of one system, step by step; `step()` never waits long."""

    environment: Environment
    children: dict[str, Child] = field(default_factory=dict)
    fallen: dict[str, int] = field(default_factory=dict)
    held: IO[str] | None = None
    #: Port → what tells there that its rehearsal was thrown away.
    graves: dict[int, Grave] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The system's data folder."""
        return Path(self.environment.data)

    def keep(self, stopping: threading.Event) -> None:
        """Look after the cells until told to stop; then nothing of them runs."""
        try:
            while not stopping.is_set():
                try:
                    self.step()
                except Exception:  # the next look must come whatever stands in a folder
                    log.exception("looking after rehearsals failed")
                stopping.wait(LOOK)
        finally:
            self.end()

    def step(self) -> bool:
        """One look at every cell; False where another keeper has them."""
        if not self._holds():
            return False
        for place, folder in enumerate(self._standing()):
            try:
                self._look_after(folder, has_place=place < self.environment.rehearsal_cells)
            except Exception:  # one broken cell must not keep the others from running
                log.exception("looking after rehearsal %s failed", folder.id)
        self._tell_of_those_gone()
        return True

    def _holds(self) -> bool:
        """Whether we keep the cells: the lock is ours from the first step on."""
        if self.held is None:
            root = root_of(self.data)
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = open(root / KEEPER, "w")  # noqa: SIM115 - held for the life of the keeper
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
                return False
            self.held = lock
        return True

    def _standing(self) -> list[Folder]:
        """The cells that are there; those long gone lose their last trace on the way."""
        found = []
        for folder in folders(self.data):
            state = folder.state
            if state.step != "gone":
                found.append(folder)
            elif self._is_over(state.since):
                folder.remove()
        return found

    def _tell_of_those_gone(self) -> None:
        """At the ports of those thrown away somebody answers, until their last trace is lost or the port is needed."""
        gone = {
            state.port for one in folders(self.data) if (state := one.state).step == "gone" and state.port
        }
        for port in self.graves.keys() - gone:
            self.graves.pop(port).close()
        given = {child.port for child in self.children.values()}
        for port in gone & set(self.environment.ports) - self.graves.keys() - given:
            with suppress(OSError):  # somebody else listens there
                self.graves[port] = Grave(port, self.environment.address)

    def _is_over(self, since: float) -> bool:
        return _now() - since > timedelta(days=self.environment.rehearsal_days).total_seconds()

    # One cell -------------------------------------------------------------------------------------------------------

    def _look_after(self, folder: Folder, *, has_place: bool) -> None:
        cell, state, wish = folder.cell, folder.state, folder.wish
        assert cell is not None
        if state.step == "clearing" or (wish is not None and wish.what == "away"):
            self._clear(folder, f"{wish.who}已丢弃。" if wish is not None else state.why)
        elif self._is_over(cell.began):
            self._clear(folder, EXPIRED)
        elif wish is not None:
            self._stop(folder)
            self._restart(folder)
        elif not has_place:
            self._stop(folder)
        elif state.step != "failed":
            self._carry_on(folder, cell)

    def _clear(self, folder: Folder, why: str) -> None:
        """Stop, then delete; whoever is killed in between finds `clearing` and goes on."""
        port = folder.state.port
        folder.write_state("clearing", _now(), port=port, why=why)
        self._stop(folder)
        folder.clear()
        folder.write_state("gone", _now(), port=port, why=why)

    def _restart(self, folder: Folder) -> None:
        self.fallen.pop(folder.id, None)
        folder.write_state("waiting", _now())
        folder.empty()

    def _carry_on(self, folder: Folder, cell: Cell) -> None:
        """The next thing: build, start, see whether it answers, start again."""
        child = self.children.get(folder.id)
        if child is None:
            self._begin(folder, cell)
        elif child.does == "build":
            self._after_building(folder, child)
        elif child.process.poll() is not None:
            self._after_falling(folder)
        elif folder.state.step != "ready" and _answers(child.port):
            folder.write_state("ready", _now(), port=child.port)

    def _begin(self, folder: Folder, cell: Cell) -> None:
        """Serve what was built to its end; anything else is built from the beginning, one at a time."""
        if (folder.path / BUILT).exists():
            self._serve(folder)
        elif not any(child.does == "build" for child in self.children.values()):
            folder.empty()
            folder.set_clock()
            folder.write_state("building", _now())
            self.children[folder.id] = Child(self._start(folder, 0, "rehearse", "--build"), "build")

    def _after_building(self, folder: Folder, child: Child) -> None:
        ended = child.process.poll()
        if ended is None:
            return
        del self.children[folder.id]
        if ended == 0 and folder.built is not None:
            self._serve(folder)
        else:
            folder.write_state("failed", _now(), why=_last_words(folder) if ended == 2 else NOT_BUILT)

    def _after_falling(self, folder: Folder) -> None:
        del self.children[folder.id]
        self.fallen[folder.id] = self.fallen.get(folder.id, 0) + 1
        if self.fallen[folder.id] >= TRIES:
            folder.write_state("failed", _now(), why=NOT_SERVED)

    def _serve(self, folder: Folder) -> None:
        port = self._free_port()
        if not port:
            folder.write_state("failed", _now(), why=NO_PORT)
            return
        folder.write_state("starting", _now(), port=port)
        self._share_static(folder)
        words = ("serve", "--port", str(port), "--workers", "1", "--stop-with-stdin")
        process = self._start(folder, port, *words)
        self.children[folder.id] = Child(process, "serve", port)

    def _free_port(self) -> int:
        """The first port of the setting on which nobody listens and that we gave nobody; 0 where there is none.

        One at which a rehearsal was thrown away is taken last, the oldest first.
        """
        given = {child.port for child in self.children.values()}
        free = (one for one in self.environment.ports if one not in given)
        found = next((one for one in free if not serving.bind_error(serving.HOST, one)), 0)
        if not found and self.graves:
            found = next(iter(self.graves))
            self.graves.pop(found).close()
        return found

    def _share_static(self, folder: Folder) -> None:
        """Stylesheets and scripts are the same everywhere: the cell reads ours where they are there."""
        ours, theirs = self.data / STATIC, folder.path / STATIC
        if ours.is_dir() and not theirs.exists():
            theirs.symlink_to(ours, target_is_directory=True)

    # Processes ------------------------------------------------------------------------------------------------------

    def _start(self, folder: Folder, port: int, *words: str) -> subprocess.Popen[bytes]:
        """One of our commands in the cell's folder; what it says goes into the cell's log."""
        with open(folder.path / LOG, "ab") as said:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "gongzhi.config.command", *words],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                env=cell_environment(folder.path, self.environment, port),
                start_new_session=True,
            )

    def _stop(self, folder: Folder) -> None:
        """End a cell's process: politely, then not."""
        child = self.children.pop(folder.id, None)
        if child is not None:
            _end(child.process)

    def end(self) -> None:
        """End everything we started, and let go of the cells."""
        for child in self.children.values():
            child.process.terminate()
        for child in self.children.values():
            _end(child.process)
        self.children.clear()
        for grave in self.graves.values():
            grave.close()
        self.graves.clear()
        if self.held is not None:
            self.held.close()
            self.held = None


def cell_environment(path: Path, environment: Environment, port: int) -> dict[str, str]:
    """What a cell's process is told: its own folder, the names it is reached by, the site's fonts. Nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "DJANGO_"))}
    own = {f"{PREFIX}DATA": str(path), "PYTHONUTF8": "1"}
    if environment.fonts:
        own[f"{PREFIX}FONTS"] = environment.fonts
    reached = urlsplit(environment.rehearsal_address.replace("{port}", str(port)))
    if reached.hostname:
        name = reached.hostname
        own[f"{PREFIX}HOSTS"] = ",".join((name, "127.0.0.1", "localhost"))
        own[f"{PREFIX}HTTPS"] = "true" if reached.scheme == "https" else "false"
    site = f"{reached.scheme}://{reached.netloc}" if reached.hostname else f"http://{serving.HOST}:{port}"
    return kept | own | {f"{PREFIX}ADDRESS": site}


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(UNTIL_ENDED)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((serving.HOST, port), timeout=1):
            return True
    except OSError:
        return False


def _last_words(folder: Folder) -> str:
    """The one sentence a command ends with when it does not carry on."""
    lines = (folder.path / LOG).read_text("utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else NOT_BUILT


def _now() -> float:
    return unmoved().timestamp()
