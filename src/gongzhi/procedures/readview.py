"""A case read to be told: everything of it once, with the people and papers that are shown beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, Subquery

from gongzhi.registry.models import Appointment

from .declare import Step
from .lawview import CaseLaw
from .models import Case, CaseAct, Mark, Party, Round, Task
from .view import CaseView


class ReadView(CaseView):
    """A case with the people of its acts, and under the law of the place alone.

    A contract's own terms are left out: they change no task, and reading them costs the root's whole history.
    """

    @cached_property
    def law(self) -> CaseLaw:
        """The law of the place as of the root's opening."""
        return CaseLaw(self.place_code, self.row.law_on)

    def rounds(self, step: Step[Any]) -> list[Round]:
        """All rounds of a step with their issued papers, oldest first."""
        if self._rounds is None:
            self._rounds = {}
            rows = Round.objects.filter(step__case=self.row).select_related("issued__number", "issued__paper")
            for found in rows.order_by("number"):
                self._rounds.setdefault(found.step_id, []).append(found)
        return super().rounds(step)

    def acts_of(self, round_id: UUID | None) -> list[CaseAct]:
        """The acts of a round with who said them in which `post`, oldest first."""
        if self._said is None:
            self._said = {}
            held = Appointment.objects.filter(pk=OuterRef("appointment_id")).values("post")[:1]
            rows = self.row.said.select_related("task", "person", "organisation", "round__step")
            for act in rows.annotate(post=Subquery(held)).order_by("seq"):
                self._said.setdefault(act.round_id, []).append(act)
        return super().acts_of(round_id)

    def acts(self) -> list[CaseAct]:
        """Everything that was said, oldest first."""
        self.acts_of(None)
        every = [act for acts in (self._said or {}).values() for act in acts]
        return sorted(every, key=lambda act: act.seq)

    @property
    def bound(self) -> Mapping[str, Party]:
        """The parties of the case itself by role."""
        return self._parties

    @cached_property
    def all_tasks(self) -> list[Task]:
        """Every task with who holds it, in the order they came."""
        rows = Task.objects.filter(case=self.row).select_related("organisation", "person")
        return list(rows.order_by("opened_at", "id"))

    @cached_property
    def tasks(self) -> dict[UUID, dict[str, Task]]:
        """Every task of the case by round and name."""
        found: dict[UUID, dict[str, Task]] = defaultdict(dict)
        for task in self.all_tasks:
            found[task.round_id][task.name] = task
        return found

    @cached_property
    def all_marks(self) -> list[Mark]:
        """The named instants of every round, void ones too."""
        rows = Mark.objects.filter(case=self.row).select_related("round")
        return list(rows.order_by("at", "id"))

    @cached_property
    def mark_rows(self) -> dict[UUID, dict[str, datetime]]:
        """The named instants of each round that counts."""
        found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
        for mark in self.all_marks:
            if mark.round.void_at is None:
                found[mark.round_id][mark.name] = mark.at
        return found

    @cached_property
    def all_children(self) -> list[Case]:
        """The cases below it, those of void rounds too, oldest first."""
        rows = Case.objects.filter(parent__case=self.row).select_related("parent", "round")
        return list(rows.order_by("opened_at", "id"))

    @cached_property
    def children(self) -> dict[UUID, CaseView]:
        """The child cases by the round that opened them; those of void rounds are gone."""
        rows = [row for row in self.all_children if row.round is not None and row.round.void_at is None]
        return {cast("UUID", row.round_id): CaseView(row, parent=self) for row in rows}
