"""Scenes for the tests of signing in: accounts, browsers, one-time codes computed apart from the code under test."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any
from uuid import UUID

from django.test import Client, TestCase

from gongzhi.accounts.actions import open_account, set_password
from gongzhi.accounts.facts import OpenAccount, SetPassword
from gongzhi.accounts.models import Account
from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.law.actions import LoadDivisions, load_divisions
from gongzhi.registry.models import OrganisationKind, Post
from gongzhi.registry.tests.cast import add_actor, add_organisation
from gongzhi.values.now import now

PASSWORD = "example-password-1"
WRONG = "账号或密码不对，请重新输入。"
SETTINGS = {"HTTP_USER_AGENT": "Example Browser 1"}


def opened(username: str = "example") -> Account:
    """An account that can sign in, of nobody registered."""
    facts = OpenAccount(username=username, password=PASSWORD)
    answer = open_account(by=SYSTEM, at=now(), facts=facts)
    return Account.objects.get(pk=answer.value["account_id"])


def posted(post: Post, kind: OrganisationKind | None = None, code: str = "220602") -> Account:
    """An account with one post, in an organisation of that kind."""
    if kind:
        load_divisions(by=SYSTEM, at=now(), facts=LoadDivisions())
    where = {"organisation_id": add_organisation(kind, f"示例{kind.label}", code).pk} if kind else {}
    actor = add_actor("示例人员", post, **where)
    assert actor.account_id is not None
    set_password(by=SYSTEM, at=now(), facts=SetPassword(account_id=actor.account_id, password=PASSWORD))
    return Account.objects.get(pk=actor.account_id)


def attempt(client: Client, username: str, password: str = PASSWORD, **more: Any) -> Any:
    """One try at the sign-in form."""
    return client.post("/sign-in/", {"username": username, "password": password}, **more)


def signed_in(account: Account) -> Client:
    """A browser in which the account is signed in."""
    client = Client(**SETTINGS)
    answer = attempt(client, account.username)
    assert answer.status_code == 302, answer.content.decode()
    return client


def is_in(client: Client) -> bool:
    """Whether the browser is signed in: its own account is shown to it."""
    return bool(client.get("/account/").status_code == 200)


def history(account_id: UUID) -> list[str]:
    """What the account's own history tells, oldest first, without its opening and passwords."""
    rows = Act.objects.filter(chain_id=account_id).exclude(name="accounts.set_password").order_by("seq")
    return [row.name.removeprefix("accounts.") for row in rows]


def text(answer: Any) -> str:
    """A page's text."""
    return str(answer.content.decode())


def totp(secret: str, at: float | None = None) -> str:
    """The six digits of RFC 6238 (SHA-1, 30 s)."""
    step = int(time.time() if at is None else at) // 30
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def set_up_codes(client: Client) -> tuple[str, list[str]]:
    """Set one-time codes up as a person would; the secret, and the recovery codes shown."""
    secret = re.findall(r"<code[^>]*>([A-Z2-7]+)</code>", text(client.get("/account/code/")))[0]
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post("/account/code/", {"code": totp(secret)}, follow=True)
    assert answer.redirect_chain, text(answer)
    return secret, re.findall(r"<li>(\d{8})</li>", text(answer))


def next_code(secret: str) -> str:
    """A code that was not used yet: of the step to come, which is let pass as a clock's difference."""
    return totp(secret, time.time() + 30)
