"""Identity and credit codes and telephone numbers: read, doubted, masked.

A check returns warnings and blocks nothing: offices hold codes that were issued before or beside the standard, and a
code that passes does not prove that its holder exists. An empty list means that nothing is doubtful. What has not even
the form of a credit code is none (`credit_fault`), and whoever registers a body refuses it.
"""

import re
from datetime import date

from .text import half_width

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_COUNTRY = re.compile(r"^(?:\+|00)86", re.ASCII)
#: What stands between figures of a number that was spaced.
_GAP = r"[\s\-‐-―−·]{0,2}"
#: What reads as somebody's number within a text. A day (20261201) and the number of a notice do not.
_PERSONAL = re.compile(
    "|".join(
        (
            rf"(?<!\d)(?:86{_GAP})?1[3-9](?:{_GAP}\d){{9}}(?!\d)",
            rf"(?<!\d)0\d{{2,3}}{_GAP}[2-9]\d{{2,3}}{_GAP}\d{{4}}(?!\d)",
            r"(?<!\d)(?!20\d{6}(?!\d))[2-9]\d{6,7}(?!\d)",
            rf"(?<!\d)[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx]",
            rf"(?<!\d)[1-9](?:{_GAP}\d){{14}}(?!\d)",
        )
    ),
    re.ASCII,
)
_BETWEEN = re.compile(r"[\s\-‐-―−·]+")


def normalise(text: str) -> str:
    """A code or number as it is stored: half-width, capital letters, no blanks or hyphens."""
    return _BETWEEN.sub("", half_width(text)).upper()


def normalise_mobile(text: str) -> str:
    """A mobile number as it is stored, without the country's prefix."""
    return _COUNTRY.sub("", normalise(text))


def has_personal_number(text: str) -> bool:
    """Whether a text holds what reads as a telephone or identity number, however it is spaced."""
    return _PERSONAL.search(half_width(text)) is not None


# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────


def credit_fault(text: str) -> str:
    """Why it has not the form of a 统一社会信用代码, "" where it has: 18 signs of those GB 32100-2015 uses."""
    code = normalise(text)
    if len(code) != 18:
        return f"统一社会信用代码应为18位，现为{len(code)}位，请核对。"
    strange = sorted({sign for sign in code if sign not in _CREDIT_ALPHABET})
    return f"统一社会信用代码不使用“{'、'.join(strange)}”，请核对。" if strange else ""


def check_uscc(text: str) -> list[str]:
    """What is doubtful about a 统一社会信用代码. GB 32100-2015, with the organisation code of GB 11714 inside."""
    code = normalise(text)
    if fault := credit_fault(code):
        return [fault]
    warnings = []
    if not code[2:8].isdecimal():
        warnings.append("统一社会信用代码第3至8位应为数字（登记机关行政区划码），请核对。")
    if code[16] != organisation_check(code[8:16]):
        warnings.append("统一社会信用代码内的组织机构代码（第9至17位）校验位不符，请核对。")
    if code[17] != credit_check(code[:17]):
        warnings.append("统一社会信用代码校验位（第18位）不符，请核对。")
    return warnings


def credit_check(first: str) -> str:
    """The 18th character, for the first 17: weights 3^i mod 31."""
    total = sum(_CREDIT_ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return _CREDIT_ALPHABET[-total % 31]


def organisation_check(first: str) -> str:
    """The ninth character of an organisation code, for its first eight; letters count as 10 to 35."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(first, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def check_resident_id(text: str) -> list[str]:
    """What is doubtful about a 公民身份号码. GB 11643-1999, ISO 7064 MOD 11-2."""
    number = normalise(text)
    if re.fullmatch(r"\d{15}", number, re.ASCII):
        return ["这是15位旧身份号码，请核对并填写18位公民身份号码。"]
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return ["公民身份号码应为18位：前17位为数字，末位为数字或X，请核对。"]
    warnings = []
    if not _is_date(number[6:14]):
        warnings.append("公民身份号码第7至14位不是有效的出生日期，请核对。")
    if number[17] != resident_check(number[:17]):
        warnings.append("公民身份号码校验位（末位）不符，请核对。")
    return warnings


def resident_check(first: str) -> str:
    """The 18th character of a 公民身份号码, for the first 17."""
    total = sum(int(sign) * weight for sign, weight in zip(first, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def _is_date(digits: str) -> bool:
    """Whether YYYYMMDD is a day of the calendar, in living memory's centuries."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1800
    except ValueError:
        return False


def check_mobile(text: str) -> list[str]:
    """What is doubtful about a mobile number of the mainland."""
    if _MOBILE.fullmatch(normalise_mobile(text)):
        return []
    return ["手机号码应为11位数字，以13至19开头，请核对。"]


# ── masks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def mask_name(name: str) -> str:
    """张三 → 张*: the first character stays, one star for each other; a single character is hidden too."""
    said = half_width(name)
    return said[0] + "*" * (len(said) - 1) if len(said) > 1 else "*" * len(said)


def mask_id(number: str) -> str:
    """11010519491231002X → 110***********002X: first three and last four stay; short ones are hidden altogether."""
    said = normalise(number)
    return _mask(said, head=3, tail=4) if len(said) >= 15 else "*" * len(said)


def mask_phone(number: str) -> str:
    """13800000000 → 138****0000; of other numbers the last four stay, of short ones nothing."""
    said = normalise_mobile(number)
    if _MOBILE.fullmatch(said):
        return _mask(said, head=3, tail=4)
    return _mask(said, head=0, tail=4) if len(said) >= 7 else "*" * len(said)


def _mask(said: str, *, head: int, tail: int) -> str:
    """Stars between the first `head` and the last `tail` characters."""
    return said[:head] + "*" * (len(said) - head - tail) + said[-tail:]
