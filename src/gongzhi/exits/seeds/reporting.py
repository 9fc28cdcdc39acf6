"""The reports of a county to its city, told: two quarters compiled, sent and received, so that they can be compared."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from gongzhi.acts.actor import Actor
from gongzhi.procedures import recurring
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.perform import perform
from gongzhi.registry.acting import appointment_of
from gongzhi.values.now import ZONE

from ..report_queries import NAME
from .telling import Story

#: Days of a quarter after which the county has compiled the last one, has sent it, the city has it.
COMPILED, SENT, RECEIVED = 5, 7, 8
SITUATION = "本季度退出案件均在办理，清算、交接按期推进，没有小区因退出而无人管理（示例）。"
ILLEGAL = "违规退出情况和处置见清单（示例）。"


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who reports whose exits to whom, as of `at`."""

    county: str
    by: Actor
    to: Actor
    at: datetime


def two_quarters(told: Reporting) -> Story:
    """What is due in the quarter before this one, and in this one; each is about the quarter before it."""
    this = recurring.period_of("quarter", told.at.astimezone(ZONE).date())
    before = recurring.period_of("quarter", recurring.period_before(this)[0])
    for number, period in enumerate((before, this), 1):
        yield from _report(told, period, number)


def _report(told: Reporting, period: str, number: int) -> Story:
    begins = recurring.days_of(period)[0]
    yield (now := _on(begins, COMPILED))
    recurring.open_due(now)
    case = Case.objects.get(procedure=NAME, jurisdiction=told.county, period=period)
    _do(case, told.by, now, "submit", situation=SITUATION, illegal_exits=ILLEGAL)
    yield (now := _on(begins, SENT))
    _do(case, told.by, now, "submit", number=f"示例台账〔{begins.year}〕{number}号", signed_by="示例局长")
    yield (now := _on(begins, RECEIVED))
    taker = appointment_of(told.to, now).person.name
    _do(case, told.to, now, "receive", arrived_at=now, received_by=taker)


def _on(begins: date, days: int) -> datetime:
    return datetime.combine(begins + timedelta(days=days), time(10), ZONE)


def _do(case: Case, by: Actor, at: datetime, act: str, **facts: Any) -> None:
    """The one task that is open and waits for this act."""
    wanted = Task.objects.filter(case=case, open=True).order_by("opened_at", "id")
    task = next(one for one in wanted if (one.name == act) or act == "submit")
    perform(by=by, at=at, task_id=task.pk, act=act, facts=facts)
