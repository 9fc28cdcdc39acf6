"""Signing in and out, and choosing as whom one acts."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from gongzhi.accounts import identity, unsent
from gongzhi.accounts.adapters import provider_names
from gongzhi.accounts.forms import CodeForm, SignInForm
from gongzhi.accounts.sessions import pop_ended
from gongzhi.ui.seat import choices, choose
from gongzhi.values.now import now
from gongzhi.values.refusals import NotAllowed

ENDED = {
    "idle": f"您已 {settings.SESSION_IDLE_MINUTES} 分钟没有操作，登录已结束，请重新登录。",
    "everywhere": "所有设备上的登录都已退出，包括这一台，要继续使用请重新登录。",
    "too_long": f"登录已满 {settings.SESSION_HOURS} 小时，请重新登录。",
}
TOO_MANY = 429


class SignIn(LoginView):  # type: ignore[misc]
    """By account and password, or away to an identity provider."""

    template_name = "desk/sign_in.html"
    form_class = SignInForm

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """With the providers, and why the last session ended."""
        told = {
            "providers": provider_names(),
            "ended": ENDED.get(pop_ended(self.request), ""),
            "has_unsent": unsent.is_kept(self.request),
            "lost_files": unsent.lost_files(self.request),
        }
        return {**super().get_context_data(**named), **told}

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """429 while locked out."""
        answer: HttpResponse = super().form_invalid(form)
        if form.has_error("__all__", "locked"):
            answer.status_code = TOO_MANY
        return answer


class EnterCode(AuthenticateView):  # type: ignore[misc]
    """The one-time code after the password; a recovery code does as well."""

    template_name = "desk/sign_in_code.html"
    form_class = CodeForm


class SignOut(LogoutView):  # type: ignore[misc]
    """By a button; the bare address only leads home."""

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Nobody is signed out by a link."""
        return redirect("work")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signed out; the browser lets go of the pages it has shown."""
        return forgotten(super().post(request, *args, **kwargs))


def forgotten(answer: HttpResponse) -> HttpResponse:
    """An answer with which a browser forgets the pages before it: the next at this machine may be somebody else."""
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Away to an identity provider. A page that leads on, for a form may send nobody to another site."""
    if request.method != "POST":
        return redirect("sign-in")
    address = identity.address_to(request, provider_id)
    answer = render(request, "desk/to_provider.html", {"address": address})
    answer["Refresh"] = f"0; url={address}"
    add_never_cache_headers(answer)
    return answer


def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from an identity provider."""
    return identity.come_back(request, provider_id)


def _whither(request: HttpRequest) -> str:
    """Where one was going when the post was asked for, else the work list."""
    asked = request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else reverse("work")


@login_required
@require_http_methods(["GET", "POST"])
def acting_as(request: HttpRequest) -> HttpResponse:
    """Choose one's post."""
    at = now()
    if request.method == "POST":
        if not choose(request, request.POST.get("appointment", ""), at):
            raise NotAllowed("您没有这项任职，请重新选择以哪个职务办理。")
        return redirect(_whither(request))
    return render(request, "desk/acting_as.html", {"choices": choices(request, at)})
