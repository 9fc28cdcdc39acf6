"""The room as Django knows it."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Organisations, estates, units, owners, people, appointments, engagements."""

    name = "gongzhi.registry"
    label = "registry"

    def ready(self) -> None:
        """Name the tables that are written once."""
        from gongzhi.acts import append_only

        append_only.register("registry.Engagement", "registry.Look")
