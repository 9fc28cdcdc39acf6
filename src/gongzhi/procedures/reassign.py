"""An organ's task passes on, on the record, when a committee, an appointment or a boundary changes."""

from datetime import datetime

from gongzhi.registry.roles import ROLES

from .holders import COMPOSED, hold
from .models import Assignment, Task
from .view import CaseView


def reassign(case: CaseView, task: Task, at: datetime) -> bool:
    """Resolve the task's organ anew; True when it passed to another holder. Parties never pass on."""
    role = ROLES.get(task.role) or COMPOSED.get(task.role)
    if role is None or role.kind != "organ" or not task.open:
        return False
    holding = hold(case, role, at, receives=task.name == "receive")
    after = holding.organisation.pk if holding.organisation is not None else None
    same = (task.organisation_id, task.vacant) == (after, holding.vacant)
    if same:
        return False
    Assignment.objects.create(
        task=task,
        before=task.organisation,
        after=holding.organisation,
        why=holding.note or holding.acting_for or "承办单位变更",
        at=at,
    )
    task.organisation, task.vacant = holding.organisation, holding.vacant
    task.acting_for, task.note = holding.acting_for, holding.note
    task.save(update_fields=["organisation", "vacant", "acting_for", "note"])
    return True
