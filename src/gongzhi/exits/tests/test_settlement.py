"""Settlement: who pays, to the cent; the report; the notice; the refund. Every figure is worked out by hand."""

from datetime import date
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from gongzhi.exits.models import Claim, CostPlan, CostShare
from gongzhi.exits.papers import posters
from gongzhi.exits.procedures import Settlement
from gongzhi.exits.settlement_facts import Findings, ReportPart
from gongzhi.exits.settlement_rules import findings_rest_on_report
from gongzhi.exits.settlement_situation import SettlementSituation
from gongzhi.exits.tests.play import Play, at, set_here
from gongzhi.exits.tests.settling import PARTS, other_firm
from gongzhi.law import queries as law
from gongzhi.notices.counting import count
from gongzhi.notices.models import Notice
from gongzhi.procedures.tick import fire_due
from gongzhi.registry.models import Unit
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken

LABELS = (
    "公共收益收支结余",
    "代收代缴费用台账",
    "维修资金使用、结余、备案",
    "服务用房与共用部位设施台账",
    "与专业经营单位的协议和结算",
)


@pytest.fixture
def settling(play: Play) -> Play:
    """Agreed, notice cleared: the settlement is open. Wednesday 11 March 2026."""
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity").agree("2026-07-31")
    return play.ask_books().give_books()


def fund(play: Play, total: int, revenue: int) -> None:
    """Quotes are compared; the owners' side says what it costs and what the revenue bears."""
    if not play.case("settlement").row.quotes.exists():
        play.compare(min(total, 1_000_000))
    play.fund(total, revenue)


@pytest.mark.proves("BS-045")
def test_proved_revenue_pays_all_and_nothing_falls_on_the_owners(settling: Play) -> None:
    fund(settling, 1_000_000, 1_000_000)
    plan = CostPlan.objects.get()
    assert (plan.revenue_cents, plan.owners_cents) == (1_000_000, 0)
    steps = settling.case("settlement").steps
    assert steps["apportionment"].skipped_why == "公共收益足够，无需业主分摊"
    assert steps["collection"].outcome == "skipped"


@pytest.mark.proves("BS-046")
def test_the_rest_is_shared_by_building_area_to_the_cent(settling: Play) -> None:
    # areas 100 + 90.25 + 120 + 75 + 110 + 55 + 30 = 580.25; 10 000.01 yuan = 1 000 001 cents
    # exact: 172339.68 155536.56 206807.62 129254.76 189573.65 94786.82 51701.90 → floors leave 5 cents:
    # largest remainders .90(P1) .82(202) .76(104) .68(101) .65(201); then .62(103) and .56(102) get none
    fund(settling, 1_000_001, 0)
    shares = {share.unit.label: share.share_cents for share in CostShare.objects.select_related("unit")}
    assert shares == {
        "101": 172_340,
        "102": 155_536,
        "103": 206_807,
        "104": 129_255,
        "201": 189_574,
        "202": 94_787,
        "P1": 51_702,
    }
    assert sum(shares.values()) == 1_000_001


def test_revenue_without_a_voucher_counts_as_nothing(settling: Play) -> None:
    from gongzhi.values.refusals import Invalid

    settling.compare(100)
    said = {"total_cents": 100, "revenue_cents": 100}
    with pytest.raises(Invalid, match="没有凭证的按零计算"):
        settling.do("committee_head", "settlement.funding.submit", "submit", **said)


def test_what_the_total_holds_beside_the_chosen_quote_is_said(settling: Play) -> None:
    settling.compare(900_000)
    said = {"total_cents": 1_000_000, "revenue_cents": 0}
    with pytest.raises(NotPossible, match=r"比选定机构的报价9,000.00元多1,000.00元，请写明这部分的用途"):
        settling.do("committee_head", "settlement.funding.submit", "submit", **said)
    settling.do("committee_head", "settlement.funding.submit", "submit", **said, other_for="示例公示费")
    with law.pinned():
        worded = posters.cost_sharing(settling.case("settlement"), settling.now)
    assert worded is not None
    told = {line.label: line.value for line in worded.facts}
    assert told["总费用"] == "10,000.00元，其中选定机构报价9,000.00元，其他1,000.00元（示例公示费）"
    assert "报价9,000.00元（选定）；" in told["报价依据"]
    assert "参加分摊的总面积580.25平方米" in told["怎么算"]
    assert worded.tables[0].table is not None
    assert worded.tables[0].table.total == ("合计", "", "580.25", "10,000.00元")
    working = "".join(CostPlan.objects.get().working)
    assert "总面积580.25平方米" in working


