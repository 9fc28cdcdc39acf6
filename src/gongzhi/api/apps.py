"""The room as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The HTTP API."""

    name = "gongzhi.api"
    label = "api"
