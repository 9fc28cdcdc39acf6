"""Scenes for the tests of what one looks things up in: the cast in a browser, and pages held to what holds for all."""

import re
from datetime import datetime

from django.test import Client

from gongzhi.accounts.actions import set_password
from gongzhi.accounts.facts import SetPassword
from gongzhi.accounts.models import Account
from gongzhi.acts.door import SYSTEM
from gongzhi.registry.tests.cast import Cast
from gongzhi.ui.tests.marks import unbroken

PASSWORD = "example-password-1"


def browser_of(cast: Cast, name: str, at: datetime) -> Client:
    """A browser in which one of the cast is signed in and sits in the post."""
    actor = cast[name]
    assert actor.account_id is not None
    set_password(by=SYSTEM, at=at, facts=SetPassword(account_id=actor.account_id, password=PASSWORD))
    client = Client()
    username = Account.objects.get(pk=actor.account_id).username
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    client.post("/acting-as/", {"appointment": str(actor.appointment_id)})
    return client


def read(client: Client, path: str, status: int = 200) -> str:
    """A page's text but for what keeps a figure in one line: no inline style or script, nothing left of a template."""
    answer = client.get(path)
    text: str = answer.content.decode()
    assert answer.status_code == status, text
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert text.count("<script") == text.count('<script src="/static/')
    assert "<style" not in text
    assert " style=" not in text
    assert not re.search(r"\son[a-z]+=", text)
    assert "{{" not in text
    assert "{%" not in text
    return unbroken(text)


def plain(text: str) -> str:
    """The words of a page without its marks, blanks made one; what only keeps a figure in one line leaves none."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unbroken(text)))
