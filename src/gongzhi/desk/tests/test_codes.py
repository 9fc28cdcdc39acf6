"""One-time codes: setting up, being asked, used twice, guessed at, lost; who cannot do without."""

import threading
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, connection
from django.test import Client

from gongzhi.accounts.facts import OfAccount
from gongzhi.accounts.forms import spend
from gongzhi.accounts.keeping import reset_second_factor
from gongzhi.accounts.models import Account, SpentCode
from gongzhi.acts.actor import Actor
from gongzhi.acts.models import Act
from gongzhi.desk.tests.signing import (
    attempt,
    history,
    is_in,
    next_code,
    opened,
    posted,
    set_up_codes,
    signed_in,
    text,
    totp,
)
from gongzhi.registry.models import Appointment, OrganisationKind, Post
from gongzhi.values.now import now, unmoved
from gongzhi.values.refusals import NotAllowed

pytestmark = pytest.mark.django_db
OFFICIAL = (Post.OFFICER, OrganisationKind.PROPERTY_AUTHORITY)


def test_codes_are_those_of_the_standard() -> None:
    # RFC 6238, appendix B, SHA-1: T = 59 s → 94287082, T = 1111111109 s → 07081804
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890"
    assert (totp(secret, 59), totp(secret, 1111111109)) == ("287082", "081804")


def test_who_set_codes_up_is_asked_for_one_after_the_password() -> None:
    account = opened()
    secret, recovery = set_up_codes(signed_in(account))
    assert len(set(recovery)) == 10
    client = Client()
    assert attempt(client, account.username)["Location"] == "/sign-in/code/"
    assert not is_in(client)
    assert "动态口令" in text(client.get("/sign-in/code/"))
    answer = client.post("/sign-in/code/", {"code": next_code(secret)})
    assert (answer["Location"], is_in(client)) == ("/", True)
    assert history(account.pk) == ["sign_in", "change_second_factor", "sign_in"]
    assert Act.objects.filter(name="accounts.sign_in").latest("seq").said["by"] == ["password", "mfa"]


def test_the_password_alone_opens_nothing() -> None:
    account = opened()
    set_up_codes(signed_in(account))
    client = Client()
    attempt(client, account.username)
    for path in ("/", "/account/", "/acting-as/", "/account/code/off/"):
        assert client.get(path)["Location"].startswith("/sign-in/")
    assert client.get("/api/v1/me").status_code == 401


def test_a_code_is_good_once(monkeypatch: pytest.MonkeyPatch) -> None:
    account = opened()
    secret, _ = set_up_codes(signed_in(account))
    code = next_code(secret)
    first, thief = Client(), Client()
    for client in (first, thief):
        attempt(client, account.username)
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    # another process: what this one remembers of used codes is not there
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *_: True)
    answer = thief.post("/sign-in/code/", {"code": f" {code[:3]} {code[3:]} "})
    assert "已经用过" in text(answer)
    assert not is_in(thief)


def test_the_code_that_set_them_up_is_spent() -> None:
    account = opened()
    client = signed_in(account)
    secret, _ = set_up_codes(client)
    other = Client()
    attempt(other, account.username)
    other.post("/sign-in/code/", {"code": totp(secret)})
    assert not is_in(other)


def test_an_old_code_is_refused() -> None:
    account = opened()
    secret, _ = set_up_codes(signed_in(account))
    client = Client()
    attempt(client, account.username)
    client.post("/sign-in/code/", {"code": totp(secret, time.time() - 90)})
    assert not is_in(client)


def test_a_code_is_spent_once_by_constraint() -> None:
    account = opened()
    assert spend(account, "123456")
    assert not spend(account, "123 456")
    assert spend(opened("other"), "123456")
    row = SpentCode.objects.filter(account=account).get()
    with pytest.raises(IntegrityError):
        SpentCode.objects.create(account=account, digest=row.digest, spent_at=unmoved())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_show_the_same_code_at_once_one_comes_in() -> None:
    account = opened()
    secret, _ = set_up_codes(signed_in(account))
    code, start = next_code(secret), threading.Barrier(2)
    told = list[bool]()

    def run() -> None:
        client = Client()
        attempt(client, account.username)
        start.wait()
        told.append(client.post("/sign-in/code/", {"code": code}).status_code == 302)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(told) == [False, True]


