"""My estate: who manages it today and until when, whom to call, and the other estates of the same person."""

from collections.abc import Iterator
from typing import Any

from gongzhi.registry import acting
from gongzhi.registry.contacts import Contact, contacts_of
from gongzhi.registry.models import Appointment, Mode
from gongzhi.registry.presenting import told_manager
from gongzhi.registry.queries import managed_until, manager_of_day
from gongzhi.ui.parts.managers import leaving_now
from gongzhi.values.refusals import NotFound

from .neighbour import Neighbour, is_neighbour


def manager_today(me: Neighbour) -> dict[str, Any]:
    """Who manages, since when, until when (None where no end is agreed), whether it is going, and whether nobody does.

    `ended`: the contract's end as it was agreed or told since, in the place of its own.
    """
    row = manager_of_day(me.estate, me.on)
    if row is None:
        raise NotFound("小区还没有登记由谁管理，请联系社区。")
    told = told_manager(me.estate, row, me.on)
    leaving = leaving_now(told, me.at)
    return told | {
        "until": managed_until(row, me.on),
        "is_none": row.mode == Mode.UNMANAGED,
        "leaving": leaving,
        "ended": leaving.until(me.on) if leaving is not None else "",
    }


def contacts(me: Neighbour) -> list[Contact]:
    """The community and the street of the estate, today."""
    return contacts_of(me.estate, me.on)


def other_estates(me: Neighbour) -> list[Appointment]:
    """The person's other posts at an estate, today."""
    return list(_others(me))


def _others(me: Neighbour) -> Iterator[Appointment]:
    account_id = me.seat.person.account_id
    for one in acting.appointments_of(account_id, me.at) if account_id is not None else ():
        if is_neighbour(one) and one.pk != me.seat.pk:
            yield one
