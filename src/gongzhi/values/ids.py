"""UUIDv7 identifiers (RFC 9562): made in Python, sortable by the instant they were made."""

import os
import uuid
from datetime import datetime

from . import now as _clock


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """A new identifier whose first 48 bits are the milliseconds of `at` (default: now)."""
    instant = at or _clock.now()
    value = int(instant.timestamp() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    value &= ~(0xF000 << 64) & ~(0xC000 << 48)
    return uuid.UUID(int=value | 0x7000 << 64 | 0x8000 << 48)


def new_id() -> uuid.UUID:
    """The default of every primary key."""
    return uuid7()
