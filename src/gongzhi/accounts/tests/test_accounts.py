"""Accounts, passwords and tokens: what opens a door, and what never enters the record."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.hashers import check_password

from gongzhi.accounts.actions import (
    authenticate_token,
    close_account,
    issue_token,
    open_account,
    revoke_token,
    set_password,
)
from gongzhi.accounts.facts import CloseAccount, IssueToken, OpenAccount, RevokeToken, SetPassword
from gongzhi.accounts.models import Account, Token
from gongzhi.accounts.passwords import hashed, known_to_all
from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.values.ids import new_id
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, Invalid, NotFound, NotPossible

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
PASSWORD = "示例 口令 2026"


def opened(username: str = "example", password: str = "") -> UUID:
    """A new account."""
    facts = OpenAccount(username=username, password=password)
    return UUID(open_account(by=SYSTEM, at=AT, facts=facts).value["account_id"])


def issued(account_id: UUID, **more: Any) -> dict[str, Any]:
    """A new token, with its secret."""
    facts = IssueToken(account_id=account_id, appointment_id=new_id(), purpose="示例程序", **more)
    return issue_token(by=SYSTEM, at=AT, facts=facts).value


def test_an_account_without_a_password_cannot_sign_in() -> None:
    assert not Account.objects.get(pk=opened()).has_usable_password()


def test_a_name_is_taken_once() -> None:
    opened()
    with pytest.raises(Conflict, match="账号“example”已被使用"):
        opened()
    assert Account.objects.count() == 1


def test_a_password_is_set_and_leaves_no_trace_in_the_record() -> None:
    account_id = opened(password="first password")
    facts = SetPassword(account_id=account_id, password=PASSWORD)
    one = set_password(by=SYSTEM, at=AT, facts=facts)
    other = set_password(by=SYSTEM, at=AT, facts=SetPassword(account_id=account_id, password="another one 2"))
    assert Account.objects.get(pk=account_id).check_password("another one 2")
    acts = Act.objects.filter(pk__in=[one.act_id, other.act_id])
    assert PASSWORD not in str(list(acts.values()))
    assert len({act.said_digest for act in acts}) == 1
    assert PASSWORD not in repr(facts)


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Invalid, match="密码至少10位"):
        opened(password="short")
    assert not Account.objects.exists()


def test_a_secret_is_told_once_and_kept_as_a_digest() -> None:
    told = issued(opened())
    token = Token.objects.get(pk=told["token_id"])
    assert told["secret"] not in str(Token.objects.values())
    assert told["secret"] not in str(list(Act.objects.values()))
    assert authenticate_token(told["secret"], AT) == token


def test_a_wrong_secret_opens_nothing() -> None:
    secret = issued(opened())["secret"]
    for wrong in ("", "gz_", secret[:-1], secret + "x", secret.upper()):
        assert authenticate_token(wrong, AT) is None


def test_a_token_ends_at_its_instant() -> None:
    ends = AT + timedelta(hours=1)
    secret = issued(opened(), expires_at=ends)["secret"]
    assert authenticate_token(secret, ends - timedelta(seconds=1)) is not None
    assert authenticate_token(secret, ends) is None
    with pytest.raises(NotPossible, match="到期时间已过"):
        issued(opened("other"), expires_at=AT)


def test_a_revoked_token_opens_nothing() -> None:
    told = issued(opened())
    facts = RevokeToken(token_id=told["token_id"])
    revoke_token(by=SYSTEM, at=AT, facts=facts)
    revoke_token(by=SYSTEM, at=AT + timedelta(hours=1), facts=facts)
    assert authenticate_token(told["secret"], AT) is None
    assert Token.objects.get(pk=told["token_id"]).revoked_at == AT


def test_a_closed_account_opens_nothing() -> None:
    account_id = opened()
    secrets = [issued(account_id)["secret"] for _ in range(2)]
    answer = close_account(by=SYSTEM, at=AT, facts=CloseAccount(account_id=account_id))
    assert answer.value["tokens_revoked"] == 2
    assert all(authenticate_token(secret, AT) is None for secret in secrets)
    assert not Account.objects.get(pk=account_id).is_active


def test_unknown_accounts_and_tokens_are_not_found() -> None:
    with pytest.raises(NotFound, match="没有这个账号"):
        issued(new_id())
    with pytest.raises(NotFound, match="没有这个令牌"):
        revoke_token(by=SYSTEM, at=AT, facts=RevokeToken(token_id=new_id()))


def test_a_password_that_all_know_is_hashed_once_and_any_other_each_time() -> None:
    with known_to_all():
        assert hashed("gongzhi-example") == hashed("gongzhi-example")
    assert hashed("gongzhi-example") != hashed("gongzhi-example")
    assert check_password("gongzhi-example", hashed("gongzhi-example"))
