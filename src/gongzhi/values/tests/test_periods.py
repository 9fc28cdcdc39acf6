"""Dates counted by hand on a paper calendar; each holiday is named."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongzhi.values.calendars import CALENDAR
from gongzhi.values.periods import Direction, Period, Roll, Rule, Unit, due
from gongzhi.values.refusals import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")


def day(text):
    return date.fromisoformat(text)


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def rule(period, **more):
    return Rule(Period.parse(period), **more)


def count(period, start, **more):
    return due(rule(period, **more), day(start), CALENDAR)


def before(period, start, **more):
    return count(period, start, direction=Direction.BEFORE, **more)


# ── the period itself ──


@pytest.mark.parametrize(
    ("iso", "amount", "unit", "words"),
    [
        ("P90D", 90, Unit.DAYS, "90日"),
        ("P5WD", 5, Unit.WORKING_DAYS, "5个工作日"),
        ("PT24H", 24, Unit.HOURS, "24小时"),
        ("P3M", 3, Unit.MONTHS, "3个月"),
        ("P2Y", 2, Unit.YEARS, "2年"),
    ],
)
def test_a_period_is_read_and_said_in_chinese(iso, amount, unit, words):
    period = Period.parse(iso)
    assert (period.amount, period.unit) == (amount, unit)
    assert str(period) == words
    assert period.iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "90",
        "90D",
        "P90",
        "P0D",
        "P-1D",
        "P1.5D",
        "P24H",
        "PT1D",
        "P5W",
        "P1Y2M",
        "p90d",
        "P９D",
        "P90D\n",
    ],
)
def test_what_is_not_a_period_is_refused(text):
    with pytest.raises(ValueError, match="period"):
        Period.parse(text)


@pytest.mark.parametrize("amount", [0, -1, 1.5, True])
def test_a_period_is_a_whole_positive_number(amount):
    with pytest.raises(ValueError, match="whole number"):
        Period(amount, Unit.DAYS)


# ── days ──


@pytest.mark.parametrize(
    ("period", "start", "last"),
    [
        ("P1D", "2026-11-23", "2026-11-24"),  # Monday → Tuesday: the day of the event is not counted
        ("P7D", "2026-09-24", "2026-10-08"),  # 1 Oct is National Day → Thursday 8 Oct
        ("P90D", "2026-07-03", "2026-10-08"),  # 90th day is 1 Oct, National Day
        ("P10D", "2026-09-27", "2026-10-08"),  # 7 Oct, last day of National Day
        ("P7D", "2026-09-18", "2026-09-28"),  # 25 Sep is Mid-autumn → Monday 28 Sep
        ("P7D", "2026-02-08", "2026-02-24"),  # 15 Feb opens Spring Festival → Tuesday 24 Feb
        ("P10D", "2026-03-25", "2026-04-07"),  # 4 Apr is Qingming → Tuesday 7 Apr
        ("P30D", "2026-04-01", "2026-05-06"),  # 1 May is Labour Day → Wednesday 6 May
        ("P15D", "2026-06-04", "2026-06-22"),  # 19 Jun is Dragon Boat → Monday 22 Jun
        ("P7D", "2026-11-14", "2026-11-23"),  # Saturday 21 Nov → Monday
        ("P7D", "2026-11-15", "2026-11-23"),  # Sunday 22 Nov → Monday
        ("P3D", "2025-01-25", "2025-02-05"),  # 28 Jan is New Year's Eve of Spring Festival 2025 → 5 Feb
        ("P5D", "2024-09-26", "2024-10-08"),  # 1 Oct 2024, National Day → Tuesday 8 Oct
        ("P3D", "2025-12-29", "2026-01-04"),  # 1 Jan is New Year → Sunday 4 Jan is a make-up day
    ],
)
def test_a_last_day_of_rest_rolls_to_the_next_working_day(period, start, last):
    result = count(period, start)
    assert result.due_on == day(last)
    assert result.exact
    assert result.warnings == ()


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-09-13", "2026-09-20"),  # Sunday, worked for National Day
        ("2026-10-03", "2026-10-10"),  # Saturday, worked for National Day
        ("2026-02-07", "2026-02-14"),  # Saturday, worked for Spring Festival
        ("2024-02-11", "2024-02-18"),  # Sunday, worked for Spring Festival 2024
    ],
)
def test_a_last_day_on_a_make_up_working_day_stays(start, last):
    result = count("P7D", start)
    assert result.due_on == day(last)
    assert any("调休上班" in line for line in result.working)


def test_a_rule_without_roll_ends_on_national_day():
    result = count("P7D", "2026-09-24", roll=Roll.NONE)
    assert result.due_on == day("2026-10-01")
    assert result.exact
    assert "最后一日为休息日（2026年10月1日（周四），国庆节），本期限不顺延" in result.working


def test_days_end_at_the_midnight_after_the_last_day():
    assert count("P1D", "2026-11-23").due_at == instant("2026-11-25 00:00")


def test_a_first_day_that_counts_ends_the_period_a_day_earlier():
    assert count("P7D", "2026-11-09", count_first_day=True).due_on == day(
        "2026-11-16"
    )  # Sunday 15 rolls to Monday
    assert count("P1D", "2026-11-09", count_first_day=True).due_on == day("2026-11-09")


def test_an_instant_counts_as_its_day_in_shanghai():
    late_in_london = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # 01:30 on Monday 23 in Shanghai
    assert due(rule("P1D"), late_in_london, CALENDAR).due_on == day("2026-11-24")


@pytest.mark.parametrize("period", ["P1D", "PT1H"])
def test_an_instant_without_a_zone_is_refused(period):
    with pytest.raises(ValueError, match="zone"):
        due(rule(period), datetime(2026, 11, 23, 9, 0), CALENDAR)  # noqa: DTZ001


# ── months and years ──


@pytest.mark.parametrize(
    ("period", "start", "last"),
    [
        ("P1M", "2024-01-31", "2024-02-29"),  # leap year
        ("P1M", "2026-01-31", "2026-02-28"),  # Saturday, but worked for Spring Festival
        ("P1M", "2026-08-31", "2026-09-30"),
        ("P3M", "2025-11-30", "2026-02-28"),
        ("P2M", "2026-03-15", "2026-05-15"),
        ("P1M", "2025-12-15", "2026-01-15"),
        ("P1M", "2026-09-01", "2026-10-08"),  # 1 Oct is National Day
        ("P1Y", "2024-02-29", "2025-02-28"),
        ("P2Y", "2024-10-07", "2026-10-08"),  # 7 Oct 2026 is still National Day
        ("P12M", "2024-02-29", "2025-02-28"),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_months_last(period, start, last):
    result = count(period, start)
    assert result.due_on == day(last)
    assert result.exact


def test_the_working_says_when_the_corresponding_day_is_missing():
    assert "当月没有31日，以月末2024年2月29日（周四）为最后一日" in count("P1M", "2024-01-31").working


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-03-01", "2026-03-31"),
        ("2026-10-13", "2026-11-12"),
        ("2026-01-31", "2026-02-28"),  # no 31 Feb: the month's last day, not the day before it
    ],
)
def test_a_month_whose_first_day_counts_ends_on_the_day_before_the_corresponding_one(start, last):
    assert count("P1M", start, count_first_day=True).due_on == day(last)


# ── working days ──


@pytest.mark.parametrize(
    ("period", "start", "last"),
    [
        ("P5WD", "2026-09-24", "2026-10-09"),  # 28, 29, 30 Sep; Mid-autumn and National Day out; 8, 9 Oct
        ("P3WD", "2026-09-30", "2026-10-10"),  # 8, 9 and Saturday 10 Oct, a make-up day
        ("P1WD", "2026-09-18", "2026-09-20"),  # Sunday 20 Sep is a make-up day
        ("P2WD", "2026-02-13", "2026-02-24"),  # Saturday 14 Feb is worked, then Spring Festival to 23 Feb
        ("P1WD", "2026-10-03", "2026-10-08"),  # an event inside National Day
        ("P5WD", "2026-11-02", "2026-11-09"),
        ("P1WD", "2024-04-03", "2024-04-07"),  # Qingming 4–6 Apr 2024, Sunday 7 Apr is worked
    ],
)
def test_working_days_leave_out_weekends_and_holidays_and_count_make_up_days(period, start, last):
    result = count(period, start)
    assert result.due_on == day(last)
    assert result.exact


def test_working_days_say_each_day_they_skip_and_why():
    assert count("P2WD", "2026-09-24").working == (
        "起算日：2026年9月24日（周四）",
        "首日不计，自2026年9月25日（周五）起算2个工作日",
        "跳过：2026年9月25日（周五），中秋节",
        "跳过：2026年9月26日（周六），中秋节",
        "跳过：2026年9月27日（周日），中秋节",
        "截止：2026年9月29日（周二）24:00",
        f"日历版本：{CALENDAR.version}",
    )


def test_an_ordinary_weekend_is_not_named_twice():
    assert "跳过：2026年11月21日（周六）" in count("P1WD", "2026-11-20").working


def test_a_first_working_day_that_counts():
    assert count("P2WD", "2026-11-02", count_first_day=True).due_on == day("2026-11-03")
    assert count("P1WD", "2026-11-01", count_first_day=True).due_on == day("2026-11-02")  # a Sunday


def test_the_working_of_a_roll_can_be_read_aloud():
    assert count("P7D", "2026-11-14").working == (
        "起算日：2026年11月14日（周六）",
        "首日不计，自2026年11月15日（周日）起算7日",
        "最后一日为休息日，顺延至下一工作日",
        "跳过：2026年11月21日（周六）",
        "跳过：2026年11月22日（周日）",
        "由2026年11月21日（周六）顺延至2026年11月23日（周一）",
        "截止：2026年11月23日（周一）24:00",
        f"日历版本：{CALENDAR.version}",
    )


# ── hours ──


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("PT24H", "2026-09-30 18:30", "2026-10-01 18:30"),  # National Day does not stop hours
        ("PT2H", "2026-11-21 23:15", "2026-11-22 01:15"),  # nor do night and weekend
        ("PT48H", "2026-02-16 08:00", "2026-02-18 08:00"),  # nor Spring Festival
        ("PT24H", "2026-12-31 12:00", "2027-01-01 12:00"),  # nor a year without a calendar
    ],
)
def test_hours_run_through_night_and_holiday(period, start, end):
    result = due(rule(period), instant(start), CALENDAR)
    assert result.due_at == instant(end)
    assert (result.due_on, result.advised_on) == (None, None)
    assert result.exact
    assert result.warnings == ()


def test_the_working_of_hours():
    assert due(rule("PT24H"), instant("2026-09-30 18:30"), CALENDAR).working == (
        "起算时刻：2026年9月30日（周三）18:30",
        "连续计算24小时，夜间和节假日照算，不顺延",
        "截止：2026年10月1日（周四）18:30",
    )


def test_hours_keep_their_seconds():
    result = due(rule("PT1H"), instant("2026-09-30 18:30:15"), CALENDAR)
    assert result.due_at == instant("2026-09-30 19:30:15")
    assert result.working[-1] == "截止：2026年9月30日（周三）19:30:15"


def test_hours_are_answered_in_shanghai_whatever_the_zone_of_the_event():
    result = due(rule("PT24H"), datetime(2026, 9, 30, 10, 30, tzinfo=UTC), CALENDAR)
    assert result.due_at == instant("2026-10-01 18:30")
    assert result.due_at.utcoffset() == instant("2026-10-01 18:30").utcoffset()


def test_hours_are_true_hours_where_clocks_were_once_put_forward():
    result = due(rule("PT24H"), instant("1986-05-03 12:00"), CALENDAR)  # summer time began on 4 May 1986
    assert result.due_at == instant("1986-05-04 13:00")


def test_hours_need_an_instant_and_say_so_in_chinese():
    with pytest.raises(Invalid, match="起算时刻"):
        due(rule("PT24H"), day("2026-09-30"), CALENDAR)


# ── backward ──


@pytest.mark.parametrize(
    ("period", "event", "latest", "advised"),
    [
        ("P90D", "2026-12-31", "2026-10-02", "2026-09-30"),  # 2 Oct is National Day
        ("P60D", "2026-12-31", "2026-11-01", "2026-10-30"),  # a Sunday → Friday
        ("P15D", "2026-10-09", "2026-09-24", "2026-09-24"),
        ("P10D", "2026-09-30", "2026-09-20", "2026-09-20"),  # Sunday, a make-up day
        ("P30D", "2026-03-19", "2026-02-17", "2026-02-14"),  # Spring Festival → Saturday 14 Feb is worked
        ("P3M", "2026-12-31", "2026-09-30", "2026-09-30"),
        ("P2M", "2026-04-30", "2026-02-28", "2026-02-28"),  # a worked Saturday
        ("P1Y", "2026-04-06", "2025-04-06", "2025-04-03"),  # Qingming 2025
        ("P1Y", "2024-02-29", "2023-02-28", "2023-02-28"),
        ("P5WD", "2026-10-09", "2026-09-24", "2026-09-24"),  # 8 Oct, 30, 29, 28, 24 Sep
    ],
)
def test_counted_backward_the_latest_day_stands_and_a_working_day_is_advised(period, event, latest, advised):
    result = before(period, event)
    assert (result.due_on, result.advised_on) == (day(latest), day(advised))


def test_a_backward_period_ends_at_midnight_after_its_latest_day():
    assert before("P90D", "2026-12-31").due_at == instant("2026-10-03 00:00")


def test_a_backward_period_takes_no_roll_even_where_the_rule_names_one():
    assert before("P90D", "2026-12-31", roll=Roll.NEXT_WORKDAY) == before(
        "P90D", "2026-12-31", roll=Roll.NONE
    )


def test_the_working_of_a_backward_period_gives_both_days():
    assert before("P90D", "2026-12-31").working == (
        "基准日：2026年12月31日（周四）",
        "当日不计，向前推90日",
        "最迟到达日：2026年10月2日（周五）24:00，倒推的期限不顺延",
        "最迟到达日遇休息日不变，送达宜避开：2026年10月2日（周五），国庆节；2026年10月1日（周四），国庆节",
        "建议送达日：2026年9月30日（周三）",
        f"日历版本：{CALENDAR.version}",
    )


@pytest.mark.parametrize(
    ("period", "event", "latest"),
    [
        ("P15D", "2026-11-30", "2026-11-16"),
        ("P1M", "2026-03-31", "2026-03-01"),
        ("P2WD", "2026-11-24", "2026-11-23"),
    ],
)
def test_a_day_of_the_event_that_counts_moves_a_backward_period_a_day_later(period, event, latest):
    assert before(period, event, count_first_day=True).due_on == day(latest)


def test_hours_counted_backward():
    result = due(rule("PT48H", direction=Direction.BEFORE), instant("2026-10-02 09:00"), CALENDAR)
    assert result.due_at == instant("2026-09-30 09:00")
    assert (result.due_on, result.advised_on) == (None, None)
    assert result.working[-1] == "最迟：2026年9月30日（周三）09:00"


# ── years without a calendar ──


@pytest.mark.parametrize(
    ("period", "start", "more", "last"),
    [
        ("P90D", "2026-11-21", {}, "2027-02-19"),
        ("P3M", "2026-11-30", {}, "2027-03-01"),  # Sunday 28 Feb rolls to Monday
        ("P1Y", "2026-11-20", {}, "2027-11-22"),  # Saturday 20 Nov → Monday
        ("P2WD", "2026-12-30", {}, "2027-01-04"),  # New Year's Day rests by the regulation itself
    ],
)
def test_a_date_in_a_year_without_a_calendar_is_provisional(period, start, more, last):
    result = count(period, start, **more)
    assert result.due_on == day(last)
    assert not result.exact
    assert result.warnings == (
        "2027年的放假安排尚未收录，本日期为暂定，只按周末和法定的固定节日推算，收录后可能变动。",
    )


def test_a_date_in_a_year_before_the_calendars_says_that_holidays_are_left_out():
    result = count("P5WD", "2020-01-20")
    assert not result.exact
    assert result.warnings == (
        "2020年的放假安排没有收录，春节等节日的放假和调休没有计入，只按周末和法定的固定节日推算，"
        "请对照当年国务院办公厅的放假通知核对。",
    )


@pytest.mark.parametrize(("start", "last"), [("2026-11-21", "2027-02-19"), ("2026-12-03", "2027-03-03")])
def test_an_end_that_no_rest_day_moves_is_exact_in_any_year(start, last):
    result = count("P90D", start, roll=Roll.NONE)
    assert (result.due_on, result.exact, result.warnings) == (day(last), True, ())


def test_the_last_day_of_the_last_known_year_is_exact():
    assert count("P40D", "2026-11-21").exact  # Thursday 31 December 2026


@pytest.mark.parametrize("period", ["P90D", "P3M"])
def test_of_a_backward_date_in_a_year_without_a_calendar_the_advice_alone_is_provisional(period):
    result = before(period, "2027-04-30")
    assert (result.due_on, result.advised_on) == (day("2027-01-30"), day("2027-01-29"))
    assert result.exact
    assert result.warnings == ("2027年的放假安排没有收录，建议送达日为暂定，最迟到达日不受影响。",)


def test_working_days_counted_backward_in_a_year_without_a_calendar_are_provisional():
    result = before("P5WD", "2027-04-30")
    assert not result.exact
    assert any("本日期为暂定" in line for line in result.warnings)


def test_a_backward_date_in_a_known_year_is_exact_though_its_event_is_not():
    result = before("P90D", "2027-03-31")
    assert result.due_on == day("2026-12-31")
    assert result.exact


def test_a_roll_that_asks_an_unknown_year_is_provisional_though_it_ends_in_a_known_one():
    result = count("P1D", "2023-12-29")  # Saturday 30 Dec 2023, then New Year 2024
    assert result.due_on == day("2024-01-02")
    assert not result.exact
    assert result.warnings[0].startswith("2023年")


def test_working_days_that_cross_an_unknown_year_are_provisional():
    result = count("P2WD", "2023-12-28")  # Friday 29 Dec 2023, Tuesday 2 Jan 2024
    assert result.due_on == day("2024-01-02")
    assert result.warnings[0].startswith("2023年")


def test_an_event_in_an_unknown_year_does_not_make_a_known_end_provisional():
    assert count("P30D", "2023-12-20").exact  # Friday 19 January 2024


def test_a_result_names_the_calendar_it_was_counted_with():
    assert count("P1D", "2026-11-23").calendar == CALENDAR.version
