"""Canonical JSON and its digest: the same bytes for the same meaning, on every engine."""

import hashlib
import hmac
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings


def instant_text(at: datetime) -> str:
    """An instant as it is hashed: UTC, microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, (date, UUID, Decimal, Fraction)):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _demand_no_float(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("no canonical form for float: nothing that is recorded is one")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    for part in value:
        if part is not None and type(part) is not str:  # most of what is recorded: spare the call
            _demand_no_float(part)


def canonical(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8. Floats are refused: nothing that is recorded is a float."""
    return _text(value).encode()


_WRITE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain).encode


def _text(value: Any) -> str:
    _demand_no_float(value)
    return _WRITE(value)


def plain_json(value: Any) -> Any:
    """The value as plain JSON types, ready for a JSON column."""
    return json.loads(_text(value))


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def keyed_digest(value: Any) -> str:
    """HMAC-SHA-256 of the canonical form under a key outside the database, in hex.

    What is personal is short (a number, a name): a plain digest could be guessed back by trying.
    """
    return hmac.digest(_record_key(settings.PERSONAL_DATA_KEY), canonical(value), "sha256").hex()


@lru_cache(maxsize=1)
def _record_key(personal: str) -> bytes:
    return hashlib.sha256(b"gongzhi record" + bytes.fromhex(personal)).digest()
