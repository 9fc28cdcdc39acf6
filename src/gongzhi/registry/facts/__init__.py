"""What is said when something is registered; one class an act, one file a subject."""

from .management import BeginEngagement, EndContract, SignContract
from .organisations import (
    ChangeContacts,
    CloseOrganisation,
    CommitteeSeat,
    EndCommitteeCondition,
    FormCommittee,
    RegisterOrganisation,
    SetCommitteeCondition,
)
from .outlines import OutlineSaid, SetOutline
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
from .places import (
    AreaRow,
    BuildingRow,
    ChangeBoundary,
    RecordAreas,
    RegisterBuildings,
    RegisterEstate,
    RegisterUnits,
    UnitRow,
)

__all__ = [
    "Appoint",
    "AreaRow",
    "BeginEngagement",
    "BuildingRow",
    "ChangeBoundary",
    "ChangeContacts",
    "CloseOrganisation",
    "CommitteeSeat",
    "EndAppointment",
    "EndCommitteeCondition",
    "EndContract",
    "FormCommittee",
    "GrantPowerOfAttorney",
    "LinkAccount",
    "OutlineSaid",
    "OwnerRow",
    "RecordAreas",
    "RegisterBuildings",
    "RegisterEstate",
    "RegisterOrganisation",
    "RegisterOwners",
    "RegisterPerson",
    "RegisterUnits",
    "RevokePowerOfAttorney",
    "SetCommitteeCondition",
    "SetOutline",
    "SignContract",
    "TransferUnit",
    "UnitRow",
    "Unmask",
]
