"""Sign-in by an identity provider (OpenID Connect): only its signed word on who it is, for this very attempt.

The library's provider is taken over but for what it leaves open: the nonce, the signature of the identity token, and
what is kept of people. The library finds the class by this module's name.
"""

from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from .subjects import uid_of

#: Asymmetric ones only: a key everybody can read must not be one that signs.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
NEEDED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60


def nonce_of(state: str) -> str:
    """What the identity token must repeat: bound to the one state that this session gave out."""
    return salted_hmac("gongzhi.accounts.nonce", state, algorithm="sha256").hexdigest()


class Talk(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The conversation with one provider."""

    @property
    def issuer(self) -> str:
        """As the settings name it."""
        return str(self.get_provider().app.settings["server_url"])

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; it must name itself as the settings do."""
        said: dict[str, Any] = super().openid_config
        if said.get("issuer") != self.issuer:
            raise OAuth2Error("the provider is another than the settings name")
        return said

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the provider sends people back to."""
        protocol = "https" if settings.SESSION_COOKIE_SECURE else None
        return str(
            build_absolute_uri(request, reverse("identity-callback", args=[self.provider_id]), protocol)
        )

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **named: Any) -> Any:
        """The sign-in of a verified subject; OAuth2Error where anything does not hold."""
        claims = self.verified(str(named["response"].get("id_token", "")), app.client_id)
        if not constant_time_compare(str(claims["nonce"]), nonce_of(request.GET["state"])):
            raise OAuth2Error("the nonce is of another attempt")
        return self.get_provider().sociallogin_from_response(request, claims)

    def verified(self, id_token: str, client_id: str) -> dict[str, Any]:
        """What the token says, if the provider signed it, for us, and it has not expired."""
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=client_id,
                issuer=self.issuer,
                leeway=LEEWAY,
                options={"require": NEEDED},
            )
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as wrong:
            raise OAuth2Error("the identity token does not hold") from wrong
        if claims.get("azp", client_id) != client_id:
            raise OAuth2Error("the identity token is another's")
        return claims

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The provider's key that the token names; KeyError where there is none."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        return jwt.PyJWKSet.from_dict(answer.json())[jwt.get_unverified_header(id_token)["kid"]]


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider the settings name."""

    id = "identity_provider"
    name = "统一身份认证"
    oauth2_adapter_class = Talk
    pkce_enabled_default = True

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **_: Any
    ) -> HttpResponse:
        """To the provider, to sign in and for nothing else: what the address asks for beyond that is not heard."""
        state = get_random_string(32)
        answer: HttpResponse = super().redirect(
            request,
            AuthProcess.LOGIN,
            next_url,
            state_id=state,
            scope=["openid"],
            auth_params={"nonce": nonce_of(state)},
        )
        return answer

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The subject, bound to its issuer."""
        return uid_of(data["iss"], data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing about people is kept."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing about people is taken over."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """No address signs anybody in."""
        return []


provider_classes = [IdentityProvider]
