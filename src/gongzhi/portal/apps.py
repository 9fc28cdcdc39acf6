"""The room as Django knows it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The public pages."""

    name = "gongzhi.portal"
    label = "portal"

    def ready(self) -> None:
        """Offer the public pages; bind the policy and the action."""
        from . import policies, reporting  # noqa: F401
        from .navigation import offer_entries

        offer_entries()
