"""Row *load*: pages for several people at once, of a real server, beside a bare view asked for in the same way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import requests
from django.test.utils import override_settings

from gongzhi.config import demo, serving
from gongzhi.registry.models import Post

from . import place
from .bare_view import ADDRESS, ROWS
from .case_page import ready_case
from .figures import Figure, seconds
from .memory import signed_in

#: People at once, as often as each asks for a page in a round, and rounds by turns with the bare view.
PEOPLE, TIMES, ROUNDS = 8, 5, 6
LIST, CASE = 2.0, 3.0
TASKS = 50


def measure() -> list[Figure]:
    """A work list and a list of cases of fifty rows, and the page of a case with as many tasks."""
    found = place.build()
    *others, estate = place.add_estates(found, ROWS)
    for other in others:
        ready_case(found, other)
    case = ready_case(found, estate, TASKS)
    pages = {"/": ("work list", LIST), "/cases/": ("list of cases", LIST), f"/cases/{case}/": ("case", CASE)}
    with _served() as address:
        people = [signed_in(address, f"bench-{Post.COMMUNITY_HEAD}") for _ in range(PEOPLE)]
        return [_figure(people, address, path, *told) for path, told in pages.items()]


def _figure(people: list[requests.Session], address: str, path: str, name: str, limit: float) -> Figure:
    """The slowest of twenty answers, beside the slowest of twenty of the bare view."""
    ours: list[float] = []
    bare: list[float] = []
    _at_once(people, address + path), _at_once(people, address + ADDRESS)
    for _ in range(ROUNDS):
        ours += _at_once(people, address + path)
        bare += _at_once(people, address + ADDRESS)
    late, late_bare = _nineteen_of_twenty(ours), _nineteen_of_twenty(bare)
    beside = f"19 of 20 within {late * 1e3:.0f} ms, of {ROWS} bare rows within {late_bare * 1e3:.0f} ms"
    return Figure("load", f"{name}, {PEOPLE} people at once", late / late_bare, limit, "×", beside)


def _at_once(people: list[requests.Session], address: str) -> list[float]:
    """What each answer took; each person waits for one before asking for the next."""
    with ThreadPoolExecutor(len(people)) as pool:
        return [took for asked in pool.map(partial(_asked, address=address), people) for took in asked]


def _asked(person: requests.Session, address: str) -> list[float]:
    def ask() -> None:
        person.get(address, timeout=60).raise_for_status()

    return [seconds(ask) for _ in range(TIMES)]


def _nineteen_of_twenty(values: list[float]) -> float:
    return sorted(values)[len(values) * 19 // 20]


@contextmanager
def _served() -> Iterator[str]:
    """Two web processes on this very database, with the bare view among their pages."""
    at = serving.free_port()
    child = _forked(partial(_serve, at))
    try:
        demo.wait_until_served(at, [])
        yield f"http://{serving.HOST}:{at}"
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _serve(at: int) -> None:
    with override_settings(ROOT_URLCONF="gongzhi.config.bench.bare_view"):
        serving.collect_static()
        serving.Server(serving.settings_of(serving.HOST, at, serving.WORKERS, follow=False)).run()


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    return child
