"""Who may sign, lists filled without the giver, readings, prepaid fees, defects, and what is owed after a handover."""

from datetime import date
from typing import Any

import pytest

from gongzhi.exits.check import findings
from gongzhi.exits.handover_rules import TOLD_BY
from gongzhi.exits.models import (
    Claim,
    Defect,
    Deletion,
    Lift,
    MeterReading,
    OneSidedInventory,
    PrepaidFee,
    SignerAuthority,
)
from gongzhi.exits.procedures import Handover
from gongzhi.exits.tests.handing import GIVER, RECEIVER, signature
from gongzhi.exits.tests.play import Play, at
from gongzhi.law import queries as law
from gongzhi.papers.documents import Record
from gongzhi.procedures.documents import paper_made
from gongzhi.procedures.models import Item
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.models import Unit
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotPossible, RuleBroken

ONE_SIDED = {
    "why": "示例：原物业服务人拒不到场",
    "officials": ["示例甲", "示例乙"],
    "witness": "示例社区人员",
    "video": "示例录像1",
}


@pytest.fixture
def handing(db: None) -> Play:
    """阳城, where nothing is settled first: agreed, the lists are open. Wednesday 29 April 2026."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    play = Play(cast, cast.areas["yangcheng"], now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    return play.until("2026-04-29 09:00").plan(starts_at=play.now.isoformat())


# Who signs ----------------------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-062", "BS-070")
def test_a_site_manager_without_a_power_does_not_sign(handing: Play) -> None:
    play = handing
    play.fill("documents")
    with pytest.raises(NotPossible, match="项目负责人不能单独签字") as refused:
        play.do(GIVER, "handover.documents.sign:provider", "sign", **signature())
    assert refused.value.citations == ()  # office practice, not law: nothing is cited as law
    play.empower(GIVER, signer="示例他人")
    with pytest.raises(NotPossible, match="没有登记代表"):
        play.do(GIVER, "handover.documents.sign:provider", "sign", **signature())
    play.empower(RECEIVER)
    with pytest.raises(NotPossible, match="没有登记代表"):
        play.do(GIVER, "handover.documents.sign:provider", "sign", **signature())
    play.empower(GIVER)
    play.do(GIVER, "handover.documents.sign:provider", "sign", **signature())


def test_a_power_names_matter_scope_and_a_term_that_runs(handing: Play) -> None:
    for more, says in (
        ({"scope": ""}, "写明委托事项、权限范围和期限"),
        ({"to_on": None}, "写明委托事项、权限范围和期限"),
        ({"to_on": "2026-04-28"}, "已经到期"),
        ({"basis": "moon"}, "签字权限只能是：法定代表人"),
        ({"basis": "duty_signature"}, "只适用于机关和社区"),
        ({"basis": "legal_representative"}, "须凭授权委托书签字"),
    ):
        with pytest.raises(NotPossible, match=says):
            handing.empower(GIVER, **more)
    handing.empower("subdistrict_officer", basis="duty_signature")
    with pytest.raises(NotAllowed, match="登记签字权限"):
        handing.empower("firm_accountant")


def authorise(play: Play, name: str, *kinds: str, signer: str) -> None:
    """One of the cast registers an agent's power, with papers of these kinds."""
    said = {"basis": "power_of_attorney", "matter": "示例：项目交接", "scope": "示例：签字", "signer": signer}
    said |= {"from_on": "2026-01-01", "to_on": "2026-12-31", "id_last_four": "001X"}
    perform_on_case(
        by=play.actor(name),
        at=play.now,
        case_id=play.case("handover").id,
        act="authorise_signer",
        facts=said,
        papers=play.papers(name, *kinds),
    )


@pytest.mark.proves("BS-062", "BS-070")
@pytest.mark.parametrize("kinds", [(), ("other",), ("signed_page",)])
def test_a_site_manager_does_not_give_himself_a_power(handing: Play, kinds: tuple[str, ...]) -> None:
    leader = handing.area.people[GIVER].name
    handing.fill("documents")
    with pytest.raises(NotPossible, match=r"请由法定代表人.*本人登记，或者上传已签字盖章的授权委托书扫描件"):
        authorise(handing, GIVER, *kinds, signer=leader)
    assert not SignerAuthority.objects.exists()
    with pytest.raises(NotPossible, match="项目负责人不能单独签字"):
        handing.do(GIVER, "handover.documents.sign:provider", "sign", **signature(leader))


