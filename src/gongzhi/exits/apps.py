"""The room as Django knows it."""

from django.apps import AppConfig


class ExitsConfig(AppConfig):
    """Exit, settlement, handover."""

    name = "gongzhi.exits"
    label = "exits"

    def ready(self) -> None:
        """Declare the procedures, offer the pages, say what the page of a case shows of them."""
        from gongzhi.ui.parts.managers import offer_leavings
        from gongzhi.ui.remarks import offer_remark

        from . import policies, procedures  # noqa: F401
        from .actions import conduct  # noqa: F401
        from .leaving import leavings
        from .navigation import offer_entries
        from .pieces import offer_pieces
        from .views.hints import remark

        offer_entries()
        offer_pieces()
        offer_remark(self.label, remark)
        offer_leavings(self.label, leavings)
