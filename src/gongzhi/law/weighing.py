"""How a value compares with what is there, with office practice and with the law's own. Ours against slips, not law."""

from datetime import date
from typing import Any

from .book import LawBook
from .layers import Setting
from .schema import read_value
from .value import value_words

#: About how many days a unit has.
DAYS_IN = {"D": 1, "WD": 1.4, "h": 1 / 24, "M": 30.4, "Y": 365}
#: So many times more, or less, is told.
FAR = 3
#: A period that nothing is known to compare with is told when it is longer than a year.
LONG = 366


def size_of(value: Any, unit: str | None) -> float | None:
    """A period in days, a plain number as it is; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) * DAYS_IN.get(unit or "", 1)


def far_from(book: LawBook, made: Setting, on: date) -> tuple[str, ...]:
    """What a setting is far from, each in words with its factor: the present value, the law's own, the usual one."""
    new = size_of(made.value, made.unit)
    if not new:
        return ()
    found, known = [], False
    for name, value, unit in _known(book, made, on):
        old = size_of(value, unit)
        if not old or (made.unit in DAYS_IN) != (unit in DAYS_IN):
            continue
        known = True
        if not 1 / FAR < new / old < FAR:
            found.append(f"{name}（{value_words(value, unit)}）的{_factor(new / old)}")
    if not known and made.unit in DAYS_IN and new > LONG:
        found.append("没有可以比较的值，但超过一年")
    return tuple(dict.fromkeys(found))


def _known(book: LawBook, made: Setting, on: date) -> list[tuple[str, Any, str | None]]:
    own = book.without_settings().value_of(made.key, made.jurisdiction, on, deciding=False)
    now = book.value_of(made.key, made.jurisdiction, on, deciding=False)
    usual = read_value(book.key(made.key).usual)
    known = [("现在的值", now.value, now.unit), ("规定本身的值", own.value, own.unit), ("通常做法", *usual)]
    return known[1:] if (now.value, now.unit) == (own.value, own.unit) else known


def _factor(times: float) -> str:
    return f"{times:.3g}倍" if times >= 1 else f"{times * 100:.2g}%"
