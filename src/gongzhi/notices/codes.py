"""The number of a notice as people type it."""

import re
import unicodedata

_NUMBER = re.compile(
    r"(?:公示编号)?\W*(?:公示)?\W*(?P<year>\d{4})\W+(?P<code>\d{4,12})\W+(?P<serial>\d{1,9})\W*号?\W*"
)
_YEARLESS = re.compile(r"(?:公示编号)?\W*(?:公示)?\W*(?P<code>\d{4,12})\W+(?P<serial>\d{1,9})\W*号?\W*")


def read_number(text: str) -> str:
    """公示〔2026〕220602-1, however its brackets and dashes were typed; "" where it is none."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"公示〔{found['year']}〕{found['code']}-{int(found['serial'])}" if found else ""


def read_ending(text: str) -> str:
    """What a number typed without its year ends in: 220602-39 → 〕220602-39; "" where it is none."""
    found = _YEARLESS.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return f"〕{found['code']}-{int(found['serial'])}" if found else ""
