"""Thresholds: the law is a black mark, where we stand a filled bar. Shares are exact, only the drawing is rounded."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

Amount = int | Decimal | Fraction
#: Of a drawing's width, how near to its ends a label may begin: ours to choose, not law.
_EDGE = Fraction(3, 25)


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar shows; widths are percents of its length, as text."""

    name: str
    label: str
    percent: str
    part: str
    whole: str
    is_met: bool
    difference: str
    bar: str
    gap: str
    mark: str
    label_at: str
    anchor: str
    inclusive: bool


def threshold(
    part: Amount,
    whole: Amount,
    share: Fraction,
    *,
    name: str,
    words: str,
    unit: str,
    inclusive: bool,
    places: int = 0,
) -> Bar:
    """How far `part` of `whole` reaches towards `share` of it.

    `words`: the requirement in words (三分之二，过半); `inclusive`: whether the mark itself counts; `places`:
    decimals of the unit. The decision is made of exact fractions; the percent is for display. ValueError: an
    empty whole.
    """
    exact_part, exact_whole = Fraction(part), Fraction(whole)
    if exact_whole <= 0:
        raise ValueError("a share needs a whole")
    reached, mark = exact_part / exact_whole, Fraction(share)
    is_met = reached >= mark if inclusive else reached > mark
    needed = _least(exact_whole * mark, inclusive, places)
    step = Fraction(1) / 10**places
    least = (
        f"超过 {_figure(exact_whole * mark, places)}" if not inclusive and places else _figure(needed, places)
    )
    more = needed - step if not inclusive and places else needed
    return Bar(
        name=name,
        label=f"{words}，{'' if places else '至少 '}{least} {unit}",
        percent=f"{float(reached * 100):.2f}%",
        part=f"{_figure(exact_part, places)} {unit}",
        whole=f"{_figure(exact_whole, places)} {unit}",
        is_met=is_met,
        difference=_difference(exact_part, needed if not is_met else more, unit, places, is_met),
        bar=_percent(min(reached, Fraction(1))),
        gap=_percent(max(mark - reached, Fraction(0))) if not is_met else "",
        mark=_percent(mark),
        label_at=_percent(min(max(mark, _EDGE), 1 - _EDGE)),
        anchor="middle",
        inclusive=inclusive,
    )


def _least(at_mark: Fraction, inclusive: bool, places: int) -> Fraction:
    """The least quantity of the unit's precision that reaches the mark, or passes it where the mark does not count."""
    scale = 10**places
    scaled = at_mark * scale
    floor = scaled.numerator // scaled.denominator
    if scaled.denominator == 1:
        return Fraction(floor if inclusive else floor + 1, scale)
    return Fraction(floor + 1, scale)


def _difference(part: Fraction, needed: Fraction, unit: str, places: int, is_met: bool) -> str:
    gap = abs(part - needed)
    if is_met:
        return f"多 {_figure(gap, places)} {unit}" if gap else "刚好达到"
    return f"差 {_figure(gap, places)} {unit}"


def _figure(value: Fraction, places: int) -> str:
    """Rounded to the unit's precision, for display."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):,.{places}f}"


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.3f}%"


def money(cents: Any) -> str:
    """23,860.40 元, from whole cents."""
    whole, rest = divmod(abs(int(cents)), 100)
    return f"{'-' if int(cents) < 0 else ''}{whole:,}.{rest:02d} 元"


def area(value: Decimal | None) -> str:
    """89.42 ㎡."""
    return f"{value:,.2f} ㎡" if value is not None else "未登记"
