"""The room as Django knows it."""

from django.apps import AppConfig


class VotingConfig(AppConfig):
    """Joint decisions of the owners."""

    name = "gongzhi.voting"
    label = "voting"

    def ready(self) -> None:
        """Declare the procedures, say what the page of a decision shows of its result."""
        from . import procedures  # noqa: F401
        from .pieces import offer_pieces

        offer_pieces()
