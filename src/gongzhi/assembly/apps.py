"""The room as Django knows it."""

from django.apps import AppConfig


class AssemblyConfig(AppConfig):
    """The owners' assembly and its committees."""

    name = "gongzhi.assembly"
    label = "assembly"

    def ready(self) -> None:
        """Declare the procedures."""
        from . import procedures  # noqa: F401
