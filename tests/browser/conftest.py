"""The browser, the demonstration it is shown, and who looks at it; all of it ends with the tests of this folder."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import serving
from browser.people import DESK, Person, Window
from browser.serving import Site
from gongzhi.config import chromium as machine


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium; without one the tests are left out, and the suite's last line says so."""
    try:
        path = machine.find_or_install()
    except machine.NoBrowser as why:
        pytest.skip(str(why))
    with machine.running(path) as found:
        yield found


@pytest.fixture(scope="package")
def demonstration(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Path:
    """The demonstration as it was built; nobody changes it."""
    folder = tmp_path_factory.mktemp("demonstration")
    serving.build(folder)
    return folder


@pytest.fixture(scope="package")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served copy that all tests share which leave no trace another could stumble over."""
    with serving.served(demonstration, tmp_path_factory.mktemp("site") / "data") as found:
        yield found


@pytest.fixture
def own_site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """A served copy of one's own."""
    with serving.served(demonstration, tmp_path / "data") as found:
        yield found


@pytest.fixture
def comes(chromium: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    """Let somebody come, signed in by the name of their account; they go home after the test."""
    yield from _coming(chromium, site)


@pytest.fixture
def comes_alone(chromium: Browser, own_site: Site) -> Iterator[Callable[..., Person]]:
    """The same at a copy of one's own: what is done there is missed by no other test."""
    yield from _coming(chromium, own_site)


def _coming(chromium: Browser, site: Site) -> Iterator[Callable[..., Person]]:
    with ExitStack() as stack:

        def come(account: str = "", window: Window = DESK, post: str = "") -> Person:
            person = Person(chromium, site, account, window, post)
            stack.callback(person.closes)
            return person

        yield come
