"""The forms of signing in: the library's, with our names, and codes that are good once."""

from hashlib import sha256
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as ReauthenticateByPasswordForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gongzhi.values.now import unmoved

from . import lockout
from .adapters import WRONG_CODE, AccountAdapter, demand_unlocked
from .facts import PASSWORD_LENGTH
from .models import Account, SpentCode

HELP = f"至少 {PASSWORD_LENGTH} 位，不能全是数字，不能是常见的密码，也不能与账号相似。"


def _call(form: forms.Form, **names: str) -> None:
    """Name the fields in our words, once."""
    for name, label in names.items():
        form.fields[name].label = label
        form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields[name].error_messages["required"] = f"请填写{label}。"


class SignInForm(LoginForm):  # type: ignore[misc]
    """Account and password."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _call(self, login="账号", password="密码")

    def add_prefix(self, field_name: str) -> str:
        """The account's name is called `username`, as browsers and password stores expect."""
        return "username" if field_name == "login" else str(super().add_prefix(field_name))


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password for the present one."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _call(self, oldpassword="现在的密码", password1="新密码", password2="再输入一次新密码")
        self.fields["password1"].help_text = HELP

    def clean_password1(self) -> str:
        """Another one than before."""
        chosen: str = self.cleaned_data["password1"]
        if chosen == self.cleaned_data.get("oldpassword"):
            raise ValidationError("新密码不能与现在的密码相同，请换一个。")
        return chosen

    def clean_oldpassword(self) -> str:
        """A wrong one counts as a failed attempt, so that an open session is no place to guess."""
        password: str = self.cleaned_data["oldpassword"]
        if not AccountAdapter().reauthenticate(self.user, password):
            raise AccountAdapter().validation_error("enter_current_password")
        return password


class ConfirmForm(ReauthenticateByPasswordForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        _call(self, password="密码")


class GoodOnce:
    """A code is accepted once only, in all processes; wrong ones count towards the lock-out."""

    user: Account

    def clean_code(self) -> str:
        """The code; ValidationError where it is wrong, spent, or the account is locked."""
        demand_unlocked(context.request, self.user.username)
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError:
            lockout.count_failure(context.request, self.user)
            demand_unlocked(context.request, self.user.username)
            raise
        if not spend(self.user, code):
            raise ValidationError(WRONG_CODE, code="incorrect_code")
        return code


def spend(account: Account, code: str) -> bool:
    """Use a code up; False where it has been used before."""
    digest = sha256(f"{account.pk}:{''.join(code.split())}".encode()).hexdigest()
    try:
        with transaction.atomic():
            SpentCode.objects.create(account=account, digest=digest, spent_at=unmoved())
    except IntegrityError:
        return False
    return True


class CodeForm(GoodOnce, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class ConfirmCodeForm(GoodOnce, ReauthenticateForm):  # type: ignore[misc]
    """The code before something delicate."""


class FirstCodeForm(GoodOnce, ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which shows that the telephone has the secret."""
