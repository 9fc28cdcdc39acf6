"""Shares of a unit over time: on no day do they add up to more than the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Holding:
    """One share, from one day to another, both included."""

    share: Fraction
    from_on: date
    to_on: date | None = None

    def covers(self, on: date) -> bool:
        """Whether it is held on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


def first_day_over_whole(holdings: Iterable[Holding]) -> tuple[date, Fraction] | None:
    """The first day on which the shares exceed the whole, and their sum; None when they never do.

    A sum can only grow on a day a holding begins, so those days are enough.
    """
    held = list(holdings)
    for on in sorted({holding.from_on for holding in held}):
        total = sum((holding.share for holding in held if holding.covers(on)), Fraction(0))
        if total > 1:
            return on, total
    return None
