"""Books that a provider refuses, quotes of firms, the advance's offset, the bill, and the plan computed anew."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.check import findings
from gongzhi.exits.models import AdvanceOffset, Claim, CostBill, CostPlan, CostShare
from gongzhi.exits.papers import posters
from gongzhi.exits.procedures import Settlement
from gongzhi.exits.tests.looking import plain, see
from gongzhi.exits.tests.play import Play, at, set_here
from gongzhi.exits.tests.settling import HEAD, other_firm, scope
from gongzhi.law.actions import set_local_value
from gongzhi.law.facts import SetLocalValue
from gongzhi.procedures.models import IssuedPaper, Task
from gongzhi.procedures.tick import fill_holes, fire_due
from gongzhi.registry import actions as registry
from gongzhi.registry.facts import Appoint
from gongzhi.registry.models import Post, Unit
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, RuleBroken


@pytest.fixture
def agreed(play: Play) -> Play:
    """Agreed, notice cleared: the settlement is open. Wednesday 11 March 2026."""
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity")
    return play.agree("2026-07-31")


# Scope and books ----------------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-018", "BS-050")
def test_the_scope_has_every_part_and_a_day_ahead(agreed: Play) -> None:
    whole = scope(agreed.now.date())
    for more, says in (
        ({"parts": whole["parts"][1:]}, "清算范围还缺：公共收益收支结余"),
        ({"parts": [*whole["parts"], "moon"]}, "清算范围中没有“moon”"),
        ({"books_due_on": "2026-03-11"}, "要晚于今天"),
        ({"period_to": "2026-08-01"}, "清算期间不能晚于合同终止日（计划退出日）2026-07-31"),
    ):
        with pytest.raises((RuleBroken, NotPossible), match=says):
            agreed.do(HEAD, "settlement.scope.submit", "submit", **whole | more)


def test_the_notice_for_the_books_counts_from_its_arrival(agreed: Play) -> None:
    set_here("settlement.books_within", "P5WD")
    agreed.do(HEAD, "settlement.scope.submit", "submit", **scope(agreed.now.date()))
    case = agreed.case("settlement")
    assert not case.row.clocks.filter(key="settlement.books_within").exists()
    assert "settlement.books.fill" not in agreed.open_tasks()
    agreed.until("2026-03-12 16:00")
    proof = {
        "arrived_at": agreed.now.isoformat(),
        "method": "leave",
        "address": "示例项目部",
        "servers": ["示例甲", "示例乙"],
        "witness": "示例社区人员",
        "refusal": "示例：拒收",
    }
    agreed.do(HEAD, "settlement.scope.prove", "prove", **proof)
    clock = case.row.clocks.get(key="settlement.books_within")
    # Thursday 12 March 2026 + 5 working days: 13, 16, 17, 18, 19 March
    assert str(clock.due_on) == "2026-03-19"
    fire_due(at("2026-03-20 00:00"))
    assert "books_overdue" in agreed.case("settlement").marks


def test_where_the_place_set_no_time_the_day_of_the_notice_counts_and_no_clock_waits(agreed: Play) -> None:
    agreed.ask_books()
    assert not agreed.case("settlement").row.clocks.filter(key="settlement.books_within").exists()
    assert agreed.task("settlement.books.fill").due_on == agreed.now.date() + timedelta(days=10)


def test_a_time_that_the_place_sets_later_makes_nobody_late_for_the_past(agreed: Play) -> None:
    """The notice named its day while the place had set none: five days in force from 1 April change nothing of it."""
    agreed.ask_books()
    named = agreed.task("settlement.books.fill").due_on
    set_here("settlement.books_within", "P5D", set_on=date(2026, 4, 1))
    fill_holes(at("2026-04-01 09:00"))
    agreed.until("2026-04-01 10:00").compare()
    assert not agreed.case("settlement").row.clocks.filter(key="settlement.books_within").exists()
    assert agreed.task("settlement.books.fill").due_on == named


def refuse_books(play: Play) -> None:
    """The provider gives nothing of two parts."""
    play.ask_books().give_books(missing=("public_revenue", "utilities"))


def demand(play: Play, **more: Any) -> None:
    """The owners' side demands what is missing, and it arrives."""
    said = {"items": "公共收益收支结余、与专业经营单位的协议和结算", "until_on": "2026-03-20"}
    said |= {"consequence": "示例：提请责令并依法处理"} | more
    play.do(HEAD, "settlement.books_demand.submit", "submit", **said)
    receipt = {"arrived_at": play.now.isoformat(), "received_by": "示例签收人"}
    play.do("provider_leader", "settlement.books_demand.receive", "receive", **receipt)


