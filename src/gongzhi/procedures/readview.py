"""A case read to be told: everything of it once, with the people and papers that are shown beside it.

Rows that are read already are set on those that point at them, and of people and bodies only the name is read: what a
page costs is mostly columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast
from uuid import UUID

from gongzhi.acts.rows import link

from . import statements
from .lawview import CaseLaw
from .models import (
    Assignment,
    Case,
    CaseAct,
    CaseStep,
    Clock,
    ClockMove,
    Item,
    Mark,
    PaperUse,
    Party,
    Round,
    Suspension,
    Task,
)
from .view import CaseView

T = TypeVar("T")


class StillView(CaseView):
    """A case nobody changes while it is looked at: what several of its papers or parts of a page need is read once."""

    def once(self, name: str, read: Callable[[], T]) -> T:
        """What several look at: read by the first of them."""
        if name not in self._known:
            self._known[name] = read()
        return cast("T", self._known[name])

    @cached_property
    def _known(self) -> dict[str, Any]:
        return {}


class ReadView(StillView):
    """A case with the people of its acts, and under the law of the place alone.

    A contract's own terms are left out: they change no task, and reading them costs the root's whole history.
    """

    @cached_property
    def law(self) -> CaseLaw:
        """The law of the place as of the root's opening."""
        return CaseLaw(self.place_code, self.row.law_on)

    @cached_property
    def _steps_told(self) -> list[CaseStep]:
        part = self.row.parent
        above = part.case_id if part is not None else None
        return list[CaseStep](statements.steps_told.rows(case=self.row.id, above=above))

    def _read_steps(self) -> list[CaseStep]:
        return [step for step in self._steps_told if step.case_id == self.row.id]

    @property
    def steps_above(self) -> list[CaseStep]:
        """The steps of the case above, in their order, each with its next deadline (`due_at`, `exact`)."""
        return [step for step in self._steps_told if step.case_id != self.row.id]

    def _read_halts(self) -> list[Suspension]:
        """None where nothing of its tree ever stood still."""
        return super()._read_halts() if getattr(self.row, "stood_still", True) else []

    def _read_rounds(self) -> list[Round]:
        """With their issued papers and children."""
        return statements.rounds_told.rows(case=self.row.id)

    @cached_property
    def rounds_by_id(self) -> dict[UUID, Round]:
        """Every round, void ones too."""
        return {found.pk: found for rounds in self.all_rounds.values() for found in rounds}

    def acts_of(self, round_id: UUID | None) -> list[CaseAct]:
        """The acts of a round with who said them in which `post`, oldest first."""
        if self._said is None:
            self._said = {}
            tasks = {task.pk: task for task in self.all_tasks}
            for act in statements.said_told.rows(case=self.row.id):
                link(act, "case", self.row)
                link(act, "task", tasks[act.task_id] if act.task_id is not None else None)
                link(act, "round", self.rounds_by_id[act.round_id] if act.round_id is not None else None)
                self._said.setdefault(act.round_id, []).append(act)
        return super().acts_of(round_id)

    def acts(self) -> list[CaseAct]:
        """Everything that was said, oldest first."""
        self.acts_of(None)
        every = [act for acts in (self._said or {}).values() for act in acts]
        return sorted(every, key=lambda act: act.seq)

    @property
    def is_filed(self) -> bool:
        """Whether its file holds anything, of what was read to be told."""
        issued = [found.issued for found in self.rounds_by_id.values() if hasattr(found, "issued")]
        return bool(self.uses) or any(one is not None and one.paper.file_id is not None for one in issued)

    @property
    def bound(self) -> Mapping[str, Party]:
        """The parties of the case itself by role."""
        return self._parties

    @cached_property
    def all_tasks(self) -> list[Task]:
        """Every task with who holds it and whether it `passed` to another, in the order they came."""
        return list[Task](statements.tasks_told.rows(case=self.row.id))

    @cached_property
    def tasks(self) -> dict[UUID, dict[str, Task]]:
        """Every task of the case by round and name."""
        found: dict[UUID, dict[str, Task]] = defaultdict(dict)
        for task in self.all_tasks:
            found[task.round_id][task.name] = task
        return found

    @cached_property
    def passings(self) -> list[Assignment]:
        """How tasks passed from one holder to another; read where one did."""
        about = [task.pk for task in self.all_tasks if getattr(task, "passed", False)]
        rows = Assignment.objects.filter(task__in=about).select_related("before", "after") if about else ()
        return sorted(rows, key=lambda row: (row.at, row.pk))

    @cached_property
    def all_marks(self) -> list[Mark]:
        """The named instants of every round, void ones too."""
        return statements.marks_told.rows(case=self.row.id)

    @cached_property
    def mark_rows(self) -> dict[UUID, dict[str, datetime]]:
        """The named instants of each round that counts."""
        found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
        for mark in self.all_marks:
            if self.rounds_by_id[mark.round_id].void_at is None:
                found[mark.round_id][mark.name] = mark.at
        return found

    @cached_property
    def clocks_moved(self) -> list[tuple[Clock, list[ClockMove]]]:
        """Every clock with its moves; these are read where one has any."""
        clocks = statements.clocks_told.rows(case=self.row.id)
        about = [clock.pk for clock in clocks if getattr(clock, "moved", False)]
        moves: dict[UUID, list[ClockMove]] = defaultdict(list)
        for move in ClockMove.objects.filter(clock__in=about).order_by("at", "id") if about else ():
            moves[move.clock_id].append(move)
        return [(clock, moves[clock.pk]) for clock in clocks]

    @cached_property
    def clocks(self) -> list[Clock]:
        """Every clock, as it was read with its moves."""
        return [clock for clock, _ in self.clocks_moved]

    @cached_property
    def uses(self) -> list[PaperUse]:
        """The papers sent with acts, in the order they came."""
        acts = {act.pk: act for act in self.acts()}
        rows = statements.uses_told.rows(case=self.row.id)
        for use in rows:
            link(use, "act", acts[use.act_id])
        return sorted(rows, key=lambda use: (use.act.seq, use.pk))

    @cached_property
    def items(self) -> list[Item]:
        """The lines of its lists; read where a step has one."""
        if not any(step.lists_items for step in self.declared):
            return []
        rows = list(self.row.items.all())
        for item in rows:
            link(item, "round", self.rounds_by_id[item.round_id])
        return sorted(rows, key=lambda item: (item.round.opened_at, item.round_id, item.position))

    @cached_property
    def all_children(self) -> list[Case]:
        """The cases below it, those of void rounds too, oldest first."""
        rows = [(found, getattr(found, "child", None)) for found in self.rounds_by_id.values()]
        children = [child for _, child in rows if child is not None]
        for found, child in rows:
            if child is not None:
                child.parent = found.step
        return sorted(children, key=lambda child: (child.opened_at, child.pk))

    @cached_property
    def children(self) -> dict[UUID, CaseView]:
        """The child cases by the round that opened them; those of void rounds are gone."""
        live = [
            row for row in self.all_children if self.rounds_by_id[cast("UUID", row.round_id)].void_at is None
        ]
        return {cast("UUID", row.round_id): CaseView(row, parent=self) for row in live}
