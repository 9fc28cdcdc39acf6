"""The room as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and tokens."""

    name = "gongzhi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the actions."""
        from . import actions  # noqa: F401
