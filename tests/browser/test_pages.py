"""Every page of the URL table, as every role: it leads nowhere broken, and axe finds nothing grave.

The pages are found by following links from where each role begins. A route nobody reaches fails the suite, unless it is
named here with the test that opens it, or with what it is.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from browser.axe import grave_faults
from browser.people import Person, Window
from browser.reading import Walk, route_of, signed_in
from browser.serving import Site

pytestmark = pytest.mark.xdist_group("browser")
#: Role → whose account.
ROLES = {
    "nobody": "",
    "owner": "hj-05-owner",
    "volunteer": "hj-01-volunteer",
    "provider": "hj-provider2-legal",
    "committee": "hj-10-head",
    "community": "hj-community1-worker",
    "street": "hj-street1-officer",
    "county": "hj-county-officer",
    "administrator": "administrator",
    "auditor": "auditor",
}
STARTS = ("/", "/notices/", "/account/")
#: Where an account begins that may not see the work list.
REFUSED = {"administrator": ("/notices/", "/account/"), "nobody": ("/sign-in/", "/notices/")}
#: Routes that no link leads to: programs ask them, or the test named here opens them.
ELSEWHERE = {
    "healthz": "for programs",
    "readyz": "for programs",
    "sign-in/code/": "test_states: a one-time code",
    "account/confirm/": "test_states: a one-time code",
    "account/confirm/code/": "test_states: a one-time code",
    "account/code/off/": "test_states: a one-time code",
    "account/recovery-codes/": "test_states: a one-time code",
    "account/recovery-codes/new/": "test_states: a one-time code",
    "account/second-factor/": "leads on, has no page",
    "views/<uuid:view_id>/forget/": "test_states: a view is kept and forgotten",
    "sign-in/by/<slug:provider_id>/": "leads to an identity provider",
    "sign-in/by/<slug:provider_id>/back/": "comes back from an identity provider",
    "news/": "asked by the page itself: desk/tests/test_live.py",
    "cases/<uuid:case_id>/news/": "asked by the page itself: desk/tests/test_live.py",
    "notices/<uuid:notice_id>/pictures/<uuid:picture_id>.jpg": "a picture: notices/tests/test_pictures.py",
    "administration/acts/<str:name>/done/": "answers a form: desk/tests/test_administration_forms.py",
    "administration/acts/<str:name>/find/<slug:path>/": "leaves a form: desk/tests/test_administration_forms.py",
    "administration/tables/<slug:kind>/errors/": "answers a form: desk/tests/test_tables.py",
    "administration/organisations/<uuid:organisation_id>/seal/withdraw/": "desk/tests: where there is a seal",
    "my/objections/<uuid:objection_id>/reply.pdf": "phone/tests: the written reply, a file",
    "my/objections/<uuid:objection_id>/received/": "answers a form: config/tests/test_objection_path.py",
    **dict.fromkeys(
        (
            "exits/conduct/<uuid:conduct_id>/",
            "exits/conduct/<uuid:conduct_id>/final/",
            "exits/conduct/<uuid:conduct_id>/paper/",
            "exits/conduct/<uuid:conduct_id>/revoke/",
            "exits/hints/<uuid:estate_id>/",
        ),
        "nobody here was ever fined: exits/tests/test_conduct_pages.py",
    ),
    **dict.fromkeys(
        (
            "rehearsals/<uuid:cell_id>/",
            "rehearsals/<uuid:cell_id>/open/",
            "rehearsals/<uuid:cell_id>/discard/",
            "rehearsal/",
            "rehearsal/again/",
            "rehearsal/away/",
            "rehearsal/clock/",
            "rehearsal/closed/",
            "rehearsal/enter/",
            "rehearsal/sit/",
        ),
        "once there is a rehearsal, and in its cell: rehearsal/tests",
    ),
}
#: What says the same to whoever reads it is read once.
SAME_FOR_ALL = (
    "law/",
    "notices/",
    "v/",
    "managers/",
    "calculator/",
    "estates/<uuid:estate_id>/manager/",
    "reference.css",
)
#: Pages that are made for a telephone, too: axe looks at them twice.
IN_HAND = ("", "cases/<uuid:case_id>/", "notices/<uuid:notice_id>/", "v/<str:code>/", "sign-in/")
WIDTHS = (390, 360)


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the URL table but those of the API, which has a matrix of its own."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        elif route != "api/":
            yield from routes(entry, route)


@pytest.fixture(scope="module")
def walks(site: Site) -> dict[str, Walk]:
    """What each role finds."""
    found: dict[str, Walk] = {}
    for role, account in ROLES.items():
        known = {route for walk in found.values() for route in walk.reached if route.startswith(SAME_FOR_ALL)}
        walk = Walk(account, signed_in(site, account), site, frozenset(known))
        found[role] = walk.go(*REFUSED.get(role, STARTS))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_nothing_a_role_is_led_to_is_broken(walks: dict[str, Walk], role: str) -> None:
    assert walks[role].faults == []
    assert len(walks[role].pages) > 5


def test_every_route_is_reached_by_somebody(walks: dict[str, Walk]) -> None:
    reached = {route for walk in walks.values() for route in walk.reached}
    assert set(routes()) - reached == set(ELSEWHERE)


class Watch:
    """What goes wrong beside a page: words on its console, requests that fail or go elsewhere."""

    def __init__(self, page: Page, site: Site) -> None:
        self.site, self.faults = site, list[str]()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # a font that was still on its way when one went on is no fault
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.address}/", "data:image/")):
            self.faults.append(f"another host: {request.url}")


def by_role(walks: dict[str, Walk]) -> Iterator[tuple[str, list[str]]]:
    """Each page once: role → the pages it is the first to find."""
    known: set[str] = set()
    for role, walk in walks.items():
        own = {route: path for route, path in walk.pages.items() if route not in known}
        known |= own.keys()
        yield role, list(own.values())


def test_every_page_is_sound_in_a_browser(walks: dict[str, Walk], chromium: Browser, site: Site) -> None:
    wrong: dict[str, Any] = {}
    for role, paths in by_role(walks):
        person = Person(chromium, site, ROLES[role], Window())
        watch = Watch(person.page, site)
        for path in paths:
            wrong |= {f"{role} {path}": found for found in [look(person, watch, path)] if found}
        person.closes()
    assert wrong == {}


def look(person: Person, watch: Watch, path: str) -> list[str]:
    """Open a page at a desk's width, then make it as narrow as phones are."""
    watch.faults.clear()
    page = person.opens(path).page
    found = grave_faults(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        inside = int(page.evaluate("document.documentElement.scrollWidth"))
        found += [f"{inside} wide at {width}"] if inside > width else []
    if route_of(path) in IN_HAND:
        found += [f"at {WIDTHS[-1]}: {fault}" for fault in grave_faults(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return [*found, *watch.faults]
