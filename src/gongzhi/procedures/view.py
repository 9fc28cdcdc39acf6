"""A case as declarations, rules and kinds see it: what was said, marks, parties, children, the law."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from django.utils.functional import cached_property

from gongzhi.acts.facts import Facts
from gongzhi.acts.rows import link, put
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import Place
from gongzhi.values.now import ZONE

from . import catalogue, statements
from .hearing import heard_in, told_in
from .lawview import CaseLaw, place_of
from .models import (
    Case,
    CaseAct,
    CaseStep,
    Clock,
    IssuedPaper,
    PaperUse,
    Party,
    Round,
    Suspension,
    Task,
)
from .terms import RoundView

if TYPE_CHECKING:
    from .declare import Procedure, Step
    from .insight import Insight

F = TypeVar("F", bound=Facts)
T = TypeVar("T")
SKIPPED = "skipped"
#: What is read when it is first asked for.
_READ = (
    "steps",
    "all_rounds",
    "declared",
    "_by_code",
    "marks",
    "mark_rows",
    "tasks",
    "children",
    "clocks",
    "halts",
    "law",
)


class CaseView:
    """One case, read as it stands, each thing once. Whoever writes keeps the view in step, or forgets what was read."""

    def __init__(self, row: Case, parent: CaseView | None = None, *, insight: Insight | None = None) -> None:
        self.row = row
        #: For whom it is told; None where it is read to be worked on, or whole.
        self.insight: Insight | None = insight if insight is not None or parent is None else parent.insight
        #: Whether something changed that the parent may wait for: a mark, the end, what was said.
        self.is_touched = False
        #: The tasks that were created since somebody was told.
        self.opened: list[Task] = []
        #: The place on a day, as its organs are found: read once for the whole tree.
        self.places: dict[date, Place] = {}
        self.forget()
        if parent is not None:
            self.parent = parent

    def __repr__(self) -> str:
        return f"<CaseView {self.row.number}>"

    def forget(self) -> None:
        """Read everything anew, the row itself excepted."""
        self._said: dict[UUID | None, list[CaseAct]] | None = None
        self._heard: dict[UUID, RoundView] = {}
        for name in _READ:
            self.__dict__.pop(name, None)
        self.forget_holders()

    def add_said(self, act: CaseAct) -> None:
        """Something was said: it is heard, and the law is asked anew, for a contract may have another term by it."""
        self.acts_of(act.round_id)
        if self._said is not None:
            self._said.setdefault(act.round_id, []).append(act)
        self._heard = {}
        self.__dict__.pop("law", None)

    def begin_empty(self, steps: Iterable[CaseStep], parties: Iterable[Party]) -> None:
        """A case that was written just now: nothing has to be read of it."""
        for name in ("declared", "_by_code"):
            self.__dict__.pop(name, None)
        self._said = {}
        empty: dict[str, Any] = {
            "mark_rows": defaultdict(dict),
            "tasks": defaultdict(dict),
            "children": {},
            "clocks": [],
            "halts": list(self.parent.halts) if self.parent is not None else [],
            "steps": {step.code: step for step in steps},
            "all_rounds": defaultdict(list),
        }
        self.__dict__ |= empty | {"_parties": {party.role: party for party in parties}}

    def forget_holders(self) -> None:
        """A party was bound or void: who holds what is resolved anew."""
        self.__dict__.pop("_parties", None)
        self.holders: dict[Any, Any] = {}

    def add_child(self, round_id: UUID, child: CaseView) -> None:
        """A child was opened, or has changed: this is how it stands now."""
        if "children" in self.__dict__:
            self.children[round_id] = child

    def forget_children(self) -> None:
        """A round was voided, and its child with it."""
        self.__dict__.pop("children", None)

    def once(self, name: str, read: Callable[[], T]) -> T:
        """What a room reads of the case under a name of its own; of a case that may change it is read each time."""
        return read()

    # What it is -------------------------------------------------------------------------------------------------

    @property
    def where(self) -> str:
        """The name of the estate it is about, "" where it is about none."""
        return self.row.estate.name if self.row.estate is not None else ""

    @property
    def id(self) -> UUID:
        """The case's id."""
        return self.row.id

    @property
    def variant(self) -> str:
        """The variant it was opened as."""
        return self.row.variant

    @cached_property
    def declaration(self) -> type[Procedure]:
        """The procedure, in the version the case was opened with."""
        return catalogue.find(self.row.procedure, self.row.version)

    @cached_property
    def law(self) -> CaseLaw:
        """The law of the place as of the root's opening, with the root's contract's terms."""
        root = self.root
        return CaseLaw(self.place_code, self.row.law_on, lambda: root.declaration.reads.terms(root))

    @property
    def place_code(self) -> str:
        """The division whose law decides the case."""
        return place_of(self.row)

    @cached_property
    def parent(self) -> CaseView | None:
        """The case that opened this one."""
        if self.row.parent_id is None:
            return None
        if Case.parent.is_cached(self.row):
            return CaseView(cast("CaseStep", self.row.parent).case)
        (above,) = statements.case_above.rows(step=self.row.parent_id)
        return CaseView(above)

    @property
    def root(self) -> CaseView:
        """The first case of the tree."""
        return self if self.parent is None else self.parent.root

    # Steps, rounds and tasks ------------------------------------------------------------------------------------

    @cached_property
    def steps(self) -> dict[str, CaseStep]:
        """The case's steps by code: those it was opened with."""
        found = {step.code: step for step in self._read_steps()}
        for step in found.values():
            put(step, "case_id", self.row.id)
            link(step, "case", self.row)
        return found

    def _read_steps(self) -> list[CaseStep]:
        return statements.steps_of.rows(case=self.row.id)

    @cached_property
    def declared(self) -> list[Step[Any]]:
        """The declared steps that this case has, in their order."""
        known = self.steps
        return [step for step in self.declaration.steps if step.code in known]

    @cached_property
    def _by_code(self) -> dict[str, Step[Any]]:
        return {step.code: step for step in self.declared}

    @cached_property
    def all_rounds(self) -> dict[str, list[Round]]:
        """The rounds of each step by its code, oldest first."""
        steps = {step.id: step for step in self.steps.values()}
        rounds: dict[str, list[Round]] = defaultdict(list)
        for found in self._read_rounds():
            step = steps[found.step_id]
            link(found, "step", step)
            rounds[step.code].append(found)
        return rounds

    def _read_rounds(self) -> list[Round]:
        return statements.rounds_of.rows(case=self.row.id)

    def rounds(self, step: Step[Any]) -> list[Round]:
        """All rounds of a step, oldest first."""
        return self.all_rounds[step.code]

    def live_round(self, step: Step[Any]) -> Round | None:
        """The newest round that is not void, open or closed."""
        for found in reversed(self.all_rounds[step.code]):
            if found.void_at is None:
                return found
        return None

    def live_rounds(self) -> list[tuple[Step[Any], Round]]:
        """The declared steps that have a round that counts, each with it."""
        found = ((step, self.live_round(step)) for step in self.declared)
        return [(step, one) for step, one in found if one is not None]

    def open_round(self, step: Step[Any]) -> Round | None:
        """The round that is open now."""
        found = self.live_round(step)
        return found if found is not None and found.closed_at is None else None

    def outcome_of(self, step: Step[Any]) -> str:
        """The outcome of a decided step, "" while it is not."""
        return self.steps[step.code].outcome if step.code in self.steps else ""

    def is_done(self, step: Step[Any]) -> bool:
        """Whether the step was gone through, not skipped."""
        return self.outcome_of(step) not in ("", SKIPPED)

    @cached_property
    def tasks(self) -> dict[UUID, dict[str, Task]]:
        """Every task of the case by round and name."""
        found: dict[UUID, dict[str, Task]] = defaultdict(dict)
        for task in statements.tasks_of.rows(case=self.row.id):
            found[task.round_id][task.name] = task
        return found

    def task(self, task_id: UUID) -> Task:
        """One task of the case, with its round and step. LookupError: it is of another."""
        for round_id, tasks in self.tasks.items():
            for task in tasks.values():
                if task.id == task_id:
                    every = (found for rounds in self.all_rounds.values() for found in rounds)
                    link(task, "case", self.row)
                    link(task, "round", next(found for found in every if found.id == round_id))
                    return task
        raise LookupError(f"no task {task_id} in {self!r}")

    @cached_property
    def clocks(self) -> list[Clock]:
        """Every clock of the case; written by `clocks.project` alone."""
        return statements.clocks_of.rows(case=self.row.id)

    @cached_property
    def halts(self) -> list[Suspension]:
        """The stretches in which the case, or one above it, stood still."""
        return self._read_halts()

    def _read_halts(self) -> list[Suspension]:
        ids, view = [self.row.id], self.parent
        while view is not None:
            ids.append(view.row.id)
            view = view.parent
        return statements.halts_of(ids)

    @property
    def is_paused(self) -> bool:
        """Whether the case, or one above it, stands still now."""
        return any(halt.to_at is None for halt in self.halts)

    @property
    def is_paused_itself(self) -> bool:
        """Whether the case itself was suspended and not resumed."""
        return any(halt.to_at is None and halt.case_id == self.row.id for halt in self.halts)

    def open_tasks(self, rounds: Iterable[Round] | None = None) -> list[Task]:
        """The open tasks, of these rounds or of the whole case."""
        of = self.tasks.values() if rounds is None else [self.tasks[found.id] for found in rounds]
        return [task for tasks in of for task in tasks.values() if task.open]

    # What was said ----------------------------------------------------------------------------------------------

    def acts_of(self, round_id: UUID | None) -> list[CaseAct]:
        """The acts of a round (None: of no step), oldest first."""
        if self._said is None:
            self._said = {}
            tasks = {task.id: task for tasks in self.tasks.values() for task in tasks.values()}
            for act in statements.said_of.rows(case=self.row.id):
                link(act, "case", self.row)
                link(act, "task", tasks.get(act.task_id) if act.task_id is not None else None)
                self._said.setdefault(act.round_id, []).append(act)
        return self._said.get(round_id, [])

    def round_view(self, found: Round) -> RoundView:
        """A round as its kind sees it: what was said in it, put right where it was corrected."""
        view = self._heard.get(found.id)
        if view is None:
            view = RoundView(found.id, self, found.opened_at, told_in(self.acts_of(found.id)))
            self._heard[found.id] = view
        return view

    @property
    def is_filed(self) -> bool:
        """Whether its file holds anything: what was brought, or was issued."""
        issued = IssuedPaper.objects.filter(case=self.row, paper__file__isnull=False)
        return PaperUse.objects.filter(case=self.row).exists() or issued.exists()

    def heard(self, step: Step[F]) -> F | None:
        """What was said last in the step's main act, in the round that counts; None while nothing was."""
        found = self.live_round(step)
        return heard_in(self.round_view(found), step) if found is not None else None

    def said(self, step: Step[F]) -> F:
        """What was said in a step that must have been done; LookupError where it was not."""
        heard = self.heard(step)
        if heard is None:
            raise LookupError(f"nothing was said in {step!r} yet")
        return heard

    # Marks and dates --------------------------------------------------------------------------------------------

    @cached_property
    def mark_rows(self) -> dict[UUID, dict[str, datetime]]:
        """The named instants of each round that counts."""
        found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
        void = {one.id for rounds in self.all_rounds.values() for one in rounds if one.void_at is not None}
        for round_id, name, at in statements.marks_of.rows(case=self.row.id):
            if round_id not in void:
                found[round_id][name] = at
        return found

    @cached_property
    def marks(self) -> dict[str, datetime]:
        """The named instants of rounds that count, as `mark` and as `step.mark`; of one name the latest counts."""
        named: dict[str, datetime] = {}
        for step in self.declared:
            found = self.live_round(step)
            for name, at in self.mark_rows.get(found.id, {}).items() if found is not None else ():
                named[f"{step.code}.{name}"] = at
                named[name] = max(at, named.get(name, at))
        return named

    def instant(self, path: str) -> datetime | None:
        """The instant behind a mark path: `arrived`, `application.arrived`, or `handover.confirmed` of a child."""
        if path in self.marks:
            return self.marks[path]
        first, _, rest = path.partition(".")
        child = self.child(first) if rest else None
        return child.instant(rest) if child is not None else None

    def event(self, of: Any) -> datetime | date | None:
        """The anchor of a clock: a mark path or a named date, here or in an ancestor."""
        if isinstance(of, str):
            found = self.instant(of)
            return found if found is not None or self.parent is None else self.parent.event(of)
        return cast("datetime | date | None", of.read(self))

    # Parties and relatives --------------------------------------------------------------------------------------

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.role: party for party in statements.parties_of.rows(case=self.row.id)}

    def party(self, role: str) -> Party | None:
        """Who a role is, here or in an ancestor."""
        if role in self._parties:
            return self._parties[role]
        return self.parent.party(role) if self.parent is not None else None

    def organisation(self, role: str) -> Organisation | None:
        """The organisation a party role is."""
        party = self.party(role)
        return party.organisation if party is not None else None

    @cached_property
    def children(self) -> dict[UUID, CaseView]:
        """The child cases by the round that opened them; those of void rounds are gone."""
        if not any(step.opens_child and self.all_rounds[step.code] for step in self.declared):
            return {}
        rows = statements.children_of.rows(case=self.row.id)
        return {cast("UUID", row.round_id): CaseView(row, parent=self) for row in rows}

    def child_of(self, round_id: UUID) -> CaseView | None:
        """The child case a round opened."""
        return self.children.get(round_id)

    def child(self, code: str) -> CaseView | None:
        """The child case of a step's round that counts."""
        step = self._by_code.get(code)
        found = self.live_round(step) if step is not None else None
        return self.child_of(found.id) if found is not None else None

    def asked_by(self, child: CaseView) -> Step[Any] | None:
        """The step whose round that counts opened a child; None where that round is void."""
        found = ((step, self.live_round(step)) for step in self.declared if step.opens_child)
        return next((step for step, one in found if one is not None and one.id == child.row.round_id), None)

    def result(self, step: Step[Any]) -> Any:
        """What the child of a step gives: its procedure's result, as the exchange's frozen dataclass."""
        child = self.child(step.code)
        return child.declaration.reads.gives(child) if child is not None else None

    def local_day(self, at: datetime) -> date:
        """The day of an instant where the estate stands."""
        return at.astimezone(ZONE).date()
