"""`gongzhi screenshots`: pictures of the main pages at a desk's and a phone's width, and of a few official papers.

The demonstration is built in a folder of its own and served on loopback; a Chromium found on the machine signs in by
password as people of the demonstration and takes the pictures.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import chromium, demo, serving
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


def _sent_empty(page: "Page") -> None:
    """Send a form as it is: what is wrong stands above it."""
    page.locator("main form.form button[value='send']").first.click()


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: who looks (an account of the demonstration, "" for anybody), from where, and by which ways."""

    name: str
    account: str
    path: str
    ways: tuple[Way, ...] = ()
    large: bool = False


OFFICER, LEADER, HEAD = "hj-street1-officer", "hj-01-leader", "hj-03-head"
A_CASE = _first("main tbody a.tt[href*='/cases/']")
OLDEST = _first("main tbody tr:last-child a.tt")
MANAGER = _first("main a[href*='/manager/']")
NEXT, ESTATE = _first("main a.tt"), _first("main tbody a.tt[href*='/estates/']")
NOTICE = _first("main article h2 a")
#: Of the place most of whose estates have something to tell.
BOARD = "/notices/places/220602/"
#: A form that was sent empty is kept, and stands above what can be begun: it is not followed.
ESTATE_TO_LEAVE = (_first("main a.tt[href$='/open/exit/']"), NEXT)
APPLICATION = (*ESTATE_TO_LEAVE, _first("main a[href*='provider_early']"))
SHOTS = (
    Shot("work", OFFICER, "/"),
    Shot("work-large", OFFICER, "/", large=True),
    Shot("work-provider", LEADER, "/"),
    Shot("work-others", OFFICER, "/?whose=others"),
    Shot("cases", OFFICER, "/cases/"),
    Shot("case", OFFICER, "/cases/?procedure=exit", (OLDEST,)),
    Shot("case-mine", OFFICER, "/", (A_CASE, _opened)),
    Shot("case-form", "hj-provider1-legal", "/", (A_CASE,)),
    Shot("case-neighbour", "hj-05-owner", "/cases/", (A_CASE,)),
    Shot("case-more", OFFICER, "/cases/", (A_CASE, _first("main .actions a[href$='/more/']"))),
    Shot("open", LEADER, "/open/"),
    Shot("open-variant", LEADER, "/open/", ESTATE_TO_LEAVE),
    Shot("open-form", LEADER, "/open/", APPLICATION),
    Shot("open-wrong", LEADER, "/open/", (*APPLICATION, _sent_empty)),
    Shot("estates", OFFICER, "/estates/"),
    Shot("estate", OFFICER, "/estates/", (ESTATE,)),
    Shot("search", OFFICER, "/search?q=示例"),
    Shot("search-empty", OFFICER, "/search?q=没有这样的"),
    Shot("law", OFFICER, "/law/"),
    Shot("law-key", OFFICER, "/law/keys/exit.provider_early_exit_notice_before/"),
    Shot("law-due", OFFICER, "/law/due/"),
    Shot("law-coverage", OFFICER, "/law/coverage/"),
    Shot("law-defects", OFFICER, "/law/defects/"),
    Shot("account", OFFICER, "/account/"),
    Shot("board", "", "/notices/"),
    Shot("board-place", "", BOARD),
    Shot("manager", OFFICER, "/cases/", (A_CASE, MANAGER, _signed_out)),
    Shot("managers", "", "/managers/?q=示例"),
    Shot("notice", "", BOARD, (NOTICE,)),
    Shot("notice-object", "hj-05-owner", BOARD, (NOTICE, _first("main a[href$='/object/']"))),
    Shot("notice-missing", "", BOARD, (NOTICE, _first("main a[href$='/missing/']"))),
    Shot("verify", "", BOARD, (NOTICE, _first("main a[href*='/v/']"))),
    Shot("verification", "", "/v/"),
    Shot("calculator", "", "/calculator/?kind=free&start=2026-03-02&amount=90&unit=D&roll=next_workday"),
    Shot("refused", "administrator", "/cases/"),
    Shot("ledger", "hj-county-officer", "/exits/"),
    Shot("watches", OFFICER, "/exits/watches/"),
    Shot("messages", OFFICER, "/messages/"),
    Shot("home", "hj-05-owner", "/"),
    Shot("rehearsals", OFFICER, "/rehearsals/"),
    Shot("acts", "administrator", "/administration/"),
    Shot("act", "administrator", "/administration/acts/registry.appoint/"),
    Shot("organisations", "administrator", "/administration/organisations/"),
    Shot("tables", "hj-county-officer", "/administration/tables/"),
    Shot("table", "hj-county-officer", "/administration/tables/units/"),
    Shot("settings", "hj-county-officer", "/administration/settings/"),
    Shot("audit", "auditor", "/administration/audit/"),
    Shot("condition", "administrator", "/administration/condition/"),
    Shot("missing", "", "/nothing/"),
    Shot("sign-in", "", "/sign-in/"),
    Shot("acting-as", HEAD, "/acting-as/"),
)
#: Papers of these are taken too: the poster of a notice, and the first papers a case can make.
POSTER = Shot("paper-poster", "", BOARD, (NOTICE,))
PAPERS = Shot("paper", OFFICER, "/cases/?procedure=exit", (OLDEST,))
MOST_PAPERS = 6


