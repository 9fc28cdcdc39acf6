"""Which posts begin which procedures at all: what a post never begins is not shown to it."""

from collections.abc import Mapping, Sequence

from gongzhi.procedures import catalogue
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.holders import FirstOf
from gongzhi.registry.models import (
    COMMITTEES,
    MANAGERS,
    OF_THE_SYSTEM,
    Appointment,
    OrganisationKind,
)
from gongzhi.registry.roles import (
    ASSEMBLY,
    CITY,
    COMMUNITY,
    COUNTY,
    OWNERS,
    PROVIDER,
    SUBDISTRICT,
    Role,
)
from gongzhi.values.refusals import NotAllowed

#: Role → the kinds of bodies that come to hold it somewhere, see `registry.roles`.
KINDS: Mapping[str, Sequence[OrganisationKind]] = {
    PROVIDER.code: MANAGERS,
    OWNERS.code: (*COMMITTEES, OrganisationKind.RESIDENTS_COMMITTEE),
    ASSEMBLY.code: (*COMMITTEES, OrganisationKind.SUBDISTRICT_OFFICE),
    COMMUNITY.code: (OrganisationKind.RESIDENTS_COMMITTEE,),
    SUBDISTRICT.code: (OrganisationKind.SUBDISTRICT_OFFICE,),
    COUNTY.code: (OrganisationKind.PROPERTY_AUTHORITY,),
    CITY.code: (OrganisationKind.PROPERTY_AUTHORITY,),
}


def open_to_people() -> list[type[Procedure]]:
    """The procedures somebody opens; the others begin by themselves."""
    return [one for one in catalogue.current() if not one.child_only and one.opens is None]


def first_roles(declared: type[Procedure]) -> list[Role]:
    """Who may begin it."""
    return list({step.by.code: step.by for step in declared.steps if not step.after}.values())


def ever_begins(declared: type[Procedure], held: Appointment) -> bool:
    """Whether such a post comes to begin it somewhere. Where it does now, its estates say."""
    return held.post not in OF_THE_SYSTEM and any(_may_hold(role, held) for role in first_roles(declared))


def begins_any(held: Appointment) -> bool:
    """Whether there is anything the post comes to begin."""
    return any(ever_begins(one, held) for one in open_to_people())


def demand_ever(declared: type[Procedure], held: Appointment) -> None:
    """NotAllowed for a post that never begins it; it says who does."""
    if not ever_begins(declared, held):
        roles = "、".join(role.title for role in first_roles(declared))
        raise NotAllowed(f"您无权办理，“{declared.title}”应由{roles}提出。")


def _may_hold(role: Role, held: Appointment) -> bool:
    if isinstance(role, FirstOf):
        return any(_may_hold(one, held) for one in role.choices)
    if role.kind == "public":
        return True
    return held.organisation is not None and held.organisation.kind in KINDS.get(role.code, ())
