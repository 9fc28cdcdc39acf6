"""What the sign-in libraries announce is written into the account's history, and into log lines without names."""

import logging
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in as came_in
from allauth.mfa import signals as codes
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from gongzhi.acts.actor import SYSTEM, Actor
from gongzhi.values.now import now

from . import history, lockout, sessions
from .facts import LockedOut, SecondFactorChanged, SignedIn, SignedOut, SignInFailed
from .models import Account

LOG = logging.getLogger("gongzhi.sign_in")


def connect() -> None:
    """Listen; called once, when everything is loaded."""
    user_logged_in.connect(on_session, dispatch_uid="gongzhi.session")
    came_in.connect(on_sign_in, dispatch_uid="gongzhi.sign_in")
    user_logged_out.connect(on_sign_out, dispatch_uid="gongzhi.sign_out")
    user_login_failed.connect(on_failure, dispatch_uid="gongzhi.failure")
    codes.authenticator_used.connect(on_code, dispatch_uid="gongzhi.code")
    for signal, change in (
        (codes.authenticator_added, "added"),
        (codes.authenticator_removed, "removed"),
        (codes.authenticator_reset, "renewed"),
    ):
        signal.connect(CHANGES[change], dispatch_uid=f"gongzhi.code_{change}")


def on_session(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """A session begins to count."""
    sessions.begin(request)


def on_sign_in(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """Somebody is in: every step is done."""
    by = tuple(record["method"] for record in get_authentication_records(request, user))
    if "mfa" in by:
        sessions.prove_second_factor(request)
    if "password" in by and user.is_password_given:
        sessions.note_given_password(request)
    history.sign_in(by=Actor(user.pk), at=now(), facts=SignedIn(account_id=user.pk, by=by))
    LOG.info("signed in: account=%s by=%s", user.pk, "+".join(by))


def on_sign_out(sender: Any, request: HttpRequest, user: Account | None, **_: Any) -> None:
    """Somebody is out, by their own wish or by time."""
    if user is None:
        return
    why = getattr(request, "signed_out_because", "asked")
    history.sign_out(by=Actor(user.pk), at=now(), facts=SignedOut(account_id=user.pk, why=why))
    LOG.info("signed out: account=%s why=%s", user.pk, why)


def on_failure(
    sender: Any,
    credentials: dict[str, Any],
    request: HttpRequest | None = None,
    step: Any = "password",
    **_: Any,
) -> None:
    """A wrong password or code, counted just now. While locked nothing is counted, and nothing is noted."""
    if request is None or getattr(request, "axes_failures_since_start", None) is None:
        return
    name, account_id = lockout.name_of(None, credentials), _account_named(credentials)
    LOG.info("sign-in failed: account=%s step=%s", account_id, step)
    if account_id is not None:
        history.fail_sign_in(by=SYSTEM, at=now(), facts=SignInFailed(account_id=account_id, step=step))
    if request.axes_locked_out:  # type: ignore[attr-defined]
        _note_lock_out(request, name, account_id)


def _note_lock_out(request: HttpRequest, name: str, account_id: UUID | None) -> None:
    """The failure that locked: the account, or the address and then nobody's account."""
    if account_id is None or not lockout.is_account_locked(name):
        LOG.warning("locked out: an address")
        return
    LOG.warning("locked out: account=%s", account_id)
    facts = LockedOut(account_id=account_id, until=lockout.locked_until(request, name))
    history.lock_out(by=SYSTEM, at=now(), facts=facts)


def _account_named(credentials: dict[str, Any]) -> UUID | None:
    """The account that was meant, where there is one."""
    name = lockout.name_of(None, credentials)
    found: UUID | None = Account.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
    return found


def on_code(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """A right code: this session has its second factor, once its holder is in."""
    if request.user == user:
        sessions.prove_second_factor(request)


def on_added(sender: Any, user: Account, authenticator: Authenticator, **_: Any) -> None:
    """Codes were set up."""
    if authenticator.type == Authenticator.Type.TOTP:
        _note(user, "added")


def on_removed(
    sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any
) -> None:
    """Codes were given up."""
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(sessions.SECOND_FACTOR, None)
        _note(user, "removed")


def on_renewed(sender: Any, user: Account, **_: Any) -> None:
    """New recovery codes."""
    _note(user, "renewed")


def _note(user: Account, change: Any) -> None:
    facts = SecondFactorChanged(account_id=user.pk, change=change)
    history.change_second_factor(by=Actor(user.pk), at=now(), facts=facts)


CHANGES = {"added": on_added, "removed": on_removed, "renewed": on_renewed}
