"""The room as Django knows it."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Files, official documents, numbers."""

    name = "gongzhi.papers"
    label = "papers"
