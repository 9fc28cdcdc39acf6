"""The room as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Shells and components."""

    name = "gongzhi.ui"
    label = "ui"
