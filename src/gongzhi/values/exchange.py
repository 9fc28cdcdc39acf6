"""What rooms tell one another: events, and what procedures take from and give to each other."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

# Events, raised in the transaction; their handlers stand in config/wiring.py only.


@dataclass(frozen=True, slots=True)
class ManagerChanged:
    """An estate has another manager of the day; `organisation_id` is None where nobody or the owners manage it."""

    estate_id: UUID
    from_at: datetime
    mode: str
    organisation_id: UUID | None


@dataclass(frozen=True, slots=True)
class EstateUnserved:
    """An estate is without a manager from this instant."""

    estate_id: UUID
    from_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class OrganChanged:
    """A committee, an appointment or a boundary changed: open tasks held by an organ of the estate may pass on."""

    estate_id: UUID


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """A task waits for somebody. `posts`: of the body's people those alone who may do it; none: all of them."""

    case_id: UUID
    task_id: UUID
    organisation_id: UUID | None
    title: str
    person_id: UUID | None = None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TasksOpened:
    """The tasks of one case that an act opened, or passed on, and that are still open. `where`: the estate's name."""

    case_id: UUID
    number: str
    where: str
    tasks: tuple[TaskOpened, ...]


@dataclass(frozen=True, slots=True)
class ClocksRang:
    """Rungs of a case's clocks that fired together: one message a holder and case."""

    case_id: UUID
    rungs: tuple["RungFired", ...]


@dataclass(frozen=True, slots=True)
class RungFired:
    """One rung: which clock, which rung, and whom it tells. `due_at`: of the clock, whenever the rung itself was due.

    `says` where the rung's name alone does not. `task_id` where a paper names the task's day and no clock stands behind
    it.
    """

    clock_id: UUID | None
    name: str
    title: str
    due_at: datetime
    organisation_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...] = ()
    says: str = ""
    task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """A case has ended; where somebody stopped it, whom its letters had reached learns of it beside its parties."""

    case_id: UUID
    procedure: str
    outcome: str
    organisation_ids: tuple[UUID, ...] = ()
    person_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTold:
    """Something in a case that others have to know, though it asks nothing of them. `key` tells it from any other."""

    case_id: UUID
    key: str
    title: str
    body: str
    organisation_ids: tuple[UUID, ...]
    person_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticePosted:
    """A notice hangs."""

    notice_id: UUID
    case_id: UUID
    estate_id: UUID | None


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    """Somebody objects to a notice."""

    objection_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """An objection has its written reply."""

    objection_id: UUID
    case_id: UUID


# What procedures take and give.


#: What owners are asked in an exit: to dismiss (and perhaps hire in the same vote), or to hire alone.
DISMISS, HIRE = "dismiss_provider", "hire_or_dismiss_provider"


@dataclass(frozen=True, slots=True)
class VoteAsked:
    """What a joint decision is asked: the matter of 《民法典》第278条 and what it is about.

    `dismisses`: whoever is to follow, a yes dismisses who manages now. `answer_on`: the day by which an authority's
    letter asks to be told; None where none does.
    """

    matter: str
    title: str
    dismisses: bool = False
    answer_on: date | None = None


@dataclass(frozen=True, slots=True)
class VoteTold:
    """What a joint decision gives: whether it passed, and what was chosen."""

    passed: bool
    mode: str = ""
    organisation_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SettlementTold:
    """What a settlement gives: irregular money in cents, and whether its scope was limited."""

    irregular_cents: int
    scope_limited: bool
    confirmed_served_at: datetime | None = None
    #: Until which day the figures of its report reach; None where it has none.
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverTold:
    """What a handover gives: how many items are missing, whether somebody refused to sign."""

    missing: int
    refused_by: tuple[str, ...] = field(default=())
