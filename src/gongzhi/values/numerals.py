"""Whole numbers in Chinese, as an official letter writes the articles it cites: 第二十条第一款."""

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_PART = re.compile(r"(?<=第)([1-9]\d{0,3})(?=条|款|项|章|节|目)", re.ASCII)


def chinese_number(number: int) -> str:
    """1 to 9999: 十二, 二十, 二百七十八, 一千零二."""
    if not 0 < number < 10_000:
        raise ValueError(f"no numeral for {number}")
    words, rest, skipped = "", number, False
    for place, name in _PLACES:
        digit, rest = divmod(rest, place)
        if digit:
            words += ("零" if skipped and words else "") + _DIGITS[digit] + name
            skipped = False
        else:
            skipped = True
    if rest:
        words += ("零" if skipped and words else "") + _DIGITS[rest]
    return words.removeprefix("一") if 10 <= number < 20 else words


def articles_in_words(text: str) -> str:
    """第20条第1款 → 第二十条第一款; everything else as it stands."""
    return _PART.sub(lambda found: chinese_number(int(found[1])), text)
