"""What the tests of the registers share."""

from datetime import datetime

import pytest

from gongzhi.registry.tests.cast import Cast, build_cast
from gongzhi.values.now import ZONE

#: A Monday.
AT = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)


@pytest.fixture
def at() -> datetime:
    """The present of these tests."""
    return AT


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    """The home area alone."""
    return build_cast(at, areas=())


@pytest.fixture
def wide_cast(db: None, at: datetime) -> Cast:
    """The home area and a foreign one."""
    return build_cast(at, areas=("zhuji",))
