"""Row *memory*: what one web process holds after many requests, beside what it held after a tenth of them."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import requests

from gongzhi.config import demo, serving
from gongzhi.registry.models import Post

from . import place
from .door import prepared_exit
from .figures import Figure

LIMIT = 1.05
TENTH = 10
PAGES = ("/", "/cases/", "/estates/", "/law/", "/notices/", "/calculator/", "/managers/")
ACCOUNT = f"bench-{Post.COMMUNITY_HEAD}"


def measure(asked: int) -> list[Figure]:
    """Ask for the pages people ask for most, by turns, of one process."""
    found = place.build()
    case = prepared_exit(found)
    paths = cycle((*PAGES, f"/cases/{case}/"))
    with _served() as (address, server):
        session = signed_in(address, ACCOUNT)
        early = _held_after(session, address, islice(paths, asked // TENTH), server)
        late = _held_after(session, address, islice(paths, asked - asked // TENTH), server)
    beside = f"{late / 1024:.1f} MiB after {asked} requests, {early / 1024:.1f} MiB after {asked // TENTH}"
    return [Figure("memory", "of one web process", late / early, LIMIT, "×", beside)]


@contextmanager
def _served() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """One web process on this very database."""
    at = serving.free_port()
    child = demo.start("serve", "--port", str(at), "--workers", "1")
    try:
        demo.wait_until_served(at, [child])
        yield f"http://{serving.HOST}:{at}", child
    finally:
        demo.end([child])


def signed_in(address: str, username: str) -> requests.Session:
    """A session of somebody who signed in."""
    session = requests.Session()
    session.trust_env = False
    where = f"{address}/sign-in/"
    session.get(where, timeout=60)
    said = {
        "username": username,
        "password": place.PASSWORD,
        "csrfmiddlewaretoken": session.cookies["csrftoken"],
    }
    session.post(where, data=said, timeout=60).raise_for_status()
    return session


def _held_after(
    session: requests.Session, address: str, paths: Iterator[str], server: subprocess.Popen[bytes]
) -> int:
    """Ask for each; KiB that the process then holds."""
    for path in paths:
        session.get(address + path, timeout=60).raise_for_status()
    return _resident(_only_child(server.pid))


def _only_child(pid: int) -> int:
    """The worker of a server that has one."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def _resident(pid: int) -> int:
    found = re.search(r"VmRSS:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])
