"""What other rooms ask the registers."""

from .committees import (
    CommitteeState,
    Standing,
    committee_of,
    committee_standing,
    committee_state,
    members_of,
)
from .dates import day_of, in_force, overlapping
from .managers import (
    history_of_managers,
    is_unmanaged,
    manager_at,
    manager_of_day,
    newest_engagement,
)
from .totals import UnitTotals, head_count, organisation_owns_in, owners_on, unit_totals

__all__ = [
    "CommitteeState",
    "Standing",
    "UnitTotals",
    "committee_of",
    "committee_standing",
    "committee_state",
    "day_of",
    "head_count",
    "history_of_managers",
    "in_force",
    "is_unmanaged",
    "manager_at",
    "manager_of_day",
    "members_of",
    "newest_engagement",
    "organisation_owns_in",
    "overlapping",
    "owners_on",
    "unit_totals",
]
