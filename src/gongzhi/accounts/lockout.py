"""Locking out: an account after few failures, an address after many, for an office stands behind one."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest

from gongzhi.values.now import now, unmoved

from .models import Account


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts in the database, for all processes."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures as they count towards the limit of an account: those of the address less what it may have more."""
        of_account, of_address = (_count(rows) for rows in self.get_user_attempts(request, credentials))
        spare: int = settings.LOCKOUT_ADDRESS_FAILURES - settings.AXES_FAILURE_LIMIT
        return max(of_account, of_address - spare)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Who signs in is forgiven their own failures, not those on other accounts from the same address."""
        return forget_failures(name_of(request, credentials))


def _count(rows: Any) -> int:
    return sum(rows.values_list("failures_since_start", flat=True))


def name_of(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """The account named, in one spelling: axes asks by this, so that capitals and spaces begin no new count."""
    return str((credentials or {}).get("username") or "").strip().lower()[:255]


def address_of(request: HttpRequest) -> str | None:
    """Whence a request comes, behind as many proxies as the settings say."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None


def silent(*_: Any) -> str:
    """What axes would write into its log lines: neither the account nor the address."""
    return "-"


def is_locked(request: HttpRequest, username: str) -> bool:
    """Whether neither a right password nor a right code helps at the moment."""
    return bool(AxesProxyHandler.is_locked(request, {"username": username}))


def sentence(request: HttpRequest, username: str) -> str:
    """What somebody is told who is locked out: since when it is too late, and until when."""
    left = locked_until(request, username) - unmoved()
    ends = now() + left  # a moved clock is what the page shows
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return f"失败次数过多，已暂停登录，请在 {minutes} 分钟后（{ends:%H:%M} 以后）再试，急需时请联系系统管理员解除。"


def locked_until(request: HttpRequest, username: str) -> datetime:
    """When the last of the failures that lock is forgotten."""
    rows = _recent(username=name_of(request, {"username": username}))
    if _count(rows) < settings.AXES_FAILURE_LIMIT:
        rows = _recent(ip_address=address_of(request))
    last = rows.order_by("-attempt_time").values_list("attempt_time", flat=True).first() or unmoved()
    cool_off: timedelta = settings.AXES_COOLOFF_TIME
    return last.astimezone(unmoved().tzinfo) + cool_off


def is_account_locked(username: str) -> bool:
    """Whether the account itself is locked, and not just the address."""
    return _count(_recent(username=name_of(None, {"username": username}))) >= settings.AXES_FAILURE_LIMIT


def _recent(**named: str | None) -> QuerySet[Any]:
    found: QuerySet[Any] = AccessAttempt.objects.filter(
        attempt_time__gte=unmoved() - settings.AXES_COOLOFF_TIME, **named
    )
    return found


def count_failure(request: HttpRequest, account: Account) -> None:
    """A wrong code counts as a wrong password does."""
    credentials = {"username": account.username}
    user_login_failed.send(sender=__name__, credentials=credentials, request=request, step="code")


def forget_failures(username: str) -> int:
    """Let an account sign in again; answers how many rows of failures there were."""
    removed, _ = AccessAttempt.objects.filter(username=name_of(None, {"username": username})).delete()
    return int(removed)
