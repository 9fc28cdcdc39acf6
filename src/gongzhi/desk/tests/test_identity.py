"""Signing in by an identity provider: against a real one on loopback, honest and lying."""

import http.client
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from gongzhi.accounts.facts import LinkIdentity, UnlinkIdentity
from gongzhi.accounts.keeping import link_identity, unlink_identity
from gongzhi.accounts.models import Account
from gongzhi.acts.actor import Actor
from gongzhi.acts.door import SYSTEM
from gongzhi.acts.models import Act
from gongzhi.config.providers import IdentityProvider
from gongzhi.desk.tests.identity_server import CLIENT_ID, CLIENT_SECRET, IdentityServer, running
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
)
from gongzhi.registry.models import OrganisationKind, Post
from gongzhi.values.now import now
from gongzhi.values.refusals import Conflict, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
REFUSED = "统一身份认证没有通过"
UNKNOWN = "这个统一身份还没有关联账号"


@pytest.fixture
def server(settings: Any) -> Iterator[IdentityServer]:
    """The provider, and the settings that name it."""
    with running() as one:
        named = IdentityProvider(
            id="city", name="示例认证", issuer=one.issuer, client_id=CLIENT_ID, client_secret=CLIENT_SECRET
        )
        settings.SOCIALACCOUNT_PROVIDERS = {"identity_provider": {"APPS": [named.as_app()]}}
        settings.IDENTITY_PROVIDERS = {"city": one.issuer}
        yield one


def linked(subject: str = "employee-7", username: str = "example") -> Account:
    """An account that the administrator linked."""
    account = opened(username)
    facts = LinkIdentity(account_id=account.pk, provider="city", subject=subject)
    link_identity(by=SYSTEM, at=now(), facts=facts)
    return account


def begin(client: Client, query: str = "") -> str:
    """Away: the provider's address."""
    answer = client.post(f"/sign-in/by/city/{query}")
    assert answer.status_code == 200, text(answer)
    return str(answer["Refresh"].removeprefix("0; url="))


def visit(address: str) -> str:
    """At the provider, over the network; where it sends people back to."""
    parts = urlsplit(address)
    talk = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    talk.request("GET", f"{parts.path}?{parts.query}")
    answer = talk.getresponse()
    answer.read()
    talk.close()
    return str(answer.headers["Location"])


