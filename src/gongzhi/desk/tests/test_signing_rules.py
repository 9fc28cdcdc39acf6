"""Who may ask which address of signing in: everybody, or whom it is about. One without a rule fails the suite."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from gongzhi.desk.signing_urls import urlpatterns
from gongzhi.desk.tests.signing import attempt, opened, set_up_codes, signed_in, text

pytestmark = pytest.mark.django_db

PUBLIC = {"sign-in/", "sign-in/by/<slug:provider_id>/", "sign-in/by/<slug:provider_id>/back/", "sign-out/"}
#: Between the password and the code.
HALFWAY = {"sign-in/code/"}
#: Of the account that is signed in, and of no other: none of them takes an account from the address.
OWN = {
    "acting-as/",
    "account/",
    "account/sessions/end/",
    "account/password/",
    "account/confirm/",
    "account/confirm/code/",
    "account/second-factor/",
    "account/code/",
    "account/code/off/",
    "account/recovery-codes/",
    "account/recovery-codes/new/",
}


def routes() -> set[str]:
    """Every address of signing in."""
    return {str(one.pattern) for one in urlpatterns}


def test_every_address_has_a_rule() -> None:
    assert routes() == PUBLIC | HALFWAY | OWN


@pytest.mark.parametrize("path", sorted(OWN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_has_not_signed_in_is_sent_to_do_so(path: str, method: str) -> None:
    answer = getattr(Client(), method)(f"/{path}")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("path", sorted(OWN))
def test_a_password_without_its_code_opens_none_of_them(path: str) -> None:
    account = opened()
    set_up_codes(signed_in(account))
    halfway = Client()
    attempt(halfway, account.username)
    assert halfway.get(f"/{path}")["Location"].split("?")[0] == "/sign-in/"


def test_the_code_is_asked_for_after_the_password_only() -> None:
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"
    assert signed_in(opened()).get("/sign-in/code/")["Location"] == "/"


@pytest.mark.parametrize("path", sorted(OWN | {"sign-out/"}))
def test_a_form_of_another_site_changes_nothing(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(opened())
    answer = client.post(f"/{path}")
    assert (answer.status_code, "页面已过期" in text(answer)) == (403, True)


def test_every_page_is_ours_and_whole() -> None:
    """No page of a library shows: ours have the shell, are Chinese and stand under the policy."""
    client = signed_in(opened())
    set_up_codes(client)
    for path in sorted(OWN - {"account/sessions/end/", "account/second-factor/"}):
        answer = client.get(f"/{path}", follow=True)
        page = text(answer)
        assert answer.status_code == 200, path
        assert " · 共治</title>" in page, path
        assert "default-src 'none'" in answer["Content-Security-Policy"], path
        assert " style=" not in page, path


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """The name of every address of the product."""
    found: set[str] = set()
    for one in patterns:
        found |= names(one.url_patterns) if isinstance(one, URLResolver) else {str(one.name)}
    return found


def test_of_the_library_only_what_we_show_is_there() -> None:
    theirs = ("account_", "socialaccount_", "mfa_", "usersessions_", "headless", "openid_connect")
    assert {name for name in names(get_resolver().url_patterns) if name.startswith(theirs)} == {
        "account_login",
        "account_reauthenticate",
        "account_change_password",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
