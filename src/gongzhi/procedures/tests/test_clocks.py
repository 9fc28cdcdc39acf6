"""Clocks: budget and suspensions, counted by hand here. In 2026 Qingming rests from 4 to 6 April."""

from datetime import date, datetime
from typing import Any

import pytest

from gongzhi.law.schema import Kind
from gongzhi.notices.publish import Publish
from gongzhi.procedures import clocks, tick
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.kinds import Child, Submit
from gongzhi.procedures.models import Clock, ClockMove, Rung, Task
from gongzhi.procedures.standing_acts import offered
from gongzhi.procedures.terms import Due, NamedDate, before, within
from gongzhi.procedures.tests.stage import LAW, UNDEFINED, Law, Stage, Word, at, period, value
from gongzhi.registry.models import Appointment, Post
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.ids import new_id
from gongzhi.values.periods import Roll
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible


def planned(case: Any) -> date | None:
    """The day that was planned in the first step."""
    told = case.root.heard(Timed.start)
    return told.on if told is not None else None


PLAN = NamedDate("plan", "计划日", planned)


class Inner(Procedure):
    """A child whose clock counts from something its parent knows."""

    code, title, child_only = "timed_inner", "示例内层", True
    only = Submit(
        "事项",
        by=COMMUNITY,
        facts=Word,
        due=[within("t.inner", of="start.arrived"), before("t.before", of=PLAN)],
    )


class Timed(Procedure):
    """Deadlines of every sort."""

    code, title = "timed", "示例期限"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT,)
    start = Submit("起点", by=PROVIDER, to=OWNERS, facts=Word)
    work = Submit("办理", by=COMMUNITY, after=start, facts=Word, due=within("t.work", of="start.arrived"))
    late = Submit("以后", by=COUNTY, after=work, facts=Word, due=within("t.late", of="start.arrived"))
    both = Submit(
        "两个期限",
        by=COMMUNITY,
        after=start,
        facts=Word,
        due=[within("t.long", of="start.arrived"), within("t.short", of=PLAN, safeguard="t.safe")],
    )
    inner = Child("内层", "timed_inner", after=start)


@pytest.fixture
def timed(stage: Stage, law: Law) -> Stage:
    """Opened on Monday 2 March 2026 with nothing but a plan for 30 June."""
    for key in ("t.work", "t.late", "t.long", "t.short", "t.inner", "t.safe", "t.before"):
        law[key] = UNDEFINED
    return stage.declare(Inner, Timed)


def begin(stage: Stage, when: str = "2026-03-02 15:00", on: str = "2026-06-30") -> Stage:
    stage.open("timed", on=on).until(when)
    stage.do(
        "committee_head", "start.receive", "receive", arrived_at=stage.now.isoformat(), received_by="示例"
    )
    return stage


@pytest.mark.parametrize(
    ("words", "roll", "began", "due"),
    [
        ("30D", Roll.NONE, "2026-03-05 15:00", date(2026, 4, 4)),  # Qingming, and it does not roll
        ("30D", Roll.NEXT_WORKDAY, "2026-03-05 15:00", date(2026, 4, 7)),  # over Qingming, 4 to 6 April
        ("5WD", Roll.NONE, "2026-03-05 15:00", date(2026, 3, 12)),  # 6, 9, 10, 11, 12 March
        ("1M", Roll.NONE, "2026-03-31 09:00", date(2026, 4, 30)),  # April has no 31st
    ],
)
def test_a_clock_counts_from_its_event_in_the_unit_and_with_the_roll_of_the_law(
    timed: Stage, law: Law, words: str, roll: Roll, began: str, due: date
) -> None:
    law["t.work"] = period(words, roll)
    begin(timed, began)
    clock = timed.clock("t.work")
    assert (clock.due_on, clock.anchor_at) == (due, at(began))
    assert clock.citations == [LAW.as_json()]
    assert clock.working
    assert clock.calendar == CALENDAR.version


def test_hours_run_through_the_night_and_carry_no_day(timed: Stage, law: Law) -> None:
    law["t.work"] = period("24h")
    begin(timed, "2026-04-03 18:30")
    clock = timed.clock("t.work")
    assert (clock.due_at, clock.due_on) == (at("2026-04-04 18:30"), None)


def test_a_clock_runs_though_its_step_is_not_open_yet(timed: Stage, law: Law) -> None:
    law["t.late"] = period("10D")
    begin(timed)
    assert timed.clock("t.late").due_on == date(2026, 3, 12)
    assert not any(path.startswith("late") for path in timed.tasks())


