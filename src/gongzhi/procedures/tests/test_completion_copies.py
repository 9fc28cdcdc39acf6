"""How the papers that ask for what is lacking are told apart: by their own number, not by that of the round."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from gongzhi.procedures.documents import Source
from gongzhi.procedures.forms import asked_to_complete
from gongzhi.procedures.terms import RoundView, Said
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, tzinfo=ZONE)


def copies(*rounds: int, outcome: str = "return") -> list[str]:
    """What is said of each, where so many were asked in each round; all but the last are void, with that outcome."""
    asked = [
        tuple(Said(n, "receive", "return", {"missing": "示例"}, AT) for n in range(many)) for many in rounds
    ]
    case = SimpleNamespace(
        rounds=lambda step: [
            SimpleNamespace(number=number, void_at=AT if number < len(rounds) else None, outcome=outcome)
            for number in range(1, len(rounds) + 1)
        ],
        round_view=lambda found: RoundView(found.number, cast("Any", None), AT, asked[found.number - 1]),
    )
    source = cast("Source", SimpleNamespace(step=SimpleNamespace(returns=("return",)), case=case))
    return [copy.of for copy in asked_to_complete(source)]


def test_the_only_one_has_no_number_whichever_round_it_was_asked_in() -> None:
    assert copies(0, 1) == [""]
    assert copies(1, 1) == ["", "第2次"]


def test_a_request_of_a_round_that_is_void_for_another_reason_went_with_it() -> None:
    assert copies(1, 1, outcome="done") == [""]
