"""The room as Django knows it."""

from django.apps import AppConfig


class ExitsConfig(AppConfig):
    """Exit, settlement, handover."""

    name = "gongzhi.exits"
    label = "exits"

    def ready(self) -> None:
        """Declare the procedures, and say what the page of a case shows of them."""
        from . import policies, procedures  # noqa: F401
        from .actions import conduct  # noqa: F401
        from .pieces import offer_pieces

        offer_pieces()
