"""A case follows its estate into another division: who is scoped by codes finds it there. Its law stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from .models import Case, Task
from .view import CaseView

LEVELS = ("city", "county", "subdistrict", "community")


def follow_estate(root: UUID, at: datetime) -> bool:
    """Bring the cases of a tree, their open tasks and what hangs to where the estate lies now; True where it moved.

    Inside the door, root locked.
    """
    moved = [
        row
        for row in Case.objects.filter(root_id=root, estate__isnull=False).select_related("estate")
        if codes_of(row) != codes_of(row.estate)
    ]
    for row in moved:
        _move(row, at)
    return bool(moved)


def codes_of(placed: Any) -> tuple[str, ...]:
    """The four codes of something that lies somewhere."""
    return tuple(getattr(placed, level) for level in LEVELS)


def _move(row: Case, at: datetime) -> None:
    row.law_at = CaseView(row).place_code
    for level in LEVELS:
        setattr(row, level, getattr(row.estate, level))
    row.save(update_fields=["law_at", *LEVELS])
    Task.objects.filter(case=row, open=True).update(**dict(zip(LEVELS, codes_of(row), strict=True)))
    case = CaseView(row)
    for step in case.declared:
        found = case.open_round(step)
        if found is not None:
            step.recount(case.round_view(found), at)
