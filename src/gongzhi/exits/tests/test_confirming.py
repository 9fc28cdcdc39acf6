"""The confirmation of a handover: meters read on its day, a day for what is open, put right until both have signed."""

from typing import Any

import pytest

from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_papers import made, text_of

GIVER, RECEIVER = "provider_leader", "other_provider_leader"


@pytest.fixture
def listed(play: Play) -> Play:
    """Every list is signed on 30 June 2026; the main water meter was read on the 28th, drawings are missing."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post(GIVER, "exit.publicity")
    play.until("2026-03-10 08:00").take_down(GIVER, "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-28 09:00").plan().go(hours=2)
    play.empower(GIVER).empower(RECEIVER)
    for step in play.lists():
        play.fill(step, ("completion_drawings",))
        play.sign(step, RECEIVER)
    return play.until("2026-06-30 11:30")


MISSING = ("completion_drawings",)


def confirmed(play: Play, **more: Any) -> Any:
    """The receiver confirms; what the answer tells."""
    return play.approve(RECEIVER, MISSING, **more)


def begun(play: Play) -> Any:
    """What stands in the form of the confirmation, and what is told beside it."""
    case = play.case("handover")
    step = case.declaration.step("confirmation")
    return step.begins_with(case, "approve", play.now), step.known_before(case, "approve", play.now)


# Meters -------------------------------------------------------------------------------------------------------------


def test_a_meter_read_on_another_day_is_asked_about_and_printed_with_its_time(listed: Play) -> None:
    says = "水表总水表的读数是2026年6月28日（周日）的，不是交接当日（2026年6月30日（周二））的"
    assert begun(listed)[1]["confirmed_at"] == f"{says}，请先重新读表登记"
    told = confirmed(listed).value["warnings"]
    assert f"{says}，请在会签以前重新读表并用“登记读数”登记。" in told
    for code in ("confirmation.handover_confirmation", "meter_sheet"):
        text = text_of(made(listed, "handover", code))
        assert "读表时间" in text
        assert "2026年6月28日（周日）11:00" in text, code


def test_a_meter_read_again_on_the_day_is_not(listed: Play) -> None:
    listed.read_meter(RECEIVER, reading="12900")
    assert "confirmed_at" not in begun(listed)[1]
    assert not [words for words in confirmed(listed).value["warnings"] if "读数" in words]
    text = text_of(made(listed, "handover", "confirmation.handover_confirmation"))
    assert "2026年6月30日（周二）11:30" in text
    assert "12,900" in text
