"""Papers of a case: what was brought, what was issued, what can be printed."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from .basics import PhotographOut


class PictureOut(PhotographOut):
    """A photograph of a case. `copy` has times, place, matter and case number burned in; `original` for authorities.

    Both are read at `GET /papers/{id}`; `mark` is what `notices.show_picture` takes. `number`: in the list of which it
    shows an item. `came_at`: when the same one, byte for byte, had come with an earlier act.
    """

    copy_: UUID = Field(alias="copy")
    mark: UUID
    number: str
    original: UUID | None
    taken_by: str
    place: str
    spot: str
    subject: str
    site: str
    came_at: datetime | None
    times: str
    alt: str


class PaperOut(Schema):
    """A paper that was sent with an act."""

    file: UUID
    photograph: PictureOut | None
    round: UUID | None
    kind: str
    title: str
    name: str
    media_type: str
    size: int
    digest: str
    act: UUID
    at: datetime


class IssuedOut(Schema):
    """An authority's numbered paper; `file` is read at `GET /papers/{file}`, `verify` is its page of verification."""

    id: UUID
    number: str
    title: str
    file: UUID
    round: int
    signed_at: datetime
    replaced_at: datetime | None
    voided_at: datetime | None
    void_reason: str
    verify: str


class DocumentOut(Schema):
    """A paper that can be made of the case now; `is_preview`: what it says is not yet said or signed; `is_past`: it is
    kept of a round that `past_why` voided. `step_title` is "" of a paper of the case as a whole.
    """

    code: str
    title: str
    step: str
    step_title: str
    is_preview: bool
    said_at: datetime | None
    is_past: bool
    past_why: str
    pdf: str
    docx: str
