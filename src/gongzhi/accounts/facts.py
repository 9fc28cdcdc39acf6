"""What is said about accounts and tokens. Passwords never enter a record, not even as a digest."""

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