@pytest.mark.proves("BS-046")
def test_no_share_is_computed_while_an_area_is_unknown(settling: Play) -> None:
    unit = Unit.objects.get(estate=settling.area.estate, label="202")
    unit.building_area, unit.building_source, unit.building_on = None, "", None
    unit.save()
    with pytest.raises(RuleBroken, match="2幢202的房屋建筑面积未登记"):
        fund(settling, 1_000_000, 999_999)
    assert not CostPlan.objects.exists()
    fund(settling, 1_000_000, 1_000_000)


@pytest.mark.proves("BS-046", "BS-047")
def test_the_advance_covers_only_what_stays_unpaid_after_demand(settling: Play) -> None:
    fund(settling, 580_250, 0)  # 580.25 m² → 10 yuan a square metre
    play = settling
    play.go(hours=1).post("committee_head", "settlement.apportionment")
    play.until("2026-03-19 09:00").take_down("committee_head", "settlement.apportionment")
    unit = Unit.objects.get(estate=play.area.estate, label="101")
    pay = {"unit": str(unit.pk), "amount_cents": 100_000, "paid_on": "2026-03-19"}
    play.stand("committee_head", "settlement", "record_payment", **pay)
    with pytest.raises(NotPossible, match=r"还应缴0\.00元"):
        play.stand("committee_head", "settlement", "record_payment", **pay)
    advance = {
        "amount_cents": 480_250,
        "source": "示例经费",
        "offset_from": "later_revenue",
        "offset_plan": "示例抵扣方案",
    }
    with pytest.raises(RuleBroken, match="请先催缴"):
        play.stand("community_worker", "settlement", "advance", **advance)
    play.stand("committee_head", "settlement", "demand", demanded_on="2026-03-19", method="示例书面催缴")
    with pytest.raises(NotAllowed, match="社区居民委员会办理"):
        play.stand("committee_head", "settlement", "advance", **advance)
    with pytest.raises(RuleBroken, match=r"还有4,802\.50元"):
        play.stand("community_worker", "settlement", "advance", **advance | {"amount_cents": 480_251})
    play.stand("community_worker", "settlement", "advance", **advance)
    with pytest.raises(RuleBroken, match=r"还有0\.00元"):
        play.stand("community_worker", "settlement", "advance", **advance | {"amount_cents": 1})


@pytest.mark.proves("BS-048")
def test_an_advance_is_published_and_filed_with_the_street(settling: Play) -> None:
    play = settling
    fund(play, 580_250, 0)
    play.go(hours=1).post("committee_head", "settlement.apportionment")
    play.until("2026-03-19 09:00").take_down("committee_head", "settlement.apportionment")
    play.stand("committee_head", "settlement", "demand", demanded_on="2026-03-19", method="示例书面催缴")
    play.stand(
        "community_worker",
        "settlement",
        "advance",
        amount_cents=100,
        source="示例经费",
        offset_from="later_revenue",
        offset_plan="示例抵扣方案",
    )
    answer = play.do("committee_head", "settlement.collection.submit", "submit", remark="示例收缴说明")
    assert answer.value["warnings"] == ["仍有5,801.50元未收，欠缴业主仍须缴纳。"]
    tasks = play.open_tasks()
    assert "settlement.advance_notice.post" in tasks
    assert "settlement.advance_filing.send:subdistrict" in tasks


@pytest.fixture
def demanded(settling: Play) -> Play:
    """580.25 m² at 10 yuan, nothing paid, everything demanded. Thursday 19 March 2026."""
    fund(settling, 580_250, 0)
    settling.go(hours=1).post("committee_head", "settlement.apportionment")
    settling.until("2026-03-19 09:00").take_down("committee_head", "settlement.apportionment")
    assert ASKED not in settling.open_tasks()
    settling.stand("committee_head", "settlement", "demand", demanded_on="2026-03-19", method="示例书面催缴")
    return settling


ASKED, CLOSE = "settlement.collection.advance", "settlement.collection.submit"
BRIDGED = {"source": "示例经费", "offset_from": "later_revenue", "offset_plan": "示例抵扣方案"}


