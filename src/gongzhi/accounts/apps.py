"""The room as Django knows it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, tokens, sign-in."""

    name = "gongzhi.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Declare the actions, and listen to the sign-in libraries."""
        from . import actions, history, keeping, receivers  # noqa: F401

        receivers.connect()
