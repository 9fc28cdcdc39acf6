"""How long a session lasts, and what is known of those that are open. Goes by the clock that nobody moves."""

from datetime import datetime, timedelta
from typing import Literal

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from gongzhi.values.now import unmoved

from .models import Account, SpentCode

BEGAN, SEEN, ENDED, SECOND_FACTOR = "signed_in_at", "seen_at", "session_ended", "second_factor"
#: Came in with a password that somebody else knows.
GIVEN = "password_given"
#: A session is written at most this often for being in use. Ours to choose, not law.
TOUCH = timedelta(minutes=1)
#: A code is good for a minute and a half; remembered longer. Ours to choose, not law.
REMEMBER_CODES = timedelta(minutes=10)
#: The header of a request that a page makes by itself: nobody sits before it, so it keeps no session alive.
BY_ITSELF = "Looks-By-Itself"
Why = Literal["idle", "too_long"]


def begin(request: HttpRequest) -> None:
    """Note when somebody came in."""
    at = unmoved().timestamp()
    request.session[BEGAN] = request.session[SEEN] = at


def prove_second_factor(request: HttpRequest) -> None:
    """Note that a right code was shown in this session."""
    request.session[SECOND_FACTOR] = True


def note_given_password(request: HttpRequest) -> None:
    """Note that one came in with a password that somebody else had set."""
    request.session[GIVEN] = True


def owes_password(request: HttpRequest) -> bool:
    """Whether nothing else is done in this session before its holder has chosen a password."""
    if GIVEN not in request.session or not isinstance(request.user, Account):
        return False
    if request.user.is_password_given:
        return True
    del request.session[GIVEN]
    return False


def keep_or_end(request: HttpRequest) -> None:
    """End the session of a request whose time is over; else note, now and then, that it is in use."""
    if SESSION_KEY not in request.session:
        return
    at = unmoved()
    why = why_over(request, at)
    if why is not None:
        request.signed_out_because = why  # type: ignore[attr-defined]
        logout(request)
        request.session[ENDED] = why
    elif at - _instant(request, SEEN, at) >= TOUCH and BY_ITSELF not in request.headers:
        request.session[SEEN] = at.timestamp()
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=at)


def why_over(request: HttpRequest, at: datetime) -> Why | None:
    """Why the session is over; None while it lasts. One without its instants is over."""
    if at - _instant(request, BEGAN, at) >= timedelta(hours=settings.SESSION_HOURS):
        return "too_long"
    if at - _instant(request, SEEN, at) >= timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return "idle"
    return None


def _instant(request: HttpRequest, name: str, at: datetime) -> datetime:
    return datetime.fromtimestamp(request.session.get(name, 0), at.tzinfo)


def tell_ended_everywhere(request: HttpRequest) -> None:
    """Note, for the page of signing in, that whoever sat here ended all the account's sessions."""
    request.session[ENDED] = "everywhere"


def pop_ended(request: HttpRequest) -> str:
    """Why the last session ended, said once; "" where it did not."""
    return str(request.session.pop(ENDED, ""))


def open_sessions(account: Account) -> list[UserSession]:
    """The sessions an account has open, newest first; those that are over are forgotten on the way."""
    found = UserSession.objects.purge_and_list(account)
    return sorted(found, key=lambda one: one.created_at, reverse=True)


def forget_all(account: Account) -> int:
    """Delete what is known of an account's sessions; answers how many there were."""
    rows = UserSession.objects.filter(user=account)
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def forget_over(at: datetime) -> None:
    """Delete what has served its time: sessions and their addresses, failed attempts, spent codes."""
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.filter(created_at__lt=at - timedelta(hours=settings.SESSION_HOURS)).delete()
    AccessAttempt.objects.filter(attempt_time__lt=at - settings.AXES_COOLOFF_TIME).delete()
    SpentCode.objects.filter(spent_at__lt=at - REMEMBER_CODES).delete()
