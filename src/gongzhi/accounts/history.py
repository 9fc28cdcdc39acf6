"""What happens around signing in, as acts in the account's own history. No address and no name enters it."""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from gongzhi.acts.door import Actor, action
from gongzhi.acts.roots import Root

from .facts import LockedOut, SecondFactorChanged, SignedIn, SignedOut, SignInFailed


class _NamesAccount(Protocol):
    @property
    def account_id(self) -> UUID:
        """Whose history it belongs to."""


def root_of_account(facts: _NamesAccount) -> Root:
    """The account's own chain."""
    return Root("account", facts.account_id)


@action(
    "accounts.sign_in",
    title="登录",
    facts=SignedIn,
    root=root_of_account,
    may="account_holder",
    public=False,
)
def sign_in(*, by: Actor, at: datetime, facts: SignedIn) -> dict[str, Any]:
    """Note that the holder came in, and by which means."""
    return {}


@action(
    "accounts.sign_out",
    title="退出登录",
    facts=SignedOut,
    root=root_of_account,
    may="account_holder",
    public=False,
)
def sign_out(*, by: Actor, at: datetime, facts: SignedOut) -> dict[str, Any]:
    """Note that a session ended, and why."""
    return {}


@action(
    "accounts.fail_sign_in",
    title="登录失败",
    facts=SignInFailed,
    root=root_of_account,
    may="account_holder",
    public=False,
)
def fail_sign_in(*, by: Actor, at: datetime, facts: SignInFailed) -> dict[str, Any]:
    """Note a failed attempt. None is noted while the account is locked, so that nobody can fill the history."""
    return {}


@action(
    "accounts.lock_out",
    title="账号锁定",
    facts=LockedOut,
    root=root_of_account,
    may="account_holder",
    public=False,
)
def lock_out(*, by: Actor, at: datetime, facts: LockedOut) -> dict[str, Any]:
    """Note that the account is locked, and until when."""
    return {}


@action(
    "accounts.change_second_factor",
    title="动态口令变更",
    facts=SecondFactorChanged,
    root=root_of_account,
    may="account_holder",
    public=False,
)
def change_second_factor(*, by: Actor, at: datetime, facts: SecondFactorChanged) -> dict[str, Any]:
    """Note that one-time codes were set up or given up."""
    return {}
