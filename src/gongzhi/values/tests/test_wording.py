"""Days in the words of a paper."""

from datetime import UTC, date, datetime

import pytest

from gongzhi.values.wording import date_words


def test_a_day_is_written_without_zeros():
    assert date_words(date(2026, 3, 1)) == "2026年3月1日"


def test_an_instant_is_no_day():
    """Midnight in Beijing is still the day before in UTC."""
    with pytest.raises(TypeError):
        date_words(datetime(2026, 12, 16, 16, tzinfo=UTC))
