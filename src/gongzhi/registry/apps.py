"""The room as Django knows it."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Organisations, estates, units, owners, people, appointments, engagements."""

    name = "gongzhi.registry"
    label = "registry"

    def ready(self) -> None:
        """Declare the actions, bind the policies, name the tables that are written once."""
        from gongzhi.acts import append_only, chains
        from gongzhi.law import sources

        from . import actions, policies  # noqa: F401
        from .acting import name_of_account

        append_only.register("registry.Engagement", "registry.Look")
        chains.bind_namer(name_of_account)
        sources.bind_setters(policies.setters_at)
