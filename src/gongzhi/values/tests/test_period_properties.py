"""What holds of every period, whatever its figures."""

import timeit
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.values.calendars import CALENDAR
from gongzhi.values.periods import Direction, Period, Roll, Rule, Suspension, Unit, due

SHANGHAI = ZoneInfo("Asia/Shanghai")
days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
calendar_units = st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS])
periods = st.builds(Period, st.integers(1, 120), calendar_units)
rules = st.builds(Rule, periods, st.just(Direction.AFTER), st.sampled_from(Roll), st.booleans())
instants = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=st.just(SHANGHAI))  # noqa: DTZ001


@st.composite
def suspensions(draw):
    since = draw(instants)
    return Suspension(since, since + draw(st.timedeltas(timedelta(0), timedelta(days=60))), "测试")


@given(st.builds(Period, st.integers(1, 99999), st.sampled_from(Unit)))
def test_a_written_period_reads_back(period):
    assert Period.parse(period.iso) == period


@given(periods, days)
def test_a_rolled_end_is_always_a_working_day(period, start):
    result = due(Rule(period), start, CALENDAR)
    assert CALENDAR.is_working(result.due_on)
    assert result.due_on > start


@given(st.integers(1, 1000), days)
def test_days_without_roll_are_plain_arithmetic(amount, start):
    result = due(Rule(Period(amount, Unit.DAYS), roll=Roll.NONE), start, CALENDAR)
    assert (result.due_on - start).days == amount


@given(st.integers(1, 60), days)
def test_working_days_counted_are_as_many_as_asked(amount, start):
    end = due(Rule(Period(amount, Unit.WORKING_DAYS)), start, CALENDAR).due_on
    span = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(CALENDAR.is_working(day) for day in span) == amount


@given(rules, days, st.lists(suspensions(), max_size=4))
def test_a_suspension_never_makes_a_period_shorter(rule, start, halts):
    assert due(rule, start, CALENDAR, halts).due_on >= due(rule, start, CALENDAR).due_on


@st.composite
def within_a_day(draw):
    day = datetime.combine(draw(days), datetime.min.time(), SHANGHAI)
    begun, lifted = sorted(draw(st.tuples(*[st.integers(0, 24 * 60 - 1)] * 2)))
    return Suspension(day + timedelta(minutes=begun), day + timedelta(minutes=lifted), "测试")


@given(rules, days, st.lists(within_a_day(), max_size=4))
def test_suspensions_that_span_no_midnight_change_no_date(rule, start, halts):
    assert due(rule, start, CALENDAR, halts).due_on == due(rule, start, CALENDAR).due_on


@given(st.integers(1, 120), st.sampled_from(Roll), days, st.data())
def test_a_suspension_adds_the_midnights_it_spans_before_the_roll(amount, roll, start, data):
    begins = start + timedelta(days=data.draw(st.integers(1, amount)))
    since = datetime.combine(begins, datetime.min.time(), SHANGHAI)
    since += timedelta(minutes=data.draw(st.integers(0, 24 * 60 - 1)))
    until = since + timedelta(minutes=data.draw(st.integers(0, 60 * 24 * 60)))
    midnights = (until.date() - since.date()).days
    halted = due(
        Rule(Period(amount, Unit.DAYS), roll=roll), start, CALENDAR, [Suspension(since, until, "测试")]
    )
    longer = due(Rule(Period(amount + midnights, Unit.DAYS), roll=roll), start, CALENDAR)
    assert halted.due_on == longer.due_on


@given(rules, days, st.lists(suspensions(), max_size=4), st.randoms())
def test_the_order_in_which_suspensions_are_told_does_not_matter(rule, start, halts, chance):
    shuffled = chance.sample(halts, len(halts))
    assert due(rule, start, CALENDAR, halts).due_on == due(rule, start, CALENDAR, shuffled).due_on


@given(st.integers(1, 500), instants, st.lists(suspensions(), max_size=4))
def test_hours_run_for_exactly_their_length_outside_suspensions(amount, start, halts):
    end = due(Rule(Period(amount, Unit.HOURS)), start, CALENDAR, halts).due_at
    ends = [(max(h.from_at, start), min(h.to_at, end)) for h in halts]
    marks = sorted({start, end, *(t for pair in ends for t in pair if start <= t <= end)})
    running = sum(
        (b - a for a, b in pairwise(marks) if not any(s <= a and b <= e for s, e in ends)),
        timedelta(),
    )
    assert running == timedelta(hours=amount)


@given(periods, days)
def test_an_advised_day_is_worked_and_never_after_the_latest(period, event):
    result = due(Rule(period, Direction.BEFORE), event, CALENDAR)
    assert CALENDAR.is_working(result.advised_on)
    assert result.advised_on <= result.due_on < event


@given(rules, days)
def test_a_result_is_exact_unless_a_warning_names_a_year(rule, start):
    result = due(rule, start, CALENDAR)
    assert result.exact == (not result.warnings)
    moves = rule.roll is not Roll.NONE or rule.period.unit is Unit.WORKING_DAYS
    if moves and not CALENDAR.is_known(result.due_on.year):
        assert str(result.due_on.year) in result.warnings[0]


@given(rules, days)
def test_the_last_day_ends_at_the_next_midnight(rule, start):
    result = due(rule, start, CALENDAR)
    assert result.due_at == datetime.combine(result.due_on + timedelta(days=1), datetime.min.time(), SHANGHAI)


def test_ninety_days_are_counted_in_fifty_microseconds_with_their_working():
    rule, start, rounds = Rule(Period(90, Unit.DAYS)), date(2026, 7, 3), 500  # rolls over National Day
    seconds = min(timeit.repeat(lambda: due(rule, start, CALENDAR), number=rounds, repeat=7)) / rounds
    assert seconds < 50e-6
