"""The declarations: exit, settlement, handover."""

from .exit import ProviderExit
from .handover import Handover
from .settlement import Settlement

__all__ = ["Handover", "ProviderExit", "Settlement"]
