"""The room as Django knows it."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The kernel of procedure."""

    name = "gongzhi.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Register the append-only tables and the start-up checks."""
        from gongzhi.acts import append_only

        from . import checks  # noqa: F401

        append_only.register("procedures.CaseAct", "procedures.PaperUse", "procedures.Assignment")
        append_only.register("procedures.ClockMove", "procedures.ClosedFigures", "procedures.PastPaper")
