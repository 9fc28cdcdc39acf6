"""What is said when something is registered; one class an act, one file a subject."""

from .management import BeginEngagement, EndContract, SignContract
from .organisations import (
    CloseOrganisation,
    CommitteeSeat,
    EndCommitteeCondition,
    FormCommittee,
    RegisterOrganisation,
    SetCommitteeCondition,
)
from .people import (
    Appoint,
    EndAppointment,
    GrantPowerOfAttorney,
    LinkAccount,
    OwnerRow,
    RegisterOwners,
    RegisterPerson,
    RevokePowerOfAttorney,
    TransferUnit,
    Unmask,
)
from .places import BuildingRow, RegisterBuildings, RegisterEstate, RegisterUnits, UnitRow

__all__ = [
    "Appoint",
    "BeginEngagement",
    "BuildingRow",
    "CloseOrganisation",
    "CommitteeSeat",
    "EndAppointment",
    "EndCommitteeCondition",
    "EndContract",
    "FormCommittee",
    "GrantPowerOfAttorney",
    "LinkAccount",
    "OwnerRow",
    "RegisterBuildings",
    "RegisterEstate",
    "RegisterOrganisation",
    "RegisterOwners",
    "RegisterPerson",
    "RegisterUnits",
    "RevokePowerOfAttorney",
    "SetCommitteeCondition",
    "SignContract",
    "TransferUnit",
    "UnitRow",
    "Unmask",
]
