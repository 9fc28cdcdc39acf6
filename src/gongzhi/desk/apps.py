"""The room as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Work list and case pages."""

    name = "gongzhi.desk"
    label = "desk"

    def ready(self) -> None:
        """Offer the desk's pages."""
        from .navigation import offer_entries

        offer_entries()
