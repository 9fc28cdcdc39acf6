"""What a page says and where it leads, read from its HTML as a plain HTTP client gets it."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import requests
from django.urls import Resolver404, resolve

from browser.serving import Site
from gongzhi.config.demonstration import PASSWORD

#: A word of the code: two English words and a line between them.
CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
#: Where words of code may stand: in code, in what one types, in what is not shown.
QUIET = {"code", "pre", "script", "style", "textarea", "kbd", "samp"}
VOID = {
    "area",
    "base",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "path",
    "rect",
    "line",
    "source",
    "wbr",
}
#: Who keeps the system is told on these pages that business is for others.
REFUSED = {("administrator", "/"), ("administrator", "/search")}
#: Pages of one kind that are opened from one kind of page, and at all, by one role.
FROM_ONE, AT_ALL = 1, 4


def is_page(answer: requests.Response) -> bool:
    """Whether a browser shows what came; a file that is taken home is saved instead."""
    is_file = "attachment" in answer.headers.get("Content-Disposition", "")
    return answer.headers["Content-Type"].startswith("text/html") and not is_file


class Html(HTMLParser):
    """A page taken apart: addresses it links to and sends forms to, its headings, its words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[str] = []
        self.files: list[str] = []
        self.h1 = 0
        self.words: list[str] = []
        self._quiet: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep addresses; note where words of code may stand."""
        given = {name: value or "" for name, value in attrs}
        self.h1 += tag == "h1"
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form" and given.get("action"):
            self.forms.append(given["action"])
        if tag in ("link", "script", "img") and (found := given.get("href") or given.get("src")):
            self.files.append(found)
        is_quiet = tag in QUIET or "mono" in given.get("class", "").split()
        if (is_quiet or self._quiet) and tag not in VOID:
            self._quiet.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave what was quiet."""
        if self._quiet and self._quiet[-1] == tag:
            self._quiet.pop()

    def handle_data(self, data: str) -> None:
        """Keep words that are shown."""
        if not self._quiet and data.strip():
            self.words.append(data.strip())

    @property
    def code_words(self) -> set[str]:
        """Words of the code among those that are shown."""
        return {found for words in self.words for found in CODE.findall(words)}


@dataclass
class Walk:
    """What one role found by following links from where it begins."""

    account: str
    session: requests.Session
    site: Site
    #: Routes that somebody else has read already, and that say the same to everybody.
    known: frozenset[str] = frozenset()
    #: Route → an address of it that answered with a page.
    pages: dict[str, str] = field(default_factory=dict)
    #: Routes that answered at all.
    reached: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    _opened: Counter[str] = field(default_factory=Counter)
    _from: Counter[tuple[str, str]] = field(default_factory=Counter)
    _seen: set[str] = field(default_factory=set)

    def go(self, *starts: str) -> "Walk":
        """Follow every link, a few of each kind from each kind of page."""
        waiting = deque((start, "", False) for start in starts)
        while waiting:
            address, source, is_form = waiting.popleft()
            for found, posted in self._open(address, source, is_form):
                waiting.append((found, route_of(address), posted))
        return self

    def _open(self, address: str, source: str, is_form: bool) -> list[tuple[str, bool]]:
        path = address.partition("#")[0]
        kind = kind_of(path)
        is_enough = self._from[source, kind] >= FROM_ONE or self._opened[kind] >= AT_ALL
        if is_enough or path in self._seen or route_of(path) in self.known:
            return []
        self._seen.add(path)
        self._from[source, kind] += 1
        self._opened[kind] += 1
        answer = self.session.get(f"{self.site.address}{path}", allow_redirects=False, timeout=60)
        return self._read(path, answer, source, is_form)

    def _read(
        self, path: str, answer: requests.Response, source: str, is_form: bool
    ) -> list[tuple[str, bool]]:
        route = route_of(path)
        # a form's address need not have a page of its own
        if answer.status_code >= 400 and not (is_form and answer.status_code == 405):
            if (self.account, path.partition("?")[0]) in REFUSED:
                return []
            self.faults.append(
                f"{self.account or 'nobody'}: {path} on {source or 'start'}: {answer.status_code}"
            )
            return []
        self.reached.add(route)
        self.faults += [f"{self.account or 'nobody'}: {path}: {fault}" for fault in faults_of(answer)]
        if answer.is_redirect:
            return [(self._inside(answer.headers["Location"], path), False)]
        if answer.status_code != 200 or not is_page(answer):
            return []
        self.pages.setdefault(route, path)
        page = Html(answer.text)
        own = [(self._inside(link, path), False) for link in page.links]
        own += [(self._inside(link, path), True) for link in page.forms]
        own += [(self._inside(link, path), False) for link in page.files]
        # what whitenoise serves is asked for by the browser
        return [(found, posted) for found, posted in own if found and not found.startswith("/static/")]

    def _inside(self, link: str, path: str) -> str:
        """The path of a link of ours; "" for what leads elsewhere."""
        whole = urlsplit(urljoin(f"{self.site.address}{path}", link))
        if f"{whole.scheme}://{whole.netloc}" != self.site.address:
            return ""
        return whole.path + (f"?{whole.query}" if whole.query else "")


def faults_of(answer: requests.Response) -> list[str]:
    """What no page may have or lack."""
    policy = answer.headers.get("Content-Security-Policy", "")
    found = [] if "default-src 'none'" in policy and "unsafe" not in policy else [f"policy {policy!r}"]
    if answer.status_code != 200 or not is_page(answer):
        return found
    page = Html(answer.text)
    if page.h1 != 1:
        found.append(f"{page.h1} h1")
    if page.code_words:
        found.append(f"words of code: {sorted(page.code_words)}")
    outside = [link for link in (*page.links, *page.files) if link.startswith(("http:", "https:", "//"))]
    return found + [f"leads outside: {link}" for link in outside if not link.startswith("http://127.0.0.1")]


def route_of(path: str) -> str:
    """The route an address belongs to, as the URL table writes it."""
    try:
        return str(resolve(urlsplit(path).path).route)
    except Resolver404:
        return f"no route: {path}"


def kind_of(path: str) -> str:
    """The route and the names of what is asked: pages of one kind differ in what they are about."""
    asked = sorted({part.partition("=")[0] for part in urlsplit(path).query.split("&") if part})
    return f"{route_of(path)}?{'&'.join(asked)}"


def signed_in(site: Site, account: str) -> requests.Session:
    """A session of that account, in the first of its posts; nobody's where the account is ""."""
    session = requests.Session()
    session.trust_env = False
    if account:
        where = f"{site.address}/sign-in/"
        session.get(where, timeout=60)
        said = {
            "username": account,
            "password": PASSWORD,
            "csrfmiddlewaretoken": session.cookies["csrftoken"],
        }
        answer = session.post(where, data=said, timeout=60)
        if answer.url.endswith("/acting-as/"):
            _choose(session, answer)
    return session


def _choose(session: requests.Session, answer: requests.Response) -> None:
    post = re.search(r'name="appointment" value="([^"]+)"', answer.text)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    assert post
    assert token
    session.post(answer.url, data={"appointment": post[1], "csrfmiddlewaretoken": token[1]}, timeout=60)
