"""Where the sign-in library asks us: our words, our lock-out, our door; no self-registration, no mail."""

from datetime import timedelta
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse

from gongzhi.acts.actor import Actor
from gongzhi.values.now import now, unmoved
from gongzhi.values.refusals import NotAllowed, NotPossible

from . import lockout, secrets
from .actions import set_password
from .facts import SetPassword

#: Nothing more is asked before codes are changed, so soon after signing in. Ours to choose, not law.
PROVED_FOR = timedelta(minutes=10)
WRONG_PASSWORD = "账号或密码不对，请重新输入。"
WRONG_CODE = "动态口令不对或者已经用过，请等下一个口令再输入。"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Password sign-in by the account's name."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG_PASSWORD,
        "incorrect_password": "密码不对，请重新输入。",
        "enter_current_password": "现在的密码不对，请重新输入。",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": "失败次数过多，请稍后再试。",
        "rate_limited": "操作过于频繁，请稍后再试。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """After the password, the one-time code of who has one."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Say that it is locked before looking at the password."""
        demand_unlocked(request, credentials["username"])

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The failure that locks says so at once."""
        demand_unlocked(request, credentials["username"])

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Told to who knows the password only."""
        raise NotAllowed("这个账号已停用，请联系系统管理员。")

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Through the door."""
        facts = SetPassword(account_id=user.pk, password=password)
        set_password(by=Actor(user.pk), at=now(), facts=facts)
        user.refresh_from_db(fields=["password"])

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the request itself, where the proxies did not write what the settings expect."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META["REMOTE_ADDR"])

    def is_reauthentication_required(self, *, app: str, **named: Any) -> bool:
        """Not of who came in a moment ago."""
        records = get_authentication_records(self.request, self.request.user)
        since = unmoved().timestamp() - max((record["at"] for record in records), default=0)
        return bool(since >= PROVED_FOR.total_seconds())


def demand_unlocked(request: HttpRequest, username: str) -> None:
    """Raise the sentence of the lock-out, where there is one."""
    if lockout.is_locked(request, username):
        raise ValidationError(lockout.sentence(request, username), code="locked")


class CodeAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """One-time codes: their secrets are sealed, their picture is drawn without style or script."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "以机关职务办理必须使用动态口令，不能停用。",
        "cannot_generate_recovery_codes": "请先启用动态口令，再生成备用码。",
    }

    def get_totp_issuer(self) -> str:
        """What the telephone shows beside the code."""
        return "共治"

    def encrypt(self, text: str) -> str:
        """Sealed under a key outside of the database."""
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again."""
        return secrets.unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an element of the page."""
        return str(segno.make(url, error="m").svg_inline(scale=5, light="#fff"))


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in by an identity provider: linked subjects only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Accounts are opened by the administrator."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        """Nothing of what a provider tells about people is taken over."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse a subject that is linked to no account."""
        if not sociallogin.is_existing:
            raise NotAllowed("这个统一身份还没有关联账号，请联系系统管理员关联后再登录。")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Say it as a page of ours."""
        if error == AuthError.CANCELLED:
            raise NotAllowed("您取消了统一身份认证，请返回登录页重新登录。") from exception
        raise NotPossible("统一身份认证没有通过，请返回登录页重试。") from exception


def provider_names() -> list[tuple[str, str]]:
    """Id and name of each provider the settings name."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("identity_provider", {}).get("APPS", [])
    return [(app["provider_id"], app["name"]) for app in apps]
