"""What `gongzhi check` asks of this room."""

from collections.abc import Iterator
from datetime import datetime


def findings(at: datetime) -> Iterator[str]:
    """One Chinese sentence for each thing that is not as it must be, as of `at`."""
    yield from ()
