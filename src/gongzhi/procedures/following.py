"""What an act beside a step makes of the step's tasks: what an order asked for was done, and is on the record.

A standing act says it, of the case or of one below it. A task it makes needless ends with the fact as its reason; one
that still waits for somebody's word says the fact, and whoever holds it is told, once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongzhi.acts.kept import save

from .declare import Step
from .models import Round
from .telling import present_body, tell
from .undoing import drop_tasks
from .view import CaseView


def follow(case: CaseView, at: datetime) -> None:
    """Look at the tasks of the case and of those above it after a standing act, before the case goes on."""
    view: CaseView | None = case
    while view is not None:
        for step, found in view.live_rounds():
            _follow(view, step, found, at)
        view = view.parent


def _follow(case: CaseView, step: Step[Any], found: Round, at: datetime) -> None:
    view = case.round_view(found)
    facts = step.overtaken(view)
    tasks = [task for task in case.open_tasks([found]) if facts.get(task.name, task.note) not in task.note]
    if not tasks:
        return
    wanted = {spec.name for spec in step.tasks_of(view)}
    for task in tasks:
        if task.name not in wanted:
            drop_tasks([task], facts[task.name], at)
        else:
            task.note = "；".join(filter(None, (facts[task.name], task.note)))[:300]
            save(task, "note")
    by = present_body()
    said = "；".join(dict.fromkeys(facts[task.name] for task in tasks))
    title = f"{case.row.number}：“{step.title}”要求的事项已经办到"
    told = (task.organisation_id for task in tasks)
    tell(case, title, f"{said}{f'（由{by}登记）' if by else ''}。", told, key=f"done:{step.code}")
