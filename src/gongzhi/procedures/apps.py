"""The room as Django knows it."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The kernel of procedure."""

    name = "gongzhi.procedures"
    label = "procedures"
