"""Registers of exits beside the ledger: claims, holdouts, watches, changes of managers, conduct, reports."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from .asked import AskedPage
from .basics import Named
from .exits import ConductOut

Kind = Literal["", "item", "book", "money", "prepaid"]


class AskedClaims(AskedPage):
    """Which claims."""

    state: Literal["open", "overdue", "closed"] = "open"
    kind: Kind = ""
    place: str = Field("", max_length=12)
    debtor: UUID | None = None


class AskedHoldouts(AskedPage):
    """Which refusals to leave."""

    state: Literal["open", "closed"] = "open"


class AskedWatches(AskedPage):
    """Which watches; `kind` is a procedure's code."""

    kind: str = Field("", max_length=50)
    place: str = Field("", max_length=12)
    overdue: bool = False


class AskedChanges(AskedPage):
    """Which changes of managers; `period` is a year or a quarter, `2026Q1`."""

    period: str = Field("", max_length=10)
    place: str = Field("", max_length=12)
    gaps: bool = False


class AskedConduct(AskedPage):
    """Which recorded conduct."""

    state: Literal["standing", "over", "revoked"] = "standing"
    kind: Literal["", "penalty", "grade", "blacklist"] = ""
    provider: UUID | None = None
    estate: UUID | None = None


class AskedReports(AskedPage):
    """Whose reports."""

    place: str = Field("", max_length=12)


class ClaimOut(Schema):
    """What a provider owes, by when, who pursues it, how far. `amount_cents` is null for a thing."""

    id: UUID
    kind: str
    kind_title: str
    what: str
    amount_cents: int | None
    case: UUID
    number: str
    estate: str
    debtor: Named
    pursuer_role: str
    pursuer: str
    stage: str
    stage_title: str
    sued_under: str
    is_lead: bool
    due_on: date | None
    is_overdue: bool
    opened_at: datetime
    closed_at: datetime | None


class HoldoutOut(Schema):
    """A provider that does not leave, for how many days, how far the owners have come."""

    id: UUID
    case: UUID
    number: str
    estate: str
    provider: str
    found_on: date
    days: int
    stage: str
    stage_title: str
    sued_under: str
    closed_at: datetime | None


class RungOut(Schema):
    """A warning ahead of a date: how long before, on which day, when it was given."""

    before: str
    on: date
    done_at: datetime | None


class HolderOut(Schema):
    """Who holds a task."""

    name: str
    kind: str


class NextOut(Schema):
    """What is to be done next, by whom."""

    title: str
    holder: HolderOut | None
    acting_for: str


class WatchOut(Schema):
    """A date that is looked ahead to."""

    case: UUID
    number: str
    kind: str
    kind_title: str
    estate: Named | None
    on: date
    is_over: bool
    rungs: list[RungOut]
    next: list[NextOut]


class ManagerChangeOut(Schema):
    """One stretch in which an estate was managed so; `to_at` is exclusive, null while nobody follows."""

    mode: str
    mode_title: str
    organisation: Named | None
    from_at: datetime
    to_at: datetime | None
    paper: str
    reason: str


class HistoryOut(Schema):
    """An estate that came to another manager, with everybody before, newest first."""

    estate: Named
    changed_at: datetime
    unmanaged_minutes: int
    managers: list[ManagerChangeOut]


class ConductRowOut(ConductOut):
    """A row of recorded conduct with its state today."""

    kind_title: str
    organisation_id: UUID | None
    estate_id: UUID | None
    state: str
    state_title: str
    is_final: bool
    revoked_why: str
    has_paper: bool
    recorded_at: datetime


class WaitsOut(Schema):
    """What a report waits for."""

    title: str
    holder: str
    due_at: datetime | None


class ReportOut(Schema):
    """A county's report of its exits to the city; `figures` are null until they are closed."""

    case: UUID
    number: str
    county: str
    code: str
    period: str
    span: tuple[date, date] | None
    state: str
    waits_for: list[WaitsOut]
    figures: dict[str, Any] | None


class FigureOut(Schema):
    """One closed figure beside that of the days before; `rows` is how many stand behind it."""

    name: str
    title: str
    says: str
    value: int | str
    words: str
    before: str
    difference: str
    rows: int


class ClosedOut(Schema):
    """Figures as they were closed, with the rows behind each (`figures.behind`)."""

    id: UUID
    made_at: datetime
    digest: str
    previous: str
    counts: bool
    is_whole: bool
    told: list[FigureOut]
    figures: dict[str, Any]


class ReportFigures(ReportOut):
    """One report with everything that was compiled for it, the newest first."""

    closed: list[ClosedOut]
