"""The successor comes at the hour of the handover; who goes tells nothing that the lists contradict."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongzhi.exits.ledger import Asked, ledger_at
from gongzhi.exits.ledger_rows import rows_of
from gongzhi.exits.models import PrepaidFee
from gongzhi.exits.tests.handing import signature
from gongzhi.exits.tests.looking import look, plain, see
from gongzhi.exits.tests.play import Play, at, departure
from gongzhi.exits.tests.test_grounds_by_place import begin
from gongzhi.exits.tests.test_leaving import applied, names_interim
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.law import queries as law
from gongzhi.procedures.archive import leaves_of
from gongzhi.procedures.models import CaseAct, Item
from gongzhi.procedures.queries import visible_cases
from gongzhi.procedures.standing_acts import own_acts
from gongzhi.registry.models import Appointment, Unit
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken

GIVER, RECEIVER = "provider_leader", "other_provider_leader"
LEFT = "departure.departure_confirmation"


@pytest.fixture
def agreed(play: Play) -> Play:
    """The street named who serves meanwhile; the contract ends on 30 June 2026."""
    names_interim(applied(play).vote(heads_for=2)).agree("2026-06-30").settle()
    return play.until("2026-06-30 09:00")


def came(play: Play, text: str) -> Any:
    """The successor says when it came."""
    said = {"leader": "示例负责人", "staff": 8, "stands": "示例岗位交接"}
    return play.do(RECEIVER, "exit.takeover.submit", "submit", taken_over_at=at(text).isoformat(), **said)


def left(play: Play, **more: Any) -> Any:
    """The provider says that it is out."""
    return play.do(GIVER, "exit.departure.submit", "submit", **departure(play.now) | more)


def test_the_successor_comes_at_the_minute_the_confirmation_names_though_it_is_signed_later(
    agreed: Play,
) -> None:
    agreed.plan().go(hours=2)
    agreed.empower(GIVER).empower(RECEIVER)
    for step in agreed.lists():
        agreed.fill(step)
        agreed.sign(step)
    agreed.go(minutes=30).approve(RECEIVER)  # handed over at 11:30
    agreed.go(minutes=12).do(
        GIVER, "handover.confirmation.countersign:provider", "countersign", **signature()
    )
    with pytest.raises(NotPossible, match="不能早于交接确认书写明的交接时间（2026年6月30日（周二）11:30）"):
        came(agreed, "2026-06-30 11:29")
    came(agreed, "2026-06-30 11:30")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        (
            {"from_at": "2026-06-30T12:00:00+08:00"},
            "写明自2026年6月30日（周二）12:00起接管，请在该时以后进场，填写实际接管时间，或者由街道办事处",
        ),
        ({"until_on": "2026-07-01"}, "服务期限到2026年7月1日（周三）止.*用“另行指定临时接管”重新指定"),
    ],
)
def test_who_serves_meanwhile_comes_in_the_time_the_decision_names(
    agreed: Play, named: dict[str, str], words: str
) -> None:
    agreed.stand("subdistrict_leader", "exit", "replace_interim", reason="示例：改定时间")
    said = {"mode": "emergency", "until_on": "2026-12-31", "content": "示例服务", "fee": "示例费用"}
    chosen = str(agreed.area.organisations["other_provider"].pk)
    told = said | {"organisation": chosen, "reason": "示例理由"} | named
    agreed.do("subdistrict_leader", "exit.interim.designate", "submit", **told)
    agreed.hand_over().until("2026-07-02 09:00")  # handed over at 11:30 on 30 June
    with pytest.raises(NotPossible, match=words):
        came(agreed, "2026-06-30 11:59" if "from_at" in named else "2026-07-02 08:00")
    came(agreed, "2026-06-30 12:00")


def test_nobody_confirms_as_given_back_what_a_list_still_has_as_missing(agreed: Play) -> None:
    agreed.hand_over(missing=("premises", "owner_register")).take_over().go(minutes=5)
    with pytest.raises(RuleBroken, match="“服务用房及内部办公设施设备”、“业主名册和服务档案”仍为缺失"):
        left(agreed)
    with pytest.raises(RuleBroken, match="物业服务用房还没有撤出或交还"):
        left(agreed, rooms_returned=False, data_handed_over=False)
    rooms = Item.objects.get(case=agreed.case("handover").row, code="premises", round__void_at=None)
    agreed.stand(RECEIVER, "exit", "make_up", item=str(rooms.pk), made_up_on="2026-06-30", state="present")
    with pytest.raises(RuleBroken, match="交接清单上“业主名册和服务档案”仍为缺失"):
        left(agreed)
    (warned,) = left(agreed, data_handed_over=False).value["warnings"]
    assert "列为遗留问题" in warned
    text = text_of(made(agreed, "exit", "departure.departure_confirmation"))
    assert "没有移交或者没有删除留存" in text


def test_what_comes_in_afterwards_changes_no_paper_that_was_signed(agreed: Play) -> None:
    agreed.hand_over(missing=("drawings",))
    papers = ("documents.document_list", "confirmation.handover_confirmation")
    before = [text_of(made(agreed, "handover", code)) for code in papers]
    agreed.take_over().go(minutes=5)
    left(agreed)
    gone = text_of(made(agreed, "exit", LEFT))
    item = Item.objects.get(case=agreed.case("handover").row, code="drawings", round__void_at=None)
    said = {"item": str(item.pk), "made_up_on": str(agreed.now.date()), "state": "original"}
    agreed.go(minutes=5).stand(RECEIVER, "exit", "make_up", **said)
    assert [text_of(made(agreed, "handover", code)) for code in papers] == before
    assert text_of(made(agreed, "exit", LEFT)) == gone
    assert item.label in gone


def test_who_leaves_after_the_takeover_names_its_true_hour_though_the_takeover_was_told_later(
    agreed: Play,
) -> None:
    agreed.hand_over().go(hours=1)
    came(agreed, "2026-06-30 11:30")
    agreed.go(minutes=5)
    left(agreed, left_at=at("2026-06-30 11:40").isoformat())
    assert agreed.case().instant("takeover.taken_over") == at("2026-06-30 11:30")
    assert "2026年6月30日（周二）11:40离场" in text_of(made(agreed, "exit", LEFT))


def test_whose_register_is_not_missing_hands_it_over(agreed: Play) -> None:
    agreed.hand_over().take_over()
    agreed.now += timedelta(minutes=5)
    with pytest.raises(RuleBroken, match="业主信息还没有撤出或交还"):
        left(agreed, data_handed_over=False)


def test_where_the_provider_would_not_sign_the_papers_say_who_signed_and_who_did_not(agreed: Play) -> None:
    agreed.plan().go(hours=2).empower(GIVER).empower(RECEIVER)
    for step in agreed.lists():
        agreed.fill(step)
        agreed.sign(step)
    agreed.go(minutes=30).approve(RECEIVER)  # the receiver signs at 11:30
    said = {"refused_by": "示例项目负责人", "reason": "示例：费用未清。", "recorders": ["示例甲", "示例乙"]}
    agreed.go(minutes=20).do("community_worker", "handover.confirmation.refusal", "record_refusal", **said)
    (warned,) = agreed.stand("subdistrict_leader", "exit", "replace_interim", reason="示例：不能到岗").value[
        "warnings"
    ]
    assert "签署" not in warned
    names_interim(agreed).go(minutes=5).take_over().go(minutes=5)
    for paper in ("takeover.entry_confirmation", LEFT):
        text = text_of(made(agreed, "exit", paper))
        assert (
            "《物业项目交接确认书》没有由双方签署：接收方示例白山乙物业有限公司于2026年6月30日（周二）11:30签署；"
            "移交方示例白山甲物业有限公司没有签署，拒签情况于2026年6月30日（周二）11:50记录，理由：示例：费用未清。"
        ) in text, text
        assert "11:50签署" not in text


# Both sides, or others -----------------------------------------------------------------------------------------------


@pytest.fixture
def came_in(agreed: Play) -> Play:
    """Handed over and taken over at 11:30 on 30 June; five minutes later."""
    return agreed.hand_over().take_over().go(minutes=5)


def state(play: Play) -> tuple[str, Any]:
    """The outcome of the departure, and when the provider was out."""
    case = play.case()
    return case.row.steps.get(code="departure").outcome, case.instant("departure.left")


def record(play: Play, name: str, role: str, **more: Any) -> Any:
    """Somebody else records that the provider is out."""
    said = {
        "left_at": play.now.isoformat(),
        "seen": "示例：值班室无人，用房已腾空",
        "owed": "示例钥匙2把",
        "asked": "示例：两次书面通知",
    }
    return play.do(name, f"exit.departure.record_left:{role}", "record_left", **said | more)


def test_a_departure_counts_once_the_receiving_side_has_confirmed_it(came_in: Play) -> None:
    left(came_in)
    assert state(came_in)[0] == ""
    assert came_in.case().row.clocks.get(key="exit.leave_after_confirmation").met_at == came_in.now
    assert "接收方还没有核对确认" in text_of(made(came_in, "exit", LEFT))
    with pytest.raises(NotAllowed):
        came_in.do(GIVER, "exit.departure.confirm_left", "confirm_left", checked="示例核对")
    came_in.do(RECEIVER, "exit.departure.confirm_left", "confirm_left", checked="示例核对")
    assert state(came_in) == ("done", came_in.now)
    text = text_of(made(came_in, "exit", LEFT))
    assert "示例白山乙物业有限公司于2026年6月30日（周二）11:35核对确认：示例核对。" in text


def test_until_then_who_left_may_put_it_right(came_in: Play) -> None:
    left(came_in, keys="示例钥匙一串")
    said = CaseAct.objects.get(case=came_in.root, name="submit", round__step__code="departure")
    page = see(came_in, GIVER, f"/cases/{came_in.root}/said/{said.pk}/correct/")
    assert "示例钥匙一串" in page
    case = came_in.case()
    found = case.live_round(case.declaration.step("departure"))
    assert found is not None
    came_in.do(RECEIVER, "exit.departure.confirm_left", "confirm_left", checked="示例核对")
    step = case.declaration.step("departure")
    assert not step.may_correct("submit", came_in.case().round_view(found))


def test_whoever_receives_objects_and_it_is_said_anew(came_in: Play) -> None:
    left(came_in)
    came_in.do(RECEIVER, "exit.departure.confirm_left", "object", reason="示例：监控室还有人员")
    assert state(came_in) == ("", None)
    assert came_in.case().row.clocks.get(key="exit.leave_after_confirmation").met_at is None
    page = plain(see(came_in, GIVER, f"/cases/{came_in.root}/"))
    assert "提出异议，示例：监控室还有人员" in page
    came_in.go(minutes=10)
    assert "exit.departure.record_left:receiver" not in came_in.open_tasks()
    assert "exit.departure.record_left:community" in came_in.open_tasks()
    came_in.leave()
    assert state(came_in)[0] == "done"


def test_where_the_provider_says_nothing_the_receiving_side_records_that_it_is_out(came_in: Play) -> None:
    record(came_in, RECEIVER, "receiver")
    assert state(came_in) == ("done", came_in.now)
    text = text_of(made(came_in, "exit", LEFT))
    for words in (
        "11:30接管，服务没有中断。",
        "没有确认离场，由示例白山乙物业有限公司记录。",
        "现场情况：示例：值班室无人",
        "示例钥匙2把。",
        "记录单位（签章）",
    ):
        assert words in text, words
    assert "业主信息已移交" not in text
    with law.pinned():
        (leaf,) = [one for one in leaves_of(came_in.case(), came_in.now) if one.title == "离场确认书"]
    assert leaf.author == "示例白山乙物业有限公司"


def test_a_provider_that_was_out_before_anybody_came_is_recorded_as_it_was(came_in: Play) -> None:
    """Its own confirmation keeps the rule: whoever leaves serves until somebody has taken over. 《民法典》第950条."""
    early = at("2026-06-28 18:05")
    with pytest.raises(RuleBroken, match=r"11:30才接管，原物业服务人须服务到那时.*记录已经离场"):
        left(came_in, left_at=early.isoformat())
    with pytest.raises(NotPossible, match="不能早于原物业服务人在本小区开始服务的日期"):
        record(came_in, RECEIVER, "receiver", left_at=at("2006-06-28 18:05").isoformat())
    record(came_in, RECEIVER, "receiver", left_at=early.isoformat())
    assert state(came_in) == ("done", early)
    text = text_of(made(came_in, "exit", LEFT))
    assert (
        "于2026年6月30日（周二）11:30接管，自2026年6月28日（周日）18:05至2026年6月30日（周二）11:30小区无人服务。"
    ) in text
    assert "没有中断" not in text


def test_nobody_records_that_nothing_is_owed_while_the_lists_lack_something(agreed: Play) -> None:
    agreed.hand_over(missing=("drawings",)).take_over().go(minutes=5)
    drawings = Item.objects.get(case=agreed.case("handover").row, code="drawings", round__void_at=None)
    for name, role in ((RECEIVER, "receiver"), ("community_worker", "community")):
        with pytest.raises(NotPossible, match=f"{drawings.label}还没有移交，请写入“尚未交还、移交的事项”"):
            record(agreed, name, role, owed="无。")
    agreed.stand(
        RECEIVER, "exit", "make_up", item=str(drawings.pk), made_up_on="2026-06-30", state="original"
    )
    record(agreed, RECEIVER, "receiver", owed="无")


def test_where_the_receiving_side_stays_silent_the_community_records_it(came_in: Play) -> None:
    left(came_in)
    record(came_in, "community_worker", "community")
    assert state(came_in)[0] == "done"
    text = text_of(made(came_in, "exit", LEFT))
    assert "接收方没有核对，由示例白山社区居民委员会于2026年6月30日（周二）11:35记录：" in text
    assert "尚未交还、移交的事项：示例钥匙2把。" in text


def test_before_somebody_has_taken_over_nobody_records_it(agreed: Play) -> None:
    agreed.hand_over()
    with pytest.raises(NotPossible, match="还没有接替者接管"):
        record(agreed, "community_worker", "community")


def test_the_end_of_the_way_through_court_is_the_departure(came_in: Play) -> None:
    came_in.until("2026-07-20 09:00")
    said = {"found_on": "2026-07-20", "what": "示例：占用用房", "demanded": "示例：书面催告"}
    came_in.stand("committee_head", "exit", "record_holdout", **said)
    step = {"step": "left", "on": "2026-07-20", "paper": "示例执行案号1"}
    came_in.stand("committee_head", "exit", "pursue_holdout", **step)
    outcome, out = state(came_in)
    assert (outcome, out.astimezone(ZONE).date()) == ("done", date(2026, 7, 20))
    text = text_of(made(came_in, "exit", LEFT))
    assert "于2026年7月20日离场。" in text
    assert "由示例白山一号小区业主委员会记录。" in text
    assert "案号或者文书：示例执行案号1。" in text
    assert "11:30接管，服务没有中断。" in text


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-06-30", "已于2026年6月30日（周二）11:30接管。"),
        ("2026-06-29", "接管，自2026年6月29日至2026年6月30日（周二）11:30小区无人服务。"),
    ],
)
def test_of_a_day_without_an_hour_nothing_is_said_that_does_not_follow(
    came_in: Play, on: str, words: str
) -> None:
    came_in.until("2026-07-20 09:00")
    said = {"found_on": "2026-07-20", "what": "示例：占用用房", "demanded": "示例：书面催告"}
    came_in.stand("committee_head", "exit", "record_holdout", **said)
    step = {"step": "left", "on": on, "paper": "示例执行案号1"}
    came_in.stand("committee_head", "exit", "pursue_holdout", **step)
    text = text_of(made(came_in, "exit", LEFT))
    assert words in text, text
    assert "没有中断" not in text


@pytest.mark.parametrize(("rest", "words"), [("settled", "已经结清"), ("open", "尚未结清，列为遗留问题")])
def test_the_paper_of_the_departure_says_what_is_owed_still(came_in: Play, rest: str, words: str) -> None:
    handover = came_in.case("handover").row
    unit = Unit.objects.filter(estate=came_in.area.estate).first()
    PrepaidFee.objects.create(
        case=handover,
        unit=unit,
        kind="decoration_deposit",
        paid_cents=200_000,
        from_on=date(2026, 1, 1),
        refund_cents=200_000,
    )
    left(came_in, rest=rest)
    text = text_of(made(came_in, "exit", LEFT))
    assert f"此后至2026年6月30日的收支另行结清：{words}。" in text
    assert "预收费用和押金尚未退还或者转移1笔，合计2,000.00元。" in text


# What is offered -----------------------------------------------------------------------------------------------------


def beside(play: Play, name: str) -> set[str]:
    """What a page offers somebody to say beside the steps."""
    return {one.spec.name for one in own_acts(play.case(), play.actor(name), play.now)}


def test_nothing_is_offered_that_could_only_be_refused(agreed: Play) -> None:
    late = {"withdraw", "replace_successor", "replace_interim", "record_holdout"}
    names = ("committee_head", "subdistrict_leader", GIVER)
    before = set().union(*(beside(agreed, name) for name in names))
    assert before >= late
    # the place counts the days to leave: a person has none to set
    assert "set_leave_date" not in before
    agreed.hand_over().take_over().go(minutes=5).leave()
    assert agreed.case().row.ended_at is None
    assert not late & set().union(*(beside(agreed, name) for name in names))


def test_where_a_reasonable_time_is_left_to_a_person_the_day_is_offered(db: Any) -> None:
    play = begin("yangcheng")
    play.move("dismissed_in_term")
    play.vote("contract")
    assert "set_leave_date" not in beside(play, "subdistrict_officer")
    play.tell_end("2026-05-31", papers=())
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    assert "set_leave_date" in beside(play, "subdistrict_officer")


def test_a_step_that_is_skipped_says_the_reason_that_applies(play: Play) -> None:
    play.apply("2026-06-30").arrive().vote()
    step = play.case().row.steps.get(code="interim")
    assert (step.outcome, step.skipped_why) == ("skipped", "业主已经决定由谁接替")


def test_a_post_of_the_successor_at_another_estate_sees_nothing_of_this_one(agreed: Play) -> None:
    """As it may act at its own estate alone; the company's other posts, and one at this estate, see it."""
    path, client = f"/cases/{agreed.root}/", look(agreed, RECEIVER)
    held = Appointment.objects.filter(pk=agreed.actor(RECEIVER).appointment_id)
    there = {None: 200, agreed.area.estate.pk: 200, agreed.cast.bare_estate.pk: 404}
    for estate_id, answer in there.items():
        held.update(estate=estate_id)
        assert client.get(path).status_code == answer, estate_id
        seen = visible_cases(held.get())
        assert seen.filter(pk=agreed.root).exists() == (answer == 200)


def test_what_was_recorded_of_a_departure_stands_in_the_ledger(came_in: Play) -> None:
    early = at("2026-06-28 18:05")
    record(came_in, "community_worker", "community", left_at=early.isoformat(), owed="示例：旧水泵两台。")
    (row,) = rows_of(list(ledger_at("220602", Asked())), came_in.now)
    assert "离场时尚未交还、移交：示例：旧水泵两台" in row.open_issues
    gap = "2026年6月28日（周日）18:05离场至2026年6月30日（周二）11:30接管无人服务"
    assert gap in row.open_issues
