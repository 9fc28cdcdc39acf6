"""How far a settlement reaches: its period may end with the service, its figures end by now, the rest is asked for."""

from datetime import date
from typing import Any

import pytest

from gongzhi.exits.ledger import Asked, ledger_at
from gongzhi.exits.ledger_rows import rows_of
from gongzhi.exits.settled_until import rest_of
from gongzhi.exits.settlement_facts import SettlementScope
from gongzhi.exits.settlement_rules import scope_is_whole
from gongzhi.exits.settlement_situation import SettlementSituation
from gongzhi.exits.tests.looking import plain, see
from gongzhi.exits.tests.play import Play, departure
from gongzhi.exits.tests.settling import HEAD, scope
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.values.refusals import NotPossible, RuleBroken

WORDS = "清算至2026年3月10日，此后至2026年6月30日的收支另行结清"


@pytest.fixture
def agreed(play: Play) -> Play:
    """The contract ends on 30 June 2026; it is 10 March."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    return play.vote().name_successor("2026-06-30").agree("2026-06-30")


def asked(play: Play, **more: Any) -> Play:
    """The books are asked for, given, and the firm is entrusted from the common revenue."""
    play.do(HEAD, "settlement.scope.submit", "submit", **scope(play.now.date()) | more)
    told = {"arrived_at": play.now.isoformat(), "received_by": "示例签收人"}
    play.do("provider_leader", "settlement.scope.receive", "receive", **told)
    return play.give_books().compare().fund(1_000_000, 5_000_000).entrust()


def test_the_period_may_end_with_the_contract_and_no_later(agreed: Play) -> None:
    with pytest.raises(NotPossible, match="不能晚于合同终止日（计划退出日）2026-06-30"):
        agreed.do(
            HEAD,
            "settlement.scope.submit",
            "submit",
            **scope(agreed.now.date()) | {"period_to": "2026-07-01"},
        )
    asked(agreed, period_to="2026-06-30")
    text = text_of(made(agreed, "settlement", "scope.books_request"))
    assert "2025年1月1日至2026年6月30日" in text


def test_where_no_end_of_the_service_is_known_the_period_ends_by_today(agreed: Play) -> None:
    told = scope(agreed.now.date()) | {"period_to": "2026-03-11"}
    unknown = SettlementSituation(today=date(2026, 3, 10), units=0, unknown_areas=())
    decision = scope_is_whole(agreed.case("settlement").law, SettlementScope.model_validate(told), unknown)
    assert decision.sentence == "清算期间不能晚于今天，请改填止日。"


@pytest.mark.parametrize(
    ("reached_on", "says"),
    [
        ("2026-03-11", "清算数字的截止日不能晚于今天"),
        ("2024-12-31", "清算数字的截止日要在清算期间（2025-01-01至2026-06-30）以内"),
    ],
)
def test_figures_are_of_days_that_are_over_and_were_asked_for(
    agreed: Play, reached_on: str, says: str
) -> None:
    asked(agreed, period_to="2026-06-30")
    with pytest.raises(NotPossible) as refused:
        agreed.report(reached_on=reached_on)
    assert says in refused.value.sentence


def test_the_form_of_the_report_begins_with_today(agreed: Play) -> None:
    asked(agreed, period_to="2026-06-30")
    case = agreed.case("settlement")
    assert case.declaration.step("report").begins_with(case, "submit", agreed.now)["reached_on"] == date(
        2026, 3, 10
    )


def test_a_report_that_ends_before_the_service_says_so_wherever_it_is_read(agreed: Play) -> None:
    asked(agreed, period_to="2026-06-30").report()
    assert WORDS in text_of(made(agreed, "settlement", "report.settlement_cover"))
    case = agreed.case("settlement")
    wording = case.declaration.step("report_notice").begins_with(case, "post", agreed.now)
    assert WORDS in str(wording)


def test_a_report_that_reaches_to_the_end_leaves_nothing(agreed: Play) -> None:
    asked(agreed, period_to="2026-06-30").until("2026-06-30 08:00").report(reached_on="2026-06-30")
    assert rest_of(agreed.case("settlement")) is None
    assert "清算至2026年6月30日" in text_of(made(agreed, "settlement", "report.settlement_cover"))


def to_the_door(play: Play) -> Play:
    """Settled to 10 March, handed over and taken over on 30 June 2026."""
    play.settle().until("2026-06-30 09:00").hand_over()
    return play.take_over().go(minutes=5)


def leave(play: Play, rest: str) -> Any:
    said = departure(play.now) | {"rest": rest}
    return play.do("provider_leader", "exit.departure.submit", "submit", **said)


def open_issues(play: Play) -> tuple[str, ...]:
    (row,) = rows_of(list(ledger_at("220602", Asked())), play.now)
    return row.open_issues


def test_at_the_departure_it_is_asked_whether_the_rest_is_settled(agreed: Play) -> None:
    to_the_door(agreed)
    page = f"/cases/{agreed.root}/"
    assert f"{WORDS}。" in plain(see(agreed, "provider_leader", page))
    with pytest.raises(
        RuleBroken, match="清算只算到2026-03-10，此后至接管（2026-06-30）的收支还没有写明是否结清"
    ):
        leave(agreed, "")
    assert any("清算截止日以后的收支尚未结清" in words for words in leave(agreed, "open").value["warnings"])
    assert f"{WORDS}，尚未结清。" in plain(see(agreed, "provider_leader", page))
    assert "清算截止日以后的收支尚未结清" in open_issues(agreed)


def test_a_rest_that_is_settled_is_no_issue(agreed: Play) -> None:
    to_the_door(agreed)
    assert not leave(agreed, "settled").value["warnings"]
    assert WORDS not in plain(see(agreed, "provider_leader", f"/cases/{agreed.root}/"))
    assert "清算截止日以后的收支尚未结清" not in open_issues(agreed)