@pytest.mark.proves("BS-110")
def test_refused_books_are_demanded_ordered_and_claimed_while_the_settlement_goes_on(agreed: Play) -> None:
    play = agreed
    refuse_books(play)
    with pytest.raises(NotPossible, match="催告函没有写明：公共收益收支结余"):
        demand(play, items="与专业经营单位的协议和结算")
    with pytest.raises(NotPossible, match="催告的限期要晚于今天"):
        demand(play, until_on="2026-03-11")
    play.compare().fund(1_000_000, 1_000_000).entrust()
    assert "settlement.report.submit" not in play.open_tasks()
    demand(play)
    order(play.until("2026-03-21 09:00"))
    with pytest.raises(
        NotPossible, match="公共收益收支结余、与专业经营单位的协议和结算没有提供，清算报告要写明范围受限"
    ):
        play.report()
    limited = {"scope_limited": True, "limitation": "示例：两部分不能确认"}
    with pytest.raises(NotPossible, match="与专业经营单位的协议和结算没有提供"):
        play.report(not_provided=["public_revenue"], **limited)
    with pytest.raises(NotPossible, match="并不在未提供的资料之列"):
        play.report(not_provided=["public_revenue", "utilities", "maintenance_fund"], **limited)
    play.report(not_provided=["public_revenue", "utilities"], **limited)
    claims = Claim.objects.filter(kind="book").order_by("item__code")
    assert [(claim.item.code, claim.grounds_penalty) for claim in claims if claim.item] == [
        ("public_revenue", True),
        ("utilities", True),
    ]
    assert [str(claim.due_on) for claim in claims] == ["2026-03-18", "2026-03-18"]
    told = play.case().result(play.case().declaration.step("settlement"))
    assert told.scope_limited


def draft(play: Play) -> None:
    """The county's officer drafts the order."""
    said = {
        "facts_found": "示例事实",
        "basis": "示例依据",
        "items": "示例账册",
        "until_on": "2026-03-25",
        "consequence": "示例后果",
        "remedy": "示例救济",
    }
    play.do("county_officer", "settlement.books_order.draft", "draft", **said)


def order(play: Play) -> None:
    """The county orders, through three people."""
    draft(play)
    play.do("county_reviewer", "settlement.books_order.check", "check")
    play.do("county_leader", "settlement.books_order.sign_off", "sign_off")
    assert IssuedPaper.objects.get().number.text.endswith("〔2026〕1号")


def test_a_book_that_comes_in_late_is_missing_no_longer(agreed: Play) -> None:
    play = agreed
    refuse_books(play)
    items = {item.code: item for item in play.books()}
    said = {"item": str(items["utilities"].pk), "received_on": "2026-03-12", "state": "original"}
    with pytest.raises(NotPossible, match="收到日期不能晚于今天"):
        play.stand(HEAD, "settlement", "late_book", **said)
    play.until("2026-03-12 09:00").stand(HEAD, "settlement", "late_book", **said)
    with pytest.raises(NotPossible, match="已经补交"):
        play.stand(HEAD, "settlement", "late_book", **said)
    demand(play, items="公共收益收支结余")
    play.compare().fund(1_000_000, 1_000_000).entrust()
    play.report(not_provided=["public_revenue"], scope_limited=True, limitation="示例")
    claim = Claim.objects.get(kind="book")
    play.stand(HEAD, "settlement", "late_book", **said | {"item": str(claim.item_id)})
    claim.refresh_from_db()
    assert claim.closed_at is not None