def test_a_key_nobody_defines_and_a_word_are_no_clock(timed: Stage, law: Law) -> None:
    law["t.work"] = value(Kind.PERIOD, "reasonable")
    begin(timed)
    assert not Clock.objects.exists()


def test_the_earlier_of_two_clocks_binds_and_both_are_kept(timed: Stage, law: Law) -> None:
    law["t.long"], law["t.short"] = period("60D"), period("3D")
    begin(timed, on="2026-03-20")
    assert timed.clock("t.long").due_on == date(2026, 5, 1)
    assert timed.clock("t.short").due_on == date(2026, 3, 23)
    task = timed.task("both.submit")
    assert task.due_at == task.sort_at == at("2026-03-24 00:00")


def test_a_task_without_a_clock_sorts_last(timed: Stage) -> None:
    task = begin(timed).task("work.submit")
    assert (task.due_at, task.sort_at) == (None, clocks.FAR)


def test_a_safeguard_says_that_the_end_of_a_clock_is_no_leave_to_go(timed: Stage, law: Law) -> None:
    law["t.short"], law["t.safe"] = period("3D"), value(Kind.FLAG, True)
    begin(timed)
    assert any("到期不等于可以离开" in warning for warning in timed.clock("t.short").warnings)


def test_a_clock_is_met_when_its_step_is_done(timed: Stage, law: Law) -> None:
    law["t.work"] = period("10D")
    begin(timed).until("2026-03-05 09:00").do("community_worker", "work.submit")
    assert timed.clock("t.work").met_at == at("2026-03-05 09:00")
    assert not Rung.objects.filter(done_at=None, dropped_at=None).exists()


def test_every_clock_of_a_case_that_ended_has_stopped_with_the_reason(timed: Stage, law: Law) -> None:
    law["t.work"] = period("10D")
    begin(timed).stand("subdistrict_leader", "end", reason="示例终止")
    assert timed.clock("t.work").stopped_why == "示例终止"


# Anchors that move ----------------------------------------------------------------------------------------------------


def test_a_corrected_day_moves_the_clock_and_says_by_how_much_and_why(timed: Stage, law: Law) -> None:
    law["t.short"] = period("3D")
    begin(timed, on="2026-03-20")
    timed.stand("provider_leader", "correct", step="start", facts={"on": "2026-03-25"}, reason="笔误")
    assert timed.clock("t.short").due_on == date(2026, 3, 28)
    move = ClockMove.objects.get()
    assert (move.before, move.after) == (at("2026-03-24 00:00"), at("2026-03-29 00:00"))
    assert move.why == "更正：笔误"


def test_a_corrected_receipt_moves_its_mark_and_every_clock_that_counts_from_it(
    timed: Stage, law: Law
) -> None:
    law["t.work"], law["t.inner"] = period("10D"), period("5D")
    begin(timed, "2026-03-05 15:00")
    timed.stand(
        "committee_head",
        "correct",
        step="start",
        act="receive",
        facts={"arrived_at": at("2026-03-03 10:00").isoformat(), "received_by": "示例"},
        reason="回证日期为三月三日",
    )
    assert timed.case().marks["start.arrived"] == at("2026-03-03 10:00")
    assert timed.clock("t.work").due_on == date(2026, 3, 13)
    assert timed.clock("t.inner").due_on == date(2026, 3, 8)  # in the child
    assert timed.task("work.submit").due_at == at("2026-03-14 00:00")


def test_only_who_said_it_corrects_it_and_the_first_words_stay(timed: Stage) -> None:
    begin(timed)
    told = {"step": "start", "facts": {"word": "另"}, "reason": "笔误"}
    with pytest.raises(NotAllowed, match="原来填写的单位"):
        timed.stand("committee_head", "correct", **told)
    timed.stand("provider_leader", "correct", **told)
    case = timed.case()
    assert case.said(Timed.start).word == "另"
    assert [act.facts.get("word") for act in case.row.said.filter(name="submit")] == ["示例"]


def test_a_correction_stands_before_the_same_conditions_as_the_first_words(timed: Stage) -> None:
    begin(timed)
    wrong = {"arrived_at": at("2026-03-02 08:00").isoformat(), "received_by": "示例"}
    with pytest.raises(NotPossible, match="早于提交"):
        timed.stand("committee_head", "correct", step="start", act="receive", facts=wrong, reason="笔误")
    with pytest.raises(Invalid, match="没有这一项"):
        timed.stand("provider_leader", "correct", step="start", facts={"x": 1.5}, reason="笔误")
    with pytest.raises(Invalid, match="没有这个步骤"):
        timed.stand("provider_leader", "correct", step="nothing", facts={}, reason="笔误")
    with pytest.raises(NotPossible, match="无需更正"):
        timed.stand("community_worker", "correct", step="work", facts={}, reason="笔误")


