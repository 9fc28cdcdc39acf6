"""Handover, takeover, departure: lists, refusals to sign, missing items, and no gap. Dates are counted by hand."""

from datetime import date, timedelta

import pytest

from gongzhi.exits.handover_facts import HandoverPlan
from gongzhi.exits.handover_rules import plan_is_ahead
from gongzhi.exits.handover_situation import HandoverSituation
from gongzhi.exits.late_items import demand_after_the_list
from gongzhi.exits.models import Claim
from gongzhi.exits.tests.play import Play, at, departure, signature
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.papers.documents import Record
from gongzhi.procedures.models import IssuedPaper, Item
from gongzhi.procedures.tick import fire_due
from gongzhi.registry.models import Engagement
from gongzhi.registry.queries import manager_at
from gongzhi.ui.templatetags.words import step_outcome
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, RuleBroken

ONE_SIDED = {
    "why": "示例：原物业服务人拒不到场",
    "officials": ["示例甲", "示例乙"],
    "witness": "示例社区人员",
    "video": "示例录像1",
}


@pytest.fixture
def ready(play: Play) -> Play:
    """Agreed to end on 30 June 2026, settled, the successor named: the handover is open. Friday 26 June 2026."""
    play.apply("2026-06-30").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-06-30").agree("2026-06-30").settle()
    return play.until("2026-06-26 09:00")


@pytest.mark.proves("BS-063", "BS-064", "BS-065", "BS-066", "BS-067", "BS-068", "BS-069", "BS-071", "BS-072")
def test_the_lists_are_those_of_the_place(ready: Play) -> None:
    open_lists(ready)
    items = Item.objects.filter(case=ready.case("handover").row)
    documents = set(items.filter(round__step__code="documents").values_list("code", flat=True))
    assets = set(items.filter(round__step__code="assets").values_list("code", flat=True))
    assert {
        "drawings",
        "technical",
        "owner_register",
        "money_vouchers",
        "utility_agreements",
        "other",
    } <= documents
    assert {"premises", "facilities", "money", "other_property"} <= assets


def test_a_list_is_closed_only_when_every_item_is_told(ready: Play) -> None:
    open_lists(ready)
    with pytest.raises(NotPossible, match="还有8项没有登记"):
        ready.do("provider_leader", "handover.documents.fill", "fill")


def open_lists(play: Play) -> None:
    """The plan is made, the lists are open."""
    play.plan(starts_at=play.now.isoformat())
    play.empower("provider_leader").empower("other_provider_leader")


def test_a_missing_item_needs_its_reason_and_its_day(ready: Play) -> None:
    open_lists(ready)
    with pytest.raises(Invalid, match="“缺失原因”缺失的项目要写明；“补交期限”缺失的项目要写明"):
        ready.do("provider_leader", "handover.documents.fill", "record", code="drawings", state="missing")


@pytest.mark.proves("BS-008", "BS-061", "ZJ-019")
def test_the_street_plans_and_both_authorities_are_asked_to_be_there(ready: Play) -> None:
    plan = ready.task("handover.plan.submit")
    assert plan.organisation == ready.area.organisations["subdistrict"]
    ready.plan().go(hours=2).empower("provider_leader").empower("other_provider_leader")
    for step in ready.lists():
        ready.fill(step)
        ready.sign(step, "other_provider_leader")
    ready.approve("other_provider_leader")
    start = "handover.confirmation.acknowledge:"
    asked = {path.removeprefix(start) for path in ready.open_tasks() if path.startswith(start)}
    assert asked == {"subdistrict", "county", "community"}


@pytest.mark.proves("BS-075")
def test_a_confirmation_signed_on_the_platform_wants_no_file_and_one_signed_by_hand_does(ready: Play) -> None:
    """The platform makes it of what is signed; there is nothing yet that could be uploaded."""
    name = "other_provider_leader"
    own = ready.area.people[name].name
    ready.plan().go(hours=2)
    ready.empower("provider_leader").empower(name).empower(name, signer=own)
    for step in ready.lists():
        ready.fill(step)
        ready.sign(step, name)
    step = ready.case("handover").declaration.step("confirmation")
    asked = step.asked_of(ready.case("handover"), step.act_specs()["approve"])
    (paper,) = (one for one in asked if one["code"] == "handover_confirmation")
    assert paper["required"] is False
    assert "平台签署的由平台制作" in paper["hint"]
    said = {
        "confirmed_at": ready.now.isoformat(),
        "content": "示例交接内容",
        "open_issues": "无",
        "resolution": "无",
    }
    with pytest.raises(RuleBroken, match="还缺《物业项目交接确认书》"):
        ready.do(name, "handover.confirmation.decide", "approve", **said, **signature())
    hand = signature(own) | {"signed_way": "platform"}
    ready.do(name, "handover.confirmation.decide", "approve", **said, **hand)
    assert own in str(made(ready, "handover", "confirmation.handover_confirmation").form())


