"""A task passes on, on the record, when a committee, an appointment or a boundary changes, or a party is bound."""

from datetime import datetime

from gongzhi.acts.events import raise_event
from gongzhi.acts.kept import save
from gongzhi.values.exchange import TaskOpened, TasksOpened

from .holders import Holding, hold
from .models import Assignment, Task
from .tasks import posts_of
from .terms import TaskSpec
from .view import CaseView


def reassign(case: CaseView, task: Task, spec: TaskSpec | None, at: datetime) -> bool:
    """Resolve an open task anew, as its kind tells it now; True when it passed to another holder.

    A party that was bound never passes on.
    """
    if spec is None or not task.open or task.waits_for or (spec.role.kind != "organ" and not task.vacant):
        return False
    holding = hold(case, spec.role, at, receives=spec.receives)
    if _is_same(task, holding):
        return False
    if _holder(task) != _holder(holding):
        why = holding.note or holding.acting_for or "承办单位变更"
        Assignment.objects.create(
            task=task, before_id=task.organisation_id, after=holding.organisation, why=why[:300], at=at
        )
        opened = TaskOpened(
            case.id, task.id, holding.organisation_id, task.title, holding.person_id, posts_of(case, task)
        )
        if not task.instead:
            raise_event(TasksOpened(case.id, case.row.number, case.where, (opened,)))
    task.organisation, task.person = holding.organisation, holding.person
    task.vacant, task.acting_for, task.note = holding.vacant, holding.acting_for, holding.note
    save(task, "organisation", "person", "vacant", "acting_for", "note")
    return True


def _holder(of: Task | Holding) -> tuple[object, object, bool]:
    return (of.organisation_id, of.person_id, of.vacant)


def _is_same(task: Task, holding: Holding) -> bool:
    """Whether nothing changed, the words beside the holder (代行) included."""
    words = (task.acting_for, task.note) == (holding.acting_for, holding.note)
    return words and _holder(task) == _holder(holding)
