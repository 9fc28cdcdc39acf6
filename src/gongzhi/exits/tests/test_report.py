"""The county reports its exits to the city: how often the place says; figures are counted, closed and linked."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from gongzhi.exits.report_figures import figures_of
from gongzhi.exits.report_list import FIGURES
from gongzhi.exits.tests.play import Play, at, set_here
from gongzhi.exits.tests.test_ledger import opened, write_engagement_now
from gongzhi.law import queries as law
from gongzhi.procedures import check, figures, recurring, tick
from gongzhi.procedures.archive import leaves_of
from gongzhi.procedures.documents import paper_made
from gongzhi.procedures.models import Case, ClosedFigures, Task
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Mode
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import NotPossible

COUNTY = "220602"
RECEIPT = "report.application_receipt"
KEY = "exit.ledger_report_frequency"


def report_of(period: str, county: str = COUNTY) -> Case:
    return Case.objects.get(procedure="exit_report", jurisdiction=county, period=period)


def due(play: Play, instant: str, period: str) -> Play:
    """The report of a period is due; the play goes on in it."""
    recurring.open_due(at(instant))
    play.root = report_of(period).pk
    return play.until(instant)


def compile_it(play: Play) -> Any:
    return play.do(
        "county_officer",
        "exit_report.compilation.submit",
        "submit",
        situation="示例退出工作情况",
        illegal_exits="示例违规情况",
    )


def quarterly(play: Play) -> None:
    set_here(KEY, {"at_least": 1, "per": "quarter"})


# How often ----------------------------------------------------------------------------------------------------------


def test_where_nobody_has_said_how_often_it_waits_and_says_so(play: Play) -> None:
    """定期 is no number: each of 白山's counties has one case that waits for the place."""
    recurring.open_due(play.now)
    recurring.open_due(play.now)
    waiting = Case.objects.filter(procedure="exit_report", period="unset", ended_at=None)
    assert waiting.filter(city="2206").count() == waiting.count() == 6
    task = Task.objects.get(case=report_of("unset"))
    assert task.waits_for == KEY
    assert "本地未设定“退出台账上报频次”" in task.note
    play.root = report_of("unset").pk
    with pytest.raises(NotPossible, match="本地未设定“退出台账上报频次”"):
        compile_it(play)


def test_once_it_is_set_the_waiting_case_ends_and_the_period_begins(play: Play) -> None:
    recurring.open_due(play.now)
    quarterly(play)
    recurring.open_due(play.go(minutes=1).now)
    tick.fill_holes(play.now)
    waited = report_of("unset")
    assert (waited.outcome, waited.ended_why) == ("ended", "本地已设定频次，按期另行立案")
    assert Task.objects.get(case=report_of("2026Q1")).waits_for == ""
    cases = Case.objects.filter(procedure="exit_report").count()
    recurring.open_due(play.go(minutes=1).now)
    assert Case.objects.filter(procedure="exit_report").count() == cases == 12


def test_a_city_whose_texts_ask_for_no_ledger_has_no_report(db: None) -> None:
    build_cast(at("2026-03-02 09:00"), areas=("zhuji",))
    recurring.open_due(at("2026-03-02 09:00"))
    assert not Case.objects.filter(procedure="exit_report").exists()


# What is reported ---------------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-005 BS-007")
def test_the_county_compiles_the_city_receives(play: Play) -> None:
    """The report due in the second quarter is about the first: 1 January to 31 March 2026."""
    quarterly(play)
    play.apply("2026-06-30").arrive()
    due(play, "2026-04-01 00:05", "2026Q2").until("2026-04-03 09:00")
    compile_it(play)
    closed = ClosedFigures.objects.get(case=play.root)
    assert (closed.from_on, closed.to_on) == (date(2026, 1, 1), date(2026, 3, 31))
    assert closed.figures["by_category_and_stage"] == {"normal": {"told": 1}}
    assert [one["estate"] for one in closed.figures["exits"]] == ["示例白山一号小区"]
    play.do(
        "county_officer",
        "exit_report.report.submit",
        "submit",
        number="示例〔2026〕1号",
        signed_by="示例局长",
    )
    play.until("2026-04-07 09:00").do(
        "city_officer",
        "exit_report.report.receive",
        "receive",
        arrived_at="2026-04-07T09:00:00+08:00",
        received_by="示例签收人",
    )
    assert report_of("2026Q2").outcome == "done"
    assert list(check.findings(play.now)) == []
    with law.pinned():
        receipt: Any = paper_made(CaseView(report_of("2026Q2")), RECEIPT, play.now, masked=False).form()
        report: Any = paper_made(
            CaseView(report_of("2026Q2")), "report.ledger_report", play.now, masked=False
        ).form()
        (leaf,) = [
            one for one in leaves_of(CaseView(report_of("2026Q2")), play.now) if one.title == report.title
        ]
    assert (leaf.number, leaf.note, report.number) == ("示例〔2026〕1号", "平台生成", "示例〔2026〕1号")
    said = report.model_dump_json()
    for words in (
        "示例退出工作情况",
        "示例违规情况",
        "2026年1月1日至2026年3月31日",
        "示例局长",
        "示例白山一号小区",
    ):
        assert words in said, words
    assert {one.title for one in FIGURES} <= {row[1] for row in report.sections[1].table.rows}
    labels = [line.label for line in receipt.lines]
    assert "地区" in labels
    assert "小区" not in labels