@pytest.mark.proves("BS-061")
def test_the_community_is_asked_to_witness_the_confirmation_and_stands_there_by_name(ready: Play) -> None:
    """《白山市…管理办法》第16条: it witnesses the whole of the handover, and not the lists alone."""
    ready.hand_over()
    code = "confirmation.handover_confirmation"
    form = made(ready, "handover", code).form()
    assert isinstance(form, Record)
    assert {hand.role: hand.note for hand in form.signatures}["见证方"] == ""
    path = "handover.confirmation.acknowledge:community"
    assert ready.task(path).title == "见证：项目交接确认书"
    ready.do("community_worker", path, "acknowledge", **signature("示例见证人"))
    form = made(ready, "handover", code).form()
    assert isinstance(form, Record)
    hands = {hand.role: hand.note for hand in form.signatures}
    assert hands["见证方"].startswith("签字人：示例见证人（授权代表")
    assert "见证方" in form.signed_each_page


@pytest.mark.parametrize(
    ("starts_at", "says"),
    [
        ("2026-06-30 09:00", []),
        (
            "2026-06-28 09:00",
            ["早于合同终止日2026年6月30日（周二），早2日", "提前交接须双方同意（《"],
        ),
        # the contract ends on 30 June, and thirty days later, on Thursday 30 July, one has to have left
        ("2026-07-30 09:00", []),
        ("2026-07-31 09:00", ["晚于应当离场的2026年7月30日（周四）", "《中华人民共和国民法典》第950条"]),
        ("2029-06-30 09:00", ["晚于应当离场的2026年7月30日（周四）"]),
    ],
)
def test_a_handover_on_a_day_that_does_not_fit_the_exit_is_asked_about(
    ready: Play, starts_at: str, says: list[str]
) -> None:
    said = {
        "starts_at": at(starts_at).isoformat(),
        "place": "示例物业服务用房",
        "teams": "示例：资料组",
        "attendees": ["示例甲"],
        "police_told": True,
        "police_note": "示例：函告派出所",
    }
    answer = ready.do("subdistrict_officer", "handover.plan.submit", "submit", **said)
    told = "".join(answer.value["warnings"])
    assert [words for words in says if words not in told] == []
    assert bool(told) == bool(says)


def test_a_handover_before_the_settlement_is_cleared_is_asked_about(play: Play) -> None:
    """Where the place wants the settlement first; the kernel opens none before, a record that came later may."""
    play.apply("2026-06-30")
    law, now = play.case().law, play.now
    plan = HandoverPlan(starts_at=now, place="示例地点", teams="示例分组", attendees=("示例甲",))
    open_, done = (
        HandoverSituation(now, now.date(), now, is_settled=is_settled) for is_settled in (False, True)
    )
    told = "".join(plan_is_ahead(law, plan, open_).warnings)
    assert "清算公示还没有期满无异议" in told
    assert "第16条" in told
    assert "清算公示" not in "".join(plan_is_ahead(law, plan, done).warnings)


@pytest.mark.proves("BS-062")
def test_both_sides_and_the_witness_sign_each_list(ready: Play) -> None:
    open_lists(ready)
    ready.fill("documents")
    with pytest.raises(NotAllowed, match="示例白山乙物业有限公司办理"):
        ready.do("provider_leader", "handover.documents.sign:receiver", "sign", **signature())
    ready.sign("documents", "other_provider_leader")
    assert ready.case("handover").outcome_of(ready.case("handover").declaration.step("documents")) == "done"


