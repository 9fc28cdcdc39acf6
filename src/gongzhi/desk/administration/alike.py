"""A person to be registered who seems to be registered already: asked once more before there are two of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gongzhi.acts.models import Act
from gongzhi.registry.facts import RegisterPerson
from gongzhi.registry.models import Appointment, Person
from gongzhi.registry.personal import found_by, masked
from gongzhi.values.identifiers import check_mobile

from .appointments import posts_now
from .seeing import people_seen

REGISTER_PERSON = "registry.register_person"
#: Of those of one name so many are told; who has more to tell apart gives a number.
MOST = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One of that name and telephone: their page, where one may read it; their post, their telephone masked."""

    pk: UUID
    is_seen: bool
    name: str
    phone: str
    post: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Who is registered so, and whether by name alone; what a form carries that was sent once more after it."""

    people: Sequence[Known]
    mark: str
    by_name: bool = False


def alike(held: Appointment, account_id: UUID, facts: RegisterPerson, key: str, at: datetime) -> Alike | None:
    """Those of that name and telephone, or of that name where neither number is given to tell them apart by.

    None where nobody is, and where the act itself knows them by their number or was done already under that key.
    """
    is_bare = not facts.phone and not facts.id_number
    if not is_bare and (not facts.phone or check_mobile(facts.phone)):
        return None
    if is_bare:
        rows = list(Person.objects.filter(name=facts.name).order_by("-pk")[:MOST])
    else:
        rows = [one for one in found_by("phone", facts.phone) if one.name == facts.name]
    if not rows or found_by("id_number", facts.id_number):
        return None
    if key and Act.objects.filter(account_id=account_id, key=key).exists():
        return None
    return Alike(_known(held, rows, at), " ".join(sorted(str(one.pk) for one in rows)), is_bare)


def _known(held: Appointment, rows: Sequence[Person], at: datetime) -> list[Known]:
    seen = set(people_seen(held, at).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True))
    posts = posts_now(rows)
    return [
        Known(
            one.pk,
            one.pk in seen,
            one.name,
            masked(one, "phone"),
            posts.get(one.pk, "") if one.pk in seen else "",
        )
        for one in rows
    ]
