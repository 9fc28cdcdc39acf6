"""The short code of a notice in its QR: its id in 26 signs that nobody confuses, and the digest of its wording."""

import re
import unicodedata
from uuid import UUID

from django.urls import reverse

from .models import Notice

#: Crockford's 32: no I, L, O, U.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
#: How much of the digest a QR carries: 96 bits, in hex.
PRINTED = 24
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_NUMBER = re.compile(r"(?P<year>\d{4})\D+(?P<code>\d{4,12})\D+(?P<serial>\d{1,9})")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}")


def short_code(notice_id: UUID) -> str:
    """The id in 26 signs."""
    left, signs = notice_id.int, ""
    for _ in range(LENGTH):
        left, place = divmod(left, len(SIGNS))
        signs = SIGNS[place] + signs
    return signs


def _plain(text: str) -> str:
    """Full-width signs, as a Chinese keyboard types them, in their plain form."""
    return unicodedata.normalize("NFKC", text)


def read_code(text: str) -> UUID | None:
    """The id behind a short code, or an id as it stands; None for anything else."""
    bare = re.sub(r"[\s-]", "", _plain(text)).upper()
    if _UUID.fullmatch(bare):
        return UUID(bare)
    bare = bare.translate(_READ_AS)
    if len(bare) != LENGTH or not set(bare) <= set(SIGNS):
        return None
    value = 0
    for sign in bare:
        value = value * len(SIGNS) + SIGNS.index(sign)
    return UUID(int=value) if value < 1 << 128 else None


def read_number(text: str) -> str:
    """公示〔2026〕220602-1, however its brackets and dashes were typed; "" where it is none."""
    found = _NUMBER.search(_plain(text))
    return f"公示〔{found['year']}〕{found['code']}-{int(found['serial'])}" if found else ""


def verify_path(notice: Notice) -> str:
    """What the QR of a notice opens: its page of verification, with the digest of what is printed."""
    return f"{reverse('verify', args=[short_code(notice.pk)])}?d={notice.digest[:PRINTED]}"
