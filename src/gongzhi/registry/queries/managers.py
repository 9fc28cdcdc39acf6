"""Who manages an estate, on a day or at an instant."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, QuerySet, UUIDField

from gongzhi.acts.kept import Kept
from gongzhi.registry.models import Engagement, Estate, Mode, ServiceContract


def _rows(estate: Any) -> QuerySet[Engagement]:
    return Engagement.objects.filter(estate_id=estate).select_related("organisation", "contract")


_OF_DAY = Kept(
    lambda estate, on: _rows(estate).filter(from_on__lte=on).order_by("-from_on")[:1],
    estate=UUIDField(),
    on=DateField(),
)
_AT = Kept(
    lambda estate, at: _rows(estate).filter(from_at__lte=at).order_by("-from_at")[:1],
    estate=UUIDField(),
    at=DateTimeField(),
)


def _id(estate: Estate | UUID) -> UUID:
    return estate.pk if isinstance(estate, Estate) else estate


def manager_of_day(estate: Estate | UUID, on: date) -> Engagement | None:
    """The row in force on that day: the newest not later; a change counts from its own day.

    None only before the estate was registered; nobody in charge is a row of mode `unmanaged`.
    """
    return _OF_DAY.first(estate=_id(estate), on=on)


def manager_at(estate: Estate | UUID, at: datetime) -> Engagement | None:
    """The row in force at that instant: the newest with `from_at` not later."""
    return _AT.first(estate=_id(estate), at=at)


def newest_engagement(estate: Estate | UUID) -> Engagement | None:
    """The last row written, also when it lies in the future."""
    return _rows(_id(estate)).order_by("-from_at").first()


def history_of_managers(estate: Estate | UUID) -> list[Engagement]:
    """Every row, newest first."""
    return list(_rows(_id(estate)).order_by("-from_at"))


def is_unmanaged(estate: Estate | UUID, at: datetime) -> bool:
    """Whether nobody is in charge at that instant."""
    row = manager_at(estate, at)
    return row is None or row.mode == Mode.UNMANAGED


def managed_until(
    row: Engagement, on: date, contracts: Iterable[ServiceContract] | None = None
) -> date | None:
    """The last day the manager's contract, or the decision by which it serves meanwhile, names; it may be past.

    None where none is named or registered. A manager goes on after it until another is registered. `contracts`: all
    of the estate, where they were read.
    《民法典》第948、950条.
    """
    if row.until_on is not None:
        return row.until_on
    if row.contract is not None:
        return row.contract.ends_on
    if row.organisation_id is None:
        return None
    if contracts is None:
        contracts = ServiceContract.objects.filter(estate=row.estate_id, provider=row.organisation_id)
    begun = [one for one in contracts if one.provider_id == row.organisation_id and one.starts_on <= on]
    newest = max(begun, key=lambda one: (one.starts_on, one.pk), default=None)
    return newest.ends_on if newest is not None else None
