from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest

from gongzhi.values.calendars import CALENDAR, Calendar, YearTable, read_calendar, year_table


def table(year=2027, *, rest=None, make_up=()):
    return YearTable(
        year, "测试用通知", "测试〔2026〕1号", date(2026, 11, 30), rest or {}, frozenset(make_up)
    )


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_agrees_with_an_independent_calendar(year):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    differing = [day for day in days if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)]
    assert differing == []


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 10, 1), "国庆节"),
        (date(2026, 10, 4), "国庆节"),
        (date(2026, 2, 17), "春节"),
        (date(2026, 4, 4), "清明节"),
        (date(2026, 9, 25), "中秋节"),
        (date(2025, 10, 6), "国庆节、中秋节"),
        (date(2024, 6, 10), "端午节"),
        (date(2026, 11, 21), "周六"),
        (date(2026, 11, 22), "周日"),
    ],
)
def test_a_rest_day_has_its_name(day, why):
    assert CALENDAR.is_rest(day)
    assert CALENDAR.why_rest(day) == why


@pytest.mark.parametrize(
    "day", [date(2026, 9, 20), date(2026, 10, 10), date(2026, 2, 14), date(2025, 1, 26), date(2024, 10, 12)]
)
def test_a_make_up_weekend_day_is_worked(day):
    assert day.weekday() >= 5
    assert CALENDAR.is_make_up(day)
    assert CALENDAR.is_working(day)
    assert CALENDAR.why_rest(day) == ""


def test_an_ordinary_weekday_is_worked():
    assert CALENDAR.is_working(date(2026, 11, 20))
    assert not CALENDAR.is_make_up(date(2026, 11, 20))


def test_only_announced_years_are_known():
    assert [year for year in range(2020, 2030) if CALENDAR.is_known(year)] == [2024, 2025, 2026]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 1, 1), "元旦"),
        (date(2027, 5, 1), "劳动节"),
        (date(2027, 5, 2), "劳动节"),
        (date(2027, 10, 1), "国庆节"),
        (date(2027, 10, 3), "国庆节"),
        (date(2027, 10, 9), "周六"),
    ],
)
def test_a_year_without_a_table_rests_on_weekends_and_on_the_days_the_regulation_fixes(day, why):
    assert CALENDAR.is_rest(day)
    assert CALENDAR.why_rest(day) == why
    assert not CALENDAR.is_known(day.year)


@pytest.mark.parametrize("day", [date(2027, 5, 3), date(2027, 10, 4), date(2027, 2, 5)])
def test_a_year_without_a_table_knows_nothing_that_its_notice_decides(day):
    assert CALENDAR.is_working(day)


def test_a_table_decides_its_year_alone():
    assert CALENDAR.with_table(table(rest={})).is_working(date(2027, 1, 1))
    assert not Calendar([table(2026)]).is_rest(date(2027, 1, 1))


def test_every_table_names_the_notice_it_was_taken_from():
    assert [table.number for table in CALENDAR.tables] == [
        "国办发明电〔2023〕7号",
        "国办发明电〔2024〕12号",
        "国办发明电〔2025〕7号",
    ]
    assert all(f"{table.year}年部分节假日安排" in table.notice for table in CALENDAR.tables)
    assert all(table.issued_on.year == table.year - 1 for table in CALENDAR.tables)


def test_the_working_day_around_national_day_is_found_both_ways():
    assert CALENDAR.working_on_or_after(date(2026, 10, 1)) == date(2026, 10, 8)
    assert CALENDAR.working_on_or_before(date(2026, 10, 7)) == date(2026, 9, 30)
    assert CALENDAR.working_on_or_after(date(2026, 9, 30)) == date(2026, 9, 30)
    assert CALENDAR.working_on_or_before(date(2026, 10, 8)) == date(2026, 10, 8)


def test_a_calendar_refuses_an_instant():
    with pytest.raises(TypeError):
        CALENDAR.is_rest(datetime(2026, 10, 1, tzinfo=UTC))


def test_the_version_names_its_years_and_changes_with_any_day():
    assert CALENDAR.version.startswith("2024–2026#")
    assert read_calendar().version == CALENDAR.version
    with_2027 = CALENDAR.with_table(table(rest={date(2027, 1, 1): "元旦"}))
    assert with_2027.version.startswith("2024–2027#")
    corrected = with_2027.with_table(table(rest={date(2027, 1, 1): "元旦", date(2027, 1, 4): "元旦"}))
    assert corrected.version != with_2027.version
    assert len(corrected.tables) == len(with_2027.tables)


def test_years_with_a_gap_are_named_apart():
    assert Calendar([table(2024), table(2025), table(2027)]).version.startswith("2024–2025、2027#")


def test_a_new_table_makes_its_year_known_and_leaves_the_old_calendar_alone():
    more = CALENDAR.with_table(table(rest={date(2027, 1, 1): "元旦"}, make_up=[date(2027, 1, 3)]))
    assert more.is_known(2027)
    assert more.is_rest(date(2027, 1, 1))
    assert more.is_working(date(2027, 1, 3))
    assert not CALENDAR.is_known(2027)


def test_a_notice_may_shift_the_last_days_of_the_december_before():
    more = CALENDAR.with_table(table(rest={date(2026, 12, 31): "元旦"}, make_up=[date(2026, 12, 27)]))
    assert more.is_rest(date(2026, 12, 31))
    assert more.is_working(date(2026, 12, 27))


def test_a_table_refuses_a_day_of_another_year():
    with pytest.raises(ValueError, match="2026-12-01"):
        table(rest={date(2026, 12, 1): "元旦"})


def test_a_table_refuses_a_weekday_as_make_up_day():
    with pytest.raises(ValueError, match="2027-01-04"):
        table(make_up=[date(2027, 1, 4)])


def test_a_table_refuses_a_day_that_is_holiday_and_make_up_day():
    with pytest.raises(ValueError, match="2027-01-02"):
        table(rest={date(2027, 1, 2): "元旦"}, make_up=[date(2027, 1, 2)])


def test_a_calendar_refuses_two_tables_for_one_year():
    with pytest.raises(ValueError, match="two tables"):
        Calendar([table(), table()])


def test_a_span_that_ends_before_it_begins_is_refused():
    said = {
        "year": 2027,
        "notice": "测试用通知",
        "number": "测试〔2026〕1号",
        "issued_on": date(2026, 11, 30),
        "rest": [{"name": "元旦", "first": date(2027, 1, 3), "last": date(2027, 1, 1)}],
        "make_up": [],
    }
    with pytest.raises(ValueError, match="is before"):
        year_table(said)
