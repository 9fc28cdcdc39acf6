"""Scenes for the tests of the administration: one cast, browsers at its desks, forms as browsers send them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from gongzhi.accounts.actions import issue_token
from gongzhi.accounts.facts import IssueToken
from gongzhi.acts import log
from gongzhi.acts.door import ACTIONS, SYSTEM, Action, Actor
from gongzhi.desk.tests.looking import browser_of
from gongzhi.exits.actions.conduct import record_conduct
from gongzhi.exits.conduct_facts import RecordConduct
from gongzhi.exits.tests.play import adopt_baishan, at
from gongzhi.procedures.tick import beat
from gongzhi.registry.actions.appointments import grant_power_of_attorney
from gongzhi.registry.facts import GrantPowerOfAttorney
from gongzhi.registry.tests.cast import Cast, add_account, add_person, build_cast

NOW = at("2026-03-02 09:00")
PLACES = ("ui.seat", "ui.shell", "desk.views.signing", "desk.views.account")


@dataclass
class Office:
    """白山 and 诸暨 on 2 March 2026, with a token, a conduct entry, a power of attorney, and somebody new."""

    cast: Cast
    token: str = ""
    conduct: str = ""
    power: str = ""
    new_person: str = ""
    new_account: str = ""
    browsers: dict[str, Client] = field(default_factory=dict)

    def look(self, name: str) -> Client:
        """A browser of one of the cast, signed in once."""
        return self.browsers[name]

    def sign_in(self, *names: str) -> None:
        """Before the first test, for what a test does is taken back."""
        for name in names:
            self.browsers[name] = browser_of(self.cast, name, NOW)

    def actor(self, name: str) -> Actor:
        """One of the cast; `county_officer@zhuji` of the other area."""
        return self.cast.actors[name] if "@" in name else self.cast[name]

    def organisation(self, key: str) -> str:
        """The id of one of the bodies at home."""
        return str(self.cast.organisations[key].pk)


@contextmanager
def opened_office(folder: Path, *names: str) -> Iterator[Office]:
    """Built once for a module; whoever is named has signed in."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.conf.settings.FILES_ROOT", folder)
        for place in PLACES:
            patch.setattr(f"gongzhi.{place}.now", lambda: NOW)
        made = Office(build_cast(NOW, areas=("zhuji",)))
        adopt_baishan()
        _furnish(made)
        made.sign_in(*names)
        log.seal(NOW)
        beat("tick", NOW)
        yield made
        transaction.set_rollback(True)


def _furnish(made: Office) -> None:
    owner, home = made.cast["owner"], made.cast.home
    assert owner.account_id is not None
    assert owner.appointment_id is not None
    key = IssueToken(account_id=owner.account_id, appointment_id=owner.appointment_id, purpose="示例程序")
    made.token = issue_token(by=SYSTEM, at=NOW, facts=key).value["token_id"]
    found = RecordConduct(
        kind="penalty",
        organisation_id=home.organisations["provider"].pk,
        authority_id=home.organisations["county"].pk,
        document_number="示例罚〔2026〕1号",
        decided_on=date(2026, 1, 5),
    )
    made.conduct = record_conduct(by=SYSTEM, at=NOW, facts=found).value["conduct_id"]
    power = GrantPowerOfAttorney(
        principal_organisation_id=home.organisations["provider"].pk,
        agent_id=home.people["provider_leader"].pk,
        matter="示例事项",
        scope="示例权限",
        from_on=date(2026, 1, 1),
        to_on=date(2026, 12, 31),
        is_signed_by_principal=True,
        is_signed_by_agent=True,
    )
    made.power = grant_power_of_attorney(by=SYSTEM, at=NOW, facts=power).value["power_id"]
    somebody, other = add_person("示例新人"), add_person("示例旁人")
    made.new_person = str(somebody.pk)
    made.new_account = str(_loosened(other))


def _loosened(other: Any) -> UUID:
    """An account that belongs to nobody any more: to be linked to somebody else."""
    account_id = add_account(other)
    type(other).objects.filter(pk=other.pk).update(account_id=None)
    return account_id


