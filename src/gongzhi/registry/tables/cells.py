"""Reading one cell: its value, or `Wrong` with the reason a clerk understands. A blank cell never gets here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongzhi.acts.facts import YEARS
from gongzhi.values.now import ZONE
from gongzhi.values.text import half_width

from .words import label_of, name_of, spoken, whole, words_of

Reader = Callable[[Any], Any]
LOST_DIGITS = "单元格丢了位数，请把该列设为文本格式后重新填写完整号码"
AS_DATE = "请填写日期，例如2025-03-01"


class Wrong(Exception):
    """Why a cell cannot be read; a phrase that stands behind the column's title."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A cell whose content the spreadsheet itself has lost: an error value, a formula nobody computed."""

    says: str
    shown: str = ""


#: Errors of spreadsheets as text, as a csv file has them.
ERROR_VALUES = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|#+)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"-?\d+(\.\d+)?E\+\d+|-?\d+\.\d+E\d+", re.IGNORECASE)


def _plain(cell: Any) -> str:
    """The words of a cell that is neither a date nor a truth value."""
    if isinstance(cell, (date, time, timedelta)):
        raise Wrong("被表格改成了日期或者时间，请把单元格设为文本后重新填写")
    if isinstance(cell, bool):
        raise Wrong(f"应为文字，现为“{spoken(cell)}”")
    return words_of(cell)


