"""The room as Django knows it."""

from django.apps import AppConfig


class ExitsConfig(AppConfig):
    """Exit, settlement, handover."""

    name = "gongzhi.exits"
    label = "exits"

    def ready(self) -> None:
        """Declare the procedures."""
        from . import policies, procedures  # noqa: F401
        from .actions import conduct  # noqa: F401
