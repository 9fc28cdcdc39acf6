"""What holds on a day: both ends of a period are included."""

from datetime import date, datetime

from django.db.models import Q

from gongzhi.values.now import ZONE


def in_force(on: date, prefix: str = "") -> Q:
    """The condition that a row's `from_on`–`to_on` covers the day; an open end covers all after."""
    open_end = Q(**{f"{prefix}to_on__isnull": True})
    return Q(**{f"{prefix}from_on__lte": on}) & (open_end | Q(**{f"{prefix}to_on__gte": on}))


def overlapping(from_on: date, to_on: date | None) -> Q:
    """The condition that a row shares at least one day with the period."""
    begins = Q() if to_on is None else Q(from_on__lte=to_on)
    return begins & (Q(to_on__isnull=True) | Q(to_on__gte=from_on))


def day_of(at: datetime) -> date:
    """The day an instant falls on in Asia/Shanghai."""
    return at.astimezone(ZONE).date()
