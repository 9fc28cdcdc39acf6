"""Every change of the registers, each through the door."""

from .appointments import appoint, end_appointment, grant_power_of_attorney, revoke_power_of_attorney
from .areas import record_areas
from .committees import end_committee_condition, form_committee, set_committee_condition
from .estates import change_boundary, register_buildings, register_estate, register_units
from .management import begin_engagement, end_contract, sign_contract
from .organisations import change_contacts, close_organisation, register_organisation
from .outlines import set_outline
from .owners import register_owners, transfer_unit
from .people import link_account, register_person, unmask

__all__ = [
    "appoint",
    "begin_engagement",
    "change_boundary",
    "change_contacts",
    "close_organisation",
    "end_appointment",
    "end_committee_condition",
    "end_contract",
    "form_committee",
    "grant_power_of_attorney",
    "link_account",
    "record_areas",
    "register_buildings",
    "register_estate",
    "register_organisation",
    "register_owners",
    "register_person",
    "register_units",
    "revoke_power_of_attorney",
    "set_committee_condition",
    "set_outline",
    "sign_contract",
    "transfer_unit",
    "unmask",
]