def test_a_refusal_to_sign_is_recorded_by_two_and_the_handover_goes_on(ready: Play) -> None:
    open_lists(ready)
    ready.fill("documents")
    for name, task in (("other_provider_leader", "sign:receiver"), ("community_worker", "witness:community")):
        ready.do(name, f"handover.documents.{task}", "sign", **signature())
    told = {"refused_by": "示例项目负责人", "reason": "示例理由", "witness": "示例见证人"}
    with pytest.raises(Invalid):
        ready.do(
            "community_worker", "handover.documents.refusal", "record_refusal", recorders=["示例甲"], **told
        )
    ready.do(
        "community_worker",
        "handover.documents.refusal",
        "record_refusal",
        recorders=["示例甲", "示例乙"],
        **told,
    )
    case = ready.case("handover")
    assert case.outcome_of(case.declaration.step("documents")) == "refused"
    assert (step_outcome("refused"), step_outcome("approve")) == ("拒签", "同意")


def test_the_receiver_may_take_a_one_sided_inventory(ready: Play) -> None:
    open_lists(ready)
    for item in Item.objects.filter(case=ready.case("handover").row, round__step__code="assets"):
        ready.do(
            "other_provider_leader",
            "handover.assets.fill:one_sided",
            "record",
            code=item.code,
            state="present",
        )
    ready.do("other_provider_leader", "handover.assets.fill:one_sided", "fill", **ONE_SIDED)
    assert "handover.assets.fill" not in ready.open_tasks()


@pytest.mark.proves("BS-110")
def test_missing_items_become_claims_and_an_order_signed_by_three_people(ready: Play) -> None:
    ready.hand_over(missing=("drawings",))
    claim = Claim.objects.get(kind="item")
    assert claim.item is not None
    assert claim.due_on == date(2026, 7, 6)
    ready.take_over().leave()
    send_filings(ready)
    declared = ready.case().declaration
    begun = declared.step("order").begins_with(ready.case(), "draft", ready.now)
    item = Item.objects.get(state="missing")
    assert begun["items"] == f"{item.label}（资料移交清单，补交期限2026年7月6日）"
    assert begun["remedy"] == (
        "不服本通知书的，可以自收到之日起60日内向白山市浑江区人民政府申请行政复议，"
        "也可以自收到之日起6个月内向白山市浑江区人民法院提起行政诉讼"
        "（《中华人民共和国行政复议法》第二十条；《中华人民共和国行政诉讼法》第十八条、第四十六条）"
    )
    # the article whose text was not seen is in no letter: who drafts is told of it, and where the words come from
    known = declared.step("order").known_before(ready.case(), "draft", ready.now)
    assert set(known) == {"remedy"}
    for words in (
        "发文机关所在地（白山市浑江区）",
        "集中管辖",
        "《中华人民共和国行政复议法》第二十四条原文待核",
    ):
        assert words in known["remedy"], words
    assert not declared.step("order").known_before(ready.case(), "check", ready.now)
    assert not declared.step("urging").known_before(ready.case(), "draft", ready.now)
    # a letter that urges binds nobody: there is nothing to appeal against
    assert not declared.step("urging").begins_with(ready.case(), "draft", ready.now)
    assert "remedy" not in declared.step("urging").facts.model_fields
    draft = {
        "facts_found": "示例事实",
        "basis": "示例依据",
        "items": "示例图纸",
        "until_on": "2026-07-10",
        "consequence": "示例后果",
        "remedy": begun["remedy"].replace("浑江区人民法院", "示例集中管辖人民法院"),
    }
    with pytest.raises(NotPossible, match="最早一项的补交期限到2026年7月6日为止，从2026年7月7日起可以责令"):
        ready.do("county_officer", "exit.order.draft", "draft", **draft)
    ready.until("2026-07-07 09:00").do("county_officer", "exit.order.draft", "draft", **draft)
    letter = text_of(made(ready, "exit", "order.letter"))
    assert "白山市示例集中管辖人民法院提起行政诉讼" in letter
    assert "第二十四条" not in letter
    with pytest.raises(NotAllowed, match="换一位同事"):
        ready.do("county_officer", "exit.order.check", "check")
    ready.do("county_reviewer", "exit.order.check", "check")
    with pytest.raises(NotAllowed, match=r"应由.*领导"):
        ready.do("county_reviewer", "exit.order.sign_off", "sign_off")
    ready.do("county_leader", "exit.order.sign_off", "sign_off")
    assert IssuedPaper.objects.get().number.text.endswith("〔2026〕1号")
    ready.go(hours=1).do("county_officer", "exit.order.seal", "seal", copies=3, keeper="示例用印人")
    ready.go(hours=1).do(
        "county_officer",
        "exit.order.serve",
        "serve",
        arrived_at=ready.now.isoformat(),
        method="direct",
        may_receive=True,
        received_by="示例签收人",
        address="示例地址",
        servers=["示例甲", "示例乙"],
    )
    assert ready.case().row.outcome == "done"
    item = str(claim.item_id)
    with pytest.raises(NotPossible, match="案件已结束"):
        ready.stand("provider_leader", "exit", "withdraw", reason="示例太迟")
    # what is owed outlives the case
    ready.stand(
        "other_provider_leader", "exit", "make_up", item=item, made_up_on="2026-06-26", state="original"
    )
    claim.refresh_from_db()
    assert claim.closed_at is not None


