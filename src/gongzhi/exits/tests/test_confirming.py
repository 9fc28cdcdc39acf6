"""The confirmation of a handover: meters read on its day, a day for what is open, put right until both have signed."""

from typing import Any

import pytest

from gongzhi.exits.models import Claim
from gongzhi.exits.tests.handing import signature
from gongzhi.exits.tests.looking import see
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.procedures.models import CaseAct
from gongzhi.procedures.standing import perform_on_case
from gongzhi.values.refusals import NotPossible

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
        play.fill(step, ("drawings",))
        play.sign(step, RECEIVER)
    return play.until("2026-06-30 11:30")


MISSING = ("drawings",)


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


# What is open, and by when ------------------------------------------------------------------------------------------


def test_a_day_for_what_is_open_that_is_over_is_refused(listed: Play) -> None:
    with pytest.raises(NotPossible, match="解决期限不能早于今天"):
        confirmed(listed, resolve_by="2026-06-29")
    confirmed(listed, resolve_by="2026-06-30")


def test_the_day_of_the_list_is_where_the_form_begins_and_another_is_asked_about(listed: Play) -> None:
    """Listed on 28 June 2026, to be made up in ten days."""
    assert str(begun(listed)[0]["resolve_by"]) == "2026-07-08"
    told = confirmed(listed, resolve_by="2026-07-20").value["warnings"]
    says = "解决期限2026年7月20日（周一）与清单上最迟的补交期限2026年7月8日（周三）不一致"
    assert f"{says}，请核对；会签以前可以更正。" in told


def test_the_day_of_the_list_is_not_asked_about(listed: Play) -> None:
    told = confirmed(listed, resolve_by="2026-07-08").value["warnings"]
    assert not [words for words in told if "解决期限" in words]


def correct(play: Play, **more: Any) -> None:
    """The receiver puts its confirmation right."""
    case = play.case("handover")
    act = CaseAct.objects.get(case=case.id, name="approve")
    said = {"step": "confirmation", "act": "approve", "facts": act.facts | more, "reason": "示例笔误"}
    perform_on_case(
        by=play.actor(RECEIVER),
        at=play.now,
        case_id=case.id,
        act="correct",
        facts=said,
    )


def test_a_confirmation_is_put_right_until_the_other_side_has_signed(listed: Play) -> None:
    confirmed(listed, resolve_by="2026-07-20")
    act = CaseAct.objects.get(case=listed.case("handover").id, name="approve")
    page, where = f"/cases/{act.case_id}/", f"/cases/{act.case_id}/said/{act.pk}/correct/"
    assert where in see(listed, RECEIVER, page)
    claims = list(Claim.objects.values_list("pk", "due_on"))
    correct(listed, resolve_by="2026-07-08")
    text = text_of(made(listed, "handover", "confirmation.handover_confirmation"))
    assert ("2026年7月8日" in text, "2026年7月20日" in text) == (True, False)
    assert list(Claim.objects.values_list("pk", "due_on")) == claims
    path = "handover.confirmation.countersign:provider"
    listed.do(GIVER, path, "countersign", **signature())
    assert where not in see(listed, RECEIVER, page)
    with pytest.raises(NotPossible, match="已经生效，不能更正"):
        correct(listed, resolve_by="2026-07-09")


def test_the_form_of_a_power_takes_its_scan(listed: Play) -> None:
    page = see(listed, GIVER, f"/cases/{listed.case('handover').id}/acts/authorise_signer/")
    assert "paper-power_of_attorney" in page
    assert "授权委托书扫描件" in page
