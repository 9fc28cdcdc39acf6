"""Notices: as the public sees them, and with what those of their case see of objections."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from .basics import Citation, Named
from .papers import PaperOut


class InterruptionOut(Schema):
    """A notice was missing or torn."""

    found_at: datetime
    what: str
    again_at: datetime | None


class PublicPictureOut(Schema):
    """A photograph let out to the public, with cells painted over."""

    id: UUID
    mark: UUID
    caption: str
    shown_at: datetime
    address: str


class NoticeOut(Schema):
    """A public notice."""

    id: UUID
    number: str
    title: str
    body: str
    places: list[str]
    basis: list[Citation]
    posted_at: datetime
    counted_from: datetime
    # none while it is torn and does not hang again
    until_on: date | None
    until_at: datetime | None
    working: list[str]
    exact: bool
    digest: str
    state: Literal["hanging", "interrupted", "full", "ended"]
    state_title: str
    issuer: str
    estate: Named | None
    ended_at: datetime | None
    ended_why: str
    is_void: bool
    removed_at: datetime | None
    replaced_by: UUID | None
    interruptions: list[InterruptionOut]
    pictures: list[PublicPictureOut]


class ObjectionOut(Schema):
    """An objection and its written reply."""

    id: UUID
    turn: int
    from_: str = Field(alias="from")
    content: str
    raised_at: datetime
    entered_at: datetime
    on_paper: bool
    finding: str
    adopted: bool | None
    next_remedy: str
    replied_at: datetime | None
    summary: str
    summary_corrected_at: datetime | None
    served_at: datetime | None
    served_how: str


class CaseNotice(NoticeOut):
    """A notice as the case shows it."""

    step: str
    round: int
    objections: list[ObjectionOut]
    photographs: list[PaperOut]
