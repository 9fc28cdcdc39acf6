"""The same early exit in the other three pilot areas, by pack alone: no branch of code knows a city."""

from typing import Any

import pytest

from gongzhi.exits.tests.play import Play, at
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import RuleBroken


def begin(area: str) -> Play:
    """An exit in another area, applied and arrived."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=(area,))
    return Play(cast, cast.areas[area], now)


def skipped(play: Play) -> dict[str, str]:
    """The steps that were skipped, and why."""
    rows = play.case().row.steps.filter(outcome="skipped")
    return dict(rows.values_list("code", "skipped_why"))


@pytest.mark.parametrize("area", ["zhuji", "shuangliao", "yangcheng"])
def test_an_exit_runs_to_its_end_where_no_text_of_the_place_decides(db: Any, area: str) -> None:
    play = begin(area)
    play.apply("2026-04-30").arrive()
    for path in [task for task in play.open_tasks() if task.startswith("exit.filing.send:")]:
        play.file_with(path.rpartition(":")[2])
    play.vote().name_successor("2026-04-30").agree("2026-04-30")
    assert skipped(play)["settlement"] == "当地规定未作要求"
    assert skipped(play)["publicity"] == "当地规定未作要求"
    play.until("2026-04-30 09:00").hand_over()
    play.take_over().leave()
    assert play.case().row.outcome == "done", play.open_tasks()


def test_in_shaoxing_three_authorities_are_told(db: Any) -> None:
    play = begin("zhuji")
    play.apply("2026-04-30").arrive()
    told = [task for task in play.open_tasks() if task.startswith("exit.filing.send:")]
    assert sorted(told) == [
        "exit.filing.send:community",
        "exit.filing.send:county",
        "exit.filing.send:subdistrict",
    ]


def test_where_the_law_says_a_reasonable_time_no_clock_is_made_up(db: Any) -> None:
    play = begin("yangcheng")
    play.apply("2026-04-30").arrive().agree("2026-04-30")
    assert not play.case().row.clocks.filter(key="exit.leave_within").exists()


def test_an_agreed_time_is_a_clock_there_too(db: Any) -> None:
    from datetime import date

    play = begin("yangcheng")
    play.apply("2026-04-30").arrive().agree("2026-04-30", leave_within_days=15)
    clock = play.case().row.clocks.get(key="exit.leave_within")
    assert clock.due_on == date(2026, 5, 15)


def test_the_text_of_baishan_does_not_decide_before_it_is_adopted(db: Any) -> None:
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=())
    play = Play(cast, cast.home, now)
    play.apply("2026-03-20").arrive()  # no ninety days: the working text has neither number nor date
    assert skipped(play)["publicity"] == "当地规定未作要求"


def test_no_gap_opens_there_either(db: Any) -> None:
    from gongzhi.exits.tests.play import departure

    play = begin("yangcheng")
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    play.until("2026-04-30 09:00").hand_over()
    with pytest.raises(RuleBroken, match="须继续服务"):
        play.do("provider_leader", "exit.departure.submit", "submit", **departure(play.now))
