"""`gongzhi screenshots`: pictures of the main pages of the demonstration, at a desk's and a phone's width.

The demonstration is built in a folder of its own and served on loopback; a Chromium found on the machine signs in by
password as people of the demonstration and takes the pictures.
"""

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from . import demo, serving
from .arguments import Arguments
from .environment import PREFIX, stop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

#: Widths in CSS pixels.
WIDTHS = {"desk": 1440, "phone": 390}
HEIGHT = 900
#: When the demonstration begins: fixed, so that two runs of one release show the same days.
BEGINS = "2026-03-02T09:00"
ESTATES = "12"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
NO_PLAYWRIGHT = "没有装上 playwright，请用 ./gongzhi screenshots 运行，它会按开发用的依赖准备环境。"
NO_BROWSER = (
    "没有找到 Chromium，请先安装，例如以管理员身份执行 apt install chromium，再运行 gongzhi screenshots。"
)

Way = Callable[["Page"], None]


def _first(selector: str) -> Way:
    """Follow the first link that matches."""

    def go(page: "Page") -> None:
        page.goto(str(page.locator(selector).first.evaluate("link => link.href")))

    return go


def _opened(page: "Page") -> None:
    """Open the first working of a date."""
    page.locator("details.how > summary").first.click()


def _signed_out(page: "Page") -> None:
    """Look as anybody does."""
    page.context.clear_cookies()
    page.reload()


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks (an account of the demonstration, "" for anybody), from where, and by which ways."""

    name: str
    account: str
    path: str
    ways: tuple[Way, ...] = ()
    large: bool = False


OFFICER = "hj-street1-officer"
A_CASE = _first("main tbody a.tt[href*='/cases/']")
OLDEST = _first("main tbody tr:last-child a.tt")
MANAGER = _first("main a[href*='/manager/']")
SHOTS = (
    Shot("work", OFFICER, "/"),
    Shot("work-large", OFFICER, "/", large=True),
    Shot("work-provider", "hj-01-leader", "/"),
    Shot("cases", OFFICER, "/cases/"),
    Shot("case", OFFICER, "/cases/", (OLDEST, _opened)),
    Shot("case-mine", OFFICER, "/", (A_CASE, _opened)),
    Shot("manager", OFFICER, "/cases/", (A_CASE, MANAGER, _signed_out)),
    Shot("notice", OFFICER, "/cases/", (A_CASE, MANAGER, _first("main a[href*='/notices/']"), _signed_out)),
    Shot("refused", "administrator", "/cases/"),
    Shot("acts", "administrator", "/administration/"),
    Shot("act", "administrator", "/administration/acts/registry.appoint/"),
    Shot("organisations", "administrator", "/administration/organisations/"),
    Shot("settings", "hj-county-officer", "/administration/settings/"),
    Shot("audit", "auditor", "/administration/audit/"),
    Shot("condition", "administrator", "/administration/condition/"),
    Shot("missing", "", "/nothing/"),
    Shot("sign-in", "", "/sign-in/"),
    Shot("acting-as", "hj-03-head", "/acting-as/"),
)


def screenshots(argv: list[str]) -> int:
    """Take the pictures; 0, or 1 where a page could not be reached."""
    options = Arguments("screenshots", "截取演示系统主要页面的图片")
    options.add_argument("--out", type=Path, default=Path("screenshots"), help="图片目录")
    options.add_argument("--only", default="", help="只截名称以此开头的页面")
    options.add_argument("--at", default="", help="已在运行的演示的地址，例如 http://127.0.0.1:8000")
    given = options.parse_args(argv)
    wanted = [shot for shot in SHOTS if shot.name.startswith(given.only)]
    if not wanted:
        stop(f"没有名为 {given.only} 的页面，可选：{'、'.join(shot.name for shot in SHOTS)}。")
    given.out.mkdir(parents=True, exist_ok=True)
    path = chromium()
    # the demonstration first: playwright's loop would keep Django from its database
    with served(given.at) as address, browser(path) as found:
        failed = [shot.name for shot in wanted if not take(found, address, shot, given.out)]
    if failed:
        print(f"没有截到：{'、'.join(failed)}。", file=sys.stderr)
    return 1 if failed else 0


def chromium() -> str:
    """Where the machine's Chromium is; one sentence where there is none, or nothing to drive it with."""
    if find_spec("playwright") is None:
        stop(NO_PLAYWRIGHT)
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        stop(NO_BROWSER)
    return path


@contextmanager
def browser(path: str) -> "Iterator[Browser]":
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@contextmanager
def served(address: str) -> Iterator[str]:
    """The address of a demonstration: the one given, or one built for this and stopped again."""
    if address:
        yield address.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="gongzhi-screenshots-") as folder:
        os.environ[f"{PREFIX}DATA"] = folder
        os.environ.setdefault(f"{PREFIX}MODE", "rehearsal")
        os.environ[f"{PREFIX}CLOCK_FILE"] = str(Path(folder, "clock.json"))
        demo.demo(["--no-serve", "--at", BEGINS, "--estates", ESTATES])
        port = free_port()
        children = [demo.start("serve", "--port", str(port)), demo.start("work")]
        try:
            demo.wait_until_served(port, children)
            yield f"http://{serving.HOST}:{port}"
        finally:
            demo.end(children)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((serving.HOST, 0))
        return int(probe.getsockname()[1])


def take(found: "Browser", address: str, shot: Shot, out: Path) -> bool:
    """Both widths of one page; whether they were taken."""
    from playwright.sync_api import Error

    for kind, width in WIDTHS.items():
        context = found.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            device_scale_factor=1,
        )
        try:
            page = arrive(context, address, shot)
            page.screenshot(path=str(out / f"{shot.name}-{kind}.png"), full_page=True)
            print(f"{shot.name}-{kind}.png{_wider(page, width)}", flush=True)
        except Error as broken:
            print(f"{shot.name}-{kind}：{broken.message.splitlines()[0]}", file=sys.stderr)
            return False
        finally:
            context.close()
    return True


def arrive(context: "BrowserContext", address: str, shot: Shot) -> "Page":
    """Sign in, go to the page, wait for its fonts."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    if shot.account:
        sign_in(page, address, shot.account)
    page.goto(address + shot.path)
    for way in shot.ways:
        way(page)
    if shot.large:
        page.locator("form[action*='large-type'] button").first.click()
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    return page


def sign_in(page: "Page", address: str, account: str) -> None:
    """By password; with several posts, the first one."""
    from .demonstration import PASSWORD

    page.goto(f"{address}/sign-in/")
    page.fill("input[name='username']", account)
    page.fill("input[name='password']", PASSWORD)
    page.locator("form:has(input[name='password']) button").click()
    if "acting-as" in page.url:
        page.locator("main button[name='appointment']").first.click()


def _wider(page: "Page", width: int) -> str:
    """What to look at: a page that is wider than its window."""
    inside = int(page.evaluate("document.documentElement.scrollWidth"))
    return f"  （页面宽 {inside}，超出窗口）" if inside > width else ""
