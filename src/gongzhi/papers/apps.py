"""The room as Django knows it."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Files, official documents, numbers."""

    name = "gongzhi.papers"
    label = "papers"

    def ready(self) -> None:
        """Name the append-only tables; bind who may."""
        from gongzhi.acts import append_only

        from . import actions, policies, seals  # noqa: F401

        append_only.register("papers.File", "papers.Photograph", "papers.MarkedCopy")