def public_actions() -> list[Action[Any]]:
    """Every act the product offers without a case; not those that only a test declares."""
    every = (one for one in ACTIONS.values() if one.public and ".tests." not in one.facts.__module__)
    return sorted(every, key=lambda one: one.name)


# Forms as a browser reads and sends them ----------------------------------------------------------------------------


class FormReader(HTMLParser):
    """What the form on a page would send if nobody touched it."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = self.select = self.area = ""
        self.address = ""
        self.said: dict[str, list[str]] = {}
        self.options: dict[str, dict[str, str]] = {}
        self.types: dict[str, str] = {}
        self.buttons: list[str] = []
        self.option = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read a field."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("class") == "form":
            self.inside, self.address = "form", told.get("action", "")
        elif self.inside:
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        name = told.get("name", "")
        if tag == "input":
            self.types[name] = told.get("type", "text")
            if self.types[name] in ("radio", "checkbox"):
                self.options.setdefault(name, {})[told.get("value", "")] = ""
            if self.types[name] not in ("radio", "checkbox", "file") or "checked" in told:
                empty = "on" if self.types[name] == "checkbox" else ""
                self.said.setdefault(name, []).append(told.get("value", empty))
        elif tag == "select":
            self.select, self.types[name] = name, "select"
            self.options.setdefault(name, {})
        elif tag == "option" and self.select:
            self.option = told.get("value", "")
            self.options[self.select][self.option] = ""
            if "selected" in told or self.select not in self.said:
                self.said[self.select] = [self.option]
        elif tag == "textarea":
            self.area, self.types[name], self.said[name] = name, "textarea", [""]
        elif tag == "button":
            self.buttons.append(told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """The end of a field, or of the form."""
        if tag == "form":
            self.inside = ""
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""
        elif tag == "option":
            self.option = ""

    def handle_data(self, data: str) -> None:
        """The words of an option, or what stands in a text."""
        if self.area:
            self.said[self.area] = [data.removeprefix("\n")]
        elif self.select:
            self.options[self.select][self.option] = (
                self.options[self.select].get(self.option, "") + data.strip()
            )


@dataclass
class Filled:
    """A form in a browser, with what stands in it."""

    client: Client
    address: str
    said: dict[str, list[str]]
    options: dict[str, dict[str, str]]
    types: dict[str, str]
    buttons: list[str]

    def send(self, do: str = "send", **said: Any) -> HttpResponse:
        """Fill in what is said and press a button; what stands in the form already is sent with it."""
        mine = {f"act-{name.replace('__', '-')}": value for name, value in said.items()}
        body = {**self.said, **mine, "form-do": do}
        body.pop("", None)
        answer: HttpResponse = self.client.post(self.address, body)  # type: ignore[assignment]
        return answer

    def value(self, name: str) -> str:
        """What stands in a field."""
        return (self.said.get(f"act-{name}") or [""])[-1]

    def choices(self, name: str) -> dict[str, str]:
        """What may be chosen: value → words, without the empty one."""
        return {value: words for value, words in self.options.get(f"act-{name}", {}).items() if value}


def filled(client: Client, text: str) -> Filled:
    """The form on a page."""
    reader = FormReader()
    reader.feed(text)
    assert reader.address, text
    reader.said.pop("csrfmiddlewaretoken", None)
    return Filled(client, reader.address, reader.said, reader.options, reader.types, reader.buttons)


def the_form(client: Client, name: str, **given: Any) -> Filled:
    """The form of an act, begun with what the address settles."""
    asked = "&".join(f"{short}={value}" for short, value in given.items())
    answer = client.get(f"/administration/acts/{name}/?{asked}")
    assert answer.status_code == 200, complaints(answer)
    return filled(client, answer.content.decode())


def complaints(answer: Any) -> str:
    """What a form or a refusal says is wrong."""
    text = answer.content.decode()
    found = re.findall(
        r'<div class="errors".*?</div>|<div class="note stop refusal".*?</div>', text, re.DOTALL
    )
    return f"{answer.status_code} " + (re.sub(r"<[^>]+>|\s+", " ", " ".join(found)) or text[-3000:])