@pytest.mark.parametrize(
    ("name", "kinds"),
    [(GIVER, ("power_of_attorney",)), ("provider_legal_representative", ())],
)
def test_a_power_is_given_by_the_head_or_shown_as_signed(
    handing: Play, name: str, kinds: tuple[str, ...]
) -> None:
    leader = handing.area.people[GIVER].name
    authorise(handing, name, *kinds, signer=leader)
    handing.fill("documents")
    handing.do(GIVER, "handover.documents.sign:provider", "sign", **signature(leader))


def test_a_body_without_a_legal_representative_gives_its_powers_by_its_own_head(handing: Play) -> None:
    with pytest.raises(NotPossible, match="授权委托书扫描件"):
        authorise(handing, "community_worker", signer="示例签字人")
    authorise(handing, "community_head", signer="示例签字人")
    authorise(handing, "community_worker", "power_of_attorney", signer="示例签字人")
    assert SignerAuthority.objects.count() == 2


def test_nobody_calls_himself_the_head_of_a_body_that_has_none_registered(handing: Play) -> None:
    own = handing.area.people[RECEIVER].name
    with pytest.raises(NotPossible, match="没有登记在册的法定代表人"):
        handing.empower(RECEIVER, signer=own, basis="legal_representative", to_on=None)


def test_the_registered_head_signs_without_a_power(handing: Play) -> None:
    name = handing.area.people["provider_legal_representative"].name
    handing.empower(GIVER, signer=name, basis="legal_representative", to_on=None)
    handing.fill("documents")
    handing.do(GIVER, "handover.documents.sign:provider", "sign", **signature(name))


def test_a_power_that_has_run_out_signs_no_more(handing: Play) -> None:
    handing.empower(GIVER, to_on="2026-04-29")
    handing.fill("documents")
    handing.until("2026-04-30 00:00")
    with pytest.raises(NotPossible, match="没有登记代表"):
        handing.do(GIVER, "handover.documents.sign:provider", "sign", **signature())


# The agreement ------------------------------------------------------------------------------------------------------


