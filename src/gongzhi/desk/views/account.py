"""One's own account: password, one-time codes, open sessions."""

from typing import Any

from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongzhi.accounts.facts import OfAccount
from gongzhi.accounts.forms import ConfirmCodeForm, ConfirmForm, FirstCodeForm, PasswordForm
from gongzhi.accounts.keeping import sign_out_everywhere
from gongzhi.accounts.models import Account
from gongzhi.accounts.sessions import (
    open_sessions,
    owes_password,
    prove_second_factor,
    tell_ended_everywhere,
)
from gongzhi.acts.actor import Actor
from gongzhi.registry.acting import person_of
from gongzhi.ui.seat import choices, is_official
from gongzhi.values.now import now
from gongzhi.values.refusals import NotAllowed, NotPossible

from ..administration.accounts import looks_at, tokens_of
from .signing import forgotten

DONE = {
    "password": "密码已修改，其他地方的登录已全部结束。",
    "code-off": "动态口令已停用。",
}


def _account(request: HttpRequest) -> Account:
    """Whose page it is; the views below are for who is signed in only."""
    assert isinstance(request.user, Account)
    return request.user


def _has_codes(request: HttpRequest) -> bool:
    return bool(is_mfa_enabled(request.user, [Authenticator.Type.TOTP]))


def _needs_codes(request: HttpRequest) -> bool:
    """Whether one of the posts held today is not to be had without a one-time code."""
    return bool(settings.TOTP_FOR_OFFICIALS) and any(map(is_official, choices(request, now())))


@login_required
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """What the account is kept safe with, where it is open, and who looked at one's numbers."""
    person = person_of(request.user.pk)
    told = {
        "done": DONE.get(request.GET.get("done", ""), ""),
        "has_codes": _has_codes(request),
        "needs_codes": _needs_codes(request),
        "has_password": _account(request).has_usable_password(),
        "sessions": open_sessions(_account(request)),
        "hours": settings.SESSION_HOURS,
        "minutes": settings.SESSION_IDLE_MINUTES,
        "tokens": tokens_of(_account(request).pk, now()),
        "looks": looks_at(person.pk) if person is not None else (),
        "is_known": person is not None,
    }
    return render(request, "desk/account/overview.html", told)


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    facts = OfAccount(account_id=request.user.pk)
    sign_out_everywhere(by=Actor(request.user.pk), at=now(), facts=facts)
    logout(request)
    tell_ended_everywhere(request)
    return forgotten(redirect("sign-in"))


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where an official is sent before the first page: to the code, or to setting one up."""
    if _has_codes(request):
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': reverse('work')})}")
    return redirect("mfa_activate_totp")


@method_decorator([login_required, never_cache], name="dispatch")
class Password(PasswordChangeView):  # type: ignore[misc]
    """A new password; all other sessions end."""

    template_name = "desk/account/password.html"
    form_class = PasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        """Not for who signs in by an identity provider only."""
        if not _account(request).has_usable_password():
            raise NotPossible("这个账号没有设置密码，需要密码时请联系系统管理员。")
        answer: HttpResponse = super().dispatch(request, *args, **named)
        return answer

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """With why one is here, where somebody else had set the present one."""
        return {**super().get_context_data(**named), "owes": owes_password(self.request)}

    def get_default_success_url(self) -> str:
        """Back to the account."""
        return f"{reverse('account')}?done=password"


@method_decorator(never_cache, name="dispatch")
class Confirm(ReauthenticateView):  # type: ignore[misc]
    """The password once more, before something delicate."""

    template_name = "desk/account/confirm.html"
    form_class = ConfirmForm


@method_decorator(never_cache, name="dispatch")
class ConfirmByCode(ReauthenticateByCodeView):  # type: ignore[misc]
    """The one-time code, before something delicate or before acting for an authority."""

    template_name = "desk/account/confirm_code.html"
    form_class = ConfirmCodeForm


@method_decorator([login_required, never_cache], name="dispatch")
class CodeOn(ActivateTOTPView):  # type: ignore[misc]
    """Set up one-time codes."""

    template_name = "desk/account/code_on.html"
    form_class = FirstCodeForm

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """And whether one of one's posts demands them."""
        return {**super().get_context_data(**named), "needs_codes": _needs_codes(self.request)}

    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        """The session that showed the first code has shown one."""
        answer: HttpResponse = super().form_valid(form)
        prove_second_factor(self.request)
        return answer


@method_decorator(never_cache, name="dispatch")
class CodeOff(DeactivateTOTPView):  # type: ignore[misc]
    """Give one-time codes up, where no post demands them."""

    template_name = "desk/account/code_off.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Refused to officials."""
        if _needs_codes(self.request):
            raise NotAllowed("以机关职务办理必须使用动态口令，不能停用。")
        super().form_valid(form)
        return redirect(f"{reverse('account')}?done=code-off")


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """The codes for a lost telephone, shown once."""

    template_name = "desk/account/recovery_codes.html"


@method_decorator([login_required, never_cache], name="dispatch")
class NewRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    """New ones; the old ones are good no more."""

    template_name = "desk/account/new_recovery_codes.html"
