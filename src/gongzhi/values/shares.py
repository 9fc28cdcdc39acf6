"""Exact shares of a whole, and the comparators of a majority. No floats: integers and fractions only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor, lcm

#: What may be compared or weighed: heads, areas as Decimal, exact quotients.
Exact = int | Fraction | Decimal


def _exact(number: Exact) -> Fraction:
    """`number` as a fraction; TypeError for a float, which is never exact."""
    if isinstance(number, bool) or not isinstance(number, int | Fraction | Decimal):
        raise TypeError(f"not an exact number: {number!r}")
    return Fraction(number)


def apportion(total: int, weights: Sequence[Exact]) -> list[int]:
    """Split `total` (cents, seats) by `weights` into whole numbers that add up to it: largest remainder.

    Each share is within one of the exact quotient. Units left over go to the largest remainders, among equal ones to
    the earlier position: order the weights by a rule that can be stated. A negative total is split as its opposite.
    ValueError for a negative weight, or when nothing weighs anything and there is something to split.
    """
    if total < 0:
        return [-share for share in apportion(-total, weights)]
    whole = _whole(weights)
    heavy = sum(whole)
    if not heavy:
        if total:
            raise ValueError("nothing to split by: all weights are zero")
        return [0 for _ in whole]
    quotients = [divmod(total * weight, heavy) for weight in whole]
    shares = [share for share, _ in quotients]
    by_remainder = sorted(range(len(whole)), key=lambda place: -quotients[place][1])
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def _whole(weights: Sequence[Exact]) -> list[int]:
    """The weights as integers in the same proportion."""
    exact = [_exact(weight) for weight in weights]
    if any(weight < 0 for weight in exact):
        raise ValueError("a weight is never negative")
    common = lcm(*(weight.denominator for weight in exact))
    return [int(weight * common) for weight in exact]


class Comparator(StrEnum):
    """以上 includes its number, 超过 and 过半数 do not: 《中华人民共和国民法典》第1259条."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


_THRESHOLD = re.compile(r"(at_least|more_than) (\d{1,4})/(\d{1,4})", re.ASCII)
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A fraction of a whole that must be reached, or passed: at_least 2/3, more_than 1/2."""

    comparator: Comparator
    fraction: Fraction

    def __post_init__(self) -> None:
        if not isinstance(self.fraction, Fraction):
            raise TypeError("a threshold is an exact fraction")
        if not 0 < self.fraction <= 1:
            raise ValueError(f"a threshold lies between nothing and the whole: {self.fraction}")
        if self.comparator is Comparator.MORE_THAN and self.fraction == 1:
            raise ValueError("a threshold of more than the whole is never met")

    @classmethod
    def parse(cls, text: str) -> "Threshold":
        """Read `at_least 2/3` or `more_than 1/2`; ValueError for anything else."""
        found = _THRESHOLD.fullmatch(text)
        if found is None or int(found[3]) == 0:
            raise ValueError(f"not a threshold: {text!r}")
        return cls(Comparator(found[1]), Fraction(int(found[2]), int(found[3])))

    def is_met(self, part: Exact, whole: Exact) -> bool:
        """Whether `part` of `whole` suffices, by exact comparison. Of nothing, nothing suffices."""
        share, all_of_it = _exact(part), _exact(whole)
        if not 0 <= share <= all_of_it:
            raise ValueError(f"{part} is no part of {whole}")
        needed = self.fraction * all_of_it
        if not all_of_it:
            return False
        return share >= needed if self.comparator is Comparator.AT_LEAST else share > needed

    def least(self, whole: int) -> int:
        """The smallest number of heads out of `whole` that suffices (may be `whole` + 1: nobody can)."""
        needed = self.fraction * whole
        if self.comparator is Comparator.AT_LEAST:
            return max(-floor(-needed), 1)
        return floor(needed) + 1

    @property
    def code(self) -> str:
        """The form that `parse` reads."""
        return f"{self.comparator.value} {self.fraction.numerator}/{self.fraction.denominator}"

    def __str__(self) -> str:
        """三分之二以上, 过半数, 超过三分之一."""
        if self.comparator is Comparator.MORE_THAN and self.fraction == Fraction(1, 2):
            return "过半数"
        if self.fraction == 1:
            return "全部"
        words = _fraction_words(self.fraction)
        return f"{words}以上" if self.comparator is Comparator.AT_LEAST else f"超过{words}"


def _fraction_words(fraction: Fraction) -> str:
    """三分之二; with digits beyond ten."""
    upper, lower = (
        _NUMERALS[n] if n < len(_NUMERALS) else str(n) for n in (fraction.numerator, fraction.denominator)
    )
    return f"{lower}分之{upper}"


def at_least(numerator: int, denominator: int) -> Threshold:
    """X分之Y以上."""
    return Threshold(Comparator.AT_LEAST, Fraction(numerator, denominator))


def more_than(numerator: int, denominator: int) -> Threshold:
    """超过X分之Y; of a half: 过半数."""
    return Threshold(Comparator.MORE_THAN, Fraction(numerator, denominator))
