"""The demonstration built once, and a server on a copy of it for whoever wants to change something."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import requests

from gongzhi.config import demo, serving
from gongzhi.config.demonstration import KEPT
from gongzhi.config.environment import CLOCK, PREFIX, ROOT
from gongzhi.values.now import ZONE


def environment(folder: Path) -> dict[str, str]:
    """What the processes of a demonstration in a folder are started with; nothing of the tests' own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith((PREFIX, "DJANGO_"))}
    return ours | {
        "DJANGO_SETTINGS_MODULE": "browser.settings",
        "PYTHONPATH": os.pathsep.join(str(ROOT / name) for name in ("src", "tests")),
        f"{PREFIX}MODE": "rehearsal",
        f"{PREFIX}DATA": str(folder),
        f"{PREFIX}CLOCK_FILE": str(folder / CLOCK),
    }


def build(folder: Path) -> None:
    """Build the demonstration in a process of its own: this one's database is that of the tests."""
    done = subprocess.run(
        [sys.executable, "-m", "browser.building"],
        env=environment(folder),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@dataclass(frozen=True)
class Site:
    """A served demonstration: where it answers, and where its files are."""

    address: str
    folder: Path

    def token_of(self, account: str) -> str:
        """The token a program acts with."""
        rows = json.loads((self.folder / KEPT).read_text("utf-8"))
        return next(str(row["token"]) for row in rows if row["name"] == account)

    def now(self) -> datetime:
        """The instant on its pages."""
        offset = json.loads((self.folder / CLOCK).read_text("utf-8"))["offset_seconds"]
        return datetime.fromtimestamp(datetime.now(ZONE).timestamp() + offset, ZONE)

    def set_clock(self, at: datetime) -> None:
        """Let some minutes pass in which nothing falls due."""
        offset = (at - datetime.now(ZONE)).total_seconds()
        new = self.folder / f"{CLOCK}.new"
        new.write_text(json.dumps({"offset_seconds": offset}), "utf-8")
        new.replace(self.folder / CLOCK)

    def move_to(self, at: datetime) -> None:
        """Let time pass: the administrator moves the clock, and everything that falls due happens."""
        answer = requests.put(
            f"{self.address}/api/v1/clock",
            json={"at": at.isoformat()},
            headers={"Authorization": f"Bearer {self.token_of('administrator')}"},
            timeout=60,
        )
        assert answer.json() | {"failed": 0} == answer.json(), answer.text


@contextmanager
def served(template: Path, folder: Path) -> Iterator[Site]:
    """A server on a copy of the demonstration, gone afterwards."""
    shutil.copytree(template, folder)
    port = serving.free_port()
    command = [sys.executable, "-P", "-m", "gongzhi.config.command", "serve", "--port", str(port)]
    child = subprocess.Popen(
        [*command, "--stop-with-stdin"],
        stdin=subprocess.PIPE,
        env=environment(folder),
        start_new_session=True,
    )
    try:
        demo.wait_until_served(port, [child])
        assert child.poll() is None, "the server ended"
        yield Site(f"http://{serving.HOST}:{port}", folder)
    finally:
        child.terminate()
        child.communicate()
