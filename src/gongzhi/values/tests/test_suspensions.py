"""Budget and suspensions: what was suspended does not count. Dates counted by hand."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongzhi.values.calendars import CALENDAR
from gongzhi.values.periods import Direction, Period, Roll, Rule, Suspension, Unit, due
from gongzhi.values.remaining import NOT_BEGUN, remaining

SHANGHAI = ZoneInfo("Asia/Shanghai")


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def halt(since, until=None, reason="等待审计"):
    return Suspension(instant(since), until and instant(until), reason)


def count(period, start, *halts):
    event = instant(start) if "T" in period else date.fromisoformat(start)
    return due(Rule(Period.parse(period)), event, CALENDAR, halts)


@pytest.mark.parametrize(
    ("halts", "last"),
    [
        ([], "2026-12-02"),
        (
            [halt("2026-11-10 09:00", "2026-11-14 17:00")],
            "2026-12-07",
        ),  # four days, 10 to 13, then over Sunday 6
        ([halt("2026-11-10 09:00", "2026-11-10 15:00")], "2026-12-02"),  # over before midnight
        (
            [halt("2026-11-10 09:00", "2026-11-12 00:00")],
            "2026-12-04",
        ),  # 10 and 11, lifted as the 12th begins
        ([halt("2026-11-10 09:00", "2026-11-10 09:00")], "2026-12-02"),  # of no length
        ([halt("2026-10-30 09:00", "2026-11-04 18:00")], "2026-12-03"),  # began before the event: 3 alone
        ([halt("2026-10-30 09:00", "2026-11-03 09:00")], "2026-12-02"),  # lifted on the first day that counts
        ([halt("2026-10-20 09:00", "2026-10-30 18:00")], "2026-12-02"),  # over before the event
        ([halt("2026-12-02 10:00", "2026-12-04 00:00")], "2026-12-04"),  # on the last day itself: 2 and 3
        ([halt("2026-12-03 08:00", "2026-12-20 08:00")], "2026-12-02"),  # after the end
    ],
)
def test_suspended_days_are_added_to_thirty_days(halts, last):
    assert count("P30D", "2026-11-02", *halts).due_on == date.fromisoformat(last)


def test_days_suspended_twice_are_left_out_once():
    one, other = halt("2026-11-10 09:00", "2026-11-14 17:00"), halt("2026-11-13 09:00", "2026-11-16 12:00")
    assert count("P30D", "2026-11-02", one, other).due_on == date(2026, 12, 8)  # 10 to 15: six days
    assert count("P30D", "2026-11-02", other, one).due_on == date(2026, 12, 8)


def test_two_suspensions_on_one_day_leave_nothing_out():
    halts = halt("2026-11-10 09:00", "2026-11-10 10:00"), halt("2026-11-10 15:00", "2026-11-10 16:00")
    assert count("P30D", "2026-11-02", *halts).due_on == date(2026, 12, 2)


def test_a_pause_within_the_last_day_is_not_rolled_over_the_weekend():
    same_day = halt("2026-11-05 09:00", "2026-11-05 09:05")
    assert count("P4D", "2026-11-02", same_day).due_on == date(2026, 11, 6)  # a Friday, and not Monday 9
    over_night = halt("2026-11-05 23:59", "2026-11-06 00:01")
    assert count("P4D", "2026-11-02", over_night).due_on == date(2026, 11, 9)  # Saturday 7, rolled


def test_a_suspension_that_only_the_first_one_brings_into_the_period_counts_too():
    halts = halt("2026-11-10 09:00", "2026-11-14 17:00"), halt("2026-12-05 10:00", "2026-12-06 12:00")
    assert count("P30D", "2026-11-02", *halts).due_on == date(2026, 12, 7)  # 6 December, and one more


def test_months_are_extended_by_days_and_then_rolled():
    result = count("P1M", "2026-10-12", halt("2026-10-20 08:00", "2026-10-22 18:00"))
    assert result.due_on == date(2026, 11, 16)  # 12 November, two days on is Saturday 14


def test_working_days_pass_over_a_suspension():
    result = count("P5WD", "2026-11-02", halt("2026-11-04 09:00", "2026-11-06 12:00"))
    assert result.due_on == date(2026, 11, 11)  # 3 and 6, then 9 to 11


def test_a_roll_does_not_end_inside_a_suspension():
    result = count("P7D", "2026-11-14", halt("2026-11-23 08:00", "2026-11-24 18:00"))
    assert result.due_on == date(2026, 11, 24)  # Saturday 21 rolls to Monday 23, suspended over its end


def test_hours_stand_still_while_suspended():
    result = count("PT24H", "2026-09-30 18:30", halt("2026-10-01 00:00", "2026-10-01 06:15"))
    assert result.due_at == instant("2026-10-02 00:45")
    assert (
        "暂停：2026年10月1日（周四）00:00至2026年10月1日（周四）06:15，共6小时15分不计（等待审计）"
        in result.working
    )


def test_hours_leave_out_only_what_lies_after_their_start_and_before_their_end():
    early = halt("2026-09-30 12:00", "2026-09-30 19:30")
    late = halt("2026-10-02 12:00", "2026-10-02 13:00")
    over = halt("2026-09-30 01:00", "2026-09-30 02:00")
    assert count("PT24H", "2026-09-30 18:30", early, late, over).due_at == instant("2026-10-01 19:30")


def test_a_suspension_that_begins_as_the_hours_end_is_too_late():
    assert count("PT24H", "2026-09-30 18:30", halt("2026-10-01 18:30")).due_at == instant("2026-10-01 18:30")


@pytest.mark.parametrize(
    ("period", "start"),
    [("P30D", "2026-11-02"), ("P1M", "2026-11-02"), ("P10WD", "2026-11-02"), ("PT480H", "2026-11-02 09:00")],
)
def test_a_suspension_that_lasts_leaves_no_due_date(period, start):
    result = count(period, start, halt("2026-11-10 09:00"))
    assert (result.due_at, result.due_on, result.advised_on) == (None, None, None)
    assert any(
        line.startswith("暂停中：2026年11月10日（周二）") and "等待审计" in line for line in result.working
    )
    assert not any(line.startswith("截止") for line in result.working)


def test_a_suspension_that_lasts_swallows_the_later_ones():
    assert (
        count(
            "P30D", "2026-11-02", halt("2026-11-10 09:00"), halt("2026-11-12 09:00", "2026-11-13 09:00")
        ).due_on
        is None
    )


def test_a_suspension_that_began_after_the_end_does_not_revive_a_period():
    assert count("P30D", "2026-11-02", halt("2026-12-03 09:00")).due_on == date(2026, 12, 2)


def test_a_suspension_that_begins_on_the_days_of_the_roll_leaves_no_due_date():
    assert (
        count("P7D", "2026-11-14", halt("2026-11-22 08:00")).due_on is None
    )  # Saturday 21 was to roll to Monday


def test_the_working_names_the_days_their_number_and_the_reason():
    result = count("P30D", "2026-11-02", halt("2026-11-10 09:00", "2026-11-14 17:00"))
    assert "暂停：2026年11月10日（周二）至2026年11月13日（周五），共4日不计（等待审计）" in result.working


def test_the_working_of_a_suspension_from_before_the_event_begins_with_the_period():
    result = count("P30D", "2026-11-02", halt("2026-10-30 09:00", "2026-11-04 18:00"))
    assert "暂停：2026年11月3日（周二）至2026年11月3日（周二），共1日不计（等待审计）" in result.working


def test_reasons_of_merged_suspensions_are_all_named():
    one = halt("2026-11-10 09:00", "2026-11-12 17:00", "等待审计")
    other = halt("2026-11-11 09:00", "2026-11-13 17:00", "调解")
    lines = count("P30D", "2026-11-02", one, other, one).working
    assert any("共3日不计（等待审计、调解）" in line for line in lines)


def test_a_backward_period_is_not_moved_by_a_suspension_and_says_so():
    rule = Rule(Period.parse("P15D"), direction=Direction.BEFORE)
    result = due(rule, date(2026, 11, 30), CALENDAR, [halt("2026-11-10 09:00")])
    assert result.due_on == date(2026, 11, 15)
    assert result.warnings == ("倒推的期限不因暂停而变动。",)


def test_a_suspension_needs_zones_and_an_end_after_its_beginning():
    with pytest.raises(ValueError, match="zone"):
        Suspension(datetime(2026, 11, 10), None, "等待审计")  # noqa: DTZ001
    with pytest.raises(ValueError, match="ends before"):
        halt("2026-11-10 09:00", "2026-11-09 09:00")


# What was left ------------------------------------------------------------------------------------------------------


def test_what_was_left_is_what_is_counted_after_it_and_no_roll() -> None:
    """15 days from 2 March 2026: the 17th; halted on the 4th there are 13, halted for three days as many after."""
    rule = Rule(Period(15, Unit.DAYS), roll=Roll.NEXT_WORKDAY)
    halted = Suspension(datetime(2026, 3, 4, 10, tzinfo=SHANGHAI), None, "示例")
    assert remaining(rule, date(2026, 3, 2), CALENDAR, [halted]) == "13 日"
    lifted = replace(halted, to_at=datetime(2026, 3, 7, 9, tzinfo=SHANGHAI))
    after = due(rule, date(2026, 3, 2), CALENDAR, [lifted]).due_on
    assert after is not None
    assert (after - date(2026, 3, 7)).days == 13
    # twelve days end on Saturday the 14th and roll to Monday: the two days of the roll are not left
    rolled = Rule(Period(12, Unit.DAYS), roll=Roll.NEXT_WORKDAY)
    assert remaining(rolled, date(2026, 3, 2), CALENDAR, [halted]) == "10 日"


def test_what_was_left_of_working_days_and_hours_is_told_in_them() -> None:
    """Five working days from Wednesday 11 March end on the 18th; halted on Friday, three are left after that day."""
    halted = Suspension(datetime(2026, 3, 13, 10, tzinfo=SHANGHAI), None, "示例")
    rule = Rule(Period(5, Unit.WORKING_DAYS))
    assert remaining(rule, date(2026, 3, 11), CALENDAR, [halted]) == "3 个工作日"
    hours = Rule(Period(24, Unit.HOURS))
    assert remaining(hours, datetime(2026, 3, 13, 9, tzinfo=SHANGHAI), CALENDAR, [halted]) == "23 小时 0 分"
    assert remaining(rule, date(2026, 3, 11), CALENDAR, []) == ""


def test_a_period_whose_first_day_had_not_come_had_nothing_left() -> None:
    halted = Suspension(datetime(2026, 3, 13, 10, tzinfo=SHANGHAI), None, "示例")
    assert remaining(Rule(Period(30, Unit.DAYS)), date(2026, 5, 31), CALENDAR, [halted]) == NOT_BEGUN