def test_nobody_demands_what_has_come_in_and_the_report_does_not_wait_for_it(agreed: Play) -> None:
    """The form names what is still missing; the last book that comes in ends the demand."""
    play = agreed
    refuse_books(play)
    play.compare().fund(1_000_000, 1_000_000).entrust()
    for code, still in (
        ("public_revenue", ["公共收益收支结余", "与专业经营单位的协议和结算"]),
        ("utilities", ["与专业经营单位的协议和结算"]),
    ):
        case = play.case("settlement")
        began = Settlement.books_demand.begins_with(case, "submit", play.now)
        assert began["items"].split("\n") == still
        assert "settlement.report.submit" not in play.open_tasks()
        item = next(item for item in play.books() if item.code == code)
        said = {"item": str(item.pk), "received_on": str(play.now.date()), "state": "original"}
        play.stand(HEAD, "settlement", "late_book", **said)
    case = play.case("settlement")
    assert case.outcome_of(Settlement.books_demand) == "unneeded"
    assert "settlement.books_demand.submit" not in play.open_tasks()
    assert case.steps["books_order"].skipped_why == "要求的资料已经齐全"
    play.report()


def test_a_demand_on_its_way_ends_with_the_last_book(agreed: Play) -> None:
    play = agreed
    play.ask_books().give_books(missing=("utilities",))
    said = {"items": "与专业经营单位的协议和结算", "until_on": "2026-03-20", "consequence": "示例后果"}
    play.do(HEAD, "settlement.books_demand.submit", "submit", **said)
    item = next(item for item in play.books() if item.code == "utilities")
    came = {"item": str(item.pk), "received_on": "2026-03-11", "state": "original"}
    play.stand(HEAD, "settlement", "late_book", **came)
    assert play.case("settlement").outcome_of(Settlement.books_demand) == "unneeded"
    assert "settlement.books_demand.receive" not in play.open_tasks()


def test_an_authority_that_does_not_order_says_why_and_holds_nothing_up(agreed: Play) -> None:
    play = agreed
    refuse_books(play)
    demand(play)
    play.until("2026-03-21 09:00")
    with pytest.raises(NotAllowed):
        play.do(HEAD, "settlement.books_order.draft", "decline", reason="示例")
    play.do("county_officer", "settlement.books_order.draft", "decline", reason="示例：没有处罚依据")
    case = play.case("settlement")
    assert case.outcome_of(Settlement.books_order) == "declined"
    assert "settlement.books_order.draft" not in play.open_tasks()
    page = see(play, "county_officer", f"/cases/{case.row.pk}/")
    step = page[page.index('id="step-books_order"') :]
    assert "决定不办" in step[step.index("</h3>") :][:80]
    assert re.search(r"不用办 \d", plain(page))


def test_an_order_waits_until_the_time_it_enforces_is_over(agreed: Play) -> None:
    """Demanded until 20 March: the county may order from the 21st, and is told so."""
    refuse_books(agreed)
    demand(agreed)
    told = "催告的限期到2026年3月20日为止，从2026年3月21日起可以责令"
    task = agreed.task("settlement.books_order.draft")
    days = (date(2026, 3, 20), date(2026, 3, 21))
    assert [task.note_on(day) for day in days] == [told, ""]
    for late in ("2026-03-11 09:00", "2026-03-20 23:59"):
        with pytest.raises(NotPossible, match=f"现在还不能办理：{told}"):
            draft(agreed.until(late))
    with pytest.raises(NotPossible, match="从2026年3月21日起可以责令"):
        agreed.do("county_officer", "settlement.books_order.draft", "decline", reason="示例：没有依据")
    draft(agreed.until("2026-03-21 00:00"))


def test_an_order_that_is_not_possible_yet_is_nobody_s_turn(paged: Play) -> None:
    play = paged.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity")
    refuse_books(play.agree("2026-07-31"))
    demand(play)
    path = f"/cases/{play.case('settlement').row.pk}/"
    page = see(play, "county_officer", path)
    assert "查明事实" not in page
    assert "从2026年3月21日起可以责令" in plain(page)
    assert "可以责令；催告的限期" not in plain(page)
    play.until("2026-03-21 09:00")
    page = see(play, "county_officer", path)
    assert "查明事实" in page
    assert "起可以责令" not in plain(page)


def test_declining_is_no_task_beside_drafting_and_checking(agreed: Play) -> None:
    """The authority has one thing to do at a time; a draft that is sent back may still be declined."""

    def waiting() -> set[str]:
        rows = Task.objects.filter(open=True, round__step__code="books_order", role="county")
        return set(rows.values_list("title", flat=True))

    refuse_books(agreed)
    demand(agreed)
    assert waiting() == {"拟稿：责令提供资料通知书"}
    draft(agreed.until("2026-03-21 09:00"))
    assert waiting() == {"核稿：责令提供资料通知书"}
    agreed.do("county_reviewer", "settlement.books_order.check", "return", reason="示例：没有处罚依据")
    agreed.do("county_officer", "settlement.books_order.draft", "decline", reason="示例：没有处罚依据")
    assert agreed.case("settlement").outcome_of(Settlement.books_order) == "declined"


