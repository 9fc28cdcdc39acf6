"""What is registered; one file a subject."""

from .management import (
    BY_AN_ORGANISATION,
    ContractKind,
    ContractTerm,
    Engagement,
    Mode,
    ServiceContract,
)
from .organisations import (
    COMMITTEES,
    MANAGERS,
    OF_ONE_ESTATE,
    ORGANS,
    CommitteeCondition,
    CommitteeTerm,
    Condition,
    Organisation,
    OrganisationKind,
)
from .people import (
    AT_AN_ESTATE,
    IN_AN_ORGANISATION,
    OF_THE_SYSTEM,
    Appointment,
    Look,
    Ownership,
    Person,
    Post,
    PowerOfAttorney,
)
from .places import AreaSource, Building, Estate, EstateKind, Unit, UnitUse
from .territory import LEVELS, Placed

__all__ = [
    "AT_AN_ESTATE",
    "BY_AN_ORGANISATION",
    "COMMITTEES",
    "IN_AN_ORGANISATION",
    "LEVELS",
    "MANAGERS",
    "OF_ONE_ESTATE",
    "OF_THE_SYSTEM",
    "ORGANS",
    "Appointment",
    "AreaSource",
    "Building",
    "CommitteeCondition",
    "CommitteeTerm",
    "Condition",
    "ContractKind",
    "ContractTerm",
    "Engagement",
    "Estate",
    "EstateKind",
    "Look",
    "Mode",
    "Organisation",
    "OrganisationKind",
    "Ownership",
    "Person",
    "Placed",
    "Post",
    "PowerOfAttorney",
    "ServiceContract",
    "Unit",
    "UnitUse",
]
