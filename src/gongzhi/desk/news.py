"""What tells an open page that something changed: a small version to compare, read by one query each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from gongzhi.acts.models import Chain
from gongzhi.procedures.queries import tasks_of, visible_cases
from gongzhi.registry.models import Appointment
from gongzhi.ui.parts.days import as_day
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotFound

from .worklist import COUNTED


def case_version(seq: int, at: datetime) -> str:
    """A case's own version and the day: on a new day its countdowns read otherwise."""
    return f"{seq}-{as_day(at):%Y%m%d}"


def newer_in_case(case_id: UUID, seat: Appointment, seen: str, at: datetime) -> str:
    """What is new in a case since a version, in words; "" where nothing is."""
    root = visible_cases(seat).filter(pk=case_id).values("root_id")
    seq = Chain.objects.filter(pk__in=root).values_list("seq", flat=True).first()
    if seq is None:
        raise NotFound("没有这件案件，或者不在您的范围内，请核对案号。")
    if seen == case_version(seq, at):
        return ""
    before, _, day = seen.partition("-")
    new = seq - int(before) if before.isdecimal() and len(before) < 10 else 0
    return f"有 {new} 项新情况" if new > 0 else "日期已经变化" if day else "页面内容有更新"


def work_version(waiting: Sequence[tuple[UUID, datetime | None]], at: datetime) -> str:
    """What waits for a seat (each task and its date, the soonest first), with the instant it was read."""
    return f"{_digest(waiting, at)}-{int(at.timestamp())}"


def newer_in_work(seat: Appointment, seen: str, at: datetime) -> str:
    """What is new in the work list, in words; "" where nothing is."""
    before, _, since = seen.partition("-")
    rows = list(tasks_of(seat).values_list("id", "due_at", "opened_at")[: COUNTED + 1])
    if before == _digest([(pk, due) for pk, due, _ in rows], at):
        return ""
    if not (since.isdecimal() and len(since) < 12):
        return "待办有变化"
    then = datetime.fromtimestamp(int(since), ZONE)
    new = sum(opened > then + timedelta(seconds=1) for *_, opened in rows)
    return f"有 {new} 项新待办" if new else "待办有变化"


def _digest(waiting: Sequence[tuple[UUID, datetime | None]], at: datetime) -> str:
    return hashlib.sha256(f"{as_day(at)} {list(waiting)}".encode()).hexdigest()[:16]