def _fitting(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Wrong(f"最多{longest}个字，现为{len(text)}个字")
    return text


def name(longest: int) -> Reader:
    """A name or a short text."""
    return lambda cell: _fitting(name_of(_plain(cell)), longest)


def label(longest: int) -> Reader:
    """The name of a building or a room."""
    return lambda cell: _fitting(label_of(_plain(cell)), longest)


def number_text(longest: int) -> Reader:
    """A number people read digit by digit (a code, a telephone); digits a spreadsheet has lost are not guessed."""

    def read(cell: Any) -> str:
        if isinstance(cell, float) and not cell.is_integer():
            raise Wrong("不是号码")
        text = half_width(_plain(cell)).replace(" ", "")
        if _SCIENTIFIC.fullmatch(text) or (isinstance(cell, (int, float)) and abs(cell) >= 10**15):
            raise Wrong(LOST_DIGITS)
        return _fitting(whole(text), longest)

    return read


def division_code(cell: Any) -> str:
    """The code of a division: digits only."""
    text = number_text(12)(cell)
    if not (text.isascii() and text.isdecimal()):
        raise Wrong(f"应为数字，现为“{spoken(cell)}”")
    return str(text)


# Days --------------------------------------------------------------------------------------------------------------

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?", re.ASCII)
_DIGITS = re.compile(r"\d{8}", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.0+)?", re.ASCII)
_CLOCK = re.compile(r"(.*?)[\sT]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?分?秒?")
#: Day 0 of a spreadsheet's own count, and the days it can mean.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(1, 109_575)


def day(cell: Any) -> date:
    """A date, however it is written: a real one, its serial number, 2025年3月1日, 2025-3-1, 2025/03/01, 20250301."""
    if isinstance(cell, datetime):
        return _in_time(cell.date())
    if isinstance(cell, date):
        return _in_time(cell)
    if isinstance(cell, (bool, time, timedelta)):
        raise Wrong(AS_DATE)
    text = half_width(words_of(cell))
    before_clock = _CLOCK.fullmatch(text)
    return _in_time(_day_of_text(before_clock[1] if before_clock else text))


def _day_of_text(text: str) -> date:
    if found := _DAY.fullmatch(text):
        return _on(int(found[1]), int(found[2]), int(found[3]), text)
    if _DIGITS.fullmatch(text):
        return _on(int(text[:4]), int(text[4:6]), int(text[6:]), text)
    if _SERIAL.fullmatch(text) and (serial := int(float(text))) in _SERIALS:
        return _EPOCH + timedelta(days=serial)
    raise Wrong(f"{AS_DATE}，现为“{spoken(text)}”")


def _on(year: int, month: int, on: int, text: str) -> date:
    try:
        return date(year, month, on)
    except ValueError:
        raise Wrong(f"没有“{spoken(text)}”这一天") from None


def _in_time(on: date) -> date:
    if on.year not in YEARS:
        raise Wrong(f"应在{YEARS[0]}年至{YEARS[-1]}年之间，现为{on}")
    return on


def moment(cell: Any) -> datetime:
    """An instant in local time; a day alone is its beginning."""
    if isinstance(cell, datetime):
        return datetime.combine(_in_time(cell.date()), cell.time(), ZONE)
    text = half_width(words_of(cell)) if isinstance(cell, str) else ""
    found = _CLOCK.fullmatch(text)
    if found is None:
        return datetime.combine(day(cell), time(), ZONE)
    try:
        clock = time(int(found[2]), int(found[3]), int(found[4] or 0))
    except ValueError:
        raise Wrong(f"没有“{spoken(text)}”这个时刻") from None
    return datetime.combine(day(found[1]), clock, ZONE)


# Numbers -----------------------------------------------------------------------------------------------------------

_AREA_UNIT = re.compile(r"(平方米|平米|㎡|m²|m2|M2|M²|平方|平)$")
#: A comma parts thousands or nothing: 89,5 is no 895.
_NUMBER = re.compile(r"[+-]?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,30})?", re.ASCII)
_CENT = Decimal("0.01")
#: A computed area may be off by the spreadsheet's own rounding, no more.
_NOISE = Decimal("0.000001")
_LARGEST_AREA = Decimal("99999999.99")
_LARGEST_SUM = Decimal("999999999.99")


def area(cell: Any) -> Decimal:
    """Square metres to the second decimal, with or without their unit."""
    if isinstance(cell, (bool, date, time, timedelta)):
        raise Wrong(f"应为面积数字，现为“{spoken(cell)}”")
    text = _AREA_UNIT.sub("", half_width(words_of(cell)).replace(" ", ""))
    if not _NUMBER.fullmatch(text):
        raise Wrong(f"应为面积数字，现为“{spoken(cell)}”")
    exact = Decimal(text.replace(",", ""))
    if not 0 < exact <= _LARGEST_AREA:
        raise Wrong(f"应大于0，现为“{spoken(cell)}”")
    rounded = exact.quantize(_CENT)
    if abs(rounded - exact) > _NOISE:
        raise Wrong(f"最多两位小数，现为“{spoken(cell)}”")
    return rounded


def money(cell: Any) -> int:
    """Yuan above nothing, to the second decimal, as whole cents."""
    says = f"应为金额数字，单位为元，现为“{spoken(cell)}”"
    if isinstance(cell, (bool, date, time, timedelta)):
        raise Wrong(says)
    text = half_width(words_of(cell)).replace(" ", "").removeprefix("¥").removesuffix("元")
    if not _NUMBER.fullmatch(text):
        raise Wrong(says)
    exact = Decimal(text.replace(",", ""))
    rounded = exact.quantize(_CENT)
    if abs(rounded - exact) > _NOISE:
        raise Wrong(f"最多两位小数，现为“{spoken(cell)}”")
    if not 0 < rounded <= _LARGEST_SUM:
        raise Wrong(f"应大于0，现为“{spoken(cell)}”")
    return int(rounded * 100)


_DEGREES = re.compile(r"(\d{1,3}(?:\.\d{1,30})?)\s*°?", re.ASCII)


def degrees(cell: Any) -> Decimal:
    """Degrees as a decimal number, to the sixth place (11 cm)."""
    if isinstance(cell, (bool, date, time, timedelta)):
        raise Wrong(f"应为度数，例如126.420000，现为“{spoken(cell)}”")
    found = _DEGREES.fullmatch(half_width(words_of(cell)).replace(" ", ""))
    if found is None:
        raise Wrong(f"应为度数，例如126.420000，现为“{spoken(cell)}”")
    return Decimal(found[1]).quantize(Decimal("0.000001"))


_SHARE = re.compile(r"(\d{1,7})\s*[/／]\s*(\d{1,7})", re.ASCII)
#: Bounded: an exponent of a text would be counted out.
_DECIMAL = re.compile(r"(\d{1,7}(?:\.\d{1,30})?)\s*(%)?", re.ASCII)
_SHARE_WORDS = re.compile(r"([一二三四五六七八九十]|\d{1,7})分之([一二三四五六七八九十]|\d{1,7})")
_NUMERALS = "零一二三四五六七八九十"
_WHOLE = frozenset(("全部", "单独所有", "单独", "整套"))
#: A spreadsheet shows 1/3 and keeps a decimal: such are read back, up to this denominator.
_READ_BACK = 1000
_LARGEST_PART = 1_000_000
AS_SHARE = "请写成分数（如1/2）、百分数或者小数"


def share(cell: Any) -> Fraction:
    """A share of a unit, exactly: 1/2, 50%, 0.5, 二分之一, 全部."""
    if isinstance(cell, (date, time, timedelta)):
        raise Wrong("被表格改成了日期，请把单元格设为文本后重新填写，如1/2")
    if isinstance(cell, bool):
        raise Wrong(AS_SHARE)
    found = _shown_fraction(cell) if isinstance(cell, float) else _share_of_text(half_width(words_of(cell)))
    if not 0 < found <= 1:
        raise Wrong(f"应大于0、不超过1，现为“{spoken(cell)}”")
    if found.denominator > _LARGEST_PART:
        raise Wrong(AS_SHARE)
    return found


def _shown_fraction(number: float) -> Fraction:
    if not 0 < number <= 1:
        raise Wrong(f"应大于0、不超过1，现为“{spoken(number)}”")
    near = Fraction(number).limit_denominator(_READ_BACK)
    return near if float(near) == number else Fraction(repr(number))


def _share_of_text(text: str) -> Fraction:
    if text in _WHOLE:
        return Fraction(1)
    if found := _SHARE.fullmatch(text):
        return _quotient(int(found[1]), int(found[2]))
    if found := _SHARE_WORDS.fullmatch(text):
        return _quotient(_count(found[2]), _count(found[1]))
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise Wrong(AS_SHARE)
    return Fraction(found[1]) / (100 if found[2] else 1)


def _quotient(part: int, whole: int) -> Fraction:
    if not whole:
        raise Wrong(AS_SHARE)
    return Fraction(part, whole)


def _count(text: str) -> int:
    return _NUMERALS.index(text) if text in _NUMERALS else int(text)


_COUNTED = re.compile(r"(\d{1,6})层?", re.ASCII)


def count(least: int, most: int) -> Reader:
    """A whole number within bounds, with or without 层."""

    def read(cell: Any) -> int:
        text = "" if isinstance(cell, (bool, date)) else whole(half_width(words_of(cell)))
        found = _COUNTED.fullmatch(text)
        if found is None or not least <= int(found[1]) <= most:
            raise Wrong(f"应为{least}到{most}的整数，现为“{spoken(cell)}”")
        return int(found[1])

    return read


# Choices -----------------------------------------------------------------------------------------------------------


def choice(kinds: Any, also: Mapping[str, str] | None = None) -> Reader:
    """One of the members of a TextChoices, by its Chinese label, its code, or another word for it."""
    known = {half_width(kind.label): kind for kind in kinds} | {kind.value: kind for kind in kinds}
    known |= {half_width(word): kinds(code) for word, code in (also or {}).items()}
    listed = "、".join(str(kind.label) for kind in kinds)

    def read(cell: Any) -> Any:
        text = half_width(words_of(cell)).replace(" ", "")
        if text not in known:
            raise Wrong(f"应为{listed}之一，现为“{spoken(cell)}”")
        return known[text]

    return read


_YES = frozenset(("是", "已售", "已出售", "√", "✓", "Y", "YES", "TRUE", "1", "True"))
_NO = frozenset(("否", "未售", "未出售", "×", "✗", "N", "NO", "FALSE", "0", "False"))


def flag(cell: Any) -> bool:
    """是 or 否."""
    text = half_width(words_of(cell))
    if text in _YES or text.upper() in _YES:
        return True
    if text in _NO or text.upper() in _NO:
        return False
    raise Wrong(f"应为是或者否，现为“{spoken(cell)}”")
