"""The room as Django knows it."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Public notices and objections."""

    name = "gongzhi.notices"
    label = "notices"

    def ready(self) -> None:
        """Bind who may let pictures out."""
        from . import pictures  # noqa: F401
