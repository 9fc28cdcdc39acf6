"""What waits for me, one question a screen: tasks of my own, and what hangs at my estate."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.procedures.models import Task
from gongzhi.procedures.queries import tasks_of

from .neighbour import Neighbour
from .notices import Hanging, hanging

#: Asked one after the other; who has more finds the rest at the desk.
MOST = 40


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to do or to look at. `kind`: task, object (an opinion is asked) or check (look at the wall)."""

    kind: str
    key: str
    task: Task | None = None
    one: Hanging | None = None


def questions(me: Neighbour, answered: Sequence[str] = ()) -> list[Question]:
    """Everything that waits, tasks first; `answered`: keys of what was looked at already."""
    tasks = [Question("task", f"task-{task.pk}", task=task) for task in tasks_of(me.seat)[:MOST]]
    found = [*tasks, *(_of_notice(me, one) for one in hanging(me) if _is_asked(me, one))]
    return [one for one in found if one.key not in answered]


def _is_asked(me: Neighbour, one: Hanging) -> bool:
    return one.may_object or (me.is_volunteer and one.told["state"] in ("hanging", "full"))


def _of_notice(me: Neighbour, one: Hanging) -> Question:
    kind = "check" if me.is_volunteer else "object"
    return Question(kind, f"{kind}-{one.notice.pk}", one=one)
