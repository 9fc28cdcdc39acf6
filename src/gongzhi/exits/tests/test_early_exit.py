"""An early exit in 白山, from the application to the departure; every expected date is counted by hand."""

from datetime import date

import pytest

from gongzhi.exits.tests.play import Play, departure
from gongzhi.registry.queries import manager_at
from gongzhi.values.refusals import RuleBroken


def test_an_early_exit_runs_to_its_end_without_an_hour_in_which_nobody_manages(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30")
    play.agree("2026-06-30")
    play.settle()
    play.until("2026-06-30 09:00").hand_over()
    play.take_over().go(minutes=5).leave()
    play.do(
        "other_provider_leader",
        "handover.filing.send:subdistrict",
        "send",
        sent_at=play.now.isoformat(),
        method="platform",
        proof="示例",
    )
    play.do(
        "other_provider_leader",
        "handover.filing.send:county",
        "send",
        sent_at=play.now.isoformat(),
        method="platform",
        proof="示例",
    )
    case = play.case()
    assert case.row.outcome == "done", play.open_tasks()
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.organisation == play.area.organisations["other_provider"]


def test_the_ninety_days_count_from_arrival_and_skip_no_holiday(play: Play) -> None:
    # 2 March + 90 days: 29 in March, 30 in April, 31 in May = 90 → 31 May (a Sunday; the notice does not roll)
    play.apply("2026-06-30").go(hours=3).arrive()
    clock = play.case().row.clocks.get(key="exit.provider_early_exit_notice_before")
    assert clock.due_on == date(2026, 5, 31)


def test_nobody_leaves_before_somebody_has_taken_over(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").hand_over()
    with pytest.raises(RuleBroken, match="还没有接替者接管"):
        play.do("provider_leader", "exit.departure.submit", "submit", **departure(play.now))
