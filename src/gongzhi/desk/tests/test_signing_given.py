"""A password that somebody else has set is changed at the first sign-in, before anything else."""

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from gongzhi.accounts.actions import issue_token, open_account, set_password
from gongzhi.accounts.facts import IssueToken, OpenAccount, SetPassword
from gongzhi.accounts.models import Account
from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.desk.tests.signing import PASSWORD, attempt, is_in, opened, posted, signed_in, text
from gongzhi.registry.models import Post
from gongzhi.registry.tests.cast import add_actor
from gongzhi.values.now import now

pytestmark = pytest.mark.django_db

NEW = "示例 新的口令 2027"


def change(client: Client, old: str, new: str) -> Any:
    """The form of a new password, sent."""
    return client.post("/account/password/", {"oldpassword": old, "password1": new, "password2": new})


def given(account: Account, password: str = PASSWORD) -> Account:
    """An account whose password the administrator has set."""
    facts = SetPassword(account_id=account.pk, password=password)
    administrator = add_actor("示例系统管理员", Post.ADMINISTRATOR)
    set_password(by=administrator, at=now(), facts=facts)
    return account


def test_a_password_that_another_set_is_changed_before_anything_else() -> None:
    account = given(posted(Post.AUDITOR))
    client = signed_in(account)
    for path in ("/", "/account/", "/administration/audit/", "/acting-as/", "/account/code/"):
        assert client.get(path)["Location"] == "/account/password/", path
    assert client.post("/acting-as/", {"appointment": "1"})["Location"] == "/account/password/"
    refused = client.get("/api/v1/me")
    assert (refused.status_code, "换成自己的密码" in refused.content.decode()) == (403, True)
    page = text(client.get("/account/password/"))
    assert "系统管理员设置的" in page
    assert 'href="/account/"' not in page.split("<form", 1)[1].split("</form>")[0]
    same = change(client, PASSWORD, PASSWORD)
    assert (same.status_code, "不能与现在的密码相同" in text(same)) == (200, True)
    assert client.get("/account/")["Location"] == "/account/password/"
    assert change(client, PASSWORD, NEW)["Location"] == "/account/?done=password"
    assert is_in(client)
    assert client.get("/api/v1/me").status_code == 200
    assert is_in(attempt(Client(), account.username, NEW).client)
    assert "系统管理员设置的" not in text(client.get("/account/password/"))


def test_one_may_leave_instead_of_choosing_a_password() -> None:
    client = signed_in(given(opened()))
    assert client.post("/sign-out/").status_code == 302
    assert SESSION_KEY not in client.session


def test_an_account_that_a_person_opened_asks_for_a_password_of_its_own() -> None:
    administrator = add_actor("示例系统管理员", Post.ADMINISTRATOR)
    open_account(by=administrator, at=now(), facts=OpenAccount(username="example-new", password=PASSWORD))
    client = Client()
    attempt(client, "example-new")
    assert client.get("/account/")["Location"] == "/account/password/"


def test_a_token_asks_for_no_password() -> None:
    actor = add_actor("示例审计员", Post.AUDITOR)
    assert actor.account_id is not None
    assert actor.appointment_id is not None
    key = IssueToken(account_id=actor.account_id, appointment_id=actor.appointment_id, purpose="示例程序")
    secret = issue_token(by=SYSTEM, at=now(), facts=key).value["secret"]
    given(Account.objects.get(pk=actor.account_id))
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


def test_a_password_of_ones_own_or_of_the_system_is_not_asked_for_again() -> None:
    account = opened()
    assert is_in(signed_in(account))
    set_password(by=Actor(account.pk), at=now(), facts=SetPassword(account_id=account.pk, password=NEW))
    assert not Account.objects.get(pk=account.pk).is_password_given
