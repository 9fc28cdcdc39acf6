"""The law, the public log, the clock."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from .basics import Citation, Sent
from .notices import NoticeOut


class ValueOut(Schema):
    """What the law says of a key at a place on a date."""

    key: str
    title: str
    kind: str
    value: Any
    unit: str | None
    comparator: str | None
    citations: list[Citation]
    inherited_from: str | None
    status: str
    evidence: str
    mode: str | None
    source: str
    from_: str = Field(alias="from")
    direction: str
    is_defined: bool
    is_set: bool
    local_allowed: bool
    note: str
    provisions: list[str]
    others: list[str]
    warnings: list[str]
    flags: list[str]


class DueIn(Sent):
    """A period to count: the key, the place, the event (local unless it carries a zone), the day of the law."""

    key: str = Field(max_length=100)
    at: str = Field(max_length=15)
    from_: str = Field(alias="from", max_length=40)
    on: date | None = None


class DueOut(Schema):
    """A due date with its working: `due_on` for days and longer, `due_at` for hours."""

    due_on: date | None = None
    due_at: datetime | None = None
    advised_on: date | None = None
    exact: bool
    working: list[str]
    citations: list[Citation]
    warnings: list[str]
    status: str
    inherited_from: str | None


class LogHead(Schema):
    """The public log as it stands: number of leaves, root hash (hex)."""

    size: int
    root: str


class Inclusion(Schema):
    """That a leaf stands in the log: hash up from `data` along `path` (RFC 9162) to `root`."""

    leaf: int
    kind: str
    data: str
    at: datetime
    size: int
    root: str
    path: list[str]


class Consistency(Schema):
    """That the log of `old` leaves is the beginning of the log of `new`."""

    old: LogHead
    new: LogHead
    path: list[str]


class NoticeProof(Schema):
    """Where the log holds a notice's digest."""

    leaf: int
    data: str
    size: int
    root: str
    path: list[str]


class ReplacedNotice(Schema):
    """A notice that another wording took the place of."""

    id: UUID
    number: str


class PublicNotice(NoticeOut):
    """A notice with its proof (null in its first minute), and the one it replaced."""

    proof: NoticeProof | None
    replaces: ReplacedNotice | None


class ClockIn(Sent):
    """Where to move the rehearsal's clock."""

    at: AwareDatetime


class RehearsalClock(Schema):
    """The rehearsal's clock. `failed`: how many of the minute's jobs failed after moving it."""

    at: datetime
    is_moved: bool
    failed: int = 0
