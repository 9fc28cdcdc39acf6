"""The number of a notice as people type it."""

import re
import unicodedata

_NUMBER = re.compile(r"(?P<year>\d{4})\D+(?P<code>\d{4,12})\D+(?P<serial>\d{1,9})")


def read_number(text: str) -> str:
    """公示〔2026〕220602-1, however its brackets and dashes were typed; "" where it is none."""
    found = _NUMBER.search(unicodedata.normalize("NFKC", text))
    return f"公示〔{found['year']}〕{found['code']}-{int(found['serial'])}" if found else ""