@pytest.mark.proves("BS-047")
def test_the_community_is_asked_before_the_collection_is_closed_and_may_say_no(demanded: Play) -> None:
    play = demanded
    assert ASKED in play.open_tasks()
    with pytest.raises(NotPossible, match="社区还没有答复是否临时垫付"):
        play.do("committee_head", CLOSE, "submit", remark="示例收缴说明")
    with pytest.raises(NotAllowed, match="社区居民委员会"):
        play.do("committee_head", ASKED, "decline", reason="示例")
    play.do("community_worker", ASKED, "decline", reason="示例：没有经费")
    assert ASKED not in play.open_tasks()
    play.do("committee_head", CLOSE, "submit", remark="示例收缴说明")
    assert play.case("settlement").steps["advance_filing"].skipped_why == "社区没有垫付"


@pytest.mark.proves("BS-047")
def test_the_community_bridges_in_its_task_and_no_more_than_stays_unpaid(demanded: Play) -> None:
    play = demanded
    step = Settlement.step("collection")
    with law.pinned():
        assert step.begins_with(play.case("settlement"), "bridge", play.now) == {"amount_cents": 580_250}
    with pytest.raises(RuleBroken, match=r"还有5,802\.50元"):
        play.do("community_worker", ASKED, "bridge", **BRIDGED, amount_cents=580_251)
    play.do("community_worker", ASKED, "bridge", **BRIDGED, amount_cents=100_000)
    assert CostPlan.objects.get().advances.get().amount_cents == 100_000
    play.do("committee_head", CLOSE, "submit", remark="示例收缴说明")
    assert "settlement.advance_filing.send:subdistrict" in play.open_tasks()


def test_a_community_that_does_not_answer_holds_nothing_up(demanded: Play) -> None:
    silent = "示例：3月19日书面询问，没有答复"
    demanded.do("committee_head", CLOSE, "submit", remark="示例收缴说明", silent=silent)
    assert ASKED not in demanded.open_tasks()


def test_nobody_is_asked_once_all_is_paid_or_bridged(demanded: Play) -> None:
    demanded.stand("community_worker", "settlement", "advance", **BRIDGED, amount_cents=100)
    assert ASKED not in demanded.open_tasks()
    demanded.do("committee_head", CLOSE, "submit", remark="示例收缴说明")


@pytest.mark.proves("BS-044")
def test_the_firm_is_independent_and_registered(settling: Play) -> None:
    fund(settling, 1_000_000, 1_000_000)
    provider, other = (settling.area.organisations[name] for name in ("provider", "other_provider"))
    with pytest.raises(RuleBroken, match="不是第三方机构") as refused:
        settling.entrust(firm=str(provider.pk))
    assert [citation.article for citation in refused.value.citations] == ["第13条"]
    with pytest.raises(NotPossible, match="登记在册的第三方机构"):
        settling.entrust(firm=str(other.pk))
    second = other_firm(settling.area.spec.county)
    with pytest.raises(NotPossible, match="不是比选选定的机构"):
        settling.entrust(firm=str(second.pk))
    with pytest.raises(NotPossible, match=r"超出了比选报价10,000\.00元") as unlike:
        settling.entrust(1_000_001)
    assert unlike.value.citations == ()  # no article speaks of quotes
    with pytest.raises(NotPossible, match="利害关系"):
        settling.entrust(is_independent=False)
    settling.entrust()


@pytest.mark.proves("BS-050", "BS-051", "BS-052", "BS-053", "BS-054", "BS-055")
def test_a_report_that_lacks_a_part_is_refused_by_name(settling: Play) -> None:
    entrust(settling)
    for place, label in enumerate(LABELS):
        parts = [{"code": code, "finding": "示例结果"} for at, code in enumerate(PARTS) if at != place]
        with pytest.raises(RuleBroken, match=f"清算报告还缺：{label}，请补齐"):
            settling.report(parts=parts)


def entrust(play: Play) -> None:
    """Revenue pays; the firm is entrusted."""
    fund(play, 1_000_000, 1_000_000)
    play.entrust()


