"""Scenes for the tests of the administration: the cast of 白山 at their desks, and what their forms say."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client

from gongzhi.desk.tests.browsing import Form, form_at
from gongzhi.desk.tests.looking import browser_of
from gongzhi.exits.tests.play import at
from gongzhi.registry.tests.cast import Cast

NOW = at("2026-03-02 09:00")
PLACES = ("ui.seat", "ui.shell", "desk.views.signing", "desk.views.account")


def look(cast: Cast, name: str) -> Client:
    """A browser of one of the cast."""
    return browser_of(cast, name, NOW)


def the_form(client: Client, name: str, **given: Any) -> Form:
    """The form of an act, filled in with what the address settles."""
    asked = "&".join(f"{short}={value}" for short, value in given.items())
    return form_at(client, f"/administration/acts/{name}/?{asked}")


def acted(answer: HttpResponse) -> HttpResponse:
    """It was carried out: the next page tells it."""
    assert answer.status_code == 302, complaints(answer)
    assert answer["Location"].endswith("/done/"), answer["Location"]
    return answer


def complaints(answer: HttpResponse) -> str:
    """What a form or a refusal says is wrong."""
    text = answer.content.decode()
    found = re.findall(
        r'<p class="err">(.*?)</p>|<div class="note stop refusal".*?<p>(.*?)</p>', text, re.DOTALL
    )
    return (
        f"{answer.status_code} " + " | ".join(re.sub(r"<[^>]+>|\s+", " ", "".join(one)) for one in found)
        or text
    )


def chosen_from(form: Form, name: str) -> dict[str, str]:
    """The choices of a field: value → words."""
    inside = re.search(rf'<select name="{form.prefix}-{name}".*?</select>', form.html, re.DOTALL)
    assert inside is not None, name
    return {
        unescape(value): unescape(words)
        for value, words in re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)', inside[0])
    }
