"""The one place that writes clocks: projecting every clock of a case from its anchors, and a task's copy of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE
from gongzhi.values.periods import Direction, DueDate, Period, Roll, Rule, Suspension, due
from gongzhi.values.refusals import NotPossible

from .declare import Step
from .ladder import lay_rungs
from .models import Clock, ClockMove, Task
from .models import Suspension as SuspensionRow
from .terms import Due
from .view import CaseView

FAR = datetime(9999, 12, 31, tzinfo=ZONE)


def project(case: CaseView, at: datetime, why: str = "起算事件已发生") -> None:
    """Bring every clock of the case up to date: begun, moved (on the record), met or stopped; then its tasks."""
    rows = {(clock.step_id, clock.key, clock.anchor): clock for clock in case.row.clocks.all()}
    stops = _suspensions(case)
    for step in case.declaration.steps:
        if step.code not in case.steps:
            continue
        for wanted in dues_of(step, case):
            _project_one(case, step, wanted, rows, stops, at, why)
    copy_due(case)


def dues_of(step: Step[Any], case: CaseView) -> list[Due]:
    """The clocks a step declares and the place's law defines."""
    return [wanted for wanted in step.dues(case) if case.law.is_period(wanted.key)]


def _project_one(
    case: CaseView,
    step: Step[Any],
    wanted: Due,
    rows: dict[tuple[Any, str, str], Clock],
    stops: list[Suspension],
    at: datetime,
    why: str,
) -> None:
    row = rows.get((case.steps[step.code].id, wanted.key, wanted.anchor))
    if row is not None and row.met_at is not None and not case.open_round(step):
        return
    anchor = case.event(wanted.of)
    if anchor is None:
        _stop(row, at, "起算事件不再成立")
        return
    if row is None and case.outcome_of(step) == "skipped":
        return
    row = row or Clock(step=case.steps[step.code], case=case.row, key=wanted.key, anchor=wanted.anchor)
    _write(row, case, wanted, anchor, stops, at, why)
    _settle(row, case, step, wanted, at)


def counted(
    case: CaseView,
    wanted: Due,
    anchor: date | datetime,
    extra: Iterable[Any] = (),
    stops: Iterable[Suspension] = (),
) -> DueDate:
    """The due date of one clock: the pack's period from its anchor, extensions added, suspensions left out."""
    rule = case.law.rule(wanted.key)
    if not wanted.before and rule.direction is Direction.BEFORE:
        rule = replace(rule, direction=Direction.AFTER, roll=Roll.NONE)
    for more in extra:
        rule = _longer(rule, Period.parse(more["period"]))
    return due(rule, anchor, CALENDAR, tuple(stops))


def _longer(rule: Rule, more: Period) -> Rule:
    if more.unit is not rule.period.unit:
        raise NotPossible(f"延长的单位要与原期限相同（{rule.period}），请重新填写。")
    return replace(rule, period=Period(rule.period.amount + more.amount, more.unit))


def _write(
    row: Clock,
    case: CaseView,
    wanted: Due,
    anchor: date | datetime,
    stops: list[Suspension],
    at: datetime,
    why: str,
) -> None:
    """Write a clock's figures; a due date that moves is noted with before, after and why."""
    new = row._state.adding
    before = row.due_at
    anchor_at = anchor if isinstance(anchor, datetime) else datetime.combine(anchor, time(), ZONE)
    answer = counted(case, wanted, anchor, row.extra, stops)
    value = case.law.value(wanted.key)
    row.minimum = wanted.minimum
    row.anchor_at, row.due_at, row.due_on = anchor_at, answer.due_at, answer.due_on
    row.advised_on, row.exact, row.calendar = answer.advised_on, answer.exact, answer.calendar
    row.working, row.warnings = list(answer.working), [*answer.warnings, *value.warnings]
    row.citations = [citation.as_json() for citation in value.citations]
    if wanted.safeguard and case.law.is_wanted(wanted.safeguard):
        row.warnings.append(_safeguard_words(case, wanted.safeguard))
    row.save(force_insert=new, force_update=not new)
    if not new and before != row.due_at:
        ClockMove.objects.create(clock=row, before=before, after=row.due_at, why=why, at=at)
    lay_rungs(row, case, wanted, at)


def _safeguard_words(case: CaseView, key: str) -> str:
    value = case.law.value(key)
    cites = "、".join(str(citation) for citation in value.citations)
    return f"到期不等于可以离开：{value.note or '接替者接管之前须继续服务'}（{cites}）。"


def _settle(row: Clock, case: CaseView, step: Step[Any], wanted: Due, at: datetime) -> None:
    """A clock of a step that is done was met; of one that was skipped or whose case ended, it stops."""
    decided = case.steps[step.code]
    met = case.instant(wanted.met_by) if wanted.met_by else None
    if met is not None:
        _meet(row, met)
    elif decided.decided_at is not None and decided.outcome == "skipped":
        _stop(row, at, decided.skipped_why or "这一步已略过")
    elif decided.decided_at is not None:
        _meet(row, decided.decided_at)
    elif case.row.ended_at is not None:
        _stop(row, at, case.row.ended_why or "案件已结束")
    elif row.met_at is not None or row.stopped_at is not None:
        row.met_at, row.stopped_at, row.stopped_why = None, None, ""
        row.save(update_fields=["met_at", "stopped_at", "stopped_why"])


def _meet(row: Clock, at: datetime) -> None:
    if row.met_at is None:
        row.met_at, row.stopped_at, row.stopped_why = at, None, ""
        row.save(update_fields=["met_at", "stopped_at", "stopped_why"])
        row.rungs.filter(done_at=None, dropped_at=None).update(dropped_at=at)


def _stop(row: Clock | None, at: datetime, why: str) -> None:
    if row is not None and row.stopped_at is None and row.met_at is None:
        row.stopped_at, row.stopped_why = at, why
        row.save(update_fields=["stopped_at", "stopped_why"])
        row.rungs.filter(done_at=None, dropped_at=None).update(dropped_at=at)


def _suspensions(case: CaseView) -> list[Suspension]:
    """The stretches in which the case, or an ancestor, stood still."""
    ids, view = [case.row.id], case.parent
    while view is not None:
        ids.append(view.row.id)
        view = view.parent
    rows = SuspensionRow.objects.filter(case_id__in=ids).order_by("from_at")
    return [Suspension(row.from_at, row.to_at, row.reason) for row in rows]


def copy_due(case: CaseView) -> None:
    """Copy the earliest running clock of each step to its open tasks: work lists sort by it."""
    earliest: dict[Any, datetime] = {}
    for clock in Clock.objects.filter(case=case.row, met_at=None, stopped_at=None, minimum=False):
        if clock.due_at is not None:
            earliest[clock.step_id] = min(earliest.get(clock.step_id, FAR), clock.due_at)
    for task in Task.objects.filter(case=case.row, open=True).select_related("round"):
        due_at = earliest.get(task.round.step_id)
        if task.due_at != due_at or task.sort_at != (due_at or FAR):
            Task.objects.filter(pk=task.pk).update(due_at=due_at, sort_at=due_at or FAR)
