"""What is held in an estate, for rows of owners to be compared with. Numbers are compared by digest, or by mask."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID

from gongzhi.registry.models import Estate, Ownership, Person
from gongzhi.registry.personal import digest_of, masked

from .words import key_of

_FIELDS: tuple[tuple[Literal["id_number", "phone"], str], ...] = (
    ("id_number", "证件号码"),
    ("phone", "手机号码"),
)


def is_masked(number: str | None) -> bool:
    """Whether it is a number as screens and exports show it, with stars."""
    return number is not None and "*" in number


@dataclass(slots=True)
class Held:
    """The shares of an estate by unit; each is matched by at most one row."""

    shares: dict[UUID, list[Ownership]]
    taken: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, estate: Estate) -> "Held":
        """Every share ever held there."""
        shares: dict[UUID, list[Ownership]] = defaultdict(list)
        rows = Ownership.objects.filter(estate=estate).select_related("person", "organisation")
        for share in rows.order_by("-from_on").iterator():
            shares[share.unit_id].append(share)
        return cls(shares)

    def open(self, unit_id: UUID) -> list[Ownership]:
        """The shares of a unit that have no end."""
        return [share for share in self.shares.get(unit_id, ()) if share.to_on is None]

    def total(self, unit_id: UUID) -> Fraction:
        """How much of the unit is held."""
        return sum((share.fraction for share in self.open(unit_id)), Fraction(0))

    def is_whole(self, unit_id: UUID) -> bool:
        """Whether nothing of the unit is left."""
        return self.total(unit_id) >= 1

    def take(self, unit_id: UUID, said: dict[str, Any]) -> Ownership | None:
        """The share a row speaks of: one held now, or one that ended and began on the row's day."""
        for share in self.shares.get(unit_id, ()):
            counts = share.to_on is None or share.from_on == said["from_on"]
            if counts and share.pk not in self.taken and _is_of(share, said):
                self.taken.add(share.pk)
                return share
        return None

    def differing(self, there: Ownership, said: dict[str, Any]) -> list[str]:
        """What the row says otherwise; personal numbers are not shown."""
        found = []
        if said["share"] is not None and said["share"] != there.fraction:
            found.append(f"份额登记为{there.fraction}、表中为{said['share']}")
        if said["from_on"] != there.from_on:
            found.append(f"取得日期登记为{there.from_on}、表中为{said['from_on']}")
        if there.person is not None:
            for name, title in _FIELDS:
                if said[name] is not None and not _is_number(there.person, name, said[name]):
                    found.append(f"{title}与登记的不同")
        return found


def _is_of(share: Ownership, said: dict[str, Any]) -> bool:
    owner = said["owner"]
    if owner is not None or share.person is None:
        return owner is not None and share.organisation_id == owner.pk
    return key_of(share.person.name) == key_of(said["name"]) and _fits(share.person, said)


def _fits(person: Person, said: dict[str, Any]) -> bool:
    """Whether the row can mean this person: the first kind of number that both tell decides."""
    for name, _ in _FIELDS:
        if said[name] is not None and getattr(person, f"{name}_digest"):
            return _is_number(person, name, said[name])
    return True


def _is_number(person: Person, name: Literal["id_number", "phone"], said: str) -> bool:
    if is_masked(said):
        return masked(person, name) == said
    return bool(digest_of(name, said) == getattr(person, f"{name}_digest"))
