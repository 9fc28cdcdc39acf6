"""The room as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Work list and case pages."""

    name = "gongzhi.desk"
    label = "desk"
