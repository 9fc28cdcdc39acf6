"""Who asks, in which appointment: a token bound to one, or a session with the header `Acting-As`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import APIKeyCookie, HttpBasicAuth, HttpBearer
from ninja.utils import check_csrf

from gongzhi.accounts.actions import authenticate_token
from gongzhi.accounts.sessions import owes_password
from gongzhi.acts.actor import Actor
from gongzhi.registry import acting
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.queries import day_of, in_force
from gongzhi.ui.seat import SESSION_CHOICE, lacks_second_factor
from gongzhi.values.now import now
from gongzhi.values.refusals import Invalid, NotAllowed

from .problems import csrf_refused

ACTING_AS = "Acting-As"
IDEMPOTENCY_KEY = "Idempotency-Key"
LONGEST_KEY = 128
CHOOSE = "请先选择以哪个职务办理（请求头 Acting-As）。"


@dataclass(frozen=True)
class Caller:
    """Who asks, and the one instant of the request."""

    actor: Actor
    at: datetime
    appointment: Appointment | None

    @property
    def appointed(self) -> Appointment:
        """The appointment acted in; NotAllowed without one."""
        if self.appointment is None:
            raise NotAllowed(CHOOSE)
        return self.appointment

    @property
    def official(self) -> Appointment:
        """An appointment that may read the city's business; the system's administrator may not."""
        if self.appointed.post == Post.ADMINISTRATOR:
            raise NotAllowed("系统管理员不查看业务数据，应由业务经办人员查看。")
        return self.appointed


def caller_of(request: HttpRequest) -> Caller:
    """The caller that authentication found."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def instant_of(request: HttpRequest) -> datetime:
    """The instant of the request: read once."""
    at: datetime | None = getattr(request, "_gongzhi_at", None)
    if at is None:
        at = now()
        request._gongzhi_at = at  # type: ignore[attr-defined]
    return at


def key_of(request: HttpRequest) -> str:
    """The Idempotency-Key, "" where there is none; Invalid where it is too long."""
    key = request.headers.get(IDEMPOTENCY_KEY, "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Invalid(f"请求头 Idempotency-Key 最长{LONGEST_KEY}个可见字符，请换一个。")
    return key


def call(account_id: UUID, appointment_id: UUID | None, at: datetime) -> Caller:
    """The caller of an account in one of its appointments; NotAllowed where it is not its own or not in force."""
    held = _held(account_id, appointment_id, at) if appointment_id is not None else None
    if held is not None:
        return Caller(Actor(account_id, held.pk, held.person_id), at, held)
    return Caller(acting.actor_of(account_id, appointment_id, at), at, None)


def _held(account_id: UUID, appointment_id: UUID, at: datetime) -> Appointment | None:
    rows = Appointment.objects.filter(in_force(day_of(at)), pk=appointment_id, person__account_id=account_id)
    return rows.select_related("organisation", "estate", "person").first()


class Bearer(HttpBearer):
    """A program's token, bound to one appointment."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The caller of a live token. A token that opens nothing is not followed by a look at the session."""
        return _by_token(request, token)


class TokenAsPassword(HttpBasicAuth):
    """A calendar program, which knows a name and a password alone: the password is the token."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Any:
        """The caller of a live token, whatever the name."""
        return _by_token(request, password)


def _by_token(request: HttpRequest, token: str) -> Caller:
    at = instant_of(request)
    found = authenticate_token(token, at)
    if found is None:
        raise AuthenticationError
    named = request.headers.get(ACTING_AS, "")
    if named and named.lower() != str(found.appointment_id):
        raise NotAllowed("这个令牌只能以签发时的职务办理，请换用另一职务的令牌。")
    return call(found.account_id, found.appointment_id, at)


class Session(APIKeyCookie):
    """Somebody signed in on the screens; a change needs the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The caller of the session, acting as the header, or else the screen's choice, says."""
        if not request.user.is_authenticated:
            return None
        if request.method not in ("GET", "HEAD", "OPTIONS") and check_csrf(request) is not None:
            raise csrf_refused()
        if owes_password(request):
            raise NotAllowed("密码是系统管理员设置的，请先在网页上登录并换成自己的密码。")
        named = request.headers.get(ACTING_AS) or request.session.get(SESSION_CHOICE)
        caller = call(request.user.pk, _appointment(named), instant_of(request))
        if caller.appointment is not None and lacks_second_factor(request, caller.appointment):
            raise NotAllowed("以这个职务办理要先输入动态口令，请在网页上登录并输入。")
        return caller


def _appointment(named: str | None) -> UUID | None:
    try:
        return UUID(named) if named else None
    except ValueError:
        raise NotAllowed("您没有这项任职，请重新选择以哪个职务办理。") from None


SIGNED_IN = [Bearer(), Session()]
