"""The room as Django knows it."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Wiring."""

    name = "gongzhi.config"
    label = "wiring"

    def ready(self) -> None:
        """Bind the handlers of events."""
        from . import wiring

        wiring.bind()
