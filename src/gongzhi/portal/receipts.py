"""What became of a form, told after it to the browser that sent it and to nobody who only opens the address.

A signed cookie of that page alone, gone soon: it needs no account, no script and no row.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongzhi.acts.actor import Actor

#: In the address: what became of it, and the number of one that was entered for somebody else.
SENT, TURN = "sent", "turn"
COOKIE, SALT = "portal-sent", "gongzhi.portal.receipts"
#: How long it is told again where the page is looked at anew. Ours to choose, not law.
SOON = timedelta(minutes=30)


def receipt(request: HttpRequest, by: Actor | None, sent: str, turn: str, address: str) -> HttpResponse:
    """Lead on to `address`, which tells `sent` and `turn`, and let this browser read it there for a while."""
    answer = redirect(address)
    answer.set_signed_cookie(
        COOKIE,
        _said(by, sent, turn),
        salt=_salt(request),
        max_age=SOON,
        path=request.path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


def received(request: HttpRequest, by: Actor | None) -> str:
    """What became of what this browser sent here, as its address tells it; "" where it sent nothing of the kind."""
    sent, turn = request.GET.get(SENT, ""), request.GET.get(TURN, "")
    kept = request.get_signed_cookie(COOKIE, default="", salt=_salt(request), max_age=SOON)
    return sent if sent and kept == _said(by, sent, turn) else ""


def _salt(request: HttpRequest) -> str:
    """One page's receipt opens no other's."""
    return f"{SALT}:{request.path}"


def _said(by: Actor | None, sent: str, turn: str) -> str:
    """In whose name it was sent, too: on a shared machine it is told to nobody else."""
    return f"{by.account_id if by is not None else '-'}:{sent}:{turn}"
