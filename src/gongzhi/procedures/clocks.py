"""The one place that writes clocks: projecting every clock of a case from its anchors, and a task's copy of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from gongzhi.acts.kept import insert, save
from gongzhi.acts.rows import fresh, link
from gongzhi.law.queries import Value
from gongzhi.law.value import SET_SINCE
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE
from gongzhi.values.periods import Direction, DueDate, Period, Roll, Rule, Suspension, due
from gongzhi.values.refusals import NotPossible
from gongzhi.values.remaining import remaining
from gongzhi.values.wording import day_words

from .declare import Step
from .ladder import day_ahead, drop_rungs, lay_rungs, periods_ahead
from .models import Clock, ClockMove, Task
from .terms import Due
from .view import SKIPPED, CaseView

FAR = datetime(9999, 12, 31, tzinfo=ZONE)
ONE_DAY = timedelta(days=1)
BEGUN = "起算事件已发生"
MOVED = "起算事件或者依据有变更"
GONE = "起算的事项已退回、更正或者撤回，本期限停止，重新办理后再起算"
UNSET = "本地未设定期限，设定后开始计算"
SINCE_SET = SET_SINCE + "，设定自{}施行，自该日起算"
RUNS_ON = "案件暂停计时的期间照常计算：本期限不由本案的办理决定"
_FIGURES = (
    *("anchor_at", "minimum", "binds", "task", "due_at", "due_on", "advised_on", "exact"),
    *("calendar", "working", "warnings", "citations", "left", "met_at", "stopped_at", "stopped_why"),
)


def project(case: CaseView, at: datetime, why: str = "") -> None:
    """Bring every clock of the case up to date: begun, moved (on the record), met or stopped; then its tasks.

    Children whose clocks count from something above them follow, where something changed.
    """
    _Projection(case, at, why).run()
    if case.is_touched:
        for child in case.children.values():
            if child.row.ended_at is None and child.declaration.counts_from_above:
                project(child, at, why)


def reproject(case: CaseView, at: datetime, why: str) -> None:
    """The calendar or the law changed: clocks, and rows of open rounds that keep a date of their own, follow."""
    project(case, at, why)
    for step in case.declared:
        found = case.open_round(step)
        if found is not None:
            step.recount(case.round_view(found), at)


def counted(
    case: CaseView,
    wanted: Due,
    anchor: date | datetime,
    extra: Iterable[Any] = (),
    stops: Iterable[Suspension] = (),
) -> DueDate:
    """The due date of one clock: the pack's period from its anchor, extensions added, suspensions left out.

    A least time hangs on while the case stands still, so suspensions do not lengthen it; nor do they what is another's
    than the case's (`Due.runs_on`).
    """
    rule = counted_rule(case, wanted, extra)
    return due(rule, anchor, CALENDAR, () if wanted.minimum or wanted.runs_on else tuple(stops))


def counted_rule(case: CaseView, wanted: Due, extra: Iterable[Any] = ()) -> Rule:
    """The pack's period of one clock, the way its step counts it, with its extensions."""
    rule = case.law.rule(wanted.key)
    if wanted.before != (rule.direction is Direction.BEFORE):
        rule = replace(rule, direction=Direction.BEFORE if wanted.before else Direction.AFTER, roll=Roll.NONE)
    for more in extra:
        rule = _longer(rule, Period.parse(more["period"]))
    return rule


def _longer(rule: Rule, more: Period) -> Rule:
    if more.unit is not rule.period.unit:
        raise NotPossible(f"延长的单位要与原期限相同（{rule.period}），请重新填写。")
    return replace(rule, period=Period(rule.period.amount + more.amount, more.unit))


