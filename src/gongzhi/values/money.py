"""Money in whole cents (分). Read from what people type, written as papers show it."""

import re

from .refusals import Invalid
from .text import half_width

_AMOUNT = re.compile(
    r"(?P<minus>-)?¥?(?P<whole>\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.(?P<cents>\d{1,2}))?元?", re.ASCII
)
_TOO_FINE = re.compile(r"-?¥?[\d,]+\.\d{3,}元?", re.ASCII)


def yuan(cents: int) -> str:
    """123450 → 1,234.50元; TypeError for anything but a whole number of cents."""
    if isinstance(cents, bool) or not isinstance(cents, int):
        raise TypeError(f"money is a whole number of cents: {cents!r}")
    whole, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{rest:02d}元"


def parse_yuan(text: str, *, allow_negative: bool = False) -> int:
    """1,234.5, ￥１２３４．５０ or 1234.50元 → 123450 cents; `Invalid`, with what to type, for anything else."""
    said = half_width(text).replace("−", "-")
    found = _AMOUNT.fullmatch(said)
    if found is None:
        raise Invalid(_why(said))
    if found["minus"] and not allow_negative:
        raise Invalid("金额不能为负数，请填写0元或以上的金额。")
    cents = int(found["whole"].replace(",", "")) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    return -cents if found["minus"] else cents


def _why(said: str) -> str:
    """The sentence for an amount that cannot be read."""
    if not said:
        return "请填写金额，单位为元，例如1,234.50。"
    if _TOO_FINE.fullmatch(said):
        return "金额最多保留两位小数（精确到分），请核对后重新填写。"
    return "金额写法无法识别，请用数字填写，单位为元，例如1,234.50。"