def screenshots(argv: list[str]) -> int:
    """Take the pictures; 0, or 1 where a page could not be reached."""
    options = Arguments("screenshots", "截取演示系统主要页面的图片")
    options.add_argument("--out", type=Path, default=Path("screenshots"), help="图片目录")
    options.add_argument("--only", default="", help="只截名称以此开头的页面")
    options.add_argument("--at", default="", help="已在运行的演示的地址，例如 http://127.0.0.1:8000")
    given = options.parse_args(argv)
    wanted = [shot for shot in (*SHOTS, POSTER, PAPERS) if shot.name.startswith(given.only)]
    if not wanted:
        stop(
            f"没有名为 {given.only} 的页面，可选：{'、'.join(shot.name for shot in (*SHOTS, POSTER, PAPERS))}。"
        )
    given.out.mkdir(parents=True, exist_ok=True)
    path = browser_path()
    # the demonstration first: playwright's loop would keep Django from its database
    with served(given.at) as address, chromium.running(path) as found:
        failed = [shot.name for shot in wanted if not take(found, address, shot, given.out)]
    if failed:
        print(f"没有截到：{'、'.join(failed)}。", file=sys.stderr)
    return 1 if failed else 0


def browser_path() -> str:
    """Where the machine's Chromium is; one sentence where there is none, or nothing to drive it with."""
    try:
        return chromium.find()
    except chromium.NoBrowser as why:
        stop(f"{why}。")


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
        port = serving.free_port()
        children = [demo.start("serve", "--port", str(port)), demo.start("work")]
        try:
            demo.wait_until_served(port, children)
            yield f"http://{serving.HOST}:{port}"
        finally:
            demo.end(children)


def take(found: "Browser", address: str, shot: Shot, out: Path) -> bool:
    """Both widths of one page; whether they were taken."""
    from playwright.sync_api import Error

    widths = {"desk": WIDTHS["desk"]} if shot in (POSTER, PAPERS) else WIDTHS
    for kind, width in widths.items():
        context = found.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            device_scale_factor=1,
        )
        try:
            page = arrive(context, address, shot)
            if shot in (POSTER, PAPERS):
                print_papers(page, shot, out)
                continue
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


def print_papers(page: "Page", shot: Shot, out: Path) -> None:
    """The first sheet of each paper of the page: the poster of a notice, or those a case can make."""
    for name, address in _posters(page) if shot is POSTER else _documents(page):
        draw_sheet(page.context.request.get(address).body(), out / f"{shot.name}{name}.png")
        print(f"{shot.name}{name}.png", flush=True)


def _posters(page: "Page") -> list[tuple[str, str]]:
    links = page.locator("main a[href*='poster.pdf']")
    return [("-a4", str(links.first.evaluate("link => link.href")))]


def _documents(page: "Page") -> list[tuple[str, str]]:
    origin, _, path = page.url.partition("/cases/")
    told = page.context.request.get(f"{origin}/api/v1/cases/{path.strip('/')}/documents").json()
    return [(f"-{one['code']}", f"{origin}{one['pdf']}") for one in told[:MOST_PAPERS]]


def draw_sheet(content: bytes, to: Path) -> None:
    """The first page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    document[0].render(scale=1.5).to_pil().save(to)
    document.close()


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