def test_a_silent_city_holds_nothing_up(play: Play) -> None:
    quarterly(play)
    due(play, "2026-04-01 00:05", "2026Q2")
    compile_it(play)
    play.do("county_officer", "exit_report.report.submit", "submit", number="示例1号", signed_by="示例局长")
    play.go(days=3).do(
        "county_officer",
        "exit_report.report.prove",
        "prove",
        arrived_at=play.now.isoformat(),
        method="post",
        post_number="示例单号1",
        address="示例路1号",
        servers=["示例甲", "示例乙"],
    )
    assert report_of("2026Q2").outcome == "done"


def test_a_report_that_is_sent_back_is_compiled_anew_and_linked_to_the_first(play: Play) -> None:
    quarterly(play)
    due(play, "2026-04-01 00:05", "2026Q2")
    compile_it(play)
    play.do("county_officer", "exit_report.report.submit", "submit", number="示例1号", signed_by="示例局长")
    play.do("city_officer", "exit_report.report.receive", "return", missing="示例缺少说明")
    compile_it(play.go(days=1))
    first, second = ClosedFigures.objects.order_by("made_at")
    assert (first.previous, second.previous) == ("", first.digest)
    assert first.round.void_at is not None
    assert list(figures.findings()) == []


def test_closed_figures_cannot_be_changed_and_their_digest_would_tell(play: Play) -> None:
    quarterly(play)
    due(play, "2026-04-01 00:05", "2026Q2")
    compile_it(play)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClosedFigures.objects.update(figures={})
    row = ClosedFigures.objects.get()
    row.figures["left"] = 7
    assert figures.digest_of(row) != row.digest


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026Q1", date(2025, 10, 1), date(2025, 12, 31)),
        ("2026Q2", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026H1", date(2025, 7, 1), date(2025, 12, 31)),
        ("2026", date(2025, 1, 1), date(2025, 12, 31)),
        ("2026-03", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-01", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_report_is_about_the_calendar_period_before(period: str, first: date, last: date) -> None:
    assert recurring.period_before(period) == (first, last)


# The figures --------------------------------------------------------------------------------------------------------


def told(play: Play, first: date, last: date) -> dict[str, Any]:
    return figures_of(COUNTY, first, last, play.now)


def test_a_departure_counts_in_its_period_with_its_days_and_its_successor(play: Play) -> None:
    """Told on 2 March, left on 30 June: 29 + 30 + 31 + 30 = 120 days."""
    opened(play).vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over().take_over().go(minutes=5).leave()
    second = told(play.until("2026-07-02 09:00"), date(2026, 4, 1), date(2026, 6, 30))
    assert second["median_days_notice_to_departure"] == "120"
    assert (second["left"], second["left_with_successor"]) == (1, 1)
    third = told(play, date(2026, 7, 1), date(2026, 9, 30))
    assert (third["left"], third["median_days_notice_to_departure"]) == (0, "")


def test_unmanaged_time_counts_in_the_period_it_lies_in(play: Play) -> None:
    """From 30 June 20:00 to 1 July 08:00: four hours in the second quarter, eight in the third."""
    opened(play)
    write_engagement_now(play, "2026-06-30 20:00", mode=Mode.UNMANAGED, reason="示例弃管")
    write_engagement_now(
        play,
        "2026-07-01 08:00",
        mode=Mode.COMMUNITY_CUSTODY,
        organisation=play.area.organisations["community"],
        paper_title="示例托管决定",
    )
    play.until("2026-10-02 09:00")
    assert told(play, date(2026, 4, 1), date(2026, 6, 30))["unmanaged_minutes"] == 4 * 60
    assert told(play, date(2026, 7, 1), date(2026, 9, 30))["unmanaged_minutes"] == 8 * 60


def test_late_tasks_are_told_by_the_level_that_holds_them(play: Play) -> None:
    """The agreement's ninety days end on 31 May; on 30 June it is the committee that is late."""
    opened(play).until("2026-07-02 09:00")
    found = told(play, date(2026, 4, 1), date(2026, 6, 30))
    assert found["overdue_tasks"]["owners"] == 1
    assert told(play, date(2026, 1, 1), date(2026, 3, 31))["overdue_tasks"] == {}


def test_no_figure_is_a_float(play: Play) -> None:
    opened(play)

    def floats(value: Any) -> list[Any]:
        if isinstance(value, dict):
            return [one for part in value.values() for one in floats(part)]
        if isinstance(value, list):
            return [one for part in value for one in floats(part)]
        return [value] if isinstance(value, float) else []

    assert floats(told(play, date(2026, 1, 1), date(2026, 3, 31))) == []
