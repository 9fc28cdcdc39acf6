"""What hangs at my estate, how long still, and whether I may object to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from gongzhi.notices.models import Notice, Objection
from gongzhi.notices.offering import objectors_of
from gongzhi.notices.presenting import public_notices, replaced_notice, told_notice
from gongzhi.procedures.presenting import title_of_step
from gongzhi.registry.roles import Role, stands_in
from gongzhi.ui.nearness import near_days

from .neighbour import Neighbour

#: What hangs at one estate at a time; more than a handful is not seen.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Hanging:
    """A notice that hangs. `may_object`: until the end of its days, and I have not yet; `is_answered`: all I said."""

    notice: Notice
    told: dict[str, Any]
    step_title: str
    may_object: bool
    has_objected: bool
    is_answered: bool


def hanging(me: Neighbour) -> list[Hanging]:
    """The notices that hang at the estate, the soonest to end first."""
    rows = list(public_notices(me.estate.pk).filter(ended_at=None).select_related(*_RELATED)[:SHOWN])
    rows.sort(key=lambda row: (row.until_at is None, row.until_at or row.posted_at, row.pk))
    return _as_seen(me, rows)


def one_hanging(me: Neighbour, notice_id: UUID) -> Hanging | None:
    """One notice of the estate, also when it was taken down."""
    rows = public_notices(me.estate.pk).select_related(*_RELATED).filter(pk=notice_id)
    one = next(iter(_as_seen(me, list(rows))), None)
    if one is not None:
        one.told["replaces"] = replaced_notice(one.notice)
    return one


_RELATED = ("case", "round__step")


def _as_seen(me: Neighbour, rows: Sequence[Notice]) -> list[Hanging]:
    mine = Objection.objects.filter(notice__in=rows, person=me.person_id)
    said = list(mine.values_list("notice_id", "replied_at")) if rows else []
    objected, waiting = {pk for pk, _ in said}, {pk for pk, replied_at in said if replied_at is None}
    stands: dict[str, bool] = {}

    def holds(role: Role) -> bool:
        if role.code not in stands:
            stands[role.code] = stands_in(role, me.person_id, me.estate, me.on)
        return stands[role.code]

    found = [_seen(me, row, row.pk in objected, any(map(holds, objectors_of(row)))) for row in rows]
    return [replace(one, is_answered=one.has_objected and one.notice.pk not in waiting) for one in found]


def _seen(me: Neighbour, row: Notice, has_objected: bool, is_objector: bool) -> Hanging:
    in_time = row.ended_at is None and (row.until_at is None or me.at < row.until_at)
    return Hanging(
        notice=row,
        told=told_notice(row, me.at),
        step_title=title_of_step(row.case, row.round.step.code),
        may_object=in_time and is_objector and not has_objected,
        has_objected=has_objected,
        is_answered=False,
    )


def near(me: Neighbour) -> int:
    """How many days before its end a date is near, here."""
    return near_days(me.estate.community or me.estate.county, me.on)


def count_hanging(me: Neighbour) -> int:
    """How many hang."""
    still = Q(until_at=None) | Q(until_at__gt=me.at)
    return Notice.objects.filter(still, estate=me.estate, ended_at=None).count()
