"""Who signs in, and the tokens programs use. What a person may do comes from registry appointments alone."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongzhi.values.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; called by `accounts.actions` only."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Sign-in by the account's name."""
        return self.get(username=username)


class Account(AbstractBaseUser):
    """One sign-in. It carries no right and no personal data; `registry.Person.account_id` points here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField("账号", max_length=64, unique=True)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("建立时间")

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username


class Token(models.Model):
    """A program's key. Only its digest is kept; it is bound to one appointment and one purpose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    appointment_id = models.UUIDField("任职")
    purpose = models.CharField("用途", max_length=100)
    digest = models.CharField("摘要", max_length=64, unique=True)
    created_at = models.DateTimeField("建立时间")
    expires_at = models.DateTimeField("到期时间", null=True)
    revoked_at = models.DateTimeField("撤销时间", null=True)

    def __str__(self) -> str:
        return f"{self.account}·{self.purpose}"

    def is_live(self, at: Any) -> bool:
        """Whether the token opens a door at that instant."""
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)
