"""Typed rows of an exit: costs and shares, what was found at the handover, claims that stay open, conduct."""

from .claims import Claim, ClaimKind
from .conduct import Conduct, ConductKind
from .handover import (
    FEES,
    Blame,
    Defect,
    Deletion,
    Lift,
    Medium,
    MeterReading,
    OneSidedInventory,
    PrepaidFee,
    PrepaidKind,
    SignerAuthority,
)
from .holdouts import Holdout, HoldoutStage
from .settlement import AdvanceOffset, CommunityAdvance, CostBill, CostPlan, CostShare, Quote

__all__ = [
    "FEES",
    "AdvanceOffset",
    "Blame",
    "Claim",
    "ClaimKind",
    "CommunityAdvance",
    "Conduct",
    "ConductKind",
    "CostBill",
    "CostPlan",
    "CostShare",
    "Defect",
    "Deletion",
    "Holdout",
    "HoldoutStage",
    "Lift",
    "Medium",
    "MeterReading",
    "OneSidedInventory",
    "PrepaidFee",
    "PrepaidKind",
    "Quote",
    "SignerAuthority",
]
