"""The room as Django knows it."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """The outbox."""

    name = "gongzhi.messages"
    label = "outbox"