def test_a_backward_clock_never_rolls_and_advises_the_working_day_before(timed: Stage, law: Law) -> None:
    law["t.before"] = period("90D")
    begin(timed, on="2026-07-04")
    clock = timed.clock("t.before")
    # 4 July − 90 days = 5 April 2026, Qingming; the working day before the holiday of 4 to 6 April is Friday 3 April
    assert (clock.due_on, clock.advised_on) == (date(2026, 4, 5), date(2026, 4, 3))


# Suspension and extension ---------------------------------------------------------------------------------------------


def test_a_suspended_clock_has_no_end_and_goes_on_with_what_was_left(timed: Stage, law: Law) -> None:
    law["t.work"], law["t.inner"] = period("10D"), period("10D")
    begin(timed, "2026-03-02 15:00")
    timed.until("2026-03-05 10:00").stand(
        "subdistrict_leader", "suspend", reason="等待鉴定", citation="示例依据"
    )
    assert timed.clock("t.work").due_at is None
    assert timed.task("work.submit").due_at is None
    with pytest.raises(NotPossible, match="案件已暂停"):
        timed.do("community_worker", "work.submit")
    with pytest.raises(NotPossible, match="案件已暂停"):  # what stands above a child stands above its tasks
        timed.do("community_worker", "only.submit")
    timed.until("2026-03-09 10:00").stand("subdistrict_leader", "resume", reason="鉴定完毕")
    # 12 March, and the four days from 5 to 8 March whose end it covered: 16 March
    for key in ("t.work", "t.inner"):
        assert timed.clock(key).due_on == date(2026, 3, 16)
    moves = ClockMove.objects.filter(clock=timed.clock("t.work")).order_by("at")
    assert [move.why for move in moves] == ["暂停计时：等待鉴定", "恢复计时：鉴定完毕"]
    assert [(move.before, move.after) for move in moves] == [
        (at("2026-03-13 00:00"), None),
        (None, at("2026-03-17 00:00")),
    ]


def test_nothing_fires_while_a_case_stands_still(timed: Stage, law: Law) -> None:
    law["t.work"] = period("10D")
    begin(timed).stand("subdistrict_leader", "suspend", reason="等待鉴定", citation="示例依据")
    assert tick.fire_due(at("2026-04-30 00:00")) == 0


def test_a_case_is_suspended_once_at_a_time(timed: Stage) -> None:
    begin(timed).stand("subdistrict_leader", "suspend", reason="等待鉴定", citation="示例依据")
    with pytest.raises(NotPossible, match=r"^案件现在不能“暂停计时”，您可以办理的有：终止办理、恢复计时。$"):
        timed.stand("subdistrict_leader", "suspend", reason="再次暂停", citation="示例依据")
    timed.stand("subdistrict_leader", "resume", reason="恢复")
    with pytest.raises(NotPossible, match="现在不能“恢复计时”"):
        timed.stand("subdistrict_leader", "resume", reason="再次恢复")


def test_a_deadline_is_extended_on_a_named_basis(timed: Stage, law: Law) -> None:
    law["t.work"] = period("10D")
    begin(timed)
    clock = timed.clock("t.work")
    basis = {"clock": str(clock.id), "reason": "情况复杂", "citation": "示例办法第2条"}
    for wrong in ("P5WD", "P3M"):
        with pytest.raises(NotPossible, match="单位要与原期限相同"):
            timed.stand("subdistrict_leader", "extend", period=wrong, **basis)
    for wrong in ("P0D", "5D", "P-1D", "P5", "PT5h", "15个工作日"):
        with pytest.raises(Invalid):
            timed.stand("subdistrict_leader", "extend", period=wrong, **basis)
    timed.stand("subdistrict_leader", "extend", period="P5D", **basis)
    assert timed.clock("t.work").due_on == date(2026, 3, 17)
    assert ClockMove.objects.get().why == "延长5日：情况复杂（示例办法第2条）"
    assert timed.clock("t.work").working[0] == "延长5日：情况复杂（示例办法第2条）"


