"""UUIDv7 identifiers (RFC 9562): made in Python, sortable by the instant they were made; and their short form."""

import os
import re
import unicodedata
import uuid
from datetime import datetime
from typing import Any

from . import now as _clock

#: Crockford's 32: no I, L, O, U.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_bare, _UNKNOWN = uuid.UUID.__new__, uuid.SafeUUID.unknown
_fields: Any = vars(uuid.UUID)
_set_number, _set_safety = _fields["int"].__set__, _fields["is_safe"].__set__
_UUID = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


def uuid7(at: datetime | None = None) -> uuid.UUID:
    """A new identifier that begins with the milliseconds of `at` and the microseconds after them.

    So the rows of one act sort as they were made (section 6.2, method 3 of the RFC). Without `at` it is the clock that
    nobody moves: rows of a rehearsal that went back in time still sort so.
    """
    instant = _clock.microseconds() if at is None else round(at.timestamp() * 1_000_000)
    milliseconds, microseconds = divmod(instant, 1000)
    first = milliseconds << 16 | 0x7000 | microseconds * 4096 // 1000
    last = int.from_bytes(os.urandom(8), "big") & ~(0xC000 << 48) | 0x8000 << 48
    return of_number(first << 64 | last)


def of_number(number: int) -> uuid.UUID:
    """The identifier that is a number below 2¹²⁸, which is not looked at. An act reads and makes fifty of them, and
    the class's own call weighs the five ways in which it can be told one."""
    made = _bare(uuid.UUID)
    _set_number(made, number)
    _set_safety(made, _UNKNOWN)
    return made


def new_id() -> uuid.UUID:
    """The default of every primary key."""
    return uuid7()


def short_code(identifier: uuid.UUID) -> str:
    """The identifier in 26 signs that nobody confuses, for paper."""
    left, signs = identifier.int, ""
    for _ in range(LENGTH):
        left, place = divmod(left, len(SIGNS))
        signs = SIGNS[place] + signs
    return signs


def read_code(text: str) -> uuid.UUID | None:
    """The identifier behind a short code, however it was typed, or one as it stands; None for anything else."""
    bare = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).upper()
    if _UUID.fullmatch(bare):
        return uuid.UUID(bare)
    bare = bare.translate(_READ_AS)
    if len(bare) != LENGTH or not set(bare) <= set(SIGNS):
        return None
    value = 0
    for sign in bare:
        value = value * len(SIGNS) + SIGNS.index(sign)
    return uuid.UUID(int=value) if value < 1 << 128 else None