def test_nobody_but_the_authority_says_that_its_order_is_not_needed(agreed: Play) -> None:
    refuse_books(agreed)
    demand(agreed)
    rows = Task.objects.filter(open=True, round__step__code="books_order")
    assert set(rows.values_list("role", "title")) == {("county", "拟稿：责令提供资料通知书")}


# The firm -----------------------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-044")
def test_a_firm_with_an_interest_cannot_quote(agreed: Play) -> None:
    play = agreed
    firm, second = play.area.organisations["firm"], other_firm(play.area.spec.county)
    provider = play.area.organisations["provider"]
    with pytest.raises(RuleBroken, match="不是第三方机构"):
        play.quote(provider.pk, 100)
    with pytest.raises(NotPossible, match="利害关系"):
        play.quote(firm.pk, 100, is_related=True)
    with pytest.raises(NotPossible, match="登记在册的第三方机构"):
        play.quote(play.area.organisations["other_provider"].pk, 100)
    leader = play.area.people["provider_leader"]
    post = Appoint(
        person_id=leader.pk, post=Post.FIRM_ACCOUNTANT, organisation_id=second.pk, from_on=date(2026, 1, 1)
    )
    registry.appoint(by=play.actor("county_officer"), at=play.now, facts=post)
    with pytest.raises(NotPossible, match="利害关系"):
        play.quote(second.pk, 100)
    play.quote(firm.pk, 100)
    with pytest.raises(NotPossible, match="已经报价"):
        play.quote(firm.pk, 90)


@pytest.mark.proves("BS-044")
def test_two_quotes_are_needed_before_a_firm_is_chosen(agreed: Play) -> None:
    play = agreed.ask_books()
    firm, second = play.area.organisations["firm"], other_firm(play.area.spec.county)
    chosen = {"firm": str(second.pk), "reason": "示例理由", "present": ["示例甲", "示例乙"]}
    play.quote(firm.pk, 100)
    with pytest.raises(NotPossible, match="已登记1家报价，至少要有2家（办公惯例）"):
        play.do(HEAD, "settlement.comparison.submit", "submit", **chosen | {"firm": str(firm.pk)})
    play.quote(second.pk, 120)
    provider = str(play.area.organisations["provider"].pk)
    with pytest.raises(NotPossible, match="没有报价"):
        play.do(HEAD, "settlement.comparison.submit", "submit", **chosen | {"firm": provider})
    answer = play.do(HEAD, "settlement.comparison.submit", "submit", **chosen)
    assert answer.value["warnings"] == ["选定的报价1.20元高于最低报价1.00元，理由写入比选记录。"]


def test_a_place_may_ask_for_three_quotes(agreed: Play) -> None:
    facts = SetLocalValue(
        jurisdiction="2206",
        key="settlement.quotes_at_least",
        value=3,
        unit="家",
        authority="示例主管部门",
        instrument="示例通知",
        set_on=date(2025, 1, 2),
    )
    set_local_value(by=SYSTEM, at=at("2025-01-01 09:00"), facts=facts)
    with pytest.raises(
        NotPossible, match="至少要有3家（本地设定：示例主管部门于2025-01-02设定（示例通知））"
    ):
        agreed.ask_books().compare()


def test_two_different_people_sign_a_report_and_money_needs_its_voucher(agreed: Play) -> None:
    play = agreed.ask_books().give_books().compare().fund(1_000_000, 1_000_000).entrust()
    with pytest.raises(Invalid, match="两名以上不同的人员"):
        play.report(accountants=["示例甲", "示例甲"])
    with pytest.raises(Invalid, match="没有凭证支持的不能列为违规资金"):
        play.report(irregular_cents=100, irregular_basis="")
    with pytest.raises(Invalid, match="要列出未提供的资料"):
        play.report(scope_limited=True)


# Money --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def owing(agreed: Play) -> Play:
    """5 802.50 yuan fall on the owners, were posted, and were demanded. Thursday 19 March 2026."""
    play = agreed.ask_books().give_books().compare(500_000).fund(580_250, 0)
    play.go(hours=1).post(HEAD, "settlement.apportionment")
    play.until("2026-03-19 09:00").take_down(HEAD, "settlement.apportionment")
    play.stand(HEAD, "settlement", "demand", demanded_on="2026-03-19", method="示例书面催缴")
    return play


