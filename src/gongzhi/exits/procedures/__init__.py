"""The declarations: exit, settlement, handover."""

from .exit import ProviderExit
from .handover import Handover
from .settlement import Settlement
from .watch import ContractWatch, NoticeWatch

__all__ = ["ContractWatch", "Handover", "NoticeWatch", "ProviderExit", "Settlement"]
