"""Who signs in, and the tokens programs use. What a person may do comes from registry appointments alone."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

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
    #: Somebody else knows the password: its holder chooses another before anything else.
    is_password_given = models.BooleanField("密码由他人设置", default=False)
    #: None: the account has not chosen; then the browser's choice holds.
    large_type = models.BooleanField("大字模式", null=True, default=None)
    #: Counted up to end every session of the account at once.
    session_epoch = models.PositiveIntegerField("会话批次", default=0)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to be of this account: it ends with the password, and with the epoch."""
        bound = f"{self.password}:{self.session_epoch}"
        return salted_hmac("gongzhi.accounts.session", bound, secret=secret, algorithm="sha256").hexdigest()


class SpentCode(models.Model):
    """A one-time code that was accepted. Its second use is refused by the constraint; forgotten after minutes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="spent_codes")
    digest = models.CharField("摘要", max_length=64)
    spent_at = models.DateTimeField("使用时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="spent_code_once")]
        indexes = [models.Index(fields=["spent_at"], name="spent_code_at")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.spent_at}"


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
