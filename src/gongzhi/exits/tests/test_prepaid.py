"""Prepaid fees of unserved time: each month weighs the same, part months by their days. Figures worked out by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.exits.prepaid import refund_of


def refund(paid: int, first: str, last: str, served: str) -> int:
    """The cents that come back."""
    return refund_of(paid, *(date.fromisoformat(day) for day in (first, last, served))).cents


def test_whole_months_that_were_not_served_come_back_each_alike() -> None:
    # 1 200 yuan for 2026, served to the end of August: 4 of 12 months
    assert refund(120_000, "2026-01-01", "2026-12-31", "2026-08-31") == 40_000


def test_a_part_of_a_month_counts_by_the_days_of_that_month() -> None:
    # served to 14 February 2026: 14 of 28 days of February and the ten months after: 10.5 of 12 months
    assert refund(120_000, "2026-01-01", "2026-12-31", "2026-02-14") == 105_000
    # 100.00 yuan for August, served to the 15th: 16 of 31 days → 51.6129 yuan
    assert refund(10_000, "2026-08-01", "2026-08-31", "2026-08-15") == 5_161


def test_nothing_served_gives_all_back_and_everything_served_nothing() -> None:
    assert refund(9_999, "2026-07-01", "2026-09-30", "2026-06-30") == 9_999
    assert refund(9_999, "2026-07-01", "2026-09-30", "2026-06-01") == 9_999
    assert refund(9_999, "2026-07-01", "2026-09-30", "2026-09-30") == 0
    assert refund(9_999, "2026-07-01", "2026-09-30", "2026-12-31") == 0


def test_the_working_says_how_it_was_counted() -> None:
    found = refund_of(10_000, date(2026, 7, 1), date(2026, 9, 30), date(2026, 8, 15))
    # September and 16 of 31 days of August: 47/31 of 3 months → 100 × 47/93 = 50.5376
    assert found.cents == 5_054
    assert found.working == (
        "预缴100.00元，2026年7月1日至2026年9月30日，共3个月",
        "服务至2026年8月15日，未服务1又16/31个月",
        "应退100.00元×(47/31)÷(3)，取整到分，为50.54元",
    )


def test_a_period_that_ends_before_it_begins_is_an_error() -> None:
    with pytest.raises(ValueError, match="ends after it begins"):
        refund_of(100, date(2026, 2, 1), date(2026, 1, 1), date(2026, 1, 1))


@given(
    paid=st.integers(min_value=1, max_value=10**9),
    first=st.dates(min_value=date(2025, 1, 1), max_value=date(2026, 12, 31)),
    length=st.integers(min_value=0, max_value=800),
    served=st.integers(min_value=-10, max_value=810),
)
def test_a_day_more_of_service_never_gives_more_back(
    paid: int, first: date, length: int, served: int
) -> None:
    last, until = first + timedelta(days=length), first + timedelta(days=served)
    now = refund_of(paid, first, last, until).cents
    later = refund_of(paid, first, last, until + timedelta(days=1)).cents
    assert 0 <= later <= now <= paid
