"""大字: larger type, chosen by whoever reads and kept in a cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "large_type"
YEAR = 365 * 24 * 3600


def is_large(request: HttpRequest) -> bool:
    """Whether this reader wants larger type."""
    return request.COOKIES.get(COOKIE) == "1"


@csrf_exempt  # somebody else's page could at worst make the letters larger; public pages then need no cookie
@require_POST
def set_large_type(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to the page."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    if request.POST.get("large") == "1":
        response.set_cookie(COOKIE, "1", max_age=YEAR, samesite="Lax", httponly=True)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
