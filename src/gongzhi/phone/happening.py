"""What is going on at my estate, in plain words; masked: its course, and nothing of what was said."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongzhi.procedures.grounds import other_grounds
from gongzhi.procedures.insight import tasks_shown
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.presenting import role_title, title_of
from gongzhi.procedures.queries import listed_cases
from gongzhi.registry.models import Appointment
from gongzhi.registry.roles import ANYONE
from gongzhi.ui.casefile import read_file
from gongzhi.ui.parts.steps import inside

from .neighbour import Neighbour

RUNNING, ENDED, NEXT = 30, 5, 3


@dataclass(frozen=True, slots=True)
class Going:
    """A case by its title, with whose turn it is."""

    case: Case
    title: str
    waits: list[tuple[str, Task]]


def running(me: Neighbour) -> list[Going]:
    """The open cases of the estate, newest first, each with who has to do what next."""
    rows = listed_cases(me.seat).filter(estate=me.estate, ended_at=None)
    cases = list(rows.order_by("-opened_at", "-id")[:RUNNING])
    waits = _waits([case.root_id for case in cases], me.seat)
    return [Going(case, title_of(case), waits[case.root_id]) for case in cases]


def ended(me: Neighbour) -> list[Going]:
    """The newest that are over."""
    rows = listed_cases(me.seat).filter(estate=me.estate, ended_at__isnull=False)
    return [Going(case, title_of(case), []) for case in rows.order_by("-ended_at", "-id")[:ENDED]]


def count_running(me: Neighbour) -> int:
    """How many run."""
    return listed_cases(me.seat).filter(estate=me.estate, ended_at=None).count()


def _waits(roots: list[UUID], seat: Appointment) -> dict[UUID, list[tuple[str, Task]]]:
    """The open tasks of each tree, soonest first, with who holds them; a person is told by the role alone."""
    found: dict[UUID, list[tuple[str, Task]]] = defaultdict(list)
    waiting = Task.objects.filter(case__root_id__in=roots, open=True, instead=False)
    rows = waiting.select_related("case", "organisation", "round__step")
    for task in tasks_shown(rows.order_by("sort_at", "id"), seat) if roots else ():
        if len(found[task.case.root_id]) < NEXT:
            found[task.case.root_id].append((_holder(task), task))
    return found


def _holder(task: Task) -> str:
    return task.organisation.name if task.organisation is not None else role_title(task.role)


def course(me: Neighbour, case_id: UUID) -> dict[str, Any]:
    """One case of what I may see: its steps and whose turn it is; NotFound otherwise.

    `steps`: those it has; `skipped`: those left out for reasons of its own, none of other grounds.
    `is_awaited`: the step is done, and something of it still has to come; `by_whom`: "" for a case of its own.
    """
    found = read_file(case_id, me.seat, me.at)
    told = found.told
    skipped = [step for step in told["steps"] if step["state"] == "skipped"]
    aside = other_grounds(found.view.declaration, found.view.variant, {step["code"] for step in skipped})
    held = [task for task in told["tasks"] if task["state"] == "open"]
    awaited = {task["step"] for task in held}
    for step in told["steps"]:
        step["is_awaited"] = step["state"] == "done" and step["code"] in awaited
        step["by_whom"] = "" if step["by"]["role"] == ANYONE.code else step["by"]["title"]
    turn = [(_told_holder(task), task) for task in held if not task["stands_still"]]
    turn += [(step["by"]["title"], {"title": step["title"], "due_at": None}) for step in inside(told)]
    return {
        "case": told,
        "turn": turn,
        "steps": [step for step in told["steps"] if step["state"] != "skipped"],
        "skipped": [step for step in skipped if step["code"] not in aside],
    }


def _told_holder(task: dict[str, Any]) -> str:
    return str(task["organisation"]["name"] if task["organisation"] else task["role"]["title"])
