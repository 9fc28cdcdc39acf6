"""What the papers of an exit read of a case: its bodies, its contract, who signed for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from gongzhi.papers.contents.content import Person
from gongzhi.papers.documents import Document as Form
from gongzhi.procedures.contacts import contact, contacts
from gongzhi.procedures.documents import UNKNOWN, Source
from gongzhi.procedures.forms import lines_of
from gongzhi.procedures.holders import hold
from gongzhi.procedures.signed import PLATFORM, WAY, way_words
from gongzhi.procedures.terms import Said
from gongzhi.registry.models import Appointment, Organisation, Post
from gongzhi.registry.roles import OWNERS, PROVIDER, Role
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words

from ..ground_queries import contract_of
from ..signers import authority_of

__all__ = [
    "acting_for", "body", "code_of", "contact", "contacts", "contract_words", "end_of", "holder_of_post",
    "holders_of_post", "items", "legal_representative", "named", "paragraphs", "phone_of", "signed_by", "signer",
]  # fmt: skip


def body(source: Source, role: Role) -> Organisation | None:
    """Who a role is on the day of the paper; None where nobody is."""
    found = hold(source.case, role, source.made_at, receives=role is OWNERS)
    return None if found.vacant else found.organisation


def named(source: Source, role: Role) -> str:
    """Its name."""
    found = body(source, role)
    return found.name if found is not None else UNKNOWN


def acting_for(source: Source, role: Role) -> str:
    """代行业主权利 …: as what it acts where it stands in for somebody."""
    return hold(source.case, role, source.made_at).acting_for


def code_of(found: Organisation | None) -> str:
    """统一社会信用代码; "" where it is not registered."""
    return found.uscc if found is not None else ""


def phone_of(found: Organisation | None) -> str:
    """The telephone for service; "" where it is not registered."""
    return found.phone_service if found is not None else ""


def holder_of_post(found: Organisation | None, post: Post, at: datetime) -> str:
    """Who holds a post in a body on the day, by name."""
    body_id = found.pk if found is not None else None
    return holders_of_post([body_id], post)(body_id, at)


def holders_of_post(bodies: Iterable[UUID | None], post: Post) -> Callable[[UUID | None, datetime], str]:
    """The same of several bodies, read at once."""
    known = {one for one in bodies if one is not None}
    rows = Appointment.objects.filter(organisation__in=known, post=post).select_related("person")
    held = list(rows.order_by("from_on", "id")) if known else []

    def name(body_id: UUID | None, at: datetime) -> str:
        on = at.astimezone(ZONE).date()
        there = (one for one in held if one.organisation_id == body_id and one.from_on <= on)
        return next((one.person.name for one in there if one.to_on is None or one.to_on >= on), UNKNOWN)

    return name


def legal_representative(source: Source, role: Role = PROVIDER) -> str:
    """法定代表人."""
    return holder_of_post(body(source, role), Post.PROVIDER_LEGAL_REPRESENTATIVE, source.made_at)


def contract_words(source: Source) -> str:
    """《…物业服务合同》（2024年3月1日签订）, of the root's case."""
    row = contract_of(source.case.root)
    estate = source.case.row.estate
    name = f"《{estate.name if estate is not None else ''}物业服务合同》"
    return f"{name}（{date_words(row.signed_on)}签订）" if row is not None else f"{name}{UNKNOWN}"


def paragraphs(text: str) -> tuple[str, ...]:
    """A text by its lines; a text of one line stands as one paragraph."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def items(text: str) -> list[str]:
    """A list told as text: by lines and semicolons. A sentence stays whole: 、 stands within it."""
    return lines_of(text)


def signer(source: Source, role: Role, said: Said | None) -> Person:
    """Who signed for a role and how, with the authority that is on record for it. Persons sign, not roles."""
    facts: Any = said.facts if said is not None else {}
    who = str(facts.get("signer", ""))
    unit = named(source, role)
    if not who:
        return Person(name=UNKNOWN, unit=unit)
    row = authority_of(source.case, body(source, role), who)
    last = row.id_last_four if row is not None else ""
    how = way_words(facts, said.id) if said is not None else ""
    capacity = str(facts.get("capacity", ""))
    at = said.at if said is not None and facts.get(WAY) == PLATFORM else None
    return Person(name=who, unit=unit, capacity=capacity, id_last_four=last, signed=how, signed_at=at)


def end_of(on: Any) -> datetime:
    """24:00 of a day."""
    return datetime.combine(on + timedelta(days=1), time(), ZONE)


def signed_by(form: Form, source: Source, role: Role) -> Form:
    """A letter of one side: signed with its name and the day it was said."""
    day = date_words(source.made_at.astimezone(ZONE).date())
    return form.model_copy(update={"signers": (named(source, role),), "date": day})
