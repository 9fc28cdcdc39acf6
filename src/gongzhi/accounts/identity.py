"""The two steps of signing in by an identity provider: away to it, and back."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from requests import RequestException

from gongzhi.values.refusals import NotFound, NotPossible

from .provider import Talk

AWAY = "统一身份认证暂时联系不上，请稍后再试，或者用账号和密码登录。"


def _demand(provider_id: str) -> None:
    if provider_id not in settings.IDENTITY_PROVIDERS:
        raise NotFound("没有配置这个身份认证，请返回登录页。")


def address_to(request: HttpRequest, provider_id: str) -> str:
    """The provider's address with which this attempt begins; NotPossible where it does not answer."""
    _demand(provider_id)
    provider = get_adapter().get_provider(request, provider_id)
    try:
        return str(provider.redirect_from_request(request).url)
    except (OAuth2Error, RequestException, KeyError, ValueError) as away:
        raise NotPossible(AWAY) from away


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Finish an attempt with what the provider says; a refusal where it does not hold."""
    _demand(provider_id)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(Talk(request, provider_id))(request)
    except (RequestException, KeyError, ValueError) as away:
        raise NotPossible(AWAY) from away
    return answer