@dataclass
class _Projection:
    """One going over the clocks of one case."""

    case: CaseView
    at: datetime
    why: str

    def run(self) -> None:
        """Each clock that a step declares, then those whose event no step knows any longer."""
        rows = {(clock.step_id, clock.key, clock.anchor): clock for clock in self.case.clocks}
        declared: set[tuple[UUID, str, str]] = set()
        for step in self.case.declared:
            for wanted in step.dues(self.case):
                place = (self.case.steps[step.code].id, wanted.key, wanted.anchor)
                kept = self._one(step, wanted, rows.get(place))
                if kept is not None:
                    rows[place] = kept
                    declared.add(place)
        for place, clock in rows.items():
            if place not in declared:
                self._stop(clock, self.why or GONE)
        self.case.clocks = list(rows.values())
        copy_due(self.case, rows.values())
        keep_date(self.case)

    def _one(self, step: Step[Any], wanted: Due, row: Clock | None) -> Clock | None:
        if row is not None and row.met_at is not None and self._met_at(step, wanted) is not None:
            return row
        anchor = self.case.event(wanted.of)
        if anchor is None or not self._is_counted(wanted):
            if row is not None:
                self._stop(row, self.why or self._why_gone(wanted))
            return row
        if row is None and self.case.outcome_of(step) == SKIPPED:
            return None
        row = row or self._begun(step, wanted)
        self._write(step, wanted, row, anchor)
        return row

    def _why_gone(self, wanted: Due) -> str:
        """Why its event is none any longer: what the step it counts from says of it, else that something was undone."""
        code = wanted.of.partition(".")[0] if isinstance(wanted.of, str) else ""
        step = next((one for one in self.case.declared if one.code == code), None)
        found = self.case.live_round(step) if step is not None else None
        said = (
            step.why_uncounted(self.case.round_view(found)) if step is not None and found is not None else ""
        )
        return said or GONE

    def _begun(self, step: Step[Any], wanted: Due) -> Clock:
        """A clock that is not written yet."""
        declared, case = self.case.steps[step.code], self.case.row
        row = fresh(Clock, step_id=declared.pk, case_id=case.pk, key=wanted.key, anchor=wanted.anchor)
        link(row, "step", declared)
        link(row, "case", case)
        return row

    def _is_counted(self, wanted: Due) -> bool:
        """Whether the law knows the period: one that is set, or that the place has to set; a word is no number."""
        value = self.case.law.value(wanted.key)
        return wanted.ahead or (value.is_defined and (value.is_counted or not value.is_set))

    def _write(self, step: Step[Any], wanted: Due, row: Clock, anchor: date | datetime) -> None:
        """Write a clock's figures where they changed; a due date that moves is noted with before, after and why."""
        new = row._state.adding
        before, was = [] if new else _figures(row), _effective(row)
        row.anchor_at = anchor if isinstance(anchor, datetime) else datetime.combine(anchor, time(), ZONE)
        row.minimum, row.binds, row.task = wanted.minimum, not wanted.optional, wanted.task
        self._count(wanted, row, anchor)
        self._settle(step, wanted, row)
        if row.missed_at != row.due_at:
            row.missed_at = None
        if not new and _figures(row) == before:
            return
        insert(row) if new else save(row)
        if not new and row.met_at is None and was != _effective(row):
            self._note(row, was, _effective(row))
        if row.met_at is not None or row.stopped_at is not None:
            if not new:
                drop_rungs(row, self.at)
        else:
            lay_rungs(row, self.case, wanted, self.at, new=new)

    def _count(self, wanted: Due, row: Clock, anchor: date | datetime) -> None:
        """The due date with its working; without a local value the clock waits, and says so."""
        value = self.case.law.value(wanted.key)
        cites = value.citations if wanted.cites is None else self.case.law.cites_known(*wanted.cites)
        row.citations = [citation.as_json() for citation in cites]
        row.left = ""
        if wanted.ahead:
            self._look_ahead(wanted, row, anchor)
            return
        if not value.is_set:
            row.due_at = row.due_on = row.advised_on = None
            row.exact, row.calendar, row.working, row.warnings = True, "", [UNSET], list(value.warnings)
            return
        event, anchor = anchor, self._begins(wanted, value, anchor)
        answer = counted(self.case, wanted, anchor, row.extra, self._stops())
        if answer.due_at is None:
            rule = counted_rule(self.case, wanted, row.extra)
            row.left = remaining(rule, anchor, CALENDAR, self._stops())
        row.due_at, row.due_on, row.advised_on = answer.due_at, answer.due_on, answer.advised_on
        row.exact, row.calendar = answer.exact, answer.calendar
        agreed = [value.note] if value.source == "contract" else []
        more = [
            f"延长{Period.parse(one['period'])}：{one['reason']}（{one['citation']}）" for one in row.extra
        ]
        since = [SINCE_SET.format(day_words(value.set_on))] if anchor != event and value.set_on else []
        row.working = [*more, *since, *answer.working, *value.set_here, *agreed]
        if wanted.runs_on and self.case.halts:
            row.working.append(RUNS_ON)
        row.warnings = [*answer.warnings, *value.warnings]
        if wanted.safeguard and self.case.law.is_wanted(wanted.safeguard):
            row.warnings.append(_safeguard_words(self.case, wanted.safeguard))

    def _begins(self, wanted: Due, value: Value, event: date | datetime) -> date | datetime:
        """Where it counts from: its event, or the later day from which the period counts that was missing till then.

        Nobody is bound before there is a period. What was set by the opening of the case was there. A least time and a
        backward period make nobody late for the past.
        """
        on = value.set_on if value.source == "local" else None
        day = self.case.local_day(event) if isinstance(event, datetime) else event
        backward = wanted.before or value.direction is Direction.BEFORE
        if on is None or on <= max(day, self.case.row.law_on) or wanted.minimum or backward:
            return event
        return datetime.combine(on, time(), ZONE) if isinstance(event, datetime) else on

    def _look_ahead(self, wanted: Due, row: Clock, anchor: date | datetime) -> None:
        """A date that is watched is not counted: it is there, and the place looks ahead to it."""
        on = self.case.local_day(anchor) if isinstance(anchor, datetime) else anchor
        row.due_on, row.due_at, row.advised_on = on, datetime.combine(on + ONE_DAY, time(), ZONE), None
        row.exact, row.calendar, row.warnings = True, CALENDAR.version, []
        value = self.case.law.value(wanted.key)
        days = [f"提前{one}：{day_ahead(one, on)}" for one in periods_ahead(value)] if wanted.rings else []
        usual = [] if value.is_set or not days else [f"本地未设定“{value.title}”，按办公惯例提醒"]
        row.working = [f"所向日期：{on}", *days, *value.set_here, *usual]

    def _met_at(self, step: Step[Any], wanted: Due) -> datetime | None:
        """When what the clock is about was done: at its mark, or with its step."""
        met = self.case.instant(wanted.met_by) if wanted.met_by else None
        decided = self.case.steps[step.code]
        if met is None and decided.outcome not in ("", SKIPPED) and not wanted.outlives:
            return decided.decided_at
        return met

    def _settle(self, step: Step[Any], wanted: Due, row: Clock) -> None:
        """A clock of a step that is done was met; of one that was skipped or whose case ended, it stops."""
        decided, met = self.case.steps[step.code], self._met_at(step, wanted)
        why = ""
        if decided.outcome == SKIPPED:
            why = decided.skipped_why or "这一步已跳过"
        elif self.case.row.ended_at is not None:
            why = self.case.row.ended_why or "案件已结束"
        stopped = met is None and bool(why)
        row.met_at = met
        row.stopped_at = (row.stopped_at or self.at) if stopped else None
        row.stopped_why = why[:300] if stopped else ""

    def _stop(self, row: Clock, why: str) -> None:
        """Its event is gone: it stops with the reason."""
        if row.stopped_at is not None or row.met_at is not None:
            return
        was = _effective(row)
        row.stopped_at, row.stopped_why = self.at, why[:300]
        save(row, "stopped_at", "stopped_why")
        self._note(row, was, None)
        drop_rungs(row, self.at)

    def _note(self, row: Clock, was: datetime | None, now: datetime | None) -> None:
        why = self.why or row.stopped_why or (BEGUN if was is None else MOVED)
        insert(ClockMove(clock=row, before=was, after=now, why=why[:300], at=self.at))

    def _stops(self) -> list[Suspension]:
        """The stretches in which the case, or an ancestor, stood still."""
        return [Suspension(row.from_at, row.to_at, row.reason) for row in self.case.halts]