def test_a_leader_of_the_overseer_extends_and_an_officer_where_there_is_none(timed: Stage, law: Law) -> None:
    law["t.work"] = period("10D")
    begin(timed)
    basis = {"clock": str(timed.clock("t.work").id), "reason": "情况复杂", "citation": "示例办法第2条"}
    with pytest.raises(NotAllowed, match="应由示例白山街道办事处的分管（值班）领导办理"):
        timed.stand("subdistrict_officer", "extend", period="P5D", **basis)
    body = timed.cast.organisations["subdistrict"]
    Appointment.objects.filter(organisation=body, post=Post.LEADER).update(to_on=date(2026, 2, 1))
    timed.stand("subdistrict_officer", "extend", period="P5D", **basis)
    assert timed.clock("t.work").due_on == date(2026, 3, 17)


def test_where_no_time_runs_that_could_be_lengthened_it_is_not_offered(timed: Stage, law: Law) -> None:
    begin(timed)
    case = timed.case()
    assert "extend" not in [one.spec.name for one in offered(case)]
    basis = {"clock": str(new_id()), "reason": "情况复杂", "citation": "示例办法第2条"}
    with pytest.raises(NotPossible, match="现在不能“延长期限”"):
        timed.stand("subdistrict_leader", "extend", period="P5D", **basis)


def test_a_deadline_that_is_over_is_not_extended(timed: Stage, law: Law) -> None:
    law["t.work"] = period("10D")
    begin(timed)
    basis = {"clock": str(timed.clock("t.work").id), "reason": "情况复杂", "citation": "示例办法第2条"}
    with pytest.raises(NotPossible, match="已经届满，不能再延长，请尽快办结"):
        timed.until("2026-03-13 00:00").stand("subdistrict_leader", "extend", period="P5D", **basis)
    assert timed.clock("t.work").due_on == date(2026, 3, 12)


def test_only_an_overseer_extends_suspends_and_ends(timed: Stage) -> None:
    begin(timed)
    for act in ("suspend", "end"):
        for name in ("provider_leader", "committee_head", "owner", "county_officer"):
            with pytest.raises(NotAllowed, match="应由示例白山街道办事处办理"):
                timed.stand(name, act, reason="示例原因", citation="示例依据")


class Hung(Procedure):
    """A notice, and nothing else."""

    code, title = "hung", "示例公示案"
    overseers = (SUBDISTRICT,)
    notice = Publish("公示", by=OWNERS, days="t.days")


def test_a_least_time_is_neither_lengthened_by_a_suspension_nor_extended(stage: Stage, law: Law) -> None:
    law["t.days"] = period("7D")
    stage.declare(Hung).open(
        "hung",
        "committee_head",
        title="示例公示",
        body="示例内容",
        places=["东门"],
        posted_at=stage.now.isoformat(),
        posted_by=["示例甲"],
    )
    stage.stand("subdistrict_leader", "suspend", reason="等待鉴定", citation="示例依据")
    clock = stage.clock("t.days")
    assert clock.due_on == date(2026, 3, 9)
    stage.stand("subdistrict_leader", "resume", reason="恢复")
    with pytest.raises(NotPossible, match="不能“延长期限”"):
        stage.stand(
            "subdistrict_leader",
            "extend",
            clock=str(clock.id),
            period="P5D",
            reason="示例",
            citation="示例依据",
        )
    assert stage.task("notice.take_down").due_at is None


# The law of a case ----------------------------------------------------------------------------------------------------


def test_a_case_keeps_the_value_of_its_opening_and_a_child_that_of_its_root(timed: Stage, law: Law) -> None:
    law.own["t.work"] = law.own["t.inner"] = [
        (date(2000, 1, 1), period("10D")),
        (date(2026, 3, 3), period("99D")),
    ]
    begin(timed, "2026-03-05 09:00")  # the child is opened on 5 March, under the law of 2 March
    assert timed.clock("t.work").due_on == timed.clock("t.inner").due_on == date(2026, 3, 15)


