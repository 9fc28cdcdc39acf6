"""What holders and administrators do with an account beside its password: sessions, large type, codes, identities."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from gongzhi.acts.door import Actor, action
from gongzhi.values.refusals import AlreadyTaken, NotFound

from . import lockout, sessions
from .actions import account_of
from .facts import LinkIdentity, OfAccount, SetLargeType, UnlinkIdentity
from .history import root_of_account
from .models import Account
from .subjects import uid_of


@action(
    "accounts.sign_out_everywhere",
    title="退出全部登录",
    facts=OfAccount,
    root=root_of_account,
    may="account_holder",
)
def sign_out_everywhere(*, by: Actor, at: datetime, facts: OfAccount) -> dict[str, Any]:
    """End every session of the account, wherever it is open; answers how many were known. Tokens stay."""
    account = account_of(facts.account_id)
    return {"sessions_ended": _end_sessions(account)}


def _end_sessions(account: Account) -> int:
    """The epoch ends even a session that is just being made; the rows go with it."""
    Account.objects.filter(pk=account.pk).update(session_epoch=F("session_epoch") + 1)
    return sessions.forget_all(account)


@action(
    "accounts.set_large_type",
    title="大字模式",
    facts=SetLargeType,
    root=root_of_account,
    may="account_holder",
)
def set_large_type(*, by: Actor, at: datetime, facts: SetLargeType) -> dict[str, Any]:
    """Set pages in large type for this account, or in the usual size."""
    account = account_of(facts.account_id)
    account.large_type = facts.large_type
    account.save(update_fields=["large_type"])
    return {"large_type": account.large_type}


@action(
    "accounts.lift_lock_out",
    title="解除锁定",
    facts=OfAccount,
    root=root_of_account,
    may="system_administrator",
)
def lift_lock_out(*, by: Actor, at: datetime, facts: OfAccount) -> dict[str, Any]:
    """Let an account that is locked sign in again at once."""
    return {"failures_forgotten": lockout.forget_failures(account_of(facts.account_id).username)}


@action(
    "accounts.reset_second_factor",
    title="重置动态口令",
    facts=OfAccount,
    root=root_of_account,
    may="system_administrator",
)
def reset_second_factor(*, by: Actor, at: datetime, facts: OfAccount) -> dict[str, Any]:
    """Take one-time codes and recovery codes away from who lost the telephone; every session ends."""
    account = account_of(facts.account_id)
    removed, _ = Authenticator.objects.filter(user=account).delete()
    return {"removed": removed, "sessions_ended": _end_sessions(account)}


@action(
    "accounts.link_identity",
    title="关联统一身份",
    facts=LinkIdentity,
    root=root_of_account,
    may="system_administrator",
)
def link_identity(*, by: Actor, at: datetime, facts: LinkIdentity) -> dict[str, Any]:
    """Let the subject of an identity provider sign in to this account. Kept as a digest bound to the issuer."""
    account, provider = account_of(facts.account_id), facts.provider
    try:
        with transaction.atomic():
            SocialAccount.objects.create(
                user=account, provider=provider, uid=uid_of(_issuer(provider), facts.subject)
            )
    except IntegrityError as taken:
        raise AlreadyTaken("这个身份已关联账号，请先解除原来的关联。", "subject") from taken
    return {"account_id": account.pk}


def _issuer(provider: str) -> str:
    found: str | None = settings.IDENTITY_PROVIDERS.get(provider)
    if found is None:
        raise NotFound("没有配置这个身份认证，请核对名称。")
    return found


@action(
    "accounts.unlink_identity",
    title="解除统一身份",
    facts=UnlinkIdentity,
    root=root_of_account,
    may="system_administrator",
)
def unlink_identity(*, by: Actor, at: datetime, facts: UnlinkIdentity) -> dict[str, Any]:
    """End the link; answers how many there were."""
    rows = SocialAccount.objects.filter(user=account_of(facts.account_id), provider=facts.provider)
    removed, _ = rows.delete()
    return {"removed": removed}
