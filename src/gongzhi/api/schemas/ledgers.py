"""Ledgers: what is asked of them, and their rows."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from .asked import AskedPage
from .basics import Page

Stage = Literal[
    "",
    "running",
    "begun",
    "told",
    "settling",
    "handing_over",
    "handed_over",
    "taken_over",
    "left",
    "ended",
    "stopped",
]


class AskedExits(AskedPage):
    """Which exits: of a place, running in a period (days included), on a ground, at a stage, late or not; as what."""

    model_config = ConfigDict(populate_by_name=True)

    jurisdiction: str = Field("", max_length=12)
    from_on: date | None = Field(None, alias="from")
    to_on: date | None = Field(None, alias="to")
    ground: str = Field("", max_length=50)
    stage: Stage = ""
    category: Literal["", "normal", "forced"] = ""
    overdue: bool = False
    format: Literal["json", "xlsx"] = "json"


class PostedOut(Schema):
    """A notice of an exit."""

    title: str
    from_at: datetime
    until_on: date | None
    ended_at: datetime | None


class SettledOut(Schema):
    """The settlement of an exit; sums in cents."""

    from_at: datetime
    to_at: datetime | None
    total_cents: int | None
    irregular_cents: int


class ExitRowOut(Schema):
    """One exit in the county's ledger; `unmanaged_minutes` is derived from who managed the estate, to the minute."""

    case: UUID
    number: str
    estate: UUID | None
    estate_name: str
    area: Decimal
    unknown_areas: int
    households: int
    provider: str
    credit_code: str
    leader: str
    category: str
    category_title: str
    ground: str
    ground_title: str
    stage: str
    stage_title: str
    opened_at: datetime
    ended_at: datetime | None
    outcome: str
    ended_why: str
    told_at: datetime | None
    planned_on: date | None
    votes: list[str]
    filed: dict[str, datetime]
    notices: list[PostedOut]
    settlement: SettledOut | None
    handed_over_at: datetime | None
    taken_over_at: datetime | None
    left_at: datetime | None
    unmanaged_minutes: int
    successor: str
    open_issues: list[str]
    violations: list[str]
    measures: list[str]


class ExitLedger(Page[ExitRowOut]):
    """A page of the ledger; `warnings` say what the place has still to set."""

    warnings: list[str]
