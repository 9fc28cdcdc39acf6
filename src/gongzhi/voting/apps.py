"""The room as Django knows it."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Joint decisions of the owners."""

    name = "gongzhi.voting"
    label = "voting"

    def ready(self) -> None:
        """Declare the procedures."""
        from . import procedures  # noqa: F401
