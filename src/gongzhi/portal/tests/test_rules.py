"""Every public address answers a passer-by, and shows nobody's name, number or telephone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gongzhi.exits.tests.play import Play
from gongzhi.notices.models import Notice
from gongzhi.portal.tests.scene import notice, sign_in, strict
from gongzhi.portal.urls import urlpatterns
from gongzhi.registry.models import Person
from gongzhi.values.ids import short_code

#: Name of the address → the path that is asked for.
PATHS: dict[str, Callable[[Play, Notice], str]] = {
    "board": lambda play, one: "/notices/?q=示例",
    "estate-board": lambda play, one: f"/notices/estates/{play.area.estate.pk}/",
    "place-board": lambda play, one: "/notices/places/220602/",
    "notice": lambda play, one: f"/notices/{one.pk}/",
    "notice-poster": lambda play, one: f"/notices/{one.pk}/poster.pdf",
    "notice-object": lambda play, one: f"/notices/{one.pk}/object/",
    "notice-missing": lambda play, one: f"/notices/{one.pk}/missing/",
    "proof": lambda play, one: f"/v/{one.pk}/proof.json",
    "proof-page": lambda play, one: f"/v/{one.pk}/proof.html",
    "proof-whole": lambda play, one: f"/v/{one.pk}/proof.py",
    "managers": lambda play, one: "/managers/?q=示例",
    "manager": lambda play, one: f"/estates/{play.area.estate.pk}/manager/",
    "calculator": lambda play, one: "/calculator/",
    "verification": lambda play, one: "/v/",
    "verifier": lambda play, one: "/v/verify.py",
    "verify": lambda play, one: f"/v/{short_code(one.pk)}/",
}

#: There only where somebody let a picture out; `notices/tests/test_pictures.py` asks for it as everybody.
LET_OUT = {"notice-picture"}
#: No pages; a poster bears the mark itself.
FILES = {"notice-poster", "proof", "proof-whole", "verifier"}


def test_every_public_address_has_a_rule() -> None:
    assert {str(one.name) for one in urlpatterns} == set(PATHS) | LET_OUT


@pytest.mark.parametrize("name", [None, "owner", "county_officer", "administrator"])
def test_every_public_page_answers_everybody_and_names_nobody(play: Play, name: str | None) -> None:
    play.stand("owner", "exit", "object", "publicity", content="示例异议内容")
    people = list(Person.objects.values_list("name", flat=True))
    client = sign_in(play, name) if name is not None else Client()
    for address, path in PATHS.items():
        answer = client.get(path(play, notice()))
        assert answer.status_code == 200, address
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        # a file that is taken home is no page of the site
        text = (
            page if "attachment" in answer.get("Content-Disposition", "") else strict(page).split("<main")[1]
        )
        # who said it reads it again where they would say more, and nobody else anywhere
        assert ("示例异议内容" in text) is (name == "owner" and address == "notice-object")
        found = [one for one in people if one in text]
        assert found == [], address


def test_public_pages_set_no_cookie_but_that_of_a_form(play: Play) -> None:
    for address, path in PATHS.items():
        answer = Client().get(path(play, notice()))
        wanted = {"csrftoken"} if address == "notice-missing" else set()
        assert set(answer.cookies) == wanted, address


def test_in_a_demonstration_every_public_page_says_so_also_where_no_clock_was_moved(
    play: Play, settings: Any
) -> None:
    pages = [path(play, notice()) for name, path in PATHS.items() if name not in FILES] + ["/sign-in/"]
    words = "演示数据，人名、小区、企业均为虚构"
    for path in pages:
        assert words not in Client().get(path).content.decode(), path
    settings.PAPER_MARK = "演练"
    for path in pages:
        text = Client().get(path).content.decode()
        assert words in text, path
        assert 'class="banner rehearsal mock"' in text or path.endswith("proof.html"), path
