"""The room as Django knows it."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Jurisdictions, packs, local settings, provisions."""

    name = "gongzhi.law"
    label = "law"