def back(client: Client, address: str) -> Any:
    """Back at our door."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def through(client: Client) -> Any:
    """The whole way."""
    return back(client, visit(begin(client)))


def test_a_linked_subject_signs_in(server: IdentityServer) -> None:
    account, client = linked(), Client()
    assert "用示例认证登录" in text(client.get("/sign-in/"))
    answer = through(client)
    assert (answer["Location"], is_in(client)) == ("/", True)
    assert client.get("/account/").wsgi_request.user.pk == account.pk
    assert history(account.pk) == ["link_identity", "sign_in"]
    assert Act.objects.get(name="accounts.sign_in").said["by"] == ["socialaccount"]


def test_the_page_that_was_asked_for_is_kept(server: IdentityServer) -> None:
    linked()
    client = Client()
    answer = back(client, visit(begin(client, "?next=/acting-as/")))
    assert answer["Location"] == "/acting-as/"


def test_nothing_but_the_subject_is_asked_and_nothing_about_people_is_kept(server: IdentityServer) -> None:
    linked()
    client = Client()
    address = begin(client, "?scope=email,profile&auth_params=prompt%3Dnone&process=connect")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["scope"], asked["response_type"], asked["code_challenge_method"]) == (
        "openid",
        "code",
        "S256",
    )
    assert len(asked["nonce"]) == 64
    assert "prompt" not in asked
    back(client, visit(address))
    kept = str(list(SocialAccount.objects.values()))
    for hidden in ("示例姓名", "someone@example.org", "employee-7"):
        assert hidden not in kept
    assert "employee-7" not in str(list(Act.objects.values("said", "answer")))


def test_an_unknown_subject_is_refused_and_no_account_comes_of_it(server: IdentityServer) -> None:
    linked("employee-8")
    client = Client()
    answer = through(client)
    assert (answer.status_code, UNKNOWN in text(answer)) == (403, True)
    assert not is_in(client)
    assert Account.objects.count() == 1


def test_an_address_or_a_name_that_fits_links_nobody(server: IdentityServer) -> None:
    account = opened("someone@example.org")
    server.lies = {"preferred_username": account.username, "email": account.username, "email_verified": True}
    assert UNKNOWN in text(through(Client()))


def test_who_is_signed_in_does_not_link_an_identity_that_way(server: IdentityServer) -> None:
    account = opened()
    client = signed_in(account)
    answer = back(client, visit(begin(client, "?process=connect")))
    assert UNKNOWN in text(answer)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "of-another-attempt"},
        {"nonce": None},
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": [CLIENT_ID, "another-client"], "azp": "another-client"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"sub": None},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_signs_nobody_in(server: IdentityServer, lies: dict[str, Any]) -> None:
    account, client = linked(), Client()
    server.lies = lies
    answer = through(client)
    assert (answer.status_code, REFUSED in text(answer)) == (409, True)
    assert not is_in(client)
    assert history(account.pk) == ["link_identity"]


@pytest.mark.parametrize("forge", ["other_key", "none", "client_secret"])
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(server: IdentityServer, forge: str) -> None:
    linked()
    client = Client()
    server.forge = forge
    assert REFUSED in text(through(client))
    assert not is_in(client)


def test_a_provider_that_calls_itself_otherwise_is_not_the_one_of_the_settings(
    server: IdentityServer,
) -> None:
    linked()
    server.discovery_lies = {"issuer": "https://elsewhere.example"}
    answer = Client().post("/sign-in/by/city/")
    assert (answer.status_code, "联系不上" in text(answer)) == (409, True)


def test_an_answer_is_good_once_and_in_the_browser_that_asked_only(server: IdentityServer) -> None:
    linked()
    client, thief = Client(), Client()
    address = visit(begin(client))
    assert REFUSED in text(back(thief, address))
    assert back(client, address).status_code == 302
    again = Client()
    begin(again)
    assert REFUSED in text(back(again, address))
    assert (is_in(thief), is_in(again)) == (False, False)


def test_an_answer_to_another_attempt_does_not_fit_this_one(server: IdentityServer) -> None:
    """The code of one attempt with the state of another: PKCE and the nonce both tell."""
    linked()
    client = Client()
    mine, other = begin(client), visit(begin(Client()))
    state = parse_qs(urlsplit(mine).query)["state"][0]
    code = parse_qs(urlsplit(other).query)["code"][0]
    assert REFUSED in text(client.get(f"/sign-in/by/city/back/?code={code}&state={state}"))
    assert not is_in(client)


def test_who_cancels_is_told_so(server: IdentityServer) -> None:
    client = Client()
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    answer = client.get(f"/sign-in/by/city/back/?error=access_denied&state={state}")
    assert (answer.status_code, "您取消了" in text(answer)) == (403, True)


def test_a_provider_that_does_not_answer_is_said(server: IdentityServer, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["identity_provider"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}
    answer = Client().post("/sign-in/by/city/")
    assert (answer.status_code, "联系不上" in text(answer)) == (409, True)


def test_behind_a_proxy_that_ends_https_people_are_sent_back_by_https(
    server: IdentityServer, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    asked = parse_qs(urlsplit(begin(Client())).query)
    assert asked["redirect_uri"] == ["https://testserver/sign-in/by/city/back/"]


def test_a_link_alone_sends_nobody_away(server: IdentityServer) -> None:
    assert Client().get("/sign-in/by/city/")["Location"] == "/sign-in/"
    assert Client(enforce_csrf_checks=True).post("/sign-in/by/city/").status_code == 403


def test_who_is_not_named_in_the_settings_is_not_there(server: IdentityServer) -> None:
    for path in ("/sign-in/by/other/", "/sign-in/by/identity_provider/"):
        assert Client().post(path).status_code == 404
        assert Client().get(f"{path}back/").status_code == 404


def test_a_closed_account_stays_closed(server: IdentityServer) -> None:
    account, client = linked(), Client()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert "已停用" in text(through(client))
    assert not is_in(client)


def test_whoever_set_codes_up_shows_one_here_too(server: IdentityServer) -> None:
    account, client = linked(), Client()
    secret, _ = set_up_codes(signed_in(account))
    assert through(client)["Location"] == "/sign-in/code/"
    assert not is_in(client)
    client.post("/sign-in/code/", {"code": next_code(secret)})
    assert is_in(client)


def test_an_official_needs_our_code_whatever_the_provider_asked(
    server: IdentityServer, settings: Any
) -> None:
    settings.TOTP_FOR_OFFICIALS = True
    account, client = posted(Post.OFFICER, OrganisationKind.PROPERTY_AUTHORITY), Client()
    facts = LinkIdentity(account_id=account.pk, provider="city", subject=server.subject)
    link_identity(by=SYSTEM, at=now(), facts=facts)
    through(client)
    assert client.get("/")["Location"] == "/account/second-factor/"


# Linking ------------------------------------------------------------------------------------------------------------


def test_a_subject_is_linked_to_one_account(server: IdentityServer) -> None:
    linked()
    with pytest.raises(Conflict, match="已关联"):
        linked(username="other")


def test_only_the_administrator_links(server: IdentityServer) -> None:
    account = opened()
    facts = LinkIdentity(account_id=account.pk, provider="city", subject="employee-7")
    with pytest.raises(NotAllowed):
        link_identity(by=Actor(account.pk), at=now(), facts=facts)
    with pytest.raises(NotFound, match="没有配置"):
        link_identity(by=SYSTEM, at=now(), facts=facts.model_copy(update={"provider": "none"}))


def test_a_link_that_was_ended_signs_nobody_in(server: IdentityServer) -> None:
    account, client = linked(), Client()
    facts = UnlinkIdentity(account_id=account.pk, provider="city")
    assert unlink_identity(by=SYSTEM, at=now(), facts=facts).value == {"removed": 1}
    assert UNKNOWN in text(through(client))


def test_a_link_holds_for_its_issuer_only(server: IdentityServer, settings: Any) -> None:
    """Another provider under the same name does not inherit the people of the first."""
    account = opened()
    settings.IDENTITY_PROVIDERS = {"city": "https://before.example"}
    facts = LinkIdentity(account_id=account.pk, provider="city", subject=server.subject)
    link_identity(by=SYSTEM, at=now(), facts=facts)
    settings.IDENTITY_PROVIDERS = {"city": server.issuer}
    assert UNKNOWN in text(through(Client()))


def test_without_providers_the_form_offers_none() -> None:
    assert "sign-in/by/" not in text(Client().get("/sign-in/"))
    assert attempt(Client(), "nobody").status_code == 200
