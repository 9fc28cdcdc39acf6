"""The cost of a settlement, computed without a database: sources in order, shares by area, to the cent."""

from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.exits.apportioning import OWNERS, REVENUE, Entry, Waterfall, pour, share_out

ORDER = (REVENUE, OWNERS)


def entry(number: int, area: str, building: str = "1幢") -> Entry:
    """A unit with the number as its id."""
    return Entry(building, f"{number}01", UUID(int=number), Decimal(area))


UNITS = [
    entry(1, "100.00"),
    entry(2, "90.25"),
    entry(3, "75.00"),
    entry(4, "75.00"),
    entry(5, "33.33", "2幢"),
]


@pytest.mark.proves("BS-045")
def test_proved_revenue_bears_what_it_can_and_the_owners_the_rest() -> None:
    assert pour(1_000, 300, ORDER) == Waterfall(300, 700)
    assert pour(1_000, 5_000, ORDER) == Waterfall(1_000, 0)
    assert pour(1_000, 0, ORDER) == Waterfall(0, 1_000)
    assert pour(1_000, 300, (OWNERS,)) == Waterfall(0, 1_000)


@pytest.mark.proves("BS-046")
def test_the_same_units_in_any_order_give_the_same_shares() -> None:
    # 100.01 yuan over 373.58 m²; 1: 2677.07, 2: 2416.05, 3 and 4: 2007.80, 5: 892.26 → floors leave 2 cents: 3 and 4
    expected = {1: 2677, 2: 2416, 3: 2008, 4: 2008, 5: 892}
    for seed in range(20):
        shuffled = Random(seed).sample(UNITS, len(UNITS))
        assert share_out(10_001, shuffled) == {UUID(int=key): cents for key, cents in expected.items()}


def test_an_odd_cent_among_equals_goes_by_building_and_number() -> None:
    twins = [entry(2, "50"), entry(1, "50")]
    for units in (twins, twins[::-1]):
        assert share_out(1, units) == {UUID(int=1): 1, UUID(int=2): 0}


def test_a_unit_without_an_area_or_told_twice_is_no_share() -> None:
    with pytest.raises(ValueError, match="without an area"):
        share_out(100, [entry(1, "0")])
    with pytest.raises(ValueError, match="once"):
        share_out(100, [entry(1, "10"), entry(1, "20")])


areas = st.decimals(min_value="0.01", max_value="9999.99", places=2)


@given(
    total=st.integers(min_value=0, max_value=10**13),
    sizes=st.lists(areas, min_size=1, max_size=60),
    order=st.randoms(use_true_random=False),
)
def test_shares_add_up_to_the_cent_and_do_not_hang_on_the_order(
    total: int, sizes: list[Decimal], order: Random
) -> None:
    units = [Entry("1幢", str(place), UUID(int=place), area) for place, area in enumerate(sizes)]
    shares = share_out(total, units)
    assert sum(shares.values()) == total
    assert share_out(total, order.sample(units, len(units))) == shares
    whole = sum(sizes)
    for unit in units:
        assert abs(shares[unit.unit] - total * unit.area / whole) < 1


@given(total=st.integers(min_value=1, max_value=10**13), available=st.integers(min_value=0, max_value=10**13))
def test_the_sources_add_up_and_none_bears_more_than_it_has(total: int, available: int) -> None:
    poured = pour(total, available, ORDER)
    assert poured.revenue_cents + poured.owners_cents == total
    assert 0 <= poured.revenue_cents <= available