def advance(play: Play, **more: Any) -> None:
    """The community bridges."""
    said = {"amount_cents": 80_000, "source": "示例经费", "offset_plan": "示例抵扣方案"}
    play.stand("community_worker", "settlement", "advance", **said | {"offset_from": "later_revenue"} | more)


@pytest.mark.proves("BS-047")
def test_fees_of_a_lump_sum_provider_are_offset_with_its_consent_only(owing: Play) -> None:
    with pytest.raises(RuleBroken, match="抵扣来源只能是：后续产生的公共收益"):
        advance(owing, offset_from="moon")
    with pytest.raises(NotPossible, match="包干制还是酬金制"):
        advance(owing, offset_from="later_fees")
    with pytest.raises(NotPossible, match="书面同意"):
        advance(owing, offset_from="later_fees", fee_mode="lump_sum")
    advance(owing, offset_from="later_fees", fee_mode="remuneration")
    advance(owing, offset_from="later_fees", fee_mode="lump_sum", consent="示例同意书2026-03-19")


@pytest.mark.proves("BS-047")
def test_no_more_comes_back_than_was_bridged_and_the_bill_shows_how_far(owing: Play) -> None:
    play = owing
    advance(play)
    play.do(HEAD, "settlement.collection.submit", "submit", remark="示例收缴说明")
    with pytest.raises(NotPossible, match="收缴已经结束"):
        advance(play)
    said = {"amount_cents": 30_000, "source": "later_revenue", "on": "2026-03-19", "voucher": "示例凭证"}
    with pytest.raises(NotPossible, match=r"尚待抵扣的垫付款为800\.00元"):
        play.stand(HEAD, "settlement", "record_offset", **said | {"amount_cents": 80_001})
    with pytest.raises(RuleBroken, match="抵扣来源不在"):
        play.stand(HEAD, "settlement", "record_offset", **said | {"source": "moon"})
    play.stand(HEAD, "settlement", "record_offset", **said)
    unit = Unit.objects.get(estate=play.area.estate, label="101")
    paid = {"unit": str(unit.pk), "amount_cents": 100_000, "paid_on": "2026-03-19"}
    answer = play.stand(HEAD, "settlement", "record_payment", **paid)
    assert answer.value["warnings"] == ["社区曾垫付欠缴部分，收到的款项优先归还社区，请登记抵扣。"]
    play.stand(
        HEAD, "settlement", "record_offset", **said | {"amount_cents": 50_000, "source": "debtor_paid"}
    )
    assert sum(AdvanceOffset.objects.values_list("amount_cents", flat=True)) == 80_000
    with pytest.raises(NotPossible, match=r"尚待抵扣的垫付款为0\.00元"):
        play.stand(HEAD, "settlement", "record_offset", **said | {"amount_cents": 1})


@pytest.mark.proves("BS-019")
def test_the_bill_stays_within_plan_and_contract_and_its_accounts_are_posted(owing: Play) -> None:
    play = owing
    advance(play)
    play.do(HEAD, "settlement.collection.submit", "submit", remark="示例收缴说明")
    play.entrust(500_000).report()
    bill = {"fee_cents": 500_000, "other_cents": 80_250, "paid_on": "2026-03-19", "voucher": "示例"}
    bill["remark"] = "示例结余处理"
    with pytest.raises(NotPossible, match=r"超出了委托合同的5,000\.00元"):
        play.do(HEAD, "settlement.accounts.submit", "submit", **bill | {"fee_cents": 500_001})
    with pytest.raises(NotPossible, match=r"超出了费用方案的5,802\.50元"):
        play.do(HEAD, "settlement.accounts.submit", "submit", **bill | {"other_cents": 80_251})
    answer = play.do(HEAD, "settlement.accounts.submit", "submit", **bill)
    assert answer.value["warnings"] == ["社区垫付的800.00元尚待抵扣，请按抵扣方案继续登记。"]
    assert CostBill.objects.get().working == [
        "收入：公共收益列支0.00元，业主缴纳0.00元，社区垫付800.00元",
        "支出：机构费用5,000.00元，其他802.50元",
        "差额5,002.50元（支出超过收入）",
        "社区垫付800.00元，已抵扣0.00元，尚待抵扣800.00元",
        "业主尚欠5,802.50元，仍须缴纳",
    ]
    assert "settlement.accounts_notice.post" in play.open_tasks()
    poster = posters.accounts(play.case("settlement"), play.now)
    assert poster is not None
    told = {line.label: line.value for line in poster.facts}
    assert told["差额"] == "5,002.50元（支出超过收入）"
    assert told["差额处理"] == "示例结余处理"
    assert "-" not in "".join(value for label, value in told.items() if label != "支付凭证")