def send_filings(play: Play) -> None:
    """The confirmation is filed with both."""
    for role in ("subdistrict", "county"):
        play.do(
            "other_provider_leader",
            f"handover.filing.send:{role}",
            "send",
            sent_at=play.now.isoformat(),
            method="platform",
            proof="示例",
        )


def test_a_missing_item_that_comes_in_closes_its_claim(ready: Play) -> None:
    ready.hand_over(missing=("drawings",))
    claim = Claim.objects.get(kind="item")
    ready.go(days=2).stand(
        "other_provider_leader",
        "exit",
        "make_up",
        item=str(claim.item_id),
        made_up_on="2026-06-28",
        state="original",
    )
    claim.refresh_from_db()
    assert claim.closed_at is not None


@pytest.mark.proves("BS-077", "BS-079")
def test_two_clocks_run_on_the_departure_and_the_earlier_binds(ready: Play) -> None:
    clocks = {clock.key: clock for clock in ready.case().row.clocks.filter(step__code="departure")}
    # contract ends 30 June 2026; 30 days later is Thursday 30 July
    assert clocks["exit.leave_within"].due_on == date(2026, 7, 30)
    ready.hand_over()
    clocks = {clock.key: clock for clock in ready.case().row.clocks.filter(step__code="departure")}
    # confirmed on Friday 26 June; 3 days later is Monday 29 June
    assert clocks["exit.leave_after_confirmation"].due_on == date(2026, 6, 29)
    assert ready.task("exit.departure.submit").due_at == at("2026-06-30 00:00")


@pytest.mark.proves("BS-079")
def test_three_days_that_end_on_national_day_roll_over_the_whole_holiday(play: Play) -> None:
    play.apply("2026-09-30").arrive()
    play.post("provider_leader", "exit.publicity")
    play.until("2026-03-10 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-09-28").agree("2026-09-30").settle()
    play.until("2026-09-28 09:00").hand_over()
    clock = play.case().row.clocks.get(key="exit.leave_after_confirmation")
    # Monday 28 September + 3 = Thursday 1 October 2026, National Day; the holiday runs to 7 October → Thursday 8
    assert clock.due_on == date(2026, 10, 8)


@pytest.mark.proves("BS-077")
def test_an_agreed_time_to_leave_prevails(play: Play) -> None:
    play.apply("2026-06-30").arrive().agree("2026-06-30", leave_within_days=10)
    clock = play.case().row.clocks.get(key="exit.leave_within")
    assert clock.due_on == date(2026, 7, 10)


@pytest.mark.proves("BS-080", "BS-003", "BS-114")
def test_nobody_leaves_a_gap_whatever_the_clocks_say(ready: Play) -> None:
    ready.hand_over()
    fire_due(at("2026-08-15 00:00"))
    ready.until("2026-08-15 09:00")
    with pytest.raises(RuleBroken, match="须继续服务") as refused:
        ready.do("provider_leader", "exit.departure.submit", "submit", **departure(ready.now))
    assert any(citation.article.startswith("第950条") for citation in refused.value.citations)
    found = manager_at(ready.area.estate, ready.now)
    assert found is not None
    assert found.organisation == ready.area.organisations["provider"]
    ready.take_over()
    found = manager_at(ready.area.estate, ready.now)
    assert found is not None
    assert found.organisation == ready.area.organisations["other_provider"]
    left = departure(ready.now) | {"rooms_returned": False}
    with pytest.raises(RuleBroken, match="物业服务用房还没有撤出或交还"):
        ready.do("provider_leader", "exit.departure.submit", "submit", **left)
    ready.leave()


