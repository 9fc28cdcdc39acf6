"""The room as Django knows it."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """Copying an estate, playing, throwing away."""

    name = "gongzhi.rehearsal"
    label = "rehearsal"

    def ready(self) -> None:
        """Declare the actions, bind the policies, offer the pages."""
        from . import actions, policies  # noqa: F401
        from .navigation import offer_entries

        offer_entries()