@pytest.fixture
def agreeing(db: None) -> Play:
    """阳城: the application arrived, nothing is agreed yet. Monday 2 March 2026."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    return Play(cast, cast.areas["yangcheng"], now).apply("2026-04-30").arrive()


def countersign(play: Play, signer: str) -> None:
    path = "exit.agreement.countersign:provider"
    play.do(GIVER, path, "countersign", **signature(signer))


def test_an_agreement_is_signed_by_who_heads_a_side_or_shows_a_power(agreeing: Play) -> None:
    play = agreeing
    with pytest.raises(NotPossible, match=r"示例签字人没有登记代表.*项目负责人不能单独签字") as refused:
        play.agree("2026-04-30", signer="示例签字人")
    assert refused.value.citations == ()  # office practice, not law
    head = play.area.people["committee_head"].name
    approve = {"settlement": "示例安排", "prepaid": "示例处理", "breach": "示例责任"}
    approve |= {"ends_on": "2026-04-30", "fees_until": "2026-04-30", "signer": head, "capacity": "业委会主任"}
    approve |= {"signed_way": "platform", "decided_on": "2026-03-01", "decided_by": "示例业主大会决议"}
    play.do("committee_head", "exit.agreement.decide", "approve", ("exit_agreement",), **approve)
    leader = play.area.people["provider_leader"].name
    with pytest.raises(NotPossible, match="项目负责人不能单独签字"):
        countersign(play, leader)
    power = {"basis": "power_of_attorney", "matter": "退出协议", "scope": "签署", "from_on": "2026-03-01"}
    power |= {"signer": leader, "id_last_four": "001X"}
    with pytest.raises(NotPossible, match="写明委托事项、权限范围和期限"):
        play.stand(GIVER, "exit", "authorise_signer", **power)
    play.stand(GIVER, "exit", "authorise_signer", **power, to_on="2026-12-31")
    countersign(play, leader)
    with law.pinned():
        made = paper_made(play.case(), "agreement.exit_agreement", play.now, masked=False).form()
    assert isinstance(made, Record)
    assert [one.note for one in made.signatures] == [
        f"签署人：{head}（业委会主任，平台签署）",
        f"签署人：{leader}（授权代表，证件尾号001X，纸质签署，扫描件第1件）",
    ]


def test_a_power_shown_for_the_agreement_counts_in_the_handover(agreeing: Play) -> None:
    play = agreeing
    leader = play.area.people["provider_leader"].name
    power = {"basis": "power_of_attorney", "matter": "退出协议", "scope": "签署", "signer": leader}
    power |= {"from_on": "2026-03-01", "to_on": "2026-12-31", "id_last_four": "001X"}
    play.stand(GIVER, "exit", "authorise_signer", **power)
    play.vote().name_successor("2026-04-30").agree("2026-04-30")
    play.until("2026-04-29 09:00").plan(starts_at=play.now.isoformat())
    play.fill("documents")
    play.do(GIVER, "handover.documents.sign:provider", "sign", **signature(leader))
    with law.pinned():
        made = paper_made(play.case("handover"), "documents.document_list", play.now, masked=False).form()
    assert isinstance(made, Record)
    assert [one.note for one in made.signatures] == [
        f"签字人：{leader}（授权代表，证件尾号001X，纸质签署，扫描件第1件）",
        "",
        "",
    ]


def test_a_registered_head_signs_a_list_without_any_entry(handing: Play) -> None:
    name = handing.area.people["provider_legal_representative"].name
    handing.fill("documents")
    handing.do(GIVER, "handover.documents.sign:provider", "sign", **signature(name))
    with pytest.raises(NotPossible, match="没有登记代表"):
        handing.do(RECEIVER, "handover.documents.sign:receiver", "sign", **signature(name))


# Lists --------------------------------------------------------------------------------------------------------------


@pytest.mark.proves("YC-007")
def test_the_lists_of_yangcheng_come_from_the_law_above_and_its_own(handing: Play) -> None:
    assert {item.code for item in handing.items("documents")} == {
        "drawings",
        "technical",
        "warranty",
        "other",
    }
    assert {item.code for item in handing.items("assets")} == {"premises", "facilities"}
    assert {"meters", "keys", "passwords", "lifts", "fire_room", "prepaid", "owner_register"} <= {
        item.code for item in handing.items("extra")
    }
    assert "joint_check" not in handing.lists()


def test_an_inventory_without_the_giver_has_two_officials_a_witness_and_a_video(handing: Play) -> None:
    play = handing.empower(RECEIVER)
    for wanting, says in (
        ({"officials": ["示例甲"]}, "两名工作人员"),
        ({"officials": ["示例甲", "示例甲"]}, "两名工作人员"),
        ({"witness": ""}, "见证人"),
        ({"witness": "示例甲"}, "见证人"),
        ({"video": ""}, "录像编号"),
        ({"why": ""}, "单方清点的原因"),
    ):
        with pytest.raises((RuleBroken, NotPossible), match=says):
            fill_alone(play, **wanting)
    answer = fill_alone(play)
    assert answer.value["warnings"] == ["单方清点涉及款项的，建议办理公证后补填公证书编号。"]
    row = OneSidedInventory.objects.get()
    assert (row.official, row.second_official, row.video) == ("示例甲", "示例乙", "示例录像1")


def fill_alone(play: Play, **more: Any) -> Any:
    """The receiver fills the list of assets alone."""
    for item in play.items("assets"):
        said = {"code": item.code, "state": "present"}
        play.do(RECEIVER, "handover.assets.fill:one_sided", "record", **said)
    return play.do(RECEIVER, "handover.assets.fill:one_sided", "fill", **ONE_SIDED | more)


def refuse_to_sign(play: Play, step: str) -> None:
    """The receiver and the witness sign; the provider will not, which is recorded."""
    play.do(RECEIVER, f"handover.{step}.sign:receiver", "sign", **signature())
    play.do("community_worker", f"handover.{step}.witness:community", "sign", **signature())
    said = {"refused_by": "示例项目负责人", "reason": "示例理由", "recorders": ["示例甲", "示例乙"]}
    play.do("community_worker", f"handover.{step}.refusal", "record_refusal", **said)


def test_what_was_counted_alone_is_served_on_the_provider_and_noted_in_the_confirmation(
    handing: Play,
) -> None:
    play = handing.empower(GIVER).empower(RECEIVER)
    fill_alone(play)
    refuse_to_sign(play, "assets")
    for step in ("documents", "extra"):
        play.fill(step)
        play.sign(step)
    with pytest.raises(NotPossible, match="资产移交清单没有双方签字"):
        play.approve()
    play.approve(refusals="示例：资产清单拒签")
    with pytest.raises(NotPossible, match="没有登记代表"):
        play.do(GIVER, "handover.confirmation.countersign:provider", "countersign", **signature("示例他人"))
    said = {"lists": "资产移交清单", "remark": "示例：收到后三日内书面提出"}
    play.do(RECEIVER, "handover.inventory_served.submit", "submit", **said)
    proof = {
        "arrived_at": play.now.isoformat(),
        "method": "leave",
        "address": "示例项目部",
        "servers": ["示例甲", "示例乙"],
        "witness": "示例社区人员",
        "refusal": "示例拒收",
    }
    play.do(RECEIVER, "handover.inventory_served.prove", "prove", **proof)
    case = play.case("handover")
    assert case.outcome_of(Handover.inventory_served) == "done"
    with law.pinned():
        record = paper_made(case, "inventory_served.service_record", play.now, masked=False).form()
    assert isinstance(record, Record)
    assert next(one.value for one in record.lines if one.label == "送达文书和文号") == "资产移交清单"


def test_a_confirmation_the_provider_will_not_sign_stands_with_its_refusal(handing: Play) -> None:
    play = handing.empower(GIVER).empower(RECEIVER)
    for step in play.lists():
        play.fill(step)
        play.sign(step)
    assert play.case("handover").steps["inventory_served"].skipped_why == "清单均由双方签字"
    play.approve()
    said = {"refused_by": "示例项目负责人", "reason": "示例理由", "recorders": ["示例甲", "示例乙"]}
    play.go(minutes=5).do("community_worker", "handover.confirmation.refusal", "record_refusal", **said)
    case = play.case("handover")
    assert case.outcome_of(Handover.confirmation) == "refused"
    assert case.instant("confirmation.confirmed") == play.now


def test_a_provider_that_declines_holds_nothing_up_either(handing: Play) -> None:
    play = handing.empower(GIVER).empower(RECEIVER)
    for step in play.lists():
        play.fill(step)
        play.sign(step)
    play.approve()
    play.do(GIVER, "handover.confirmation.countersign:provider", "decline", reason="示例：费用未清")
    assert play.case("handover").outcome_of(Handover.confirmation) == "refused"
    assert play.case("handover").instant("confirmation.confirmed") == play.now


# Rows ---------------------------------------------------------------------------------------------------------------


def test_the_further_items_are_rows_and_no_ticks(handing: Play) -> None:
    play = handing
    for item in play.items("extra"):
        play.do(GIVER, "handover.extra.fill", "record", code=item.code, state="present")
    with pytest.raises(NotPossible, match=r"“切换时刻的水电气热表读数”、.*还没有逐项登记") as refused:
        play.do(GIVER, "handover.extra.fill", "fill")
    assert "请先在本步骤的“登记读数”、“登记预收费用”、“登记电梯”中逐项登记" in refused.value.sentence
    assert set(TOLD_BY.values()) <= {one.spec.title for one in Handover.standing.values()}
    play.read_meter()
    with pytest.raises(NotPossible, match=r"“预收的物业费、停车费（按户按月）”、.*还没有逐项登记"):
        play.do(GIVER, "handover.extra.fill", "fill")
    for code in ("prepaid", "deposits"):
        play.do(GIVER, "handover.extra.fill", "record", code=code, state="present", condition="无")
    with pytest.raises(NotPossible, match="电梯"):
        play.do(GIVER, "handover.extra.fill", "fill")
    answer = tell_lift(play)
    assert answer.value["warnings"] == [
        "使用单位尚未变更：变更登记的时限尚未核实，请向特种设备监管部门确认。"
    ]
    answer = play.do(GIVER, "handover.extra.fill", "fill")
    assert answer.value["warnings"] == [
        "“电梯使用单位变更、维保和救援电话、保险”的依据尚未核实，请以主管部门的要求为准。"
    ]


def tell_lift(play: Play, name: str = GIVER, **more: Any) -> Any:
    """A lift is told."""
    said = {
        "lift": "1幢1号梯",
        "registration": "示例梯001",
        "maintainer": "示例电梯维保公司",
        "rescue_phone": "96333（示例）",
    }
    return play.stand(name, "handover", "record_lift", **said | more)


def test_a_meter_read_again_is_put_right_and_not_read_in_the_future(handing: Play) -> None:
    play = handing
    with pytest.raises(NotPossible, match="不能晚于现在"):
        play.read_meter(read_at="2026-04-29T09:01:00+08:00")
    with pytest.raises(NotPossible, match="早于交接开始"):
        play.read_meter(read_at="2026-03-01T09:00:00+08:00")
    with pytest.raises(Invalid):
        play.read_meter(reading="-1")
    play.read_meter()
    play.read_meter(reading="12877.125", photo="示例照片2")
    play.read_meter(medium="heat", meter="换热站总表", reading="0")
    rows = list(MeterReading.objects.order_by("meter").values_list("medium", "reading"))
    assert [(medium, str(reading)) for medium, reading in rows] == [("water", "12877.125"), ("heat", "0.000")]


def prepay(play: Play, name: str = GIVER, **more: Any) -> Any:
    """A unit had paid its property fee for 2026."""
    unit = Unit.objects.get(estate=play.area.estate, label="101")
    said = {
        "unit": str(unit.pk),
        "kind": "property_fee",
        "paid_cents": 120_000,
        "from_on": "2026-01-01",
        "to_on": "2026-12-31",
        "served_to": "2026-04-30",
    }
    return play.stand(name, "handover", "record_prepaid", **said | more)


def test_prepaid_fees_of_unserved_time_become_a_claim_that_closes_with_the_last_refund(handing: Play) -> None:
    play = handing.empower(GIVER).empower(RECEIVER)
    prepay(play)  # eight of twelve months of 1 200 yuan: 800 yuan
    with pytest.raises(Conflict, match="已经登记"):
        prepay(play)
    with pytest.raises(Invalid, match="服务至哪一天"):
        prepay(play, kind="parking_fee", served_to=None)
    with pytest.raises(Invalid, match="押金没有期间"):
        prepay(play, kind="card_deposit")
    with pytest.raises(NotPossible, match="不在本小区"):
        prepay(play, unit=str(play.area.estate.pk))
    deposit = {"kind": "card_deposit", "paid_cents": 5_000, "from_on": "2025-06-01"}
    prepay(play, RECEIVER, to_on=None, served_to=None, **deposit)
    fee, card = PrepaidFee.objects.order_by("-paid_cents")
    assert (fee.refund_cents, card.refund_cents) == (80_000, 5_000)
    assert fee.working[1] == "服务至2026年4月30日，未服务8个月"
    for step in play.lists():
        play.fill(step)
        play.sign(step)
    play.confirm()
    claim = Claim.objects.get(kind="prepaid")
    assert claim.amount_cents == 85_000
    assert list(findings(play.now)) == []
    done = {"settled_on": "2026-04-29", "settled_by": "refund", "voucher": "示例凭证"}
    play.stand(RECEIVER, "handover", "settle_prepaid", prepaid=str(fee.pk), **done)
    claim.refresh_from_db()
    assert claim.closed_at is None
    with pytest.raises(NotPossible, match="没有这笔未处理的预收费用"):
        play.stand(RECEIVER, "handover", "settle_prepaid", prepaid=str(fee.pk), **done)
    play.stand("committee_head", "handover", "settle_prepaid", prepaid=str(card.pk), **done)
    claim.refresh_from_db()
    assert claim.closed_at is not None
    PrepaidFee.objects.filter(pk=fee.pk).update(refund_cents=79_999)
    PrepaidFee.objects.filter(pk=card.pk).update(refund_cents=4_999)
    assert len(list(findings(play.now))) == 2


def test_the_owners_data_is_stated_to_be_deleted_by_the_provider_alone(handing: Play) -> None:
    said = {
        "what": "示例：业主名册副本",
        "deleted_on": "2026-04-29",
        "method": "示例：覆写",
        "signer": "示例",
        "signed_way": "paper",
    }
    with pytest.raises(NotAllowed, match="声明删除业主信息"):
        handing.stand(RECEIVER, "handover", "state_deletion", **said)
    with pytest.raises(NotPossible, match="删除日期不能晚于今天"):
        handing.stand(GIVER, "handover", "state_deletion", **said | {"deleted_on": "2026-04-30"})
    handing.stand(GIVER, "handover", "state_deletion", **said)
    assert Deletion.objects.get().deleted_on == date(2026, 4, 29)


# Confirmation and after ---------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-075")
def test_what_is_missing_stands_in_the_confirmation_with_its_solution_and_day(handing: Play) -> None:
    play = handing.empower(GIVER).empower(RECEIVER)
    for step in play.lists():
        play.fill(step, missing=("drawings", "keys"))
        play.sign(step)
    with pytest.raises(NotPossible, match="请写入存在问题") as refused:
        play.approve()
    assert "竣工总平面图" in refused.value.sentence
    assert "钥匙" in refused.value.sentence
    with pytest.raises(Invalid, match="解决方式和解决期限"):
        play.approve(missing=("drawings",), resolve_by=None)
    with pytest.raises(NotPossible, match="没有登记代表"):
        play.approve(missing=("drawings",), signer="示例他人")
    play.confirm(missing=("drawings", "keys"))
    claims = Claim.objects.filter(kind="item").select_related("item").order_by("item__code")
    assert [(claim.item.code, str(claim.due_on)) for claim in claims if claim.item] == [
        ("drawings", "2026-05-09"),
        ("keys", "2026-05-09"),
    ]


def test_the_check_afterwards_outlives_the_handover_and_the_lift_gets_its_user(handing: Play) -> None:
    play = handing.empower(GIVER).empower(RECEIVER)
    tell_lift(play)
    for step in play.lists():
        play.fill(step)
        play.sign(step)
    play.confirm()
    play.until("2026-05-29 10:00")
    answer = tell_lift(play, RECEIVER, user_changed_on="2026-05-20")
    assert answer.value["warnings"] == []
    assert Lift.objects.get().user_changed_on == date(2026, 5, 20)
    said = {"checked_on": "2026-05-29", "lifts": "已变更", "insurance": "已投保", "remaining": "无"}
    with pytest.raises(NotPossible, match="复查日期不能晚于今天"):
        play.stand(RECEIVER, "handover", "after_check", **said | {"checked_on": "2026-05-30"})
    play.stand(RECEIVER, "handover", "after_check", **said)


# 诸暨 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.proves("ZJ-052")
def test_in_zhuji_lifts_fire_and_cctv_are_checked_jointly_and_defects_attributed(db: None) -> None:
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("zhuji",))
    play = Play(cast, cast.areas["zhuji"], now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    play.until("2026-04-29 09:00").plan().empower(GIVER).empower(RECEIVER)
    items = Item.objects.filter(case=play.case("handover").row, round__step__code="joint_check")
    assert {"lifts", "fire", "cctv"} <= set(items.values_list("code", flat=True))
    play.fill("joint_check")
    assert "handover.joint_check.witness:owners" in play.open_tasks()
    play.sign("joint_check")
    case = play.case("handover")
    assert case.outcome_of(Handover.joint_check) == "done"
    defect = {"place": "消防控制室", "what": "主机报警未复位", "whose": "provider", "basis": "示例查验记录"}
    with pytest.raises(Invalid, match="修复期限"):
        play.stand(RECEIVER, "handover", "record_defect", **defect)
    defect["repair_by"] = "2026-05-10"
    side = str(play.area.organisations["provider"].pk)
    with pytest.raises(RuleBroken, match="不能是交接双方"):
        play.stand(RECEIVER, "handover", "record_defect", **defect | {"assessor": side})
    firm = play.area.organisations["firm"].pk
    play.stand(RECEIVER, "handover", "record_defect", **defect | {"assessor": str(firm)})
    row = Defect.objects.get()
    assert (row.whose, row.assessor_id, row.repair_by) == ("provider", firm, date(2026, 5, 10))


def test_the_plan_says_how_the_police_were_told(handing: Play) -> None:
    from gongzhi.exits.handover_facts import HandoverPlan

    said = {
        "starts_at": "2026-04-30T09:00:00+08:00",
        "place": "示例地点",
        "teams": "示例分组",
        "attendees": ["示例"],
        "police_told": True,
    }
    with pytest.raises(ValueError, match="要写明方式和时间"):
        HandoverPlan.model_validate(said)