def test_guessing_codes_locks_the_account() -> None:
    account = opened()
    set_up_codes(signed_in(account))
    client = Client()
    attempt(client, account.username)
    for _ in range(4):
        assert "动态口令不对" in text(client.post("/sign-in/code/", {"code": "000000"}))
    assert "已暂停登录" in text(client.post("/sign-in/code/", {"code": "000000"}))
    assert attempt(Client(), account.username).status_code == 429
    assert history(account.pk)[-6:] == ["fail_sign_in"] * 5 + ["lock_out"]
    steps = {act.said["step"] for act in Act.objects.filter(name="accounts.fail_sign_in")}
    assert steps == {"code"}


def test_a_right_code_does_not_help_while_the_account_is_locked() -> None:
    account = opened()
    secret, _ = set_up_codes(signed_in(account))
    client = Client()
    attempt(client, account.username)
    for _ in range(5):
        attempt(Client(), account.username, "wrong-password")
    assert "已暂停登录" in text(client.post("/sign-in/code/", {"code": next_code(secret)}))
    assert not is_in(client)


def test_a_right_password_does_not_forgive_wrong_codes() -> None:
    account = opened()
    set_up_codes(signed_in(account))
    for _ in range(4):
        client = Client()
        attempt(client, account.username)
        client.post("/sign-in/code/", {"code": "000000"})
    client = Client()
    attempt(client, account.username)
    assert "已暂停登录" in text(client.post("/sign-in/code/", {"code": "000000"}))


def test_a_recovery_code_is_good_once() -> None:
    account = opened()
    _, recovery = set_up_codes(signed_in(account))
    came_in = []
    for code in (recovery[0], recovery[0], recovery[1]):
        client = Client()
        attempt(client, account.username)
        client.post("/sign-in/code/", {"code": code})
        came_in.append(is_in(client))
    assert came_in == [True, False, True]


def test_recovery_codes_are_shown_once_and_can_be_renewed() -> None:
    account = opened()
    client = signed_in(account)
    _, recovery = set_up_codes(client)
    again = text(client.get("/account/recovery-codes/"))
    assert "还有 10 个备用码" in again
    assert not any(code in again for code in recovery)
    renewed = text(client.post("/account/recovery-codes/new/", follow=True))
    assert "只显示这一次" in renewed
    assert not any(code in renewed for code in recovery)


def test_secrets_lie_sealed_in_the_database() -> None:
    account = opened()
    secret, recovery = set_up_codes(signed_in(account))
    kept = str(list(Authenticator.objects.values()))
    assert secret not in kept
    assert not any(code in kept for code in recovery)


def test_the_picture_needs_neither_style_nor_script_nor_another_address() -> None:
    answer = signed_in(opened()).get("/account/code/")
    page = text(answer)
    assert "<svg" in page
    assert " style=" not in page
    assert "data:" not in page
    assert "no-store" in answer["Cache-Control"]


def test_codes_are_given_up_by_their_holder_after_proving_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    account = opened()
    client = signed_in(account)
    set_up_codes(client)
    later = unmoved().timestamp() + 11 * 60
    monkeypatch.setattr(
        "gongzhi.accounts.adapters.unmoved", lambda: unmoved().fromtimestamp(later, now().tzinfo)
    )
    answer = client.get("/account/code/off/")
    assert answer["Location"].startswith("/account/confirm/")
    monkeypatch.undo()
    assert client.post("/account/code/off/")["Location"] == "/account/?done=code-off"
    assert not Authenticator.objects.exists()
    assert attempt(Client(), account.username)["Location"] == "/"


def test_proving_it_again_by_a_wrong_password_counts() -> None:
    account = opened()
    client = signed_in(account)
    for _ in range(4):
        assert "密码不对" in text(client.post("/account/confirm/", {"password": "wrong-password"}))
    assert "已暂停登录" in text(client.post("/account/confirm/", {"password": "wrong-password"}))


