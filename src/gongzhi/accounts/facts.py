"""What is said about accounts and tokens. Passwords never enter a record, not even as a digest."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from gongzhi.acts.facts import Facts

PASSWORD_LENGTH = 10


class OpenAccount(Facts):
    """A new sign-in. Without a password it cannot sign in until one is set."""

    username: str = Field(title="账号", min_length=1, max_length=64, pattern=r"^[\w.@+-]+$")
    password: str = Field(default="", title="初始密码", max_length=128, exclude=True, repr=False)


class SetPassword(Facts):
    """A new password of one's own account, or of another's by the administrator."""

    account_id: UUID = Field(title="账号")
    password: str = Field(title="新密码", max_length=128, exclude=True, repr=False)


class CloseAccount(Facts):
    """The account can no longer sign in, and its tokens open nothing."""

    account_id: UUID = Field(title="账号")


class IssueToken(Facts):
    """A program's key for one appointment and one purpose."""

    account_id: UUID = Field(title="账号")
    appointment_id: UUID = Field(title="任职")
    purpose: str = Field(title="用途", min_length=1, max_length=100)
    expires_at: AwareDatetime | None = Field(default=None, title="到期时间")


class RevokeToken(Facts):
    """The key opens nothing from now on."""

    token_id: UUID = Field(title="令牌")


# Signing in ---------------------------------------------------------------------------------------------------------


class SignedIn(Facts):
    """Somebody came in, by these means in this order: password, mfa, socialaccount."""

    account_id: UUID = Field(title="账号")
    by: tuple[str, ...] = Field(title="方式")


class SignedOut(Facts):
    """A session ended: asked for, after a pause, or after its longest time."""

    account_id: UUID = Field(title="账号")
    why: Literal["asked", "idle", "too_long"] = Field(title="原因")


class SignInFailed(Facts):
    """Somebody who named this account did not prove to be its holder."""

    account_id: UUID = Field(title="账号")
    step: Literal["password", "code"] = Field(title="环节")


class LockedOut(Facts):
    """Too many failures: nobody can sign in to this account until then."""

    account_id: UUID = Field(title="账号")
    until: AwareDatetime = Field(title="解除时间")


class SecondFactorChanged(Facts):
    """The one-time codes of an account were set up, given up, or its recovery codes renewed."""

    account_id: UUID = Field(title="账号")
    change: Literal["added", "removed", "renewed"] = Field(title="变更")


class OfAccount(Facts):
    """An account, and nothing else said."""

    account_id: UUID = Field(title="账号")


class SetLargeType(Facts):
    """Whether pages are set in large type for this account, wherever it signs in."""

    account_id: UUID = Field(title="账号")
    large_type: bool = Field(title="大字模式")


class LinkIdentity(Facts):
    """The subject by which an identity provider knows the holder. The record keeps a digest of it only."""

    personal: ClassVar[bool] = True

    account_id: UUID = Field(title="账号")
    provider: str = Field(title="身份认证", min_length=1, max_length=30)
    subject: str = Field(title="身份标识", min_length=1, max_length=255, repr=False)


class UnlinkIdentity(Facts):
    """The provider no longer opens this account."""

    account_id: UUID = Field(title="账号")
    provider: str = Field(title="身份认证", min_length=1, max_length=30)
