"""What a running case asks for itself is done within it: a second one beside it would be connected to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from . import catalogue
from .declare import Procedure, Step
from .models import Case
from .standing_acts import known
from .view import CaseView


def asked_within(declared: type[Procedure], estate: UUID) -> tuple[Case, str] | None:
    """The case about an estate that asks for it still, and the sentence that leads there; None where none does."""
    codes = [one.code for one in catalogue.current() if any(_asking(one, declared))]
    rows = Case.objects.filter(estate=estate, procedure__in=codes, parent=None, ended_at=None)
    for row in rows.order_by("opened_at", "id") if codes else ():
        way = next(_ways(CaseView(row), declared), "")
        if way:
            return row, _sentence(declared, row, way)
    return None


def _asking(one: type[Procedure], declared: type[Procedure]) -> Iterator[Step[Any]]:
    return (step for step in one.steps if step.opens_child and getattr(step, "runs", "") == declared.code)


def _ways(case: CaseView, declared: type[Procedure]) -> Iterator[str]:
    """How the case does it: in the case it has opened below, when its turn comes, or by the act that asks anew."""
    steps = [step for step in _asking(case.declaration, declared) if step.code in case.steps]
    for step in steps:
        child = case.child(step.code)
        if not case.outcome_of(step) and child is not None:
            yield f"请在该案“{step.title}”的办件{child.row.number}中办理"
    for step in steps:
        acts = (one for one in known(case.declaration) if step.code in one.sends_back_to(case))
        yield from (f"“{step.title}”要重新办理的，请在该案中用“{one.spec.title}”办理" for one in acts)
    yield from (f"轮到“{step.title}”时请在该案中办理" for step in steps if not case.outcome_of(step))


def _sentence(declared: type[Procedure], row: Case, way: str) -> str:
    title = catalogue.find(row.procedure, row.version).title
    return f"该小区正在办理{title}（{row.number}），{declared.title}是该案的一部分，另行立案与该案没有联系，{way}。"
