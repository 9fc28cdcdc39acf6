"""Typed rows of an exit: costs and shares of the settlement, claims that stay open."""

from .claims import Claim
from .settlement import CommunityAdvance, CostPlan, CostShare

__all__ = ["Claim", "CommunityAdvance", "CostPlan", "CostShare"]
