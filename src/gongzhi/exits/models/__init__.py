"""Typed rows of an exit: costs and shares of the settlement, claims that stay open."""

from .claims import Claim
from .conduct import Conduct, ConductKind
from .holdouts import Holdout, HoldoutStage
from .settlement import CommunityAdvance, CostPlan, CostShare

__all__ = [
    "Claim",
    "CommunityAdvance",
    "Conduct",
    "ConductKind",
    "CostPlan",
    "CostShare",
    "Holdout",
    "HoldoutStage",
]
