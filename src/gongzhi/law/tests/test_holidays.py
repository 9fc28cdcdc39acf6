"""Periods of the law laid over the holidays of 2025 to 2027; each date is worked by hand from the yearly notices.

2026: 春节 15–23 February (the Saturdays 14 and 28 February worked); 清明 4–6 April; 劳动节 1–5 May (Saturday 9 May
worked); 端午 19–21 June; 中秋 25–27 September; 国庆 1–7 October (Sunday 20 September and Saturday 10 October worked).
"""

from datetime import date, datetime

import pytest

from gongzhi.law.shipped import packaged_book
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE
from gongzhi.values.periods import DueDate, due
from gongzhi.values.refusals import Invalid

AFTER = [
    # three days after the confirmation, 《白山…办法》第20条第2款, rolled by 《民法典》第203条
    (
        "exit.leave_after_confirmation",
        "220602",
        "2026-02-12",
        "2026-02-24",
    ),  # 15 February, first day of the feast
    ("exit.leave_after_confirmation", "220602", "2026-09-22", "2026-09-28"),  # 25 September, Mid-Autumn
    ("exit.leave_after_confirmation", "220602", "2026-09-17", "2026-09-20"),  # a Sunday that is worked
    ("exit.leave_after_confirmation", "220602", "2026-10-07", "2026-10-10"),  # a Saturday that is worked
    ("exit.leave_after_confirmation", "220602", "2026-10-01", "2026-10-08"),
    # thirty days after the contract's end
    ("exit.leave_within", "220602", "2026-08-31", "2026-09-30"),  # Wednesday before the feast
    ("exit.leave_within", "220602", "2026-09-01", "2026-10-08"),  # 1 October
    ("exit.leave_within", "220602", "2026-01-20", "2026-02-24"),  # 19 February
    # fifteen days after the finding was served
    ("settlement.refund_within", "220602", "2026-09-19", "2026-10-08"),  # 4 October
    ("settlement.refund_within", "220602", "2026-02-03", "2026-02-24"),  # 18 February
    # a notice hangs its days and rolls nowhere
    ("notice.vote_result_days", "220602", "2026-09-30", "2026-10-07"),
    ("notice.exit_days", "220602", "2026-02-13", "2026-02-20"),
    # five working days of 绍兴, 第9条: the same in 诸暨 and in 绍兴's own district
    ("notice.vote_result_days", "330681", "2026-09-18", "2026-09-24"),  # 20 (worked), 21, 22, 23, 24
    ("notice.vote_result_days", "3306", "2026-09-18", "2026-09-24"),
    ("notice.vote_result_days", "330681", "2026-02-11", "2026-02-25"),  # 12, 13, 14 (worked), 24, 25
    # 《行政处罚法》第64条 with 第85条: 6, 7, 8, 9 (worked) and 11 May
    ("penalty.hearing_request_within", "CN", "2026-04-30", "2026-05-11"),
    # 《行政强制法》第54条 with 第69条: ten working days, 8–10 (worked), 12–16, 19 and 20 October
    ("enforce.demand_before_court", "CN", "2026-09-30", "2026-10-20"),
    # months and years: 《民法典》第202条, the corresponding day or the month's last
    ("enforce.court_application_within", "CN", "2025-11-30", "2026-02-28"),
    ("vote.revocation_claim_within", "CN", "2024-02-29", "2025-02-28"),
    ("credit.negative_publish", "220602", "2024-02-29", "2026-02-28"),
    ("forced_exit.penalty_window", "220602", "2025-10-08", "2026-10-08"),
]
#: The day that ends a period counted backwards, and the working day on or before it.
BEFORE = [
    ("exit.provider_early_exit_notice_before", "220602", "2026-12-31", "2026-10-02", "2026-09-30"),
    ("exit.provider_early_exit_notice_before", "220602", "2026-05-18", "2026-02-17", "2026-02-14"),
    ("exit.provider_notice_before", "330681", "2027-01-05", "2026-10-07", "2026-09-30"),
    ("dismissal.owner_notice_before", "140522", "2026-11-30", "2026-10-01", "2026-09-30"),
    ("committee.reelection_before", "330681", "2026-11-30", "2026-10-01", "2026-09-30"),
    # three months before 31 May: February has no such day, so its last, a worked Saturday
    ("committee.reelection_before", "140522", "2026-05-31", "2026-02-28", "2026-02-28"),
    ("assembly.notice_before", "CN", "2026-03-08", "2026-02-21", "2026-02-14"),
    ("handover.inspection_deadline", "330681", "2026-05-16", "2026-05-01", "2026-04-30"),
    # seven working days before Friday 9 October: 8 October, then 30, 29, 28, 24, 23 and 22 September
    ("penalty.hearing_notice_before", "CN", "2026-10-09", "2026-09-22", "2026-09-22"),
]


def counted(key: str, place: str, start: str) -> DueDate:
    """The due date by the shipped law, drafts and undated texts included."""
    value = packaged_book().value_of(key, place, date(2026, 3, 2), deciding=False)
    return due(value.rule, date.fromisoformat(start), CALENDAR)


@pytest.mark.parametrize(("key", "place", "start", "last"), AFTER)
def test_a_period_ends_on_the_day_worked_by_hand(key: str, place: str, start: str, last: str) -> None:
    found = counted(key, place, start)
    assert (found.due_on, found.exact) == (date.fromisoformat(last), True)


@pytest.mark.parametrize(("key", "place", "start", "last", "advised"), BEFORE)
def test_a_backward_period_stays_on_its_day_and_advises_a_working_one(
    key: str, place: str, start: str, last: str, advised: str
) -> None:
    found = counted(key, place, start)
    assert (found.due_on, found.advised_on) == (date.fromisoformat(last), date.fromisoformat(advised))


def test_hours_run_over_the_midnight_of_new_year() -> None:
    value = packaged_book().value_of(
        "emergency.designate_within", "220602", date(2025, 12, 31), deciding=False
    )
    found = due(value.rule, datetime(2025, 12, 31, 20, 30, tzinfo=ZONE), CALENDAR)
    assert found.due_at == datetime(2026, 1, 1, 20, 30, tzinfo=ZONE)
    assert (found.due_on, found.exact) == (None, True)


def test_a_year_without_its_table_is_provisional_and_named() -> None:
    found = counted("exit.leave_within", "220602", "2027-01-04")
    assert (found.due_on, found.exact) == (date(2027, 2, 3), False)
    assert "2027年的放假安排尚未收录" in found.warnings[0]


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("exit.leave_within", "9999-12-20"),
        ("exit.leave_after_confirmation", "9999-12-28"),
        ("credit.negative_publish", "9999-01-01"),
        ("exit.provider_early_exit_notice_before", "0001-02-01"),
    ],
)
def test_what_lies_beyond_the_years_is_refused_in_a_sentence(key: str, start: str) -> None:
    with pytest.raises(Invalid, match="日期超出可以推算的年份"):
        counted(key, "220602", start)
