"""A case, told whole."""

from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field, model_validator

from .basics import Citation, Named, PaperIn, RoleTold, Sent
from .notices import CaseNotice
from .papers import DocumentOut, IssuedOut, PaperOut

State = Literal["open", "suspended", "ended"]


class SubjectIn(Sent):
    """What a case is about: `{"estate": id}`, `{"organisation": id}`, `{"jurisdiction": code}` or kind and id."""

    estate: UUID | None = None
    organisation: UUID | None = None
    jurisdiction: str | None = Field(None, max_length=12)
    kind: Literal["estate", "organisation", "jurisdiction"] | None = None
    id: str | None = Field(None, max_length=36)

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.named()) != 1:
            raise ValueError("请填写一个办理对象：小区、单位或者区划")
        return self

    def named(self) -> list[tuple[str, str]]:
        """Kind and id of everything that was named."""
        direct = [("estate", self.estate), ("organisation", self.organisation)]
        found = [(kind, str(value)) for kind, value in direct if value is not None]
        found += [("jurisdiction", self.jurisdiction)] if self.jurisdiction is not None else []
        return [*found, (self.kind, self.id)] if self.kind is not None and self.id is not None else found


class CaseIn(Sent):
    """A case to open, and the act it begins with."""

    procedure: str = Field(max_length=50)
    variant: str = Field("", max_length=50)
    subject: SubjectIn
    facts: dict[str, Any] | None = None
    papers: list[PaperIn] = Field(default=[], max_length=100)


class ActIn(Sent):
    """An act: what is said, with which papers, on which picture of the case (`expects`: its version)."""

    facts: dict[str, Any] | None = None
    papers: list[PaperIn] = Field(default=[], max_length=100)
    expects: int | None = Field(None, ge=0)
    step: str = Field("", max_length=50)


class SubjectOut(Schema):
    """What a case is about."""

    kind: str
    id: str
    name: str


class CaseSummary(Schema):
    """A case in a list."""

    id: UUID
    number: str
    procedure: str
    title: str
    variant: str
    variant_title: str
    subject: SubjectOut
    codes: dict[str, str]
    state: State
    outcome: str
    ended_why: str
    opened_at: datetime
    ended_at: datetime | None
    root: UUID


class Parent(Schema):
    """The case and step that opened this one."""

    id: UUID
    number: str
    step: str


class ChildCase(Schema):
    """A case that a step of this one opened."""

    id: UUID
    number: str
    procedure: str
    title: str
    step: str
    state: State
    outcome: str


class Party(RoleTold):
    """Who a role is in this case."""

    organisation: Named | None
    person: str


class ActOffered(Schema):
    """An act that a task allows now."""

    act: str
    title: str
    finishes: bool


class PassedOn(Schema):
    """A task passed from one body to another."""

    before: Named | None
    after: Named | None
    why: str
    at: datetime


class TaskOut(Schema):
    """One thing to be done by one holder; `acts` are those open now, `mine` says that the reader holds it.

    `why_not`: why a colleague of the reader has to do it; `not_before`: from when on it can be done.
    `instead`: done only where others do not do theirs. `stands_still`: the case is suspended, and this with it.
    """

    id: UUID
    step: str
    round: int
    name: str
    title: str
    state: Literal["open", "done", "void"]
    role: RoleTold
    organisation: Named | None
    person: str
    acting_for: str
    vacant: bool
    note: str
    holds: bool
    posts: list[str]
    not_by: list[str]
    acts: list[ActOffered]
    mine: bool
    why_not: str
    not_before: datetime | None
    instead: bool
    stands_still: bool
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    void_at: datetime | None
    void_why: str
    passed_on: list[PassedOn]


class RoundOut(Schema):
    """One going through a step."""

    id: UUID
    number: int
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    void_at: datetime | None
    void_why: str
    marks: dict[str, datetime]
    tasks: list[TaskOut]


