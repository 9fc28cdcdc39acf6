"""What the QR of something printed opens: its page of verification, with the digest of what is printed."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
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


_PASTED = re.compile(r"(?P<before>\S*?)/v/(?P<code>[^/?#\s]+)/?(?:\?(?P<query>[^#\s]*))?")


@dataclass(frozen=True, slots=True)
class Pasted:
    """An address out of a QR: the code in it, the query of its page, and the host it leads to, "" where it has none.

    The query has the mark and the day the QR carries, and nothing else.
    """

    code: str
    query: str
    host: str


def read_pasted(text: str) -> Pasted | None:
    """The address of a page of verification that somebody pasted; None where it is no such address."""
    found = _PASTED.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return None
    carried = parse_qs(found["query"] or "")
    query = urlencode({name: carried[name][0] for name in ("d", "u") if name in carried})
    return Pasted(found["code"], query, _host_in(found["before"]))


#: The name of a site as browsers send it, or its IPv4 address: no words, no number to call.
_NAMED = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]|(?:\d{1,3}\.){3}\d{1,3}"
)


def host_named(text: str) -> str:
    """The host in small letters without its port; "" for what no site is called."""
    name = re.sub(r":\d{1,5}$", "", text).rstrip(".").lower()
    return name if name == "localhost" or _NAMED.fullmatch(name) else ""


def _host_in(before: str) -> str:
    """The host a browser goes to, by what stands before the path: no scheme, no user, no port, in small letters.

    A Chinese one is told as it is coded where it can be.
    """
    _, scheme, after = before.partition("://")
    rest = after.lstrip("/\\") if scheme else before.lstrip("/\\")
    name = re.split(r"[/\\?#]", rest)[0].rpartition("@")[2]
    if not scheme:  # words may stand before it
        name = (re.findall(r"[!-~]+", name) or [""])[-1].lstrip(":,;(")
    host = re.sub(r":\d*$", "", name).strip("[].").lower()
    with suppress(UnicodeError):
        return host if host.isascii() else host.encode("idna").decode()
    return host
