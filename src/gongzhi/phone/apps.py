"""The room as Django knows it."""

from django.apps import AppConfig


class PhoneConfig(AppConfig):
    """The owner's start page."""

    name = "gongzhi.phone"
    label = "phone"

    def ready(self) -> None:
        """Offer the pages."""
        from .navigation import offer_entries

        offer_entries()
