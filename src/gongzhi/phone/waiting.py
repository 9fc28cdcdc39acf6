"""What waits for me, one question a screen: tasks of my own, replies to what I said, and what hangs at my estate."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.notices.models import Objection
from gongzhi.procedures.models import Task
from gongzhi.procedures.queries import tasks_of

from .neighbour import Neighbour
from .notices import Hanging, hanging
from .objections import unconfirmed

#: Asked one after the other; who has more finds the rest at the desk.
MOST = 40


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to do or to look at. `kind`: task, reply (to an objection of mine), object (an opinion is asked) or
    check (look at the wall)."""

    kind: str
    key: str
    task: Task | None = None
    one: Hanging | None = None
    reply: Objection | None = None


def questions(me: Neighbour, answered: Sequence[str] = ()) -> list[Question]:
    """Everything that waits, tasks first, then replies; `answered`: keys of what was looked at already."""
    tasks = [Question("task", f"task-{task.pk}", task=task) for task in tasks_of(me.seat)[:MOST]]
    related = unconfirmed(me).select_related("notice").order_by("replied_at", "id")
    replies = [Question("reply", f"reply-{row.pk}", reply=row) for row in related[:MOST]]
    found = [*tasks, *replies, *(_of_notice(me, one) for one in hanging(me) if _is_asked(me, one))]
    return [one for one in found if one.key not in answered]


def _is_asked(me: Neighbour, one: Hanging) -> bool:
    return one.may_object or (me.is_volunteer and one.told["state"] in ("hanging", "full"))


def _of_notice(me: Neighbour, one: Hanging) -> Question:
    kind = "check" if me.is_volunteer else "object"
    return Question(kind, f"{kind}-{one.notice.pk}", one=one)