def test_the_report_begins_with_what_the_case_knows_and_stays_the_firm_s(play: Play) -> None:
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-11 09:00").take_down("provider_leader", "exit.publicity").agree("2026-07-31")
    play.ask_books().give_books(missing=("utilities",))
    fund(play, 1_000_000, 1_500_000)
    play.entrust()
    step = Settlement.step("report")
    with law.pinned():
        begun = step.begins_with(play.case("settlement"), "submit", play.now)
    parts = {part["code"]: part for part in begun["parts"]}
    assert list(parts) == list(PARTS)
    assert parts["public_revenue"]["confirmed_cents"] == 1_500_000
    assert parts["public_revenue"]["finding"].startswith(
        "资料提供原件；公共收益可用余额15,000.00元（截至2026年3月11日，凭证示例凭证1），列支清算费用10,000.00元"
    )
    given = next(part for code, part in parts.items() if part["finding"].endswith("资料提供原件；清算结果："))
    with pytest.raises(ValidationError, match="还没有写清算结果，请在“清算结果：”后写明"):
        ReportPart.model_validate(given)
    assert ReportPart.model_validate(given | {"finding": f"{given['finding']}示例结余1元"})
    assert parts["utilities"]["finding"].startswith("资料未提供（示例：物业服务人不提供），不能确认")
    assert (begun["scope_limited"], begun["not_provided"]) == (True, ["utilities"])
    assert "irregular_cents" not in begun  # nothing was confirmed yet, and nothing is guessed
    # what the firm says instead is what counts
    play.do("committee_head", "settlement.books_demand.submit", "submit", **DEMANDED)
    receipt = {"arrived_at": play.now.isoformat(), "received_by": "示例签收人"}
    play.do("provider_leader", "settlement.books_demand.receive", "receive", **receipt)
    play.report(scope_limited=True, not_provided=["utilities"], limitation="示例说明")
    said = play.case("settlement").heard(Settlement.report)
    assert said is not None
    assert said.parts[0].finding == "示例结果"


DEMANDED = {"items": "与专业经营单位的协议和结算", "until_on": "2026-03-20", "consequence": "示例后果"}


@pytest.mark.proves("BS-056", "BS-057")
def test_an_objection_at_half_past_eight_is_a_task_and_no_veto(settling: Play) -> None:
    play = settling
    entrust(play)
    play.report()
    play.until("2026-03-12 10:00").post("committee_head", "settlement.report_notice")
    notice = Notice.objects.get(case=play.case("settlement").row)
    assert notice.until_on == date(2026, 3, 19)  # 12 March + 7 days, the first day not counted
    play.until("2026-03-19 20:30")
    play.stand("owner", "settlement", "object", content="示例异议：停车费不清")
    play.until("2026-03-20 00:00")
    with pytest.raises(NotPossible, match="不能再提异议"):
        play.stand("co_owner", "settlement", "object", content="示例异议：太迟")
    play.go(hours=9).take_down("committee_head", "settlement.report_notice")
    assert "handover.plan.submit" not in play.open_tasks()
    play.do(
        "firm_accountant",
        "settlement.report_notice.reply:1",
        "reply",
        finding="示例核实",
        adopted=False,
        next_remedy="可以申请调解或者起诉",
    )
    assert play.case("settlement").outcome_of(Settlement.report_notice) == "done"
    assert "handover.plan.submit" in play.open_tasks()


def test_more_than_the_report_found_is_confirmed_only_on_what_an_adopted_objection_added() -> None:
    """《白山市…管理办法》第15条: the report's figure, put right by a reply that adopted what was objected."""
    situation = SettlementSituation(
        today=date(2026, 3, 20), units=1, unknown_areas=(), reported_cents=320_000
    )
    said = {"amount_cents": 380_000, "basis": "示例依据", "account": "示例账户"}
    view = SimpleNamespace(cites=lambda *keys: ())
    refused = findings_rest_on_report(view, Findings.model_validate(said), situation)  # type: ignore[arg-type]
    assert not refused.allowed
    assert "采纳异议而增加的，写明超出的依据" in refused.sentence
    told = said | {"beyond": "示例异议答复书，采纳，增加600元"}
    assert findings_rest_on_report(view, Findings.model_validate(told), situation).allowed  # type: ignore[arg-type]


def test_a_notice_comes_down_only_when_its_days_are_full(settling: Play) -> None:
    play = settling
    entrust(play)
    play.report()
    play.until("2026-03-12 10:00").post("committee_head", "settlement.report_notice")
    play.until("2026-03-19 23:59")
    with pytest.raises(NotPossible, match="要挂满到2026-03-19 24:00"):
        play.take_down("committee_head", "settlement.report_notice")
    play.until("2026-03-20 00:00").take_down("committee_head", "settlement.report_notice")


