"""Who asks: tokens bound to one appointment, sessions with `Acting-As`, and what neither opens."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongzhi.accounts.actions import close_account, revoke_token
from gongzhi.accounts.facts import CloseAccount, RevokeToken
from gongzhi.accounts.models import Account, Token
from gongzhi.acts.door import SYSTEM
from gongzhi.api.tests.http import BASE, Web
from gongzhi.api.tests.test_early_exit import expect
from gongzhi.registry.actions import end_appointment
from gongzhi.registry.facts import EndAppointment


def session(web: Web, name: str, **options: Any) -> Client:
    """Somebody signed in on the screens."""
    client = Client(**options)
    client.force_login(Account.objects.get(pk=web.cast[name].account_id))
    return client


@pytest.mark.parametrize(
    "value", ["", "Bearer ", "Bearer no", "Bearer gz_示例".encode().decode("latin-1"), "Basic eDp5"]
)
def test_without_a_live_token_nobody_is_anybody(web: Web, value: str) -> None:
    answer = web.client.get(f"{BASE}/me", headers={"Authorization": value})
    told = expect(answer, 401, "unauthenticated")
    assert "令牌" in told["detail"]
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_cannot_act_in_another_appointment(web: Web) -> None:
    own, other = web.cast["owner"].appointment_id, web.cast["tenant"].appointment_id
    assert web.ask("owner", "GET", "/me", **{"Acting-As": str(own)}).status_code == 200
    for named in (str(other), "no"):
        expect(web.ask("owner", "GET", "/me", **{"Acting-As": named}), 403, "not-allowed")


def test_a_dead_token_is_not_followed_by_a_look_at_the_session(web: Web) -> None:
    client = session(web, "owner")
    assert client.get(f"{BASE}/me").status_code == 200
    expect(client.get(f"{BASE}/me", headers={"Authorization": "Bearer no"}), 401, "unauthenticated")


def test_a_revoked_token_and_a_closed_account_open_nothing(web: Web) -> None:
    token = Token.objects.get(appointment_id=web.cast["owner"].appointment_id)
    revoke_token(by=SYSTEM, at=web.now, facts=RevokeToken(token_id=token.pk))
    expect(web.ask("owner", "GET", "/me"), 401, "unauthenticated")
    account = web.cast["tenant"].account_id
    assert account is not None
    close_account(by=SYSTEM, at=web.now, facts=CloseAccount(account_id=account))
    expect(web.ask("tenant", "GET", "/me"), 401, "unauthenticated")


def test_an_appointment_that_has_ended_gives_no_right(web: Web) -> None:
    appointment = web.cast["county_officer"].appointment_id
    assert appointment is not None
    facts = EndAppointment(appointment_id=appointment, to_on=date(2026, 3, 1))
    end_appointment(by=SYSTEM, at=web.now, facts=facts)
    refused = expect(web.ask("county_officer", "GET", "/cases"), 403, "not-allowed")
    assert "不在任期内" in refused["detail"]


def test_a_session_acts_in_the_appointment_it_names(web: Web) -> None:
    client, held = session(web, "county_officer"), web.cast["county_officer"].appointment_id
    told = client.get(f"{BASE}/me").json()
    assert (told["acting_as"], [one["id"] for one in told["appointments"]]) == (None, [str(held)])
    assert told["appointments"][0]["post_title"] == "经办人"
    expect(client.get(f"{BASE}/cases"), 403, "not-allowed")
    assert client.get(f"{BASE}/cases", headers={"Acting-As": str(held)}).status_code == 200
    foreign = web.cast["owner"].appointment_id
    expect(client.get(f"{BASE}/cases", headers={"Acting-As": str(foreign)}), 403, "not-allowed")
    expect(client.get(f"{BASE}/cases", headers={"Acting-As": "no"}), 403, "not-allowed")


def test_a_change_by_a_session_needs_its_csrf_token_and_a_token_does_not(web: Web) -> None:
    client = session(web, "county_officer", enforce_csrf_checks=True)
    held = str(web.cast["county_officer"].appointment_id)
    body: dict[str, Any] = {"facts": {}}
    headers = {"Acting-As": held}
    answer = client.post(f"{BASE}/acts/law.load_divisions", body, "application/json", headers=headers)
    assert "防伪令牌" in expect(answer, 403, "not-allowed")["detail"]
    client.cookies["csrftoken"] = "a" * 32
    headers["X-CSRFToken"] = "a" * 32
    answer = client.post(f"{BASE}/acts/law.load_divisions", body, "application/json", headers=headers)
    assert "应由系统管理员办理" in expect(answer, 403, "not-allowed")["detail"]
    bare = Client(enforce_csrf_checks=True)
    token = {"Authorization": f"Bearer {web.token('county_officer')}"}
    answer = bare.post(f"{BASE}/acts/law.load_divisions", body, "application/json", headers=token)
    assert "应由系统管理员办理" in expect(answer, 403, "not-allowed")["detail"]


def test_a_key_that_is_no_key_is_refused(web: Web) -> None:
    for key in ("x" * 129, "a\tb"):
        headers = {"Idempotency-Key": key}
        answer = web.ask("provider_leader", "POST", "/cases", web.opening("2026-06-30"), **headers)
        expect(answer, 400, "invalid")
