"""The machine's Chromium: found, or Debian's installed where we may, and started so that it calls nobody."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from . import debian

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NO_PLAYWRIGHT = "没有装上 playwright，请用 ./gongzhi 运行，它会按开发用的依赖准备环境"
NO_BROWSER = "没有找到 Chromium，请安装后再运行，例如以管理员身份执行 apt install chromium"
#: No sandbox, for in a container it runs as root; nothing that speaks with its maker; no host but our own.
ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NoBrowser(Exception):
    """Why there is no browser, as one sentence that says what to do."""


def find() -> str:
    """Where the machine's Chromium is, or NoBrowser; also where there is nothing to drive it with."""
    if find_spec("playwright") is None:
        raise NoBrowser(NO_PLAYWRIGHT)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise NoBrowser(NO_BROWSER)
    return path


def find_or_install() -> str:
    """As `find`; where it is missing and we may, Debian's is installed."""
    try:
        return find()
    except NoBrowser:
        if find_spec("playwright") is not None:
            debian.install("chromium")
        return find()


@contextmanager
def running(path: str, *more: str) -> "Iterator[Browser]":
    """A Chromium without a window; `more`: arguments of its command line."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=[*ALONE, *more])
        try:
            yield found
        finally:
            found.close()
