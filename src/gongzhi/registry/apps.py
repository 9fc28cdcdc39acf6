"""The room as Django knows it."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Organisations, estates, units, owners, people, appointments, engagements."""

    name = "gongzhi.registry"
    label = "registry"
