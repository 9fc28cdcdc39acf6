"""The room as Django knows it."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Jurisdictions, packs, local settings, provisions."""

    name = "gongzhi.law"
    label = "law"

    def ready(self) -> None:
        """Name the tables that are written once; declare the actions."""
        from gongzhi.acts import append_only

        from . import actions  # noqa: F401

        append_only.register("law.LocalSetting", "law.Adoption")
