"""What an order asks for comes in beside it: nobody reports it twice, and who ordered is told."""

import pytest

from gongzhi.exits.procedures import Settlement
from gongzhi.exits.tests.looking import plain, see
from gongzhi.exits.tests.play import Play
from gongzhi.exits.tests.settling import HEAD
from gongzhi.exits.tests.test_books import agreed, demand, draft, refuse_books
from gongzhi.messages.models import Message
from gongzhi.procedures.models import Task
from gongzhi.procedures.tests.test_kinds import proof
from gongzhi.procedures.tests.test_letters import CHAIN

__all__ = ["agreed"]

FACT = "公共收益收支结余、与专业经营单位的协议和结算已于2026年3月24日全部移交"
ORDER = "settlement.books_order"


@pytest.fixture
def asked(agreed: Play) -> Play:
    """Two books are missing; they were demanded until 20 March, and an order was asked for. It is the 21st."""
    refuse_books(agreed)
    demand(agreed)
    return agreed.until("2026-03-21 09:00")


def serve(play: Play) -> None:
    """The order is drafted, checked, signed and served."""
    draft(play)
    for name, act in CHAIN[1:]:
        play.do(name, f"{ORDER}.{act}", act)
    play.go(hours=1).do("county_officer", f"{ORDER}.seal", "seal", copies=3, keeper="示例用印人")
    play.go(hours=1).do("county_officer", f"{ORDER}.serve", "serve", **proof("2026-03-21 10:30"))  # type: ignore[arg-type]


def bring(play: Play, *codes: str) -> None:
    """Books come in late, and the owners' side says so."""
    for item in play.books():
        if item.code in codes:
            said = {"item": str(item.pk), "received_on": f"{play.now:%Y-%m-%d}", "state": "original"}
            play.stand(HEAD, "settlement", "late_book", **said)


def told(play: Play, name: str) -> list[str]:
    """What a body was told of it."""
    rows = Message.objects.filter(organisation=play.area.organisations[name], title__contains="已经办到")
    return list(rows.values_list("body", flat=True))


def of_order(name: str) -> Task:
    return Task.objects.get(round__step__code="books_order", name=name)


def test_what_was_ordered_and_comes_in_asks_nothing_more_of_who_was_ordered(asked: Play) -> None:
    serve(asked)
    bring(asked.until("2026-03-23 09:00"), "public_revenue")
    assert (of_order("obey").open, told(asked, "county")) == (True, [])
    bring(asked.until("2026-03-24 09:00"), "utilities")
    obey, keep = of_order("obey"), of_order("keep_whether")
    assert (obey.open, obey.void_why) == (False, FACT)
    assert keep.open
    assert keep.note.startswith(f"{FACT}；期限到2026年3月25日为止")
    said = [f"{FACT}（由{asked.area.organisations['committee'].name}登记）。"]
    assert told(asked, "county") == told(asked, "provider") == said


def test_who_ordered_finds_the_fact_in_the_form_and_keeps_it(asked: Play) -> None:
    serve(asked)
    begun = Settlement.books_order.begins_with(asked.case("settlement"), "obeyed", asked.now)
    assert not {"done_on", "what"} & begun.keys()
    bring(asked.until("2026-03-24 09:00"), "public_revenue", "utilities")
    begun = Settlement.books_order.begins_with(asked.case("settlement"), "obeyed", asked.now)
    assert (str(begun["done_on"]), begun["what"]) == ("2026-03-24", FACT)
    asked.do("county_officer", f"{ORDER}.keep_whether", "obeyed", **begun)
    assert not of_order("keep_whether").open


def test_an_order_nobody_has_signed_is_needed_no_more_once_all_came_in(asked: Play) -> None:
    draft(asked)
    bring(asked.until("2026-03-24 09:00"), "public_revenue")
    assert f"{ORDER}.check" in asked.open_tasks()
    bring(asked, "utilities")
    assert asked.case("settlement").outcome_of(Settlement.books_order) == "unneeded"
    assert not [path for path in asked.open_tasks() if path.startswith(ORDER)]
    assert told(asked, "county") != []  # the committee entered itself what came in


def test_a_letter_that_is_signed_is_its_issuers_to_send(asked: Play) -> None:
    draft(asked)
    for name, act in CHAIN[1:]:
        asked.do(name, f"{ORDER}.{act}", act)
    bring(asked.until("2026-03-24 09:00"), "public_revenue", "utilities")
    assert of_order("seal").open
    assert of_order("seal").note.startswith(FACT)
    assert len(told(asked, "county")) == 1


def test_what_a_served_order_orders_stays_on_the_pages_of_a_case_that_is_over(
    asked: Play, paged: Play
) -> None:
    """Served on 21 March, until the 25th; then the whole exit is ended."""
    serve(asked)
    asked.stand("county_leader", "exit", "end", reason="示例终止")
    page = plain(see(paged, "county_officer", f"/cases/{asked.case('settlement').id}/"))
    assert "没有在走的期限" not in page
    assert "0 个在走，2 项待办另有文书载明的期限" in page
    panel = page[page.index("2 项待办另有文书载明的期限") :]
    assert "按期履行" in panel[: panel.index("案件已结束，这一项还要办")]
    of_estate = f"/estates/{asked.area.estate.pk}/"
    text = plain(see(paged, "county_officer", of_estate))
    assert "在办的事 1 件" in text
    assert "还有待履行的事项" in text
    said = {"done_on": "2026-03-21", "what": "示例已提供"}
    asked.do("county_officer", f"{ORDER}.keep_whether", "obeyed", **said)
    text = plain(see(paged, "county_officer", of_estate))
    assert "在办的事 0 件" in text
    assert "还有待履行的事项" not in text