@pytest.mark.proves("BS-058")
def test_the_refund_counts_from_service_and_rolls_over_qingming(settling: Play) -> None:
    play = settling
    entrust(play)
    play.report(irregular_cents=300_000)
    play.until("2026-03-12 10:00").post("committee_head", "settlement.report_notice")
    play.until("2026-03-20 09:00").take_down("committee_head", "settlement.report_notice")
    play.do(
        "committee_head",
        "settlement.findings.submit",
        "submit",
        amount_cents=300_000,
        basis="示例依据",
        account="示例账户",
    )
    assert not play.case().row.clocks.filter(key="settlement.refund_within").exists()
    play.until("2026-03-22 16:00")
    play.do(
        "provider_leader",
        "settlement.findings.receive",
        "receive",
        arrived_at=play.now.isoformat(),
        received_by="示例签收人",
    )
    clock = play.case().row.clocks.get(key="settlement.refund_within")
    # 22 March + 15 days = 6 April 2026, a Monday: the Qingming holiday runs Saturday 4 to Monday 6 → Tuesday 7
    assert clock.due_on == date(2026, 4, 7)
    with pytest.raises(RuleBroken, match="足额退还"):
        refund(play, 299_999)
    fire_due(at("2026-04-08 00:00"))
    assert "refund_overdue" in play.case().marks
    claim = Claim.objects.get(kind="money")
    play.until("2026-04-08 09:00").stand(
        "committee_head",
        "exit",
        "recover",
        claim=str(claim.pk),
        step="suit",
        on="2026-04-08",
        remark="示例起诉",
        authority="assembly",
        authority_paper="示例业主大会决议",
    )
    refund(play, 300_000)
    claim.refresh_from_db()
    assert claim.closed_at is not None


def refund(play: Play, cents: int) -> None:
    """The provider pays back."""
    play.do(
        "provider_leader",
        "exit.refund.submit",
        "submit",
        amount_cents=cents,
        paid_on=str(play.now.date()),
        account="示例账户",
        voucher="示例凭证",
    )


@pytest.mark.proves("BS-056")
def test_a_torn_notice_begins_its_days_again(settling: Play) -> None:
    play = settling
    entrust(play)
    play.report()
    play.until("2026-03-12 10:00").post("committee_head", "settlement.report_notice")
    play.until("2026-03-15 08:00")
    play.stand(
        "tenant", "settlement", "report_torn", found_at=play.now.isoformat(), what="示例：东门公示被撕"
    )
    play.do(
        "community_worker",
        "settlement.report_notice.torn:1",
        "confirm_torn",
        found_at=play.now.isoformat(),
        what="示例：确已缺失",
    )
    play.until("2026-03-15 15:00")
    play.do(
        "committee_head",
        "settlement.report_notice.again:1",
        "post_again",
        posted_at=play.now.isoformat(),
        posted_by=["示例甲", "示例乙"],
    )
    notice = Notice.objects.get(case=play.case("settlement").row)
    assert notice.until_on == date(2026, 3, 22)  # 15 March + 7 days


def test_a_reply_has_its_clock_where_the_place_has_set_one(settling: Play) -> None:
    set_here("objection.reply_within", "P5WD")
    play = settling
    entrust(play)
    play.report()
    play.until("2026-03-30 10:00").post("committee_head", "settlement.report_notice")
    play.until("2026-03-31 20:30")
    play.stand("owner", "settlement", "object", content="示例异议：停车费不清")
    clock = play.case("settlement").row.clocks.get(key="objection.reply_within")
    # Tuesday 31 March + 5 working days: 1, 2, 3 April; 4–6 Qingming; 7, 8 April
    assert clock.due_on == date(2026, 4, 8)
    # 《白山市…管理办法》第15条 is about objections to this very notice
    assert [one["article"] for one in clock.citations] == ["第15条"]


def test_a_notice_whose_days_the_place_set_says_so_in_its_working(settling: Play) -> None:
    set_here("notice.advance_plan_days", "P5D")
    play = settling
    case = play.case("settlement")
    notice, step = Notice(), case.declaration.step("advance_notice")
    with law.pinned():
        count(step, case, notice, at("2026-03-10 09:00"))
        by_the_text = Notice()
        count(case.declaration.step("report_notice"), case, by_the_text, at("2026-03-10 09:00"))
    # 10 March + 5 days: Sunday 15 March; a notice does not roll
    assert notice.until_on == date(2026, 3, 15)
    assert notice.working[-1] == "本地设定：示例主管部门于2025-01-01设定（示例通知）"
    assert not any("本地设定" in line for line in by_the_text.working)