class StepOut(Schema):
    """A step of the case and every round of it."""

    code: str
    title: str
    kind: str
    by: RoleTold
    state: Literal["waiting", "open", "done", "skipped"]
    outcome: str
    decided_at: datetime | None
    skipped_why: str
    rounds: list[RoundOut]
    #: What is open of it is the body's own, which the reader does not see.
    is_inside: bool


class ClockMove(Schema):
    """A due date that moved, and why."""

    before: datetime | None
    after: datetime | None
    why: str
    at: datetime


class ClockOut(Schema):
    """A period as it runs. `exact` false: provisional, a year's calendar is not announced.

    `left`: what was left of it when the case was halted, in the unit it counts; empty while it runs.
    """

    id: UUID
    step: str
    key: str
    title: str
    state: Literal["running", "overdue", "passed", "full", "suspended", "unset", "met", "stopped"]
    anchor: str
    anchor_at: datetime
    minimum: bool
    binds: bool
    extra: list[Any]
    due_at: datetime | None
    due_on: date | None
    advised_on: date | None
    exact: bool
    working: list[str]
    warnings: list[str]
    citations: list[Citation]
    calendar: str
    left: str
    met_at: datetime | None
    stopped_at: datetime | None
    stopped_why: str
    moves: list[ClockMove]


class ConflictOut(Schema):
    """Two clocks on one step; `binds` is the earlier."""

    step: str
    clocks: list[UUID]
    binds: UUID
    sentence: str


class SuspensionOut(Schema):
    """A stretch in which the clocks stood still."""

    from_at: datetime
    to_at: datetime | None
    reason: str
    citation: str


class StandingOut(Schema):
    """An act the case offers beside its steps. `posts`: of the body these alone, while somebody there holds one."""

    act: str
    title: str
    step: str
    by: list[RoleTold]
    posts: list[str]


class ItemPictureOut(Schema):
    """A photograph of an item: its number in the list, and the copy that is shown, read at `GET /papers/{id}`."""

    number: str
    copy_: UUID = Field(alias="copy")


class ItemOut(Schema):
    """One line of a list that is handed over."""

    id: UUID
    step: str
    round: int
    void: bool
    code: str
    label: str
    state: str
    quantity: int | None
    condition: str
    reason: str
    make_up_on: date | None
    said_at: datetime | None
    made_up_at: datetime | None
    pictures: list[ItemPictureOut]


class ActTold(Schema):
    """What was said when, by whom in which `post`; `facts` is null for readers who do not see it; `labels` names its
    fields; `corrects` is the act a correction stands in the place of.
    """

    id: UUID
    at: datetime
    act: str
    title: str
    step: str
    round: int | None
    task: str
    organisation: Named | None
    person: str
    post: str
    facts: dict[str, Any] | None
    labels: dict[str, str]
    corrects: UUID | None
    papers: list[UUID]


class MessageOut(Schema):
    """Who has been told what."""

    to: str
    title: str
    body: str
    created_at: datetime
    sent_at: datetime | None
    error: str


class CaseOut(CaseSummary):
    """A case: every step, round and task; clocks, notices, papers, history. `version` is what `expects` names."""

    version: int
    masked: bool
    law_on: date
    parent: Parent | None
    children: list[ChildCase]
    parties: list[Party]
    steps: list[StepOut]
    tasks: list[TaskOut]
    clocks: list[ClockOut]
    conflicts: list[ConflictOut]
    suspensions: list[SuspensionOut]
    standing: list[StandingOut]
    items: list[ItemOut]
    papers: list[PaperOut]
    issued: list[IssuedOut]
    documents: list[DocumentOut]
    history: list[ActTold]
    notices: list[CaseNotice]
    messages: list[MessageOut]


class CaseOfTask(Schema):
    """The case a task belongs to."""

    id: UUID
    number: str
    title: str
    subject: SubjectOut


class WaitingTask(Schema):
    """What waits for me."""

    id: UUID
    case: CaseOfTask
    step: str
    name: str
    title: str
    organisation: Named | None
    person: str
    acting_for: str
    vacant: bool
    note: str
    opened_at: datetime
    due_at: datetime | None
    is_overdue: bool