def _figures(row: Clock) -> list[Any]:
    return [getattr(row, name) for name in _FIGURES]


def _effective(row: Clock) -> datetime | None:
    """When it binds; a clock that was stopped binds no more."""
    return None if row.stopped_at is not None else row.due_at


def _safeguard_words(case: CaseView, key: str) -> str:
    value = case.law.value(key)
    cites = "、".join(str(citation) for citation in value.citations)
    return f"到期不等于可以离开：{value.note or '接替者接管之前须继续服务'}（{cites}）。"


def copy_due(case: CaseView, clocks: Iterable[Clock]) -> None:
    """Copy to each open task the earliest running clock that binds it: work lists sort by it."""
    running = list(clocks)
    steps = {found.id: found.step_id for step in case.declared for found in case.rounds(step)}
    for task in case.open_tasks():
        due_at = due_of(task, steps[task.round_id], running)
        if task.due_at != due_at or task.sort_at != (due_at or FAR):
            task.due_at, task.sort_at = due_at, due_at or FAR
            save(task, "due_at", "sort_at")


def keep_date(case: CaseView) -> None:
    """Copy the date a live case moves towards beside it: who looks ahead reads no other thing of it."""
    towards = case.declaration.towards
    if towards is None or case.row.ended_at is not None:
        return
    found = towards.read(case)
    on = case.local_day(found) if isinstance(found, datetime) else found
    if on != case.row.towards_on:
        case.row.towards_on = on
        save(case.row, "towards_on")


def due_of(task: Task, step_id: UUID, clocks: Iterable[Clock]) -> datetime | None:
    """The earliest deadline of a task: a running clock that names it, or, where it holds the step up, one of the step;
    or the end of the day a paper names for it.
    """
    named = [] if task.due_on is None else [datetime.combine(task.due_on + ONE_DAY, time(), ZONE)]
    binding = [
        clock.due_at
        for clock in clocks
        if clock.step_id == step_id
        and clock.due_at is not None
        and clock.binds
        and not (clock.minimum or clock.met_at or clock.stopped_at)
        and (clock.task == task.name if clock.task else task.holds and not task.instead)
    ]
    return min([*binding, *named], default=None)