def test_a_hole_that_is_filled_later_counts_and_its_clock_starts_with_the_next_tick(
    timed: Stage, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    law["t.work"] = value(Kind.PERIOD, None)
    begin(timed)
    clock = timed.clock("t.work")
    assert (clock.due_at, clock.calendar, clock.working) == (None, "", [clocks.UNSET])
    monkeypatch.setattr(tick, "_LOOKED", {})
    assert tick.fill_holes(at("2026-03-04 09:00")) == 0
    law.own["t.work"].append((date(2026, 3, 4), period("10D")))
    monkeypatch.setattr(tick, "_LOOKED", {})
    assert tick.fill_holes(at("2026-03-04 09:01")) == 1
    assert timed.clock("t.work").due_on == date(2026, 3, 12)
    assert timed.task("work.submit").due_at == at("2026-03-13 00:00")
    assert tick.fill_holes(at("2026-03-04 09:02")) == 0


def test_a_period_that_was_set_after_its_clock_began_binds_from_the_day_it_is_in_force(
    timed: Stage, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Begun on 2 March; five days set from 1 April: the first of them is 2 April, the last 6 April."""
    law["t.work"] = value(Kind.PERIOD, None)
    begin(timed)
    late = date(2026, 4, 1)
    law.own["t.work"].append((late, period("5D", source="local", set_on=late, note="示例设定")))
    monkeypatch.setattr(tick, "_LOOKED", {})
    assert tick.fill_holes(at("2026-04-01 09:01")) == 1
    clock = timed.clock("t.work")
    assert clock.due_on == date(2026, 4, 6)
    words = "起算事件发生时本地尚未设定期限，设定自2026年4月1日（周三）施行，自该日起算"
    assert words in clock.working
    tick.fire_due(at("2026-04-01 09:02"))
    assert Clock.objects.get(pk=clock.pk).missed_at is None


def test_what_was_set_when_its_clock_began_counts_from_its_event(timed: Stage, law: Law) -> None:
    law["t.work"] = period("5D", source="local", set_on=date(2026, 2, 1))
    begin(timed)
    clock = timed.clock("t.work")
    assert clock.due_on == date(2026, 3, 7)
    assert not any("自该日起算" in line for line in clock.working)


# Provisional dates ----------------------------------------------------------------------------------------------------


class NextYear:
    """The calendar, with the table of 2027 announced: 1 to 3 January rest, and Monday the 4th too."""

    version = "示例2027"

    def is_known(self, year: int) -> bool:
        return year <= 2027

    def is_rest(self, day: date) -> bool:
        return day in (date(2027, 1, 1), date(2027, 1, 4)) or (
            day.weekday() > 4 if day.year == 2027 else CALENDAR.is_rest(day)
        )

    def is_make_up(self, day: date) -> bool:
        return False

    def why_rest(self, day: date) -> str:
        if not self.is_rest(day):
            return ""
        return "元旦" if day.weekday() < 5 else "周末"

    def is_working(self, day: date) -> bool:
        return not self.is_rest(day)


def test_a_date_in_a_year_without_a_table_is_provisional_and_fires_nothing(timed: Stage, law: Law) -> None:
    law["t.work"] = period("5WD")
    begin(timed, "2026-12-28 09:00")
    clock = timed.clock("t.work")
    # weekends and New Year's Day: 29, 30, 31 December, 4 and 5 January 2027
    assert (clock.due_on, clock.exact) == (date(2027, 1, 5), False)
    assert any("暂定" in warning for warning in clock.warnings)
    assert not Rung.objects.exists()
    assert tick.fire_due(at("2027-02-01 00:00")) == 0


def test_the_table_of_a_year_moves_its_clocks_on_the_record(
    timed: Stage, law: Law, monkeypatch: pytest.MonkeyPatch
) -> None:
    law["t.work"] = period("5WD")
    begin(timed, "2026-12-28 09:00")
    announced = NextYear()
    monkeypatch.setattr(clocks, "CALENDAR", announced)
    assert tick.recalendar(announced.version, at("2026-12-28 10:00")) == 1
    clock = timed.clock("t.work")
    # New Year's Day and Monday 4 January rest: 29, 30, 31 December, 5 and 6 January
    assert (clock.due_on, clock.exact, clock.calendar) == (date(2027, 1, 6), True, "示例2027")
    move = ClockMove.objects.get()
    assert (move.before, move.after) == (at("2027-01-06 00:00"), at("2027-01-07 00:00"))
    assert move.why == "放假安排更新为示例2027"
    assert {rung.name for rung in Rung.objects.all()} == {"remind", "overdue", "superior"}
    assert tick.recalendar(announced.version, at("2026-12-28 10:01")) == 0


def test_a_task_of_its_own_clock_is_bound_by_it_and_others_are_not() -> None:
    step = Task().round_id
    clock = Clock(step_id=step, due_at=at("2026-03-10 00:00"), task="reply:1")
    assert clocks.due_of(Task(name="reply:1"), step, [clock]) == at("2026-03-10 00:00")  # type: ignore[arg-type]
    assert clocks.due_of(Task(name="take_down"), step, [clock]) is None  # type: ignore[arg-type]
    assert Due("k", "x").anchor == "x"
    assert isinstance(clock.due_at, datetime)
