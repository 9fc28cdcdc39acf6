"""UUIDv7 identifiers (RFC 9562): made in Python, sortable by the instant they were made."""

import os
import uuid
from datetime import datetime

from . import now as _clock


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """A new identifier that begins with the milliseconds of `at` and the microseconds after them.

    So the rows of one act sort as they were made (section 6.2, method 3 of the RFC). Without `at` it is the clock that
    nobody moves: rows of a rehearsal that went back in time still sort so.
    """
    instant = _clock.microseconds() if at is None else round(at.timestamp() * 1_000_000)
    milliseconds, microseconds = divmod(instant, 1000)
    first = milliseconds << 16 | 0x7000 | microseconds * 4096 // 1000
    last = int.from_bytes(os.urandom(8), "big") & ~(0xC000 << 48) | 0x8000 << 48
    return uuid.UUID(int=first << 64 | last)


def new_id() -> uuid.UUID:
    """The default of every primary key."""
    return uuid7()