def test_the_cost_plan_has_to_pay_for_the_firm_that_was_chosen(agreed: Play) -> None:
    with pytest.raises(NotPossible, match=r"不足以支付选定机构的报价10,000\.00元"):
        agreed.ask_books().compare().fund(999_999, 0)


def test_a_kept_plan_computed_anew_says_the_same_until_somebody_touches_it(owing: Play) -> None:
    assert list(findings(owing.now)) == []
    Unit.objects.filter(estate=owing.area.estate).update(building_area="1.00")
    assert list(findings(owing.now)) == []  # the registers moved on; what was kept counts
    share = CostShare.objects.get(unit__label="101")
    CostShare.objects.filter(pk=share.pk).update(share_cents=share.share_cents - 1)
    CostShare.objects.filter(unit__label="102").update(area="90.26")
    found = list(findings(owing.now))
    number = CostPlan.objects.get().case.number
    assert f"{number}1幢101的分摊与按保存的面积重新计算的结果不符。" in found
    assert f"{number}各户分摊之和与应由业主分摊的费用不符。" in found
    CostPlan.objects.update(available_cents=100, as_of="2026-03-10", voucher="示例")
    assert f"{number}的费用承担与按保存的余额和次序重新计算的结果不符。" in list(findings(owing.now))


# Recovery -----------------------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-020", "BS-059")
def test_nobody_sues_for_the_owners_without_saying_by_whom_it_was_authorised(agreed: Play) -> None:
    play = agreed
    refuse_books(play)
    demand(play)
    play.compare().fund(1_000_000, 1_000_000).entrust()
    play.report(not_provided=["public_revenue", "utilities"], scope_limited=True, limitation="示例")
    claim = Claim.objects.filter(kind="book").first()
    assert claim is not None
    said = {"claim": str(claim.pk), "step": "suit", "on": "2026-03-11", "remark": "示例起诉"}
    with pytest.raises(NotPossible, match="起诉要写明由谁授权"):
        play.stand(HEAD, "exit", "recover", **said)
    said |= {"authority": "assembly", "authority_paper": "示例业主大会决议2026-03-10"}
    play.stand(HEAD, "exit", "recover", **said)
    claim.refresh_from_db()
    assert claim.sued_under == "业主大会决议：示例业主大会决议2026-03-10"


def test_the_demand_begins_with_what_is_missing(paged: Play) -> None:
    play = paged.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity")
    refuse_books(play.agree("2026-07-31"))
    task = play.task("settlement.books_demand.submit")
    for path in (f"/cases/{play.case('settlement').row.pk}/", f"/tasks/{task.pk}/submit/"):
        assert "公共收益收支结余\n与专业经营单位的协议和结算</textarea>" in see(play, HEAD, path)


def test_the_comparison_says_first_that_quotes_are_wanting_and_leads_to_them(paged: Play) -> None:
    play = paged.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity")
    play.agree("2026-07-31").ask_books()
    case = play.case("settlement").row.pk
    page = see(play, HEAD, f"/cases/{case}/")
    assert "已登记0家报价，至少要有2家，请先用“登记报价”逐家登记" in plain(page)
    quoting = f"/cases/{case}/acts/record_quote/"
    assert quoting in page
    firm = play.area.organisations["firm"]
    refused = {"firm": str(firm.pk), "reason": "示例理由", "present": ["示例甲", "示例乙"]}
    with pytest.raises(NotPossible, match="请先用“登记报价”登记其他机构的报价"):
        play.do(HEAD, "settlement.comparison.submit", "submit", **refused)
    play.quote(firm.pk, 100)
    play.quote(other_firm(play.area.spec.county).pk, 120)
    assert "已登记2家报价，从中选定" in plain(see(play, HEAD, f"/cases/{case}/"))
