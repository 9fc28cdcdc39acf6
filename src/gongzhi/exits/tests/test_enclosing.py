"""What a letter's text says is enclosed has its line under the text."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from gongzhi.exits.claim_facts import HandoverOrder
from gongzhi.exits.ground_facts import Urging
from gongzhi.exits.letters import handover_order, urging_letter
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


def test_what_is_enclosed_stands_under_the_letter(play: Play) -> None:
    case = play.apply("2026-06-30").case()
    letter = urging_letter(case, Urging.model_validate(words.urging(UNTIL)))
    assert letter.attachments == ("查明有关情形的材料（示例）",)
    assert "附件：查明有关情形的材料（示例）" in words_of(letter)
    said = order(attachments="示例清单\n示例照片")
    assert handover_order(case, HandoverOrder.model_validate(said)).attachments == ("示例清单", "示例照片")
    assert handover_order(case, HandoverOrder.model_validate(order())).attachments == ()
