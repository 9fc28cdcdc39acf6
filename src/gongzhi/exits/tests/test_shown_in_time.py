"""What somebody has to see where they need it: the day for the books, what is missing, who was quicker."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongzhi.desk.casepage import around
from gongzhi.desk.references import choices_for
from gongzhi.desk.worklist import Wanted, page_of
from gongzhi.exits.claim_facts import MadeUp
from gongzhi.exits.handover_facts import SignerAuthorised
from gongzhi.exits.procedures import Handover
from gongzhi.exits.procedures import ProviderExit as Exit
from gongzhi.exits.settlement_facts import LateBook
from gongzhi.exits.tests.looking import look, plain, see
from gongzhi.exits.tests.play import Play, set_here
from gongzhi.law import queries as law
from gongzhi.procedures.clockview import marked_by
from gongzhi.procedures.models import Item, ReceiptNumber
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.models import Appointment
from gongzhi.ui.tests.marks import unbroken
from gongzhi.values.refusals import NotPossible


@pytest.fixture
def agreed(paged: Play) -> Play:
    """Agreed, notice cleared: the settlement is open. Wednesday 11 March 2026."""
    paged.apply("2026-07-31").arrive().post("provider_leader", "exit.publicity")
    paged.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity")
    return paged.agree("2026-07-31")


def test_who_has_to_provide_the_books_sees_until_when(agreed: Play) -> None:
    agreed.ask_books()
    page = see(agreed, "provider_leader", f"/cases/{agreed.case('settlement').row.pk}/")
    step = plain(page[page.index('id="step-books"') : page.index('id="step-books_demand"')])
    assert "要求提供资料的日期：2026-03-21。" in step
    assert "要求提供的账簿资料：" in step
    agreed.give_books()
    after = see(agreed, "provider_leader", f"/cases/{agreed.case('settlement').row.pk}/")
    assert "要求提供资料的日期：2026-03-21。" not in plain(after)


def test_what_came_in_late_is_chosen_among_what_is_missing(agreed: Play) -> None:
    agreed.ask_books().give_books(missing=("public_revenue",))
    item = Item.objects.get(code="public_revenue", state="missing")
    place = around(agreed.case("settlement").row)
    for kind in (LateBook, MadeUp):
        assert choices_for(kind, place)["item"] == [(str(item.pk), item.label)]
    said = {"item": str(item.pk), "received_on": "2026-03-11", "state": "original"}
    agreed.stand("committee_head", "settlement", "late_book", **said)
    assert choices_for(MadeUp, around(agreed.case("settlement").row))["item"] == []


def test_the_head_of_a_committee_is_among_those_who_sign_as_heads(agreed: Play) -> None:
    with law.pinned():
        known = dict(choices_for(SignerAuthorised, around(agreed.case().row))["basis"])
    assert "业主委员会" in known["legal_representative"]
    assert "主任" in known["legal_representative"]


# What stands still --------------------------------------------------------------------------------------------------


def test_the_work_list_says_what_was_left_when_a_case_was_paused(agreed: Play) -> None:
    """Asked on 11 March; five working days end on 18 March; paused on Friday the 13th, three are left."""
    set_here("settlement.books_within", "P5WD")
    agreed.ask_books()
    agreed.until("2026-03-13 10:00")
    agreed.stand("county_leader", "exit", "suspend", reason="示例争议", citation="示例依据")
    seat = Appointment.objects.get(pk=agreed.actor("provider_leader").appointment_id)
    with law.pinned():
        groups, _, _ = page_of(seat, Wanted(), agreed.now, 3)
    chips = {task.title: chip for group in groups for task, chip in group.rows}
    chip = chips["填写提供资料清单"]
    assert chip is not None
    assert (chip.state, chip.left) == ("paused", "中止时还剩 3 个工作日")
    assert "中止时还剩 3 个工作日" in see(agreed, "provider_leader", "/")


def test_a_period_counted_from_a_case_below_names_the_step_that_sets_its_mark() -> None:
    assert marked_by(Exit, "settlement.served") == "查实违规资金确认"
    assert marked_by(Exit, "handover.confirmed") == Handover.confirmation.title
    assert marked_by(Exit, "application.arrived") == ""


# Who was quicker ----------------------------------------------------------------------------------------------------


def test_who_was_quicker_is_named_to_who_may_know(agreed: Play) -> None:
    task = agreed.task("exit.filing.send:county")
    url = f"/tasks/{task.pk}/send/"
    provider = look(agreed, "provider_leader")
    page = provider.get(url).content.decode()
    version = page.split('name="form-expects" value="')[1].split('"')[0]
    agreed.file_with("subdistrict")
    prefix = f"t{str(task.pk)[-8:]}-send"
    said = {"method": "platform", "proof": "示例"}
    sent: dict[str, Any] = {f"{prefix}-{name}": value for name, value in said.items()}
    sent |= {f"{prefix}-sent_at": "2026-03-11T09:00", "form-expects": version, "form-do": "send"}
    told = unbroken(provider.post(url, sent).content.decode())
    name = agreed.area.people["provider_leader"].name
    body = agreed.area.organisations["provider"].name
    assert f"<p>{body} {name} " in told, plain(told)


# The numbers of receipts --------------------------------------------------------------------------------------------


def test_a_body_gives_a_receipt_number_once(agreed: Play) -> None:
    agreed.file_with("subdistrict", "county")
    number = agreed.case().row.number
    agreed.do("county_officer", "exit.filing.receipt:county:1", "receipt", number=" 示例备〔2026〕8号 ")
    # another body keeps another register
    agreed.do(
        "subdistrict_officer", "exit.filing.receipt:subdistrict:1", "receipt", number="示例备〔2026〕8号"
    )
    given = ReceiptNumber.objects.values_list("organisation__name", "text")
    names = {agreed.area.organisations[name].name for name in ("county", "subdistrict")}
    assert set(given) == {(name, "示例备〔2026〕8号") for name in names}
    row = ReceiptNumber.objects.get(organisation=agreed.area.organisations["county"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ReceiptNumber.objects.create(
            case=row.case,
            round=row.round,
            task="示例",
            organisation=row.organisation,
            text=row.text,
            compared=row.compared,
        )
    assert row.case.number == number


def test_a_number_given_twice_is_refused_and_says_which_case_has_it(agreed: Play) -> None:
    agreed.file_with("subdistrict", "county")
    number = agreed.case().row.number
    agreed.do("county_officer", "exit.filing.receipt:county:1", "receipt", number="示例备1号")
    agreed.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    agreed.go(hours=1).apply("2026-08-31").arrive().file_with("county")
    with pytest.raises(NotPossible, match=f"回执编号“示例备1号”已经用于本单位{number}的备案"):
        agreed.do("county_officer", "exit.filing.receipt:county:1", "receipt", number="示例备1号")
    # the same number, as another keyboard types it
    with pytest.raises(NotPossible, match=f"已经用于本单位{number}的备案"):
        agreed.do("county_officer", "exit.filing.receipt:county:1", "receipt", number="示例 备１号")
    agreed.do("county_officer", "exit.filing.receipt:county:1", "receipt", number="示例备2号")
    with pytest.raises(NotPossible, match="已经用于"):
        correct(agreed, "示例备１号")
    correct(agreed, "示例备 3号")
    assert sorted(ReceiptNumber.objects.values_list("text", flat=True)) == ["示例备 3号", "示例备1号"]


def correct(play: Play, number: str) -> None:
    perform_on_case(
        by=play.actor("county_officer"),
        at=play.now,
        case_id=play.case().row.pk,
        act="correct",
        facts={
            "step": "filing",
            "act": "receipt",
            "task": "receipt:county:1",
            "facts": {"number": number},
            "reason": "示例更正",
        },
    )
