"""Writing a case with its parties and steps; opening the child a round asks for. Inside the door, root locked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.door import Request, enter
from gongzhi.acts.kept import insert, insert_all
from gongzhi.acts.roots import Root
from gongzhi.acts.rows import fresh, link
from gongzhi.registry.models import Organisation, Person
from gongzhi.registry.roles import Place

from . import catalogue, engine
from .declare import Procedure, Step
from .models import Case, CaseStep, Party
from .serials import draw_serial
from .view import CaseView

#: What a child has of the case that opens it.
INHERITED = (
    *("root_id", "law_on", "law_at", "estate_id", "organisation_id", "jurisdiction_id"),
    *("opened_by_id", "city", "county", "subdistrict", "community"),
)


def write_case(
    row: Case,
    declaration: type[Procedure],
    holders: Mapping[str, Organisation | Person],
    at: datetime,
    parent: CaseView | None = None,
) -> CaseView:
    """Write a case, its parties and a row for each declared step: a case runs the steps it was opened with."""
    row.number = _draw_number(row, declaration, at)
    insert(row)
    parties = [_party(row, role, holder, at) for role, holder in holders.items()]
    steps = [
        fresh(CaseStep, case_id=row.pk, code=step.code, kind=step.kind, position=place)
        for place, step in enumerate(declaration.steps)
    ]
    for step in steps:
        link(step, "case", row)
    insert_all(parties)
    insert_all(steps)
    case = CaseView(row, parent=parent)
    case.begin_empty(steps, parties)
    return case


def open_by_itself(
    row: Case,
    declaration: type[Procedure],
    said: Mapping[str, Any],
    at: datetime,
    holders: Mapping[str, Organisation | Person] | None = None,
) -> bool:
    """Open a case nobody asked for, through the door; False where another worker opened it in the same minute."""

    def body() -> dict[str, Any]:
        engine.advance(write_case(row, declaration, holders or {}, at), at)
        return {"case": str(row.id)}

    request = Request(f"{declaration.code}.open", Root("case", row.id), SYSTEM, at, dict(said))
    try:
        enter(request, may=lambda: None, body=body)
    except IntegrityError:
        return False
    return True


def parties_of(declaration: type[Procedure], place: Place) -> dict[str, Organisation]:
    """The declared parties as they are at an estate on a day; one that nobody is, is not bound."""
    held = {role.code: place.holder_of(role) for role in declaration.parties}
    return {
        code: holder.organisation
        for code, holder in held.items()
        if holder.organisation is not None and not holder.vacant
    }


def _party(row: Case, role: str, holder: Organisation | Person, at: datetime) -> Party:
    if isinstance(holder, Organisation):
        return Party(case=row, role=role, organisation=holder, bound_at=at)
    return Party(case=row, role=role, person=holder, bound_at=at)


def _draw_number(row: Case, declaration: type[Procedure], at: datetime) -> str:
    """The next case number of the county and year: 〔2026〕220602-12."""
    code = row.county or row.city or row.jurisdiction_id or ""
    year, serial = draw_serial(code, at)
    return f"{declaration.title}〔{year}〕{code}-{serial}"


def open_child(
    *,
    parent: CaseView,
    round_id: UUID,
    step: Step[Any],
    procedure: str,
    variant: str,
    takes: Mapping[str, Any],
    at: datetime,
) -> CaseView:
    """Open the child a step's round asks for, in the same tree, under the law of the root."""
    declaration, mother = catalogue.find(procedure), parent.row
    above = parent.steps[step.code]
    row = fresh(
        Case,
        parent_id=above.pk,
        round_id=round_id,
        variant=variant,
        opened_at=at,
        procedure=declaration.code,
        version=declaration.version,
        takes=dict(takes),
        **{name: getattr(mother, name) for name in INHERITED},
    )
    link(row, "parent", above)
    for name in ("estate", "organisation", "jurisdiction"):
        if Case._meta.get_field(name).is_cached(mother):  # type: ignore[union-attr]
            link(row, name, getattr(mother, name))
    child = write_case(row, declaration, {}, at, parent)
    parent.add_child(round_id, child)
    engine.advance(child, at, carry=False)
    return child
