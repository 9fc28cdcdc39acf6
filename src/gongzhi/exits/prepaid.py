"""What comes back of a fee paid beforehand for time that was not served. Pure.

《最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释》第3条: prepaid fees of
unserved time are refunded.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from gongzhi.values.money import yuan
from gongzhi.values.shares import apportion
from gongzhi.values.wording import date_words


@dataclass(frozen=True, slots=True)
class Refund:
    """What comes back, in cents, and how it was worked out."""

    cents: int
    working: tuple[str, ...]


def refund_of(paid_cents: int, from_on: date, to_on: date, served_to: date) -> Refund:
    """The part of `paid_cents` for the days after `served_to`: each month weighs the same, part months by their days.

    `from_on` to `to_on` is what was paid for, both included; `served_to` is the last day served. The two parts, served
    and unserved, add up to what was paid, to the cent. ValueError where the period ends before it begins.
    """
    if to_on < from_on:
        raise ValueError("a period ends after it begins")
    whole = months(from_on, to_on)
    unserved = months(max(served_to + timedelta(days=1), from_on), to_on)
    cents = apportion(paid_cents, [unserved, whole - unserved])[0] if unserved else 0
    lines = (
        f"预缴{yuan(paid_cents)}，{date_words(from_on)}至{date_words(to_on)}，共{months_words(whole)}",
        f"服务至{date_words(served_to)}，未服务{months_words(unserved)}",
        f"应退{yuan(paid_cents)}×({unserved})÷({whole})，取整到分，为{yuan(cents)}",
    )
    return Refund(cents, lines)


def months(first: date, last: date) -> Fraction:
    """The months from `first` to `last`, both included; a part of a month by its days. 0 where `last` is earlier."""
    return sum(_parts(first, last), Fraction(0))


def _parts(first: date, last: date) -> Iterator[Fraction]:
    """Each month's part."""
    day = first
    while day <= last:
        length = monthrange(day.year, day.month)[1]
        end = min(last, day.replace(day=length))
        yield Fraction((end - day).days + 1, length)
        day = end + timedelta(days=1)


def months_words(months_: Fraction) -> str:
    """3个月, 3又17/31个月."""
    full, rest = divmod(months_, 1)
    if not rest:
        return f"{full}个月"
    return f"{full}又{rest}个月" if full else f"{rest}个月"
