"""What the QR of something printed opens: its page of verification, with the digest of what is printed."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from gongzhi.values.ids import short_code

#: How much of the digest a QR carries: 96 bits, in hex.
PRINTED = 24


def verify_path(identifier: UUID, digest: str, until: date | None = None) -> str:
    """The page of what has that id and, when it was printed, had that digest and hung `until` that day."""
    ends = f"&u={until}" if until is not None else ""
    return f"{reverse('verify', args=[short_code(identifier)])}?d={digest[:PRINTED]}{ends}"
