"""The declarations: exit, settlement, handover."""

from .exit import ProviderExit
from .handover import Handover
from .report import ExitReport
from .settlement import Settlement
from .watch import ContractWatch, InterimWatch, NoticeWatch

__all__ = [
    "ContractWatch",
    "ExitReport",
    "Handover",
    "InterimWatch",
    "NoticeWatch",
    "ProviderExit",
    "Settlement",
]
