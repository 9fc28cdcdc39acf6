"""Shapes that many answers share."""

from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

T = TypeVar("T")


class Sent(Schema):
    """What comes in: a field that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class Citation(Schema):
    """One article of one instrument."""

    instrument: str
    article: str


class Problem(Schema):
    """RFC 9457. `type` is invalid, unauthenticated, not-allowed, not-found, not-possible, conflict or rule-broken."""

    type: str
    title: str
    status: int
    detail: str
    citations: list[Citation]
    fields: dict[str, str]


class Named(Schema):
    """An organisation or an estate."""

    id: UUID
    name: str


class RoleTold(Schema):
    """A role by code and Chinese name."""

    role: str
    title: str


class Page(Schema, Generic[T]):
    """Rows, and the id to go on after (null at the end)."""

    items: list[T]
    next: UUID | None


class Done(Schema):
    """An act that was carried out. `version` is that of the history it stands in; `replayed`: it had been before.

    `warnings` stop nothing: what a rule has to say of it, and which of its signs papers cannot print.
    """

    act: UUID
    version: int
    replayed: bool
    result: dict[str, Any]
    warnings: list[str]


class CaseDone(Done):
    """An act in a case."""

    case: UUID


class CaseOpened(CaseDone):
    """A case that was opened."""

    id: UUID
    number: str


class PhotographOut(Schema):
    """A picture from the field: through which field it came, when it was taken (if it says so), when it came.

    `on_site` is told by a fixed rule (docs/decisions/0008-photographs.md); sizes are of the picture held upright.
    """

    way: Literal["camera", "album"]
    shot_at: datetime | None
    sent_at: datetime
    on_site: bool
    width: int
    height: int


class PaperIn(Sent):
    """One paper sent with an act: the file's id from `POST /papers`, and what it is."""

    file: UUID
    kind: str = Field(min_length=1, max_length=64)
    title: str = Field("", max_length=200)


#: Every operation may answer with these.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)
PUBLIC_PROBLEMS: dict[int, Any] = dict.fromkeys((400, 404, 409), Problem)