# Officials ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def demanded(settings: Any) -> None:
    """As in real use."""
    settings.TOTP_FOR_OFFICIALS = True


@pytest.mark.usefixtures("demanded")
def test_an_official_without_a_code_is_led_to_setting_it_up_and_then_to_the_desk() -> None:
    client = signed_in(posted(*OFFICIAL))
    assert client.get("/", follow=True).redirect_chain == [
        ("/account/second-factor/", 302),
        ("/account/code/", 302),
    ]
    assert "以机关职务办理" in text(client.get("/account/code/"))
    set_up_codes(client)
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_an_official_who_signs_in_with_a_code_goes_straight_to_the_desk() -> None:
    account = posted(*OFFICIAL)
    secret, _ = set_up_codes(signed_in(account))
    client = Client()
    attempt(client, account.username)
    client.post("/sign-in/code/", {"code": next_code(secret)})
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_a_session_from_before_has_to_show_a_code() -> None:
    account = posted(*OFFICIAL)
    before = signed_in(account)
    secret, _ = set_up_codes(signed_in(account))
    where = before.get("/", follow=True).redirect_chain
    assert where == [("/account/second-factor/", 302), ("/account/confirm/code/?next=%2F", 302)]
    assert before.post("/account/confirm/code/?next=%2F", {"code": "000000"}).status_code == 200
    assert before.get("/").status_code == 302
    assert before.post("/account/confirm/code/?next=%2F", {"code": next_code(secret)})["Location"] == "/"
    assert before.get("/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_the_api_refuses_an_officials_session_without_a_code_and_not_a_token() -> None:
    account = posted(*OFFICIAL)
    appointment = Appointment.objects.get(person__account_id=account.pk)
    client = signed_in(account)
    answer = client.get("/api/v1/estates", headers={"Acting-As": str(appointment.pk)})
    assert (answer.status_code, "动态口令" in text(answer)) == (403, True)
    set_up_codes(client)
    answer = client.get("/api/v1/estates", headers={"Acting-As": str(appointment.pk)})
    assert answer.status_code == 200


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize("post", [Post.ADMINISTRATOR, Post.AUDITOR])
def test_the_posts_of_the_system_need_a_code_too(post: Post) -> None:
    assert signed_in(posted(post)).get("/")["Location"] == "/account/second-factor/"


@pytest.mark.usefixtures("demanded")
@pytest.mark.parametrize(
    ("post", "kind"),
    [
        (Post.COMMUNITY_WORKER, OrganisationKind.RESIDENTS_COMMITTEE),
        (Post.PROVIDER_LEGAL_REPRESENTATIVE, OrganisationKind.PROVIDER),
    ],
)
def test_others_need_none(post: Post, kind: OrganisationKind) -> None:
    assert signed_in(posted(post, kind, "220602001001")).get("/").status_code == 200


def test_where_it_is_off_officials_need_none() -> None:
    assert signed_in(posted(*OFFICIAL)).get("/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_an_official_cannot_give_codes_up() -> None:
    client = signed_in(posted(*OFFICIAL))
    set_up_codes(client)
    assert client.post("/account/code/off/").status_code == 403
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert "停用" not in text(client.get("/account/"))


@pytest.mark.usefixtures("demanded")
def test_the_administrator_takes_lost_codes_away_and_every_session_ends() -> None:
    account, administrator = posted(*OFFICIAL), posted(Post.ADMINISTRATOR)
    client = signed_in(account)
    set_up_codes(client)
    facts = OfAccount(account_id=account.pk)
    with pytest.raises(NotAllowed):
        reset_second_factor(by=Actor(account.pk), at=now(), facts=facts)
    reset_second_factor(by=acting(administrator), at=now(), facts=facts)
    assert not is_in(client)
    assert signed_in(account).get("/")["Location"] == "/account/second-factor/"


def acting(account: Account) -> Actor:
    """Somebody with one post, acting in it."""
    held = Appointment.objects.get(person__account_id=account.pk)
    return Actor(account.pk, held.pk, held.person_id)
