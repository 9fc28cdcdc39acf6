"""The room as Django knows it."""

from django.apps import AppConfig


class ExitsConfig(AppConfig):
    """Exit, settlement, handover."""

    name = "gongzhi.exits"
    label = "exits"

    def ready(self) -> None:
        """Declare the procedures, and what their forms refer to."""
        from gongzhi.ui.forms.offering import offer

        from . import offered, policies, procedures  # noqa: F401
        from .actions import conduct  # noqa: F401

        offer("claim", offered.claims)
        offer("prepaid", offered.prepaid)
