"""What other rooms ask the registers."""

from .bodies import Bodies, bodies_of, engageable
from .committees import (
    CommitteeState,
    Standing,
    committee_of,
    committee_standing,
    committee_state,
    members_of,
)
from .dates import day_of, in_force, overlapping
from .finding import (
    appointment_with,
    contract_with,
    estate_of,
    organisation_with,
    person_with,
    power_with,
)
from .looks import looks_of
from .managers import (
    history_of_managers,
    is_unmanaged,
    managed_until,
    manager_at,
    manager_of_day,
    newest_engagement,
)
from .naming import named, spelt
from .outlines import outline_of, outlines_around, outlines_of
from .places import in_place, lies_in, place_named
from .powers import is_authorised, powers_for
from .totals import UnitTotals, head_count, organisation_owns_in, owners_on, unit_totals

__all__ = [
    "Bodies",
    "CommitteeState",
    "Standing",
    "UnitTotals",
    "appointment_with",
    "bodies_of",
    "committee_of",
    "committee_standing",
    "committee_state",
    "contract_with",
    "day_of",
    "engageable",
    "estate_of",
    "head_count",
    "history_of_managers",
    "in_force",
    "in_place",
    "is_authorised",
    "is_unmanaged",
    "lies_in",
    "looks_of",
    "managed_until",
    "manager_at",
    "manager_of_day",
    "members_of",
    "named",
    "newest_engagement",
    "organisation_owns_in",
    "organisation_with",
    "outline_of",
    "outlines_around",
    "outlines_of",
    "overlapping",
    "owners_on",
    "person_with",
    "place_named",
    "power_with",
    "powers_for",
    "spelt",
    "unit_totals",
]
