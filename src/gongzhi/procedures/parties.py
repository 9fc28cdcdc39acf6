"""Binding a party: who a role is from now on in this case and below it. Inside the door, with the root locked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.registry.models import Organisation, Person
from gongzhi.registry.roles import ROLES

from .models import Party, Task
from .reassign import reassign
from .tasks import spec_of
from .view import CaseView


def bind_party(
    case: CaseView,
    role: str,
    holder: Organisation | Person,
    *,
    at: datetime,
    round_id: UUID | None = None,
) -> None:
    """Bind a party in the place of whoever it was; void with its round. Open tasks of composed roles pass on.

    A task that was opened while the role was vacant, or for the first of several roles that somebody held, lies with
    the new party at once: it stands in its work list before anybody acts on it.
    """
    Party.objects.filter(case=case.row, role=role, void_at=None).update(void_at=at)
    who: dict[str, Any] = {"organisation" if isinstance(holder, Organisation) else "person": holder}
    Party.objects.create(case=case.row, role=role, round_id=round_id, bound_at=at, **who)
    pass_on(case, at)


def pass_on(case: CaseView, at: datetime) -> None:
    """A party was bound, or is so no longer: the open tasks of composed roles go to whoever holds them now."""
    case.forget_holders()
    waiting = Task.objects.filter(case__root_id=case.row.root_id, open=True).exclude(
        role__in=[known.code for known in ROLES.values() if known.kind == "organ"]
    )
    for task in waiting.select_related("case", "round__step"):
        view = CaseView(task.case)
        reassign(view, task, spec_of(view, task), at)
