"""Opening accounts, passwords, tokens. Who may is bound in the registry, which knows people."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import UUIDField

from gongzhi.acts.door import Actor, action
from gongzhi.acts.kept import Kept, insert
from gongzhi.acts.roots import Root
from gongzhi.values.refusals import AlreadyTaken, Invalid, NotFound, NotPossible

from .facts import PASSWORD_LENGTH, CloseAccount, IssueToken, OpenAccount, RevokeToken, SetPassword
from .models import Account, Token
from .passwords import hashed

SECRET_BYTES = 32
SECRET_PREFIX = "gz_"
_NAMES = uuid.UUID("6f6e677a-6869-7000-8000-6163636f756e")

_ACCOUNT = Kept(lambda account: Account.objects.filter(pk=account), account=UUIDField())


def _digest(secret: str) -> str:
    """A secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def account_of(account_id: UUID) -> Account:
    """The account; NotFound where there is none."""
    found = _ACCOUNT.first(account=account_id)
    if found is None:
        raise NotFound("没有这个账号，请核对。")
    return found


def _checked_password(password: str, account: Account) -> str:
    """The password, where it is long enough and passes the validators of the settings."""
    if len(password) < PASSWORD_LENGTH:
        raise Invalid(
            f"密码至少{PASSWORD_LENGTH}位，请重新设置。", fields={"password": f"至少{PASSWORD_LENGTH}位"}
        )
    try:
        validate_password(password, account)
    except ValidationError as weak:
        why = "；".join(message.rstrip("。") for message in weak.messages)
        raise Invalid(f"密码不合要求（{why}），请重新设置。", fields={"password": why}) from weak
    return password


def _root_of_name(facts: OpenAccount) -> Root:
    return Root("account", uuid.uuid5(_NAMES, facts.username))


def _root_of_account(facts: SetPassword | CloseAccount | IssueToken) -> Root:
    return Root("account", facts.account_id)


def _root_of_token(facts: RevokeToken) -> Root:
    return Root("account", _token(facts.token_id).account_id)


def _token(token_id: UUID) -> Token:
    found = Token.objects.filter(pk=token_id).first()
    if found is None:
        raise NotFound("没有这个令牌，请核对。")
    return found


@action(
    "accounts.open_account",
    title="开通账号",
    facts=OpenAccount,
    root=_root_of_name,
    may="system_administrator",
)
def open_account(*, by: Actor, at: datetime, facts: OpenAccount) -> dict[str, Any]:
    """Open an account; answers `account_id`. Conflict when the name is taken.

    A password that a person gives it is changed at the first sign-in; one of the system itself is not.
    """
    account = Account(username=facts.username, created_at=at)
    if facts.password:
        account.password = hashed(_checked_password(facts.password, account))
        account.is_password_given = not by.is_system
    else:
        account.set_unusable_password()
    try:
        with transaction.atomic():
            insert(account)
    except IntegrityError as taken:
        raise AlreadyTaken(f"账号“{facts.username}”已被使用，请换一个。", "username") from taken
    return {"account_id": account.pk}


@action(
    "accounts.set_password",
    title="设置密码",
    facts=SetPassword,
    root=_root_of_account,
    may="account_holder",
)
def set_password(*, by: Actor, at: datetime, facts: SetPassword) -> dict[str, Any]:
    """Set a password; the record says that it was set, nothing about it. One set by another is changed at sign-in."""
    account = account_of(facts.account_id)
    account.password = hashed(_checked_password(facts.password, account))
    account.is_password_given = not by.is_system and by.account_id != account.pk
    account.save(update_fields=["password", "is_password_given"])
    return {"account_id": account.pk}


@action(
    "accounts.close_account",
    title="停用账号",
    facts=CloseAccount,
    root=_root_of_account,
    may="system_administrator",
)
def close_account(*, by: Actor, at: datetime, facts: CloseAccount) -> dict[str, Any]:
    """Close an account and revoke its tokens; answers how many."""
    account = account_of(facts.account_id)
    account.is_active = False
    account.save(update_fields=["is_active"])
    revoked = Token.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=at)
    return {"account_id": account.pk, "tokens_revoked": revoked}


@action(
    "accounts.issue_token",
    title="签发令牌",
    facts=IssueToken,
    root=_root_of_account,
    may="token_holder",
    once=("secret",),
)
def issue_token(*, by: Actor, at: datetime, facts: IssueToken) -> dict[str, Any]:
    """Issue a token; answers `token_id` and, this once, `secret`. Only the digest is kept."""
    account = account_of(facts.account_id)
    if facts.expires_at is not None and facts.expires_at <= at:
        raise NotPossible("到期时间已过，请填写以后的时间。")
    secret = SECRET_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = insert(
        Token(
            account=account,
            appointment_id=facts.appointment_id,
            purpose=facts.purpose,
            digest=_digest(secret),
            created_at=at,
            expires_at=facts.expires_at,
        )
    )
    return {"token_id": token.pk, "secret": secret}


@action(
    "accounts.revoke_token",
    title="撤销令牌",
    facts=RevokeToken,
    root=_root_of_token,
    may="token_revoker",
)
def revoke_token(*, by: Actor, at: datetime, facts: RevokeToken) -> dict[str, Any]:
    """Revoke a token. Revoking it again changes nothing."""
    Token.objects.filter(pk=facts.token_id, revoked_at__isnull=True).update(revoked_at=at)
    return {"token_id": facts.token_id}


def authenticate_token(secret: str, at: datetime) -> Token | None:
    """The live token of a secret, whose account is active; None otherwise."""
    token = Token.objects.select_related("account").filter(digest=_digest(secret)).first()
    return token if token is not None and token.is_live(at) and token.account.is_active else None
