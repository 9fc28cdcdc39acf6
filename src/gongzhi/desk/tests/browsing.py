"""A person at the desk: signs in, opens a page, fills in one of its forms, sends it."""

import re
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from gongzhi.accounts.actions import set_password
from gongzhi.accounts.facts import SetPassword
from gongzhi.accounts.models import Account
from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import PDF, Play
from gongzhi.ui.tests.marks import unbroken

PASSWORD = "example-password-1"


def sign_in(play: Play, name: str) -> Client:
    """Somebody of the cast signs in by password, in the post the cast gives."""
    account_id = play.cast[name].account_id
    assert account_id is not None
    set_password(by=SYSTEM, at=play.now, facts=SetPassword(account_id=account_id, password=PASSWORD))
    client, account = Client(), Account.objects.get(pk=account_id)
    answer = client.post("/sign-in/", {"username": account.username, "password": PASSWORD})
    assert answer.status_code == 302, text_of(answer)
    client.post("/acting-as/", {"appointment": str(play.cast[name].appointment_id)})
    return client


def upload(name: str = "示例.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A file somebody chose."""
    return SimpleUploadedFile(name, BytesIO(content).read(), "application/pdf")


@dataclass
class Form:
    """A form of a page: where it goes, what it calls its fields, what it sends unasked."""

    address: str
    prefix: str
    hidden: dict[str, str]
    html: str
    client: Client = field(repr=False)

    def body(self, said: dict[str, Any], papers: dict[str, Any], do: str) -> dict[str, Any]:
        """What the browser sends."""
        named = {f"{self.prefix}-{name}": value for name, value in said.items()}
        files = {f"{self.prefix}-paper-{code}": file for code, file in papers.items()}
        return {**self.hidden, **named, **files, "form-do": do}

    def send(self, papers: dict[str, Any] | None = None, do: str = "send", **said: Any) -> HttpResponse:
        """Fill it in and send it."""
        answer: HttpResponse = self.client.post(self.address, self.body(said, papers or {}, do))  # type: ignore[assignment]
        return answer

    def value(self, name: str) -> str:
        """What stands in one of its fields."""
        found = re.search(
            rf'<textarea name="{self.prefix}-{name}"[^>]*>\s*(.*?)</textarea>', self.html, re.DOTALL
        )
        if found is None:
            found = re.search(rf'<input[^>]*name="{self.prefix}-{name}"[^>]*value="([^"]*)"', self.html)
        return unescape(found[1]) if found is not None else ""


def text_of(answer: Any) -> str:
    """A page's text, without what only keeps a figure in one line."""
    return unbroken(answer.content.decode())


def forms_in(client: Client, html: str) -> list[Form]:
    """The forms of facts on a page."""
    found = re.findall(
        r'<form class="form" method="post" action="([^"]+)"[^>]*?id="([^"]+)">(.*?)</form>', html, re.DOTALL
    )
    return [
        Form(
            unescape(address),
            prefix,
            {
                unescape(name): unescape(value)
                for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inside)
                if name != "csrfmiddlewaretoken"
            },
            inside,
            client,
        )
        for address, prefix, inside in found
    ]


def form_at(client: Client, path: str, ending: str = "") -> Form:
    """The form on a page whose address ends so; the only one where nothing is said."""
    answer = client.get(path)
    assert answer.status_code == 200, text_of(answer)[-3000:]
    found = [
        one for one in forms_in(client, text_of(answer)) if one.address.partition("?")[0].endswith(ending)
    ]
    assert len(found) == 1, [one.address for one in found]
    return found[0]
