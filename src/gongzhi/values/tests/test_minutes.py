"""A time that people write has no seconds."""

from datetime import datetime

from gongzhi.values.minutes import minute_of
from gongzhi.values.now import ZONE


def test_a_minute_begins_at_its_first_second() -> None:
    at = datetime(2026, 3, 2, 9, 0, 34, 512, tzinfo=ZONE)
    assert minute_of(at) == datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    assert minute_of(minute_of(at)) == minute_of(at)
