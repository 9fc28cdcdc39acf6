"""What the QR of something printed opens: its page of verification, with the digest of what is printed."""

import re
import unicodedata
from datetime import date
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from django.urls import reverse

from gongzhi.values.ids import short_code

#: How much of the digest a QR carries: 96 bits, in hex.
PRINTED = 24


def verify_path(identifier: UUID, digest: str, until: date | None = None) -> str:
    """The page of what has that id and, when it was printed, had that digest and hung `until` that day."""
    ends = f"&u={until}" if until is not None else ""
    return f"{reverse('verify', args=[short_code(identifier)])}?d={digest[:PRINTED]}{ends}"


_PASTED = re.compile(r"/v/(?P<code>[^/?#\s]+)/?(?:\?(?P<query>[^#\s]*))?")


def read_pasted(text: str) -> tuple[str, str] | None:
    """Code, and the query of its page, of an address out of a QR that somebody pasted, whatever its host.

    None where it is no such address. The query has the mark and the day the QR carries, and nothing else.
    """
    found = _PASTED.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    carried = parse_qs(found["query"] or "")
    return found["code"], urlencode({name: carried[name][0] for name in ("d", "u") if name in carried})
