"""Signing in and out by password: wrong, locked, expired, everywhere; what the account's history says of it."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client

from gongzhi.accounts import sessions
from gongzhi.accounts.actions import close_account, issue_token
from gongzhi.accounts.facts import CloseAccount, IssueToken, OfAccount, SetLargeType
from gongzhi.accounts.keeping import lift_lock_out, set_large_type, sign_out_everywhere
from gongzhi.accounts.models import Account
from gongzhi.acts.actor import Actor
from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.desk.tests.signing import (
    PASSWORD,
    WRONG,
    attempt,
    history,
    is_in,
    opened,
    posted,
    signed_in,
    text,
)
from gongzhi.registry.actions import end_appointment
from gongzhi.registry.facts import EndAppointment
from gongzhi.registry.models import Appointment, OrganisationKind, Post
from gongzhi.values.ids import new_id
from gongzhi.values.now import now, unmoved
from gongzhi.values.refusals import NotAllowed

pytestmark = pytest.mark.django_db


def later(monkeypatch: pytest.MonkeyPatch, **passed: float) -> None:
    """Let time pass for sessions."""
    at = unmoved() + timedelta(**passed)
    monkeypatch.setattr("gongzhi.accounts.sessions.unmoved", lambda: at)


# Coming in ----------------------------------------------------------------------------------------------------------


def test_an_account_signs_in_by_its_name_and_password() -> None:
    account = opened()
    assert is_in(signed_in(account))
    assert history(account.pk) == ["sign_in"]
    said = Act.objects.get(name="accounts.sign_in")
    assert (said.account_id, said.said["by"]) == (account.pk, ["password"])


def test_the_form_is_chinese_and_goes_on_to_the_page_that_was_asked_for() -> None:
    account, client = opened(), Client()
    form = text(client.get("/sign-in/?next=/account/"))
    assert all(word in form for word in ("账号", "密码", "登录", 'lang="zh-CN"'))
    answer = client.post(
        "/sign-in/", {"username": account.username, "password": PASSWORD, "next": "/account/"}
    )
    assert answer["Location"] == "/account/"


def test_nobody_is_led_to_another_site_after_signing_in() -> None:
    account = opened()
    sent = {"username": account.username, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert Client().post("/sign-in/", sent)["Location"] == "/"


def test_a_wrong_password_and_an_unknown_account_are_told_the_same() -> None:
    account = opened()
    for username in (account.username, "nobody"):
        answer = attempt(Client(), username, "wrong-password")
        assert WRONG in text(answer)
        assert not is_in(answer.client)
    assert history(account.pk) == ["fail_sign_in"]


def test_a_closed_account_is_told_so_only_by_its_password_and_its_sessions_end() -> None:
    account = opened()
    client = signed_in(account)
    close_account(by=SYSTEM, at=now(), facts=CloseAccount(account_id=account.pk))
    assert not is_in(client)
    assert WRONG in text(attempt(Client(), account.username, "wrong-password"))
    answer = attempt(Client(), account.username)
    assert (answer.status_code, "已停用" in text(answer)) == (403, True)


def test_a_form_of_another_site_signs_nobody_in() -> None:
    account = opened()
    answer = attempt(Client(enforce_csrf_checks=True), account.username)
    assert (answer.status_code, "页面已过期" in text(answer)) == (403, True)


def test_a_form_over_https_passes_a_proxy(settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://testserver"]
    account, client = opened(), Client(enforce_csrf_checks=True)
    token = client.get("/sign-in/").cookies["csrftoken"].value
    sent = {"username": account.username, "password": PASSWORD, "csrfmiddlewaretoken": token}
    for origin, status in (("https://elsewhere.example", 403), ("https://testserver", 302)):
        assert client.post("/sign-in/", sent, headers={"Origin": origin}).status_code == status


def test_nobody_registers_and_no_other_page_of_the_library_is_there() -> None:
    client = Client()
    for path in (
        "/sign-in/signup/",
        "/signup/",
        "/accounts/login/",
        "/accounts/signup/",
        "/account/email/",
        "/account/password/reset/",
        "/account/sessions/",
        "/sign-in/by/none/",
    ):
        answer = client.post(path) if path.endswith("none/") else client.get(path)
        assert answer.status_code == 404, path


# Lock-out -----------------------------------------------------------------------------------------------------------


def fail(username: str, times: int, **more: Any) -> Any:
    """So many wrong passwords, from browsers that share nothing."""
    for _ in range(times):
        answer = attempt(Client(), username, "wrong-password", **more)
    return answer


def test_the_fifth_failure_locks_and_says_until_when_and_a_right_password_does_not_help() -> None:
    account = opened()
    assert fail(account.username, 4).status_code == 200
    answer = fail(account.username, 1)
    assert answer.status_code == 429
    assert "请在 15 分钟后（" in text(answer)
    ends = Act.objects.get(name="accounts.lock_out").said["until"]
    left = sessions.datetime.fromisoformat(ends) - unmoved()
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)
    locked = attempt(Client(), account.username)
    assert (locked.status_code, is_in(locked.client)) == (429, False)
    # what comes while it is locked is not noted: nobody can fill the history of another
    assert history(account.pk) == ["fail_sign_in"] * 5 + ["lock_out"]


def test_attempts_during_a_lock_out_do_not_prolong_it() -> None:
    account = opened()
    fail(account.username, 5)
    before = list(AccessAttempt.objects.values_list("attempt_time", "failures_since_start"))
    fail(account.username, 3)
    assert list(AccessAttempt.objects.values_list("attempt_time", "failures_since_start")) == before


def test_a_lock_out_ends() -> None:
    account = opened()
    fail(account.username, 5)
    AccessAttempt.objects.update(attempt_time=unmoved() - timedelta(minutes=15, seconds=1))
    assert is_in(signed_in(account))


def test_capitals_and_spaces_begin_no_new_count() -> None:
    account = opened()
    for username in ("example", "EXAMPLE", " example ", "Example", "eXample"):
        answer = fail(username, 1)
    assert answer.status_code == 429
    assert attempt(Client(), account.username).status_code == 429


def test_failures_from_several_addresses_lock_the_account_and_not_the_addresses() -> None:
    account, other = opened(), opened("other")
    for number in range(5):
        fail(account.username, 1, REMOTE_ADDR=f"192.0.2.{number}")
    assert attempt(Client(), account.username, REMOTE_ADDR="192.0.2.9").status_code == 429
    assert attempt(Client(), other.username, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_an_address_that_guesses_at_many_accounts_is_locked_and_others_are_not(settings: Any) -> None:
    settings.LOCKOUT_ADDRESS_FAILURES = 8
    account = opened()
    for number in range(8):
        fail(f"nobody-{number}", 1, REMOTE_ADDR="192.0.2.7")
    assert attempt(Client(), account.username, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert attempt(Client(), account.username, REMOTE_ADDR="192.0.2.8").status_code == 302
    assert history(account.pk) == ["sign_in"]


def test_signing_in_forgives_ones_own_failures_and_not_those_on_others() -> None:
    victim, own = opened("victim"), opened("own")
    fail(victim.username, 4)
    fail(own.username, 4)
    signed_in(own)
    assert fail(own.username, 1).status_code == 200
    assert fail(victim.username, 1).status_code == 429


def test_a_proxy_that_is_ours_tells_the_address(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    fail("nobody", 1, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "203.0.113.5, 192.0.2.44"})
    assert AccessAttempt.objects.get().ip_address == "192.0.2.44"


def test_an_address_that_nobody_vouches_for_is_not_believed() -> None:
    fail("nobody", 1, REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "203.0.113.5"})
    assert AccessAttempt.objects.get().ip_address == "192.0.2.1"


def test_the_administrator_lifts_a_lock_out_and_nobody_else() -> None:
    account, administrator = opened(), posted(Post.ADMINISTRATOR)
    fail(account.username, 5)
    facts = OfAccount(account_id=account.pk)
    with pytest.raises(NotAllowed):
        lift_lock_out(by=Actor(account.pk), at=now(), facts=facts)
    lift_lock_out(by=acting(administrator), at=now(), facts=facts)
    assert is_in(signed_in(account))


def acting(account: Account) -> Actor:
    """Somebody with one post, acting in it."""
    held = Appointment.objects.get(person__account_id=account.pk)
    return Actor(account.pk, held.pk, held.person_id)


def test_log_lines_name_neither_account_nor_address_nor_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    account = opened("unmistakable")
    fail(account.username, 5, REMOTE_ADDR="192.0.2.77")
    lines = "\n".join(line for line in caplog.messages if not line.startswith("("))
    assert f"sign-in failed: account={account.pk} step=password" in lines
    assert f"locked out: account={account.pk}" in lines
    for hidden in ("unmistakable", "192.0.2.77", "wrong-password"):
        assert hidden not in lines


# How long a session lasts -------------------------------------------------------------------------------------------


def test_a_session_ends_after_a_pause_and_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    account = opened()
    client = signed_in(account)
    later(monkeypatch, minutes=29)
    assert is_in(client)
    later(monkeypatch, minutes=29 + 31)
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"
    assert "没有操作，登录已结束" in text(client.get("/sign-in/"))
    assert "没有操作" not in text(client.get("/sign-in/"))
    assert history(account.pk) == ["sign_in", "sign_out"]
    assert Act.objects.get(name="accounts.sign_out").said["why"] == "idle"


def test_a_session_in_use_ends_after_its_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    account = opened()
    client = signed_in(account)
    for minutes in range(20, 12 * 60, 20):
        later(monkeypatch, minutes=minutes)
        assert is_in(client)
    later(monkeypatch, minutes=12 * 60)
    assert not is_in(client)
    assert Act.objects.get(name="accounts.sign_out").said["why"] == "too_long"


def test_how_long_is_a_setting(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SESSION_IDLE_MINUTES = 2
    client = signed_in(opened())
    later(monkeypatch, minutes=2)
    assert not is_in(client)


def test_moving_a_rehearsals_clock_signs_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(opened())
    clock = tmp_path / "clock.json"
    clock.write_text('{"offset_seconds": 8640000}')
    monkeypatch.setenv("GONGZHI_CLOCK_FILE", str(clock))
    assert now() - unmoved() > timedelta(days=99)
    assert is_in(client)


def test_a_session_without_its_instants_is_over() -> None:
    client = signed_in(opened())
    session = client.session
    del session[sessions.BEGAN]
    session.save()
    assert not is_in(client)


def test_the_cookie_goes_with_the_browser_and_is_not_for_scripts_or_other_sites() -> None:
    client = signed_in(opened())
    cookie = client.cookies["sessionid"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


def test_pages_may_not_be_framed() -> None:
    answer = Client().get("/sign-in/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


# Going out ----------------------------------------------------------------------------------------------------------


def test_signing_out_ends_the_session_and_a_link_does_not() -> None:
    account = opened()
    client = signed_in(account)
    client.get("/sign-out/")
    assert is_in(client)
    answer = client.post("/sign-out/")
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/sign-in/", '"cache"')
    assert not is_in(client)
    assert history(account.pk) == ["sign_in", "sign_out"]


def stolen(client: Client) -> Client:
    """Another browser with the same cookie."""
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_a_stolen_cookie_is_worth_nothing_after_signing_out_everywhere() -> None:
    account = opened()
    here, there = signed_in(account), signed_in(account)
    thief = stolen(there)
    assert is_in(thief)
    assert here.post("/account/sessions/end/")["Location"] == "/sign-in/"
    assert [is_in(one) for one in (here, there, thief)] == [False, False, False]
    assert "sign_out_everywhere" in history(account.pk)
    assert is_in(signed_in(account))


def test_a_session_that_is_just_being_made_does_not_survive_either() -> None:
    account = opened()
    client = signed_in(account)
    kept = Session.objects.get(pk=client.cookies["sessionid"].value)
    facts = OfAccount(account_id=account.pk)
    answer = sign_out_everywhere(by=Actor(account.pk), at=now(), facts=facts)
    assert answer.value == {"sessions_ended": 1}
    kept.save(force_insert=True)  # written a moment later, by a request under way
    assert not is_in(client)


def test_others_do_not_sign_somebody_out_and_the_administrator_does() -> None:
    account, other, administrator = opened(), opened("other"), posted(Post.ADMINISTRATOR)
    client, facts = signed_in(account), OfAccount(account_id=account.pk)
    with pytest.raises(NotAllowed):
        sign_out_everywhere(by=Actor(other.pk), at=now(), facts=facts)
    assert is_in(client)
    sign_out_everywhere(by=acting(administrator), at=now(), facts=facts)
    assert not is_in(client)


def test_tokens_of_programs_stay_when_sessions_end() -> None:
    account = posted(Post.OFFICER, OrganisationKind.PROPERTY_AUTHORITY)
    by = acting(account)
    assert by.appointment_id is not None
    issue = IssueToken(account_id=account.pk, appointment_id=by.appointment_id, purpose="示例程序")
    secret = issue_token(by=SYSTEM, at=now(), facts=issue).value["secret"]
    sign_out_everywhere(by=Actor(account.pk), at=now(), facts=OfAccount(account_id=account.pk))
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200


def test_the_account_page_lists_where_one_is_signed_in() -> None:
    account = opened()
    here = signed_in(account)
    attempt(Client(HTTP_USER_AGENT="Another Browser"), account.username, REMOTE_ADDR="192.0.2.5")
    page = text(here.get("/account/"))
    for told in ("Example Browser 1", "Another Browser", "192.0.2.5", "（本次）", "全部退出"):
        assert told in page
    assert page.count("还在使用") == 2


def test_who_ends_every_session_is_told_that_all_are_over() -> None:
    account = opened()
    here, there = signed_in(account), signed_in(account)
    answer = here.post("/account/sessions/end/")
    assert "所有设备上的登录都已退出，包括这一台" in text(here.get(answer["Location"]))
    assert not is_in(there)
    assert "都已退出" not in text(here.get("/sign-in/"))


def test_what_signing_in_leaves_behind_is_deleted_once_it_is_over() -> None:
    account = opened()
    client = signed_in(account)
    fail("nobody", 1)
    sessions.forget_over(unmoved())
    assert is_in(client)
    assert AccessAttempt.objects.exists()
    sessions.forget_over(unmoved() + timedelta(hours=12, minutes=1))
    assert (AccessAttempt.objects.count(), Session.objects.count()) == (0, 0)
    assert sessions.open_sessions(account) == []


# Passwords ----------------------------------------------------------------------------------------------------------


def change(client: Client, old: str, new: str, again: str | None = None) -> Any:
    """The form of a new password."""
    sent = {"oldpassword": old, "password1": new, "password2": new if again is None else again}
    return client.post("/account/password/", sent)


def test_a_new_password_ends_all_sessions_but_this_one() -> None:
    account = opened()
    here, there = signed_in(account), signed_in(account)
    assert change(here, PASSWORD, "示例 新的口令 2027")["Location"] == "/account/?done=password"
    assert "密码已修改" in text(here.get("/account/?done=password"))
    assert (is_in(here), is_in(there)) == (True, False)
    assert WRONG in text(attempt(Client(), account.username))
    assert is_in(attempt(Client(), account.username, "示例 新的口令 2027").client)
    changed = Act.objects.filter(name="accounts.set_password").latest("seq")
    assert (changed.account_id, "2027" in str(changed.said)) == (account.pk, False)


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("short-1", "密码太短，至少要 10 个字符"),
        ("8346510297", "数字"),
        ("qwertyuiop", "常见"),
        ("example-example", "相似"),
    ],
)
def test_a_weak_password_is_refused_in_chinese(new: str, says: str) -> None:
    client = signed_in(opened("example-example"))
    answer = change(client, PASSWORD, new)
    assert answer.status_code == 200
    errors = text(answer).split('class="err"', 1)[1]
    told = errors.split("</p>")[0]
    assert says in told
    assert "password" not in told


def test_two_new_passwords_that_differ_are_refused() -> None:
    client = signed_in(opened())
    assert change(client, PASSWORD, "示例 新的口令 2027", "示例 新的口令 2028").status_code == 200
    assert Act.objects.filter(name="accounts.set_password").count() == 0


def test_guessing_the_present_password_in_an_open_session_locks_the_account() -> None:
    account = opened()
    client = signed_in(account)
    for _ in range(4):
        assert "现在的密码不对" in text(change(client, "wrong-password", "示例 新的口令 2027"))
    assert "已暂停登录" in text(change(client, "wrong-password", "示例 新的口令 2027"))
    assert attempt(Client(), account.username).status_code == 429


def test_who_has_no_password_is_told_whom_to_ask() -> None:
    account = opened()
    account.set_unusable_password()
    account.save()
    client = Client()
    client.force_login(account)
    answer = client.get("/account/password/")
    assert (answer.status_code, "联系系统管理员" in text(answer)) == (409, True)


# As whom one acts ---------------------------------------------------------------------------------------------------


def test_the_only_post_needs_no_choice_and_stands_on_every_page() -> None:
    account = posted(Post.OFFICER, OrganisationKind.PROPERTY_AUTHORITY)
    client = signed_in(account)
    for path in ("/", "/account/", "/acting-as/"):
        page = text(client.get(path))
        assert "经办人" in page, path
        assert f"示例{OrganisationKind.PROPERTY_AUTHORITY.label}" in page, path


def test_an_appointment_that_ends_drops_out_at_once() -> None:
    account = posted(Post.OFFICER, OrganisationKind.PROPERTY_AUTHORITY)
    client = signed_in(account)
    assert client.get("/").status_code == 200
    appointment_id = acting(account).appointment_id
    assert appointment_id is not None
    yesterday = now().date() - timedelta(days=1)
    facts = EndAppointment(appointment_id=appointment_id, to_on=yesterday)
    end_appointment(by=SYSTEM, at=now(), facts=facts)
    assert client.get("/")["Location"] == "/acting-as/"
    assert "今天没有任何任职" in text(client.get("/acting-as/"))
    answer = client.post("/acting-as/", {"appointment": str(appointment_id)})
    assert answer.status_code == 403


# Large type ---------------------------------------------------------------------------------------------------------


def large(client: Client) -> bool:
    """Whether the next page is set in large type."""
    return bool(client.get("/sign-in/", follow=True).wsgi_request.large_type)


def press(client: Client, wanted: str, back: str = "/sign-in/") -> Any:
    """The button in the head of every page."""
    return client.post("/large-type/", {"large": wanted, "next": back})


def test_large_type_is_kept_by_the_browser_of_who_has_not_signed_in() -> None:
    client = Client()
    assert not large(client)
    assert press(client, "1")["Location"] == "/sign-in/"
    assert large(client)
    assert 'class="large"' in text(client.get("/sign-in/"))
    press(client, "0")
    assert not large(client)


def test_large_type_is_kept_with_the_account_and_goes_where_it_signs_in() -> None:
    account = opened()
    press(signed_in(account), "1")
    elsewhere = signed_in(account)
    assert large(elsewhere)
    press(elsewhere, "0")
    assert not large(signed_in(account))
    assert history(account.pk).count("set_large_type") == 2


def test_large_type_of_a_visitor_stays_at_signing_in_unless_the_account_has_chosen() -> None:
    account = opened()
    for wanted in (True, False):
        visitor = Client()
        press(visitor, "1")
        attempt(visitor, account.username)
        assert (is_in(visitor), large(visitor)) == (True, wanted)
        press(signed_in(account), "0")


def test_the_button_leads_to_no_other_site() -> None:
    assert press(Client(), "1", "https://elsewhere.example/")["Location"] == "/"


def test_only_the_holder_sets_it() -> None:
    account = opened()
    facts = SetLargeType(account_id=account.pk, large_type=True)
    with pytest.raises(NotAllowed):
        set_large_type(by=Actor(new_id()), at=now(), facts=facts)


def test_an_empty_form_of_signing_in_says_what_is_missing_and_keeps_the_account() -> None:
    page = text(Client().post("/sign-in/", {"username": "", "password": ""}))
    assert "请填写账号。" in page
    assert "请填写密码。" in page
    page = text(Client().post("/sign-in/", {"username": "example", "password": ""}))
    assert "请填写账号。" not in page
    assert 'value="example"' in page
