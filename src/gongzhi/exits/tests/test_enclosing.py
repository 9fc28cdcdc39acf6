"""What a letter's text says is enclosed has its line under the text."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from gongzhi.exits.claim_facts import HandoverOrder
from gongzhi.exits.ground_facts import Urging
from gongzhi.exits.letters import books_order, handover_order, urging_letter
from gongzhi.exits.seeds import words
from gongzhi.exits.settlement_facts import BooksOrder
from gongzhi.exits.tests.play import Play
from gongzhi.papers.wording import words_of

UNTIL = date(2026, 4, 1)


def order(**more: Any) -> dict[str, Any]:
    return words.order(UNTIL, "示例图纸") | {"remedy": "示例救济途径"} | more


@pytest.mark.parametrize("kind", [HandoverOrder, BooksOrder])
def test_an_order_whose_text_encloses_something_names_it(kind: Any) -> None:
    enclosing = order(facts_found="示例事实，清单附后")
    with pytest.raises(ValidationError, match="请在附件中逐项列出"):
        kind.model_validate(enclosing)
    assert kind.model_validate(enclosing | {"attachments": "示例清单"})
    assert kind.model_validate(order())


def test_an_order_names_the_estate_the_case_and_what_it_rests_on_where_the_draft_does_not(play: Play) -> None:
    case = play.apply("2026-06-30").case()
    told = f"本件所涉小区：浑江区新建街道示例白山一号小区，案号{case.row.number}。"
    assert told in words_of(handover_order(case, HandoverOrder.model_validate(order())))
    named = order(facts_found=f"示例白山一号小区（案号{case.row.number}）示例事实")
    assert "本件所涉小区" not in words_of(handover_order(case, HandoverOrder.model_validate(named)))


def test_an_order_for_books_names_the_notice_that_asked_and_the_demand(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").ask_books()
    play.give_books(missing=(play.books()[0].code,))
    said = {"items": play.books()[0].label, "until_on": "2026-03-30", "consequence": "示例后果"}
    play.go(days=1).do("committee_head", "settlement.books_demand.submit", "submit", **said)
    text = words_of(books_order(play.case("settlement"), BooksOrder.model_validate(order())))
    assert "依据的文书：财务清算及提供资料通知书（2026年3月10日）、催告函（2026年3月11日）。" in text


def test_an_order_to_hand_over_names_the_list_and_its_day(play: Play) -> None:
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    play.until("2026-06-30 09:00").plan().go(hours=2)
    play.empower("provider_leader").empower("other_provider_leader").fill("documents", missing=("drawings",))
    text = words_of(handover_order(play.case(), HandoverOrder.model_validate(order())))
    number = play.case("handover").row.number
    assert f"依据的文书：资料移交清单（2026年6月30日清点，案号{number}）。" in text


def test_the_urging_names_its_case_for_whoever_files_or_asks_after_it(play: Play) -> None:
    case = play.apply("2026-06-30").case()
    letter = urging_letter(case, Urging.model_validate(words.urging(UNTIL)))
    assert f"案号{case.row.number}" in words_of(letter)


def test_what_is_enclosed_stands_under_the_letter(play: Play) -> None:
    case = play.apply("2026-06-30").case()
    letter = urging_letter(case, Urging.model_validate(words.urging(UNTIL)))
    assert letter.attachments == ("查明有关情形的材料（示例）",)
    assert "附件：查明有关情形的材料（示例）" in words_of(letter)
    said = order(attachments="示例清单\n示例照片")
    assert handover_order(case, HandoverOrder.model_validate(said)).attachments == ("示例清单", "示例照片")
    assert handover_order(case, HandoverOrder.model_validate(order())).attachments == ()