def test_the_manager_changes_in_the_minute_of_the_takeover(ready: Play) -> None:
    ready.hand_over()
    minute = ready.now
    ready.go(hours=3).do(
        "other_provider_leader",
        "exit.takeover.submit",
        "submit",
        taken_over_at=minute.isoformat(),
        leader="示例",
        staff=5,
        stands="示例交接",
    )
    rows = Engagement.objects.filter(estate=ready.area.estate).order_by("from_at")
    assert [row.organisation_id for row in rows] == [
        ready.area.organisations["provider"].pk,
        ready.area.organisations["other_provider"].pk,
    ]
    assert rows[1].from_at == minute


def test_a_failed_vote_leaves_it_to_the_street_to_name_who_serves_meanwhile(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    play.vote(heads_for=2)
    assert "exit.successor.submit" not in play.open_tasks()
    told = {
        "mode": "emergency",
        "organisation": str(play.area.organisations["other_provider"].pk),
        "until_on": "2026-12-31",
        "content": "示例基础服务",
        "fee": "示例费用",
        "reason": "示例理由",
    }
    with pytest.raises(NotPossible, match="今天以后的服务期限"):
        play.do("subdistrict_leader", "exit.interim.designate", "submit", **told | {"until_on": "2026-03-01"})
    provider = str(play.area.organisations["provider"].pk)
    with pytest.raises(NotPossible, match="不能是正在退出的物业服务人"):
        play.do("subdistrict_leader", "exit.interim.designate", "submit", **told | {"organisation": provider})
    play.do("subdistrict_leader", "exit.interim.designate", "submit", **told)
    assert play.case().organisation("successor") == play.area.organisations["other_provider"]


def test_nobody_but_whom_the_owners_chose_can_follow(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote(chosen="self_managed")
    with pytest.raises(RuleBroken, match="与业主共同决定的内容不一致"):
        play.name_successor("2026-06-30")
    committee = str(play.area.organisations["committee"].pk)
    play.do(
        "committee_head",
        "exit.successor.submit",
        "submit",
        mode="self_managed",
        organisation=committee,
        starts_on="2026-06-30",
    )
    assert play.case().organisation("successor") == play.area.organisations["committee"]


def test_two_thirds_count_with_the_number_itself_and_half_does_not(play: Play) -> None:
    play.apply("2026-06-30").arrive()
    told = {
        "voted_on": str(play.now.date()),
        "not_passed": True,
        "heads_total": 6,
        "heads_voted": 4,
        "area_total": "300.00",
        "differs_because": "示例原因",
        "area_voted": "200.00",
        "chosen": "contract",
        "organisation": str(play.area.organisations["other_provider"].pk),
        "present": "示例",
    }
    play.do(
        "committee_head", "joint_decision.record.submit", "submit", heads_for=2, area_for="150.00", **told
    )
    result = play.case("joint_decision").row.vote_results.get()
    assert not result.passed  # 2 of 4 heads is half, not more than half; 4 of 6 and 200 of 300 did take part
    assert "达到" in result.figures["参与人数"]
    assert result.figures["同意人数"].endswith("未达到")


def test_what_came_in_later_came_after_the_list_and_is_not_promised_for_the_past(ready: Play) -> None:
    """Else what was signed on the list would become untrue."""
    open_lists(ready)
    item = Item.objects.get(round__step__code="documents", code="drawings")
    said = {"code": "drawings", "state": "missing", "reason": "示例遗失"}
    yesterday = str(ready.now.date() - timedelta(days=1))
    with pytest.raises(NotPossible, match="补交期限不能早于今天"):
        ready.do("provider_leader", "handover.documents.fill", "record", **said, make_up_on=yesterday)
    ready.do("provider_leader", "handover.documents.fill", "record", **said, make_up_on=str(ready.now.date()))
    item.refresh_from_db()
    with pytest.raises(NotPossible, match="补交日期不能早于清单登记"):
        demand_after_the_list(item, ready.now.date() - timedelta(days=1), "补交日期")
    demand_after_the_list(item, ready.now.date(), "补交日期")
