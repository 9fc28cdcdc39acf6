"""Whom to call about an estate."""

from dataclasses import dataclass
from datetime import date

from .models import Estate, Organisation
from .roles import COMMUNITY, SUBDISTRICT, Place


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or to go to. `stands_in`: the role is held by a body above, which is said."""

    title: str
    body: Organisation
    stands_in: str = ""


def contacts_of(estate: Estate, on: date) -> list[Contact]:
    """The community and the street of the estate; where one is not registered the body above it."""
    place, found = Place(estate, on), list[Contact]()
    for role in (COMMUNITY, SUBDISTRICT):
        holder = place.holder_of(role)
        known = [one.body for one in found]
        if holder.organisation is not None and holder.organisation not in known:
            found.append(Contact(role.title, holder.organisation, holder.note if holder.vacant else ""))
    return found
