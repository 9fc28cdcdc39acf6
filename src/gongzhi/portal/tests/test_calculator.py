"""The calculator: a date anybody can count after, with its working. Expected dates written by hand."""

from datetime import date

import pytest
from django.test import Client

from gongzhi.exits.tests.play import Play, set_here
from gongzhi.portal import calculating
from gongzhi.portal.tests.scene import read


def free(**asked: str) -> str:
    """The page's answer to so many days from a date."""
    return read(address(**asked))


def address(**asked: str) -> str:
    """Where so many days from a date are asked for."""
    told = {"kind": "free", "start": "2026-03-02", "amount": "7", "unit": "D", "roll": "next_workday"} | asked
    return "/calculator/?" + "&".join(f"{name}={value}" for name, value in told.items())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # Monday 2 March, first day not counted: 7 days end on Monday 9 March
        ({}, "2026 年 3 月 9 日 星期一 24:00"),
        # 5 days end on Saturday 7 March, a rest day: Monday 9 March
        ({"amount": "5"}, "2026 年 3 月 9 日 星期一 24:00"),
        ({"amount": "5", "roll": "none"}, "2026 年 3 月 7 日 星期六 24:00"),
        # 5 working days after Monday 2 March: Monday 9 March
        ({"amount": "5", "unit": "WD"}, "2026 年 3 月 9 日 星期一 24:00"),
        # from Tuesday 29 September: 1 October to 7 October 2026 are the National Day holiday
        ({"start": "2026-09-29", "amount": "3"}, "2026 年 10 月 8 日 星期四 24:00"),
        ({"start": "2026-01-31", "amount": "1", "unit": "M"}, "2026 年 2 月 28 日 星期六"),
        ({"amount": "24", "unit": "h", "hour": "09:30"}, "2026 年 3 月 3 日 星期二 09:30"),
    ],
)
def test_so_many_days_from_a_date(play: Play, asked: dict[str, str], expected: str) -> None:
    text = free(**asked)
    assert expected in text
    assert "这个日期怎么算的" in text
    # a date is never broken over two lines in the heading
    day = expected.split(" 星期")[0]
    marked = Client().get(address(**asked)).content.decode()
    assert f'<span class="num">{day}</span>' in marked.split("<h1>")[1].split("</h1>")[0]


def test_a_rolled_day_is_explained_by_its_holiday(play: Play) -> None:
    text = free(start="2026-09-29", amount="3")
    assert "国庆" in text
    assert "日历" in text


def test_a_year_without_a_calendar_is_provisional_and_says_so(play: Play) -> None:
    text = free(start="2029-03-01")
    assert "暂定" in text
    assert "2029年的放假安排尚未收录" in text
    assert "暂定" not in free()


@pytest.mark.parametrize("start", ["2020-01-20", "2023-12-28"])
def test_a_year_before_the_calendars_promises_nothing(play: Play, start: str) -> None:
    """No table of the past is added: nothing of the date will change. Spring Festival 2020 was on 25 January."""
    text = free(start=start, unit="WD")
    assert f"{start[:4]}年的放假安排没有收录，春节等节日的放假和调休没有计入" in text
    assert "节日没有计入" in text.split("</h1>")[1].split("</div>")[0]
    for promise in ("暂定", "收录后", "可能变动"):
        assert promise not in text, promise


def test_a_period_of_the_law_is_counted_at_a_place_with_its_article(play: Play) -> None:
    text = read("/calculator/?kind=key&place=2206")
    assert 'value="exit.notice_period"' in text or 'value="notice.exit_days"' in text
    text = read("/calculator/?kind=key&place=2206&key=notice.exit_days&start=2026-03-02")
    # 白山: 7 days, 9 March
    assert "2026 年 3 月 9 日 星期一 24:00" in text
    assert "白山办法" in text


def test_a_number_the_place_set_is_not_told_as_the_articles(play: Play) -> None:
    set_here("objection.reply_within", "P5WD")
    asked = "/calculator/?kind=key&place=2206&key={}&start=2026-03-02"
    text = read(asked.format("objection.reply_within"))
    assert "<dt>原文未写</dt><dd>示例主管部门于2025-01-01设定（示例通知）" in text
    assert 'class="cite local"' in text
    assert "原文未写" not in read(asked.format("notice.exit_days"))


def test_a_draft_says_that_it_does_not_decide(play: Play) -> None:
    drafts = [one for one in calculating.counted_values("330681", date(2026, 3, 2)) if one.warnings]
    assert drafts
    text = read(f"/calculator/?kind=key&place=330681&key={drafts[0].key}&start=2026-03-02")
    assert drafts[0].warnings[0] in text


def test_what_cannot_be_read_or_counted_is_told_and_what_was_written_stays(play: Play) -> None:
    assert "请写成年-月-日" in free(start="2026-02-30")
    assert "从列表里选一项" in read("/calculator/?kind=key&place=2206&key=no.such&start=2026-03-02")
    assert 'value="0"' in free(amount="0")
    told = "/calculator/?kind=free&start=2026-03-02&amount=24&unit=h&roll=none"
    assert "请填写起算时刻" in read(told, 400)


def test_every_period_on_offer_can_be_counted(play: Play) -> None:
    for code, _ in calculating.places():
        for value in calculating.counted_values(code, date(2026, 3, 2)):
            asked = f"key={value.key}&start=2026-03-02&hour=09:00"
            assert "这个日期怎么算的" in read(f"/calculator/?kind=key&place={code}&{asked}"), (
                code,
                value.key,
            )
