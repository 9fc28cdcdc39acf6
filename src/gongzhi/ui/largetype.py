"""大字: larger type, kept with the account of who is signed in, and in a cookie for who is not or has never chosen.

Read as `request.large_type`.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongzhi.accounts.facts import SetLargeType
from gongzhi.accounts.keeping import set_large_type as keep_with_account
from gongzhi.accounts.middleware import LARGE
from gongzhi.acts.actor import Actor
from gongzhi.values.now import now

YEAR = 365 * 24 * 3600


def is_large(request: HttpRequest) -> bool:
    """Whether this reader wants larger type."""
    return bool(getattr(request, "large_type", False))


@csrf_exempt  # somebody else's page could at worst make the letters larger; public pages then need no cookie
@require_POST
def set_large_type(request: HttpRequest) -> HttpResponse:
    """Keep the choice, with the account and in this browser, and go back to the page."""
    wanted, back = request.POST.get("large") == "1", request.POST.get("next", "/")
    if request.user.is_authenticated and request.user.large_type != wanted:
        facts = SetLargeType(account_id=request.user.pk, large_type=wanted)
        keep_with_account(by=Actor(request.user.pk), at=now(), facts=facts)
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if wanted:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(LARGE, "1", max_age=YEAR, samesite="Lax", httponly=True, secure=secure)
    else:
        response.delete_cookie(LARGE, samesite="Lax")
    return response
