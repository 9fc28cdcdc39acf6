"""The machine's Chromium: found, or Debian's installed where we may, and started so that it calls nobody."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from . import debian

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Debian's packages, the one that is first looked for first: it draws no window, and pages take two thirds of the time.
PACKAGES = ("chromium-headless-shell", "chromium")
BROWSERS = (*PACKAGES, "chromium-browser", "google-chrome", "chrome")
#: Seconds a browser is given to end by itself; some never do.
UNTIL_ENDED = 20
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
        for package in PACKAGES if find_spec("playwright") is not None else ():
            debian.install(package)
            with suppress(NoBrowser):
                return find()
        raise


@contextmanager
def running(path: str, *more: str) -> "Iterator[Browser]":
    """A Chromium without a window; `more`: arguments of its command line."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=[*ALONE, *more])
        process = process_of(found)
        try:
            yield found
        finally:
            with killed_after(UNTIL_ENDED, process):
                found.close()


def process_of(browser: "Browser") -> int:
    """The number of its process, as the browser itself says."""
    asked = browser.new_browser_cdp_session()
    told = asked.send("SystemInfo.getProcessInfo")
    asked.detach()
    return next(int(one["id"]) for one in told["processInfo"] if one["type"] == "browser")


@contextmanager
def killed_after(seconds: float, process: int) -> Iterator[None]:
    """Within it a process has to end; one that has not by then is killed, lest we wait for it for ever."""
    timer = threading.Timer(seconds, _kill, [process])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
