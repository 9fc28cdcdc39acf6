"""A task and what its kind says of it."""

from datetime import date, datetime, time
from typing import Any

from gongzhi.values.now import ZONE

from .declare import Step
from .models import Round, Task
from .terms import TaskSpec
from .view import CaseView


def step_of(case: CaseView, task: Task) -> Step[Any]:
    """The declared step a task belongs to."""
    return case.declaration.step(task.round.step.code)


def spec_of(case: CaseView, task: Task) -> TaskSpec | None:
    """What the task's kind says of it now; None when the round has no such task any longer."""
    specs = specs_of(step_of(case, task), case, task.round)
    return next((spec for spec in specs if spec.name == task.name), None)


def specs_of(step: Step[Any], case: CaseView, found: Round) -> list[TaskSpec]:
    """The tasks a round has now; one that is void has what held nothing up and is still open, and what is left over."""
    view = case.round_view(found)
    specs = step.tasks_of(view)
    if found.void_at is None:
        return specs
    there = {name for name, task in case.tasks[found.id].items() if task.open}
    left = step.left_over(view)
    known = {spec.name for spec in left}
    lasting = (spec for spec in specs if not spec.holds and spec.name in there - known)
    return [*lasting, *left]


def posts_of(case: CaseView, task: Task) -> tuple[str, ...]:
    """The posts that alone do a task; none where anybody of the body may."""
    return step_of(case, task).posts_of(task.name)


def opens_later(spec: TaskSpec, on: date) -> bool:
    """Whether a task can be done from a later day on only."""
    return spec.opens_on is not None and on < spec.opens_on


def opens_at(case: CaseView, step: Step[Any], spec: TaskSpec, at: datetime) -> datetime | None:
    """From when on a task can be done, while that lies ahead; where a least time runs, its first act alone waits."""
    if spec.opens_on is not None and opens_later(spec, case.local_day(at)):
        return datetime.combine(spec.opens_on, time(), ZONE)
    running = [
        clock.due_at
        for clock in case.clocks
        if spec.not_before
        and (clock.key, clock.step_id) == (spec.not_before, case.steps[step.code].pk)
        and clock.minimum
        and clock.stopped_at is None
        and clock.due_at is not None
        and clock.due_at > at
    ]
    return max(running, default=None)
