"""Minutes: people write a time to the minute, the record keeps it to the fraction of a second."""

from datetime import datetime


def minute_of(instant: datetime) -> datetime:
    """The beginning of the minute an instant lies in.

    What somebody says of an act recorded in the same minute is not earlier than that act.
    """
    return instant.replace(second=0, microsecond=0)
