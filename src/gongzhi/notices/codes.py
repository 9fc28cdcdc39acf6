"""The number of a notice as people type it, and numbers that look like one and are a case's, a receipt's, a reply's."""

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


_OF_A_CASE = re.compile(
    r"(?P<word>\D{0,30}?)\W*\d{4}\W+\d{4,12}\W+\d{1,9}(?P<tail>\W+\d{1,4}|\W*备案\W*\d{0,4})?\W*号?\W*"
)
_OWN = ("", "公示", "公示编号", "公示编号公示")


def is_of_a_case(text: str) -> bool:
    """Whether a number has the form of a case's, of a receipt's or of a reply's; nothing is looked up."""
    found = _OF_A_CASE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found is not None and bool(found["tail"] or re.sub(r"\W", "", found["word"]) not in _OWN)
