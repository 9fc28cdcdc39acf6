"""Where the facts of an act lie: the codes they name, with every code above."""

from typing import Any

from gongzhi.acts.facts import Facts

from .divisions import ancestors_of
from .models import Estate, Organisation
from .queries import appointment_with, contract_with, estate_of, organisation_with

#: Fields that hold the code of a jurisdiction, in any room.
CODE_FIELDS = ("community", "jurisdiction_code", "jurisdiction", "at_code", "code")


def estate_named(facts: Facts) -> Estate | None:
    """The estate the facts speak of, directly or through a contract, a committee or a post."""
    said = _said(facts)
    if "estate_id" in said:
        return estate_of(said["estate_id"])
    if "contract_id" in said:
        return contract_with(said["contract_id"]).estate
    if "committee_id" in said:
        return organisation_with(said["committee_id"]).estate
    if "appointment_id" in said:
        return appointment_with(said["appointment_id"]).estate
    return None


def organisation_named(facts: Facts) -> Organisation | None:
    """The organisation the facts speak of, directly or through a post."""
    said = _said(facts)
    if "organisation_id" in said:
        return organisation_with(said["organisation_id"])
    if "appointment_id" in said:
        return appointment_with(said["appointment_id"]).organisation
    return None


def codes_named(facts: Facts) -> frozenset[str]:
    """Every code the act lies in, from its own place up to the province; empty when it names no place."""
    said = _said(facts)
    code = next((str(said[name]) for name in CODE_FIELDS if name in said), "")
    if code:
        return ancestors_of(code)
    if (estate := estate_named(facts)) is not None:
        return ancestors_of(estate.community)
    if (organisation := organisation_named(facts)) is not None:
        return ancestors_of(organisation.jurisdiction_code)
    return frozenset()


def _said(facts: Facts) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name in type(facts).model_fields if (value := getattr(facts, name)) is not None}
