"""A letter of one side to the other stays as it was sent: a deadline or a register that moves later is not in it."""

from typing import Any

import pytest

from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.settling import scope
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.procedures import check
from gongzhi.procedures.models import Clock, PastPaper
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.models import Organisation

LETTER = "findings.refund_letter"
WHY = {"reason": "示例争议", "citation": "示例依据"}


def agreed(play: Play) -> Play:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    return play.vote().name_successor("2026-06-30").agree("2026-06-30")


def demanded(play: Play) -> Play:
    """Irregular money is confirmed and asked back; the provider signs for the letter."""
    agreed(play).settle(irregular_cents=1_234_500)
    said = {"amount_cents": 1_234_500, "basis": "示例确认依据", "account": "示例账户"}
    play.do("committee_head", "settlement.findings.submit", "submit", **said)
    play.go(days=3)
    told = {"arrived_at": play.now.isoformat(), "received_by": "示例签收人"}
    play.do("provider_leader", "settlement.findings.receive", "receive", **told)
    return play


def due_of_refund(play: Play) -> Any:
    return Clock.objects.get(case__root_id=play.root, key="settlement.refund_within").due_on


def correct(play: Play, name: str, **said: Any) -> None:
    by = play.actor(name)
    perform_on_case(by=by, at=play.now, case_id=play.case("settlement").id, act="correct", facts=said)


def words_of(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def test_the_day_a_letter_was_served_with_stays_when_a_suspension_moves_the_deadline(play: Play) -> None:
    demanded(play)
    day = due_of_refund(play)
    before = text_of(made(play, "settlement", LETTER))
    assert words_of(day) in before
    play.go(days=1).stand("county_leader", "exit", "suspend", **WHY)
    play.go(days=2).stand("county_leader", "exit", "resume", reason="示例恢复")
    moved = due_of_refund(play)
    assert moved > day
    after = text_of(made(play, "settlement", LETTER))
    assert after == before
    assert words_of(moved) not in after
    assert not list(check.findings(play.now))


def test_a_body_that_is_called_otherwise_later_was_written_to_by_its_old_name(play: Play) -> None:
    demanded(play)
    told = {
        code: text_of(made(play, *code.split()))
        for code in ("settlement scope.books_request", "exit application.exit_application")
    }
    Organisation.objects.filter(pk=play.area.organisations["provider"].pk).update(name="示例改名公司")
    assert {code: text_of(made(play, *code.split())) for code in told} == told
    assert all("示例改名公司" not in text for text in told.values())


def test_a_corrected_letter_says_what_was_meant_and_the_first_words_stay(play: Play) -> None:
    agreed(play).ask_books()
    meant = scope(play.now.date()) | {"books_due_on": "2026-03-30"}
    play.go(hours=1)
    correct(play, "committee_head", step="scope", act="submit", facts=meant, reason="示例笔误")
    text = text_of(made(play, "settlement", "scope.books_request"))
    assert ("2026年3月30日" in text, "2026年3月20日" in text) == (True, False)
    kept = PastPaper.objects.filter(document="books_request").order_by("edition")
    assert [(row.edition, "2026年3月20日" in str(row.words)) for row in kept] == [(1, True), (2, False)]


def test_what_was_sent_is_what_stays_of_a_void_round(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    sent = text_of(made(play, "exit", "application.exit_application"))
    Organisation.objects.filter(pk=play.area.organisations["provider"].pk).update(name="示例改名公司")
    play.stand("provider_leader", "exit", "amend", reason="示例改期")
    past = made(play, "exit", "application.exit_application.round1")
    assert past.told()["past_why"] == "变更申请：示例改期"
    assert "示例改名公司" not in text_of(past)
    assert sent in text_of(past).replace("历史文书", "")


@pytest.mark.parametrize("document", ["refund_letter", "books_request", "exit_application"])
def test_each_letter_is_kept_once(play: Play, document: str) -> None:
    demanded(play)
    (row,) = PastPaper.objects.filter(document=document)
    assert (row.edition, row.why) == (1, "")
