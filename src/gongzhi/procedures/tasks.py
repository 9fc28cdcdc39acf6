"""A task and what its kind says of it."""

from datetime import date
from typing import Any

from .declare import Step
from .models import Task
from .terms import TaskSpec
from .view import CaseView


def step_of(case: CaseView, task: Task) -> Step[Any]:
    """The declared step a task belongs to."""
    return case.declaration.step(task.round.step.code)


def spec_of(case: CaseView, task: Task) -> TaskSpec | None:
    """What the task's kind says of it now; None when the round has no such task any longer."""
    specs = step_of(case, task).task_specs(case.round_view(task.round))
    return next((spec for spec in specs if spec.name == task.name), None)


def posts_of(case: CaseView, task: Task) -> tuple[str, ...]:
    """The posts that alone do a task; none where anybody of the body may."""
    return step_of(case, task).posts_of(task.name)


def opens_later(spec: TaskSpec, on: date) -> bool:
    """Whether a task can be done from a later day on only."""
    return spec.opens_on is not None and on < spec.opens_on
