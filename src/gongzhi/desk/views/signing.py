"""Signing in, and choosing as whom one acts."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongzhi.ui.seat import choices, choose
from gongzhi.values.now import now
from gongzhi.values.refusals import NotAllowed


class SignIn(LoginView):
    """By account and password; whoever holds one post only sits down in it at once."""

    template_name = "desk/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in and, where there is nothing to choose, choose."""
        response = super().form_valid(form)
        held = choices(self.request, now())
        if len(held) == 1:
            choose(self.request, str(held[0].pk), now())
        return response


@login_required
@require_http_methods(["GET", "POST"])
def acting_as(request: HttpRequest) -> HttpResponse:
    """Choose one's post."""
    at = now()
    if request.method == "POST":
        if not choose(request, request.POST.get("appointment", ""), at):
            raise NotAllowed("您没有这项任职，请重新选择以哪个职务办理。")
        return redirect("work")
    return render(request, "desk/acting_as.html", {"choices": choices(request, at)})
