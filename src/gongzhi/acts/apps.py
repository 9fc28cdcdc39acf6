"""The room as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActsConfig(AppConfig):
    """The door, the record of acts and the public log."""

    name = "gongzhi.acts"
    label = "acts"

    def ready(self) -> None:
        """Install the append-only triggers after every migration."""
        from . import append_only

        append_only.register("acts.Act", "acts.Leaf", "acts.Node", "acts.SealedHead")
        post_migrate.connect(append_only.install_after_migrate, dispatch_uid="append_only")
