"""What recorded conduct could be a ground of: counts in every reading, and the rows they rest on."""

from datetime import date
from uuid import UUID

from ninja import Schema

from .basics import Citation, Named


class ConductOut(Schema):
    """An authority's paper about a provider or one of its people; a person is not named."""

    id: UUID
    kind: str
    said: str
    authority: str
    document_number: str
    organisation: str
    of_person: bool
    estate: str
    decided_on: date
    served_on: date | None
    acted_on: date | None
    final_on: date | None
    until_on: date | None
    revoked_on: date | None


class ReadingOut(Schema):
    """One way to count penalties, with the stretch and the rows of its greatest count."""

    window: str
    finality: str
    scope: str
    counted_on: str
    count: int
    is_met: bool
    from_on: date | None
    to_on: date | None
    rows: list[UUID]


class ProposalOut(Schema):
    """A ground that follows from facts. `state`: met, open (readings differ) or not_met; it decides nothing."""

    ground: str
    title: str
    article: str
    state: str
    sentence: str
    rows: list[UUID]
    readings: list[ReadingOut]
    unset: list[str]
    citations: list[Citation]


class ExitProposals(Schema):
    """Everything proposed at an estate on a day."""

    estate: Named
    on: date
    provider: Named | None
    sentence: str
    proposals: list[ProposalOut]
    conduct: list[ConductOut]
