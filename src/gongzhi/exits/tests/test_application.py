"""Application and agreement: what counts from arrival, what ninety days do and do not give."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongzhi.exits.tests.play import Play, application, at
from gongzhi.procedures.models import Case, Clock
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.tick import fire_due
from gongzhi.registry.models import ServiceContract
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, RuleBroken

EARLY = "exit.provider_early_exit_notice_before"


@pytest.mark.proves("BS-041")
def test_an_application_that_leaves_too_little_time_is_refused_with_the_earliest_day(play: Play) -> None:
    # 2 March 2026 + 90 days = 31 May 2026
    with pytest.raises(RuleBroken, match="最早2026-05-31退出") as refused:
        play.apply("2026-05-30")
    assert any("白山市" in citation.instrument for citation in refused.value.citations)
    assert not Case.objects.exists()


@pytest.mark.proves("BS-041")
def test_the_last_possible_day_is_accepted(play: Play) -> None:
    play.apply("2026-05-31")
    assert play.case().row.ended_at is None


@pytest.mark.proves("BS-041")
def test_the_clock_starts_with_the_receipt_and_not_with_the_letter(play: Play) -> None:
    play.apply("2026-07-31")
    assert not play.case().row.clocks.filter(key=EARLY).exists()
    play.until("2026-03-05 18:00").arrive()
    # 5 March + 90 days: 26 left in March, 30, 31, then 3 → 3 June 2026
    assert play.case().row.clocks.get(key=EARLY).due_on == date(2026, 6, 3)


def test_proof_of_service_stands_for_a_receipt_that_nobody_gives(play: Play) -> None:
    play.apply("2026-07-31").go(days=2)
    play.do(
        "provider_leader",
        "exit.application.prove",
        "prove",
        arrived_at=at("2026-03-03 15:00").isoformat(),
        method="leave",
        address="示例小区业主委员会办公室",
        servers=["示例甲", "示例乙"],
        witness="示例社区干事",
        refusal="示例拒收",
    )
    clock = play.case().row.clocks.get(key=EARLY)
    assert clock.due_on == date(2026, 6, 1)  # 3 March + 90 days: 28 + 30 + 31 + 1
    assert "exit.application.receive" not in play.open_tasks()


def test_nothing_arrives_before_it_was_sent_or_after_now(play: Play) -> None:
    play.apply("2026-07-31")
    for instant in ("2026-03-01 09:00", "2026-03-02 10:00"):
        with pytest.raises(NotPossible, match="到达时间不能"):
            play.do(
                "committee_head",
                "exit.application.receive",
                "receive",
                arrived_at=at(instant).isoformat(),
                received_by="示例",
            )


# A paper that was handed over before it was told here -----------------------------------------------------------------


@pytest.mark.proves("BS-041")
def test_a_paper_handed_over_before_it_was_told_here_counts_from_its_true_arrival(play: Play) -> None:
    """Handed over on Friday 27 February, told on Monday 2 March: 27 February + 90 days = 28 May."""
    handed = at("2026-02-27 16:00").isoformat()
    with pytest.raises(RuleBroken, match="2026-02-27到达的，最早2026-05-28退出"):
        play.apply("2026-05-27", handed_at=handed)
    play.apply("2026-05-28", handed_at=handed)
    play.do(
        "committee_head", "exit.application.receive", "receive", arrived_at=handed, received_by="示例签收人"
    )
    assert play.case().row.clocks.get(key=EARLY).due_on == date(2026, 5, 28)


def test_what_was_handed_over_on_paper_has_not_arrived_before_that_nor_is_it_still_to_come(
    play: Play,
) -> None:
    with pytest.raises(NotPossible, match="纸质原件送达时间不能晚于现在"):
        play.apply("2026-07-31", handed_at=at("2026-03-02 09:01").isoformat())
    play.apply("2026-07-31", handed_at=at("2026-02-27 16:00").isoformat())
    with pytest.raises(NotPossible, match="不能早于提交方填写的纸质原件送达时间（2026年2月27日"):
        play.do(
            "committee_head",
            "exit.application.receive",
            "receive",
            arrived_at=at("2026-02-27 15:59").isoformat(),
            received_by="示例签收人",
        )


def test_whoever_forgot_to_say_that_the_paper_came_first_is_told_to_correct_it(play: Play) -> None:
    play.apply("2026-07-31")
    receipt = {"arrived_at": at("2026-02-27 16:00").isoformat(), "received_by": "示例签收人"}
    with pytest.raises(NotPossible, match="请提交方更正，补填纸质原件送达时间"):
        play.do("committee_head", "exit.application.receive", "receive", **receipt)
    play.stand(
        "provider_leader",
        "exit",
        "correct",
        step="application",
        facts=application("2026-07-31") | {"handed_at": receipt["arrived_at"]},
        reason="纸质原件先送达",
    )
    play.do("committee_head", "exit.application.receive", "receive", **receipt)
    assert play.case().instant("application.arrived") == at("2026-02-27 16:00")


def test_a_filing_may_have_gone_out_with_the_paper(play: Play) -> None:
    """Not before it: nothing was there to be filed."""
    play.apply("2026-07-31", handed_at=at("2026-02-27 16:00").isoformat())
    sent = {"method": "direct", "proof": "示例报送凭证"}
    task = "exit.filing.send:county"
    with pytest.raises(NotPossible, match="报送时间不能早于本步骤开始的时间（2026年2月27日"):
        play.do("provider_leader", task, "send", sent_at=at("2026-02-27 15:59").isoformat(), **sent)
    play.do("provider_leader", task, "send", sent_at=at("2026-02-27 16:30").isoformat(), **sent)
    assert task not in play.open_tasks()


def test_a_paper_was_not_handed_over_before_the_service_began(play: Play) -> None:
    """The contract of the estate began on 1 January 2024: a year that was mistyped would start the clock long ago."""
    with pytest.raises(NotPossible, match="早于该物业服务人在本小区开始服务的"):
        play.apply("2026-07-31", handed_at=at("2016-02-27 16:00").isoformat())


def test_what_is_applied_for_anew_is_another_paper(play: Play) -> None:
    handed = at("2026-02-27 16:00").isoformat()
    play.apply("2026-07-31", handed_at=handed).arrive().go(days=10)
    play.stand("provider_leader", "exit", "amend", reason="示例改期")
    again, task = application("2026-08-31"), "exit.application.submit"
    with pytest.raises(NotPossible, match="重新提交的是另一份文件"):
        play.do("provider_leader", task, "submit", ("exit_application",), **again, handed_at=handed)
    play.do("provider_leader", task, "submit", ("exit_application",), **again)


@pytest.mark.parametrize(
    ("way", "says"),
    [
        ({"method": "direct", "received_by": "示例门卫", "may_receive": True}, "由收件方签收确认"),
        ({"method": "electronic", "consented": True}, "由收件方签收确认"),
    ],
)
def test_who_sent_a_paper_does_not_alone_say_that_it_came_first(
    play: Play, way: dict[str, Any], says: str
) -> None:
    handed = at("2026-02-27 16:00").isoformat()
    play.apply("2026-07-31", handed_at=handed)
    told = {"arrived_at": handed, "address": "示例业委会办公室", "servers": ["示例甲", "示例乙"]}
    with pytest.raises(NotPossible, match=says):
        play.do("provider_leader", "exit.application.prove", "prove", **told, **way)
    left = {"method": "leave", "witness": "示例社区干事", "refusal": "示例拒收"}
    play.do("provider_leader", "exit.application.prove", "prove", **told, **left)
    assert play.case().instant("application.arrived") == at("2026-02-27 16:00")


def test_a_notice_to_nobody_in_particular_is_the_last_way_and_takes_its_days(play: Play) -> None:
    """《民事诉讼法》第95条: 30 days; 2 March + 30 days = 1 April."""
    play.apply("2026-07-31")
    task, told = (
        "exit.application.prove",
        {"method": "notice", "address": "示例公告栏", "servers": ["示例甲"]},
    )
    why = told | {"arrived_at": play.now.isoformat(), "refusal": "示例无法送达"}
    with pytest.raises(Invalid, match="写明其他方式无法送达的原因和经过"):
        play.do("provider_leader", task, "prove", **told, arrived_at=play.now.isoformat())
    with pytest.raises(Invalid, match="写明公告日期"):
        play.do("provider_leader", task, "prove", **why)
    with pytest.raises(RuleBroken, match="要附公告的照片"):
        play.do("provider_leader", task, "prove", **why, announced_on="2026-03-02")
    with pytest.raises(RuleBroken, match="2026-04-01期满才视为送达"):
        play.do("provider_leader", task, "prove", ("photo",), **why, announced_on="2026-03-02")
    play.until("2026-04-01 18:00")
    full = why | {"arrived_at": play.now.isoformat(), "announced_on": "2026-03-02"}
    with pytest.raises(NotPossible, match="公告日期不能早于所公告的文书作出的日期（2026年3月2日"):
        play.do("provider_leader", task, "prove", ("photo",), **full | {"announced_on": "2026-03-01"})
    play.do("provider_leader", task, "prove", ("photo",), **full)
    assert play.case().instant("application.arrived") == play.now


def test_a_receipt_begins_with_the_hour_the_paper_was_handed_over(play: Play) -> None:
    handed = at("2026-02-27 16:00")
    play.apply("2026-07-31", handed_at=handed.isoformat())
    step = play.case().declaration.step("application")
    assert step.begins_with(play.case(), "receive", play.now) == {"arrived_at": handed}
    assert step.begins_with(play.case(), "prove", play.now) == {"arrived_at": handed}
    assert step.begins_with(play.case(), "return", play.now) == {}


# ---------------------------------------------------------------------------------------------------------------------


def test_an_incomplete_application_is_completed_in_a_new_round(play: Play) -> None:
    play.apply("2026-07-31")
    play.do("committee_head", "exit.application.receive", "return", missing="缺预收费用清单")
    assert "exit.application.submit" in play.open_tasks()
    assert "exit.filing.send:county" not in play.open_tasks()
    rounds = play.case().rounds(play.case().declaration.step("application"))
    assert [bool(one.void_at) for one in rounds] == [True, False]


def test_another_exit_date_has_to_arrive_again(play: Play) -> None:
    play.apply("2026-07-31").arrive().go(days=10)
    with pytest.raises(NotPossible, match="变更退出日期"):
        play.stand(
            "provider_leader",
            "exit",
            "correct",
            step="application",
            facts=application("2026-08-31"),
            reason="示例更正",
        )
    play.stand("provider_leader", "exit", "amend", reason="示例改期")
    clock = play.case().row.clocks.get(key=EARLY)
    assert clock.stopped_at is not None
    paper = ("exit_application",)
    play.do("provider_leader", "exit.application.submit", "submit", paper, **application("2026-08-31"))
    play.go(hours=1).arrive()
    # 12 March + 90 days: 19 + 30 + 31 + 10 → 10 June 2026
    assert play.case().row.clocks.get(key=EARLY).due_on == date(2026, 6, 10)


@pytest.mark.proves("BS-025")
def test_ninety_days_without_an_agreement_are_no_leave_to_go(play: Play) -> None:
    play.apply("2026-07-31").arrive()
    fire_due(at("2026-05-31 23:59"))
    assert "agreement_failed" not in play.case().marks
    fire_due(at("2026-06-01 00:00"))
    assert "agreement_failed" in play.case().marks
    assert play.case().row.ended_at is None
    assert "exit.departure.submit" not in play.open_tasks()
    assert not any(path.startswith("settlement") for path in play.open_tasks())
    assert "exit.agreement.decide" in play.open_tasks()
    clock = Clock.objects.get(key=EARLY)
    assert any("到期不等于可以离开" in warning for warning in clock.warnings)


@pytest.mark.proves("BS-025", "BS-041")
def test_an_agreement_cannot_shorten_the_ninety_days(play: Play) -> None:
    play.apply("2026-07-31").until("2026-03-05 18:00").arrive()
    with pytest.raises(RuleBroken, match="最早2026-06-03终止合同"):
        play.agree("2026-06-02")
    play.agree("2026-06-03")
    assert play.case().is_done(play.case().declaration.step("agreement"))


def test_fees_are_agreed_within_the_time_of_service(play: Play) -> None:
    """Neither after the agreed end, nor before the provider's service here began, where a record tells that day."""
    play.apply("2026-07-31").arrive()
    with pytest.raises(NotPossible, match="不能晚于合同终止日期2026-07-31"):
        play.agree("2026-07-31", fees_until="2026-08-01")
    began = ServiceContract.objects.get(pk=play.area.contract_id).starts_on
    early = began - timedelta(days=1)
    with pytest.raises(NotPossible, match=f"{early}早于.*开始服务的日期{began}，请改为{began}至2026-07-31"):
        play.agree("2026-07-31", fees_until=str(early))
    ServiceContract.objects.filter(pk=play.area.contract_id).update(starts_on=early)
    play.agree("2026-07-31", fees_until=str(early))


def test_an_agreement_needs_both_signatures(play: Play) -> None:
    play.apply("2026-07-31").arrive()
    play.do(
        "committee_head",
        "exit.agreement.decide",
        "approve",
        ("exit_agreement",),
        ends_on="2026-07-31",
        settlement="示例安排",
        fees_until="2026-07-31",
        prepaid="示例处理",
        breach="示例责任",
        **play.as_head("committee_head", "业委会主任"),
    )
    case = play.case()
    assert not case.is_done(case.declaration.step("agreement"))
    assert "exit.agreement.countersign:provider" in play.open_tasks()


@pytest.mark.proves("BS-041")
def test_an_application_without_its_paper_is_refused_by_name(play: Play) -> None:
    with pytest.raises(RuleBroken, match="还缺《书面退出申请》，请上传后再提交"):
        open_case(
            by=play.actor("provider_leader"),
            at=play.now,
            procedure="exit",
            variant="provider_early",
            subject=Subject(estate=play.area.estate),
            facts=application("2026-07-31"),
        )
    assert not Case.objects.exists()


def test_a_refused_agreement_ends_the_exit_and_the_provider_stays_bound(play: Play) -> None:
    play.apply("2026-07-31").arrive().file_with("subdistrict", "county")
    play.do("committee_head", "exit.agreement.decide", "refuse", reason="示例不同意")
    row = play.case().row
    assert row.outcome == "refused"
    assert row.clocks.filter(met_at=None, stopped_at=None).count() == 0
    # the receipts of the filings still come in and hold nothing up
    assert play.open_tasks() == ["exit.filing.receipt:county:1", "exit.filing.receipt:subdistrict:1"]


def test_only_the_provider_of_the_day_applies(play: Play) -> None:
    for name in ("other_provider_leader", "owner", "committee_head", "county_officer"):
        with pytest.raises(NotAllowed, match="应由示例白山甲物业有限公司提出"):
            play.apply("2026-07-31", name)


def test_a_second_exit_of_the_same_estate_is_refused(play: Play) -> None:
    play.apply("2026-07-31")
    with pytest.raises(NotPossible, match="已有一件在办的物业服务人退出"):
        play.apply("2026-08-31")


def test_wrong_facts_change_nothing_and_say_which_field(play: Play) -> None:
    with pytest.raises(Invalid) as refused:
        open_case(
            by=play.actor("provider_leader"),
            at=play.now,
            procedure="exit",
            variant="provider_early",
            subject=Subject(estate=play.area.estate),
            facts={"exit_on": "明年", "serves_until_takeover": True, "surprise": 1},
        )
    assert {"exit_on", "reason", "surprise"} <= set(refused.value.fields)
    assert not Case.objects.exists()


def test_a_withdrawn_exit_leaves_nothing_running(play: Play) -> None:
    play.apply("2026-07-31").arrive()
    play.post("provider_leader", "exit.publicity")
    play.stand("provider_leader", "exit", "withdraw", reason="示例改变主意")
    row = play.case().row
    assert row.outcome == "withdrawn"
    assert play.case("joint_decision").row.outcome == "withdrawn"
    assert row.notices.get().ended_why == "示例改变主意"
    assert not row.clocks.filter(met_at=None, stopped_at=None).exists()
    # but for the paper on the wall
    assert play.open_tasks() == ["exit.publicity.remove"]


def test_where_no_committee_exists_the_community_receives_and_agrees(play: Play) -> None:
    from gongzhi.acts.door import SYSTEM
    from gongzhi.registry import actions
    from gongzhi.registry.facts import BeginEngagement
    from gongzhi.registry.models import Mode

    play.area.estate = play.area.bare_estate
    facts = BeginEngagement(
        estate_id=play.area.bare_estate.pk,
        from_at=at("2025-06-01 09:00"),
        mode=Mode.CONTRACT,
        organisation_id=play.area.organisations["provider"].pk,
        paper_title="示例合同",
    )
    actions.begin_engagement(by=SYSTEM, at=at("2025-06-01 09:00"), facts=facts)
    # the leader of the other estate is not of this one; the company's legal representative is
    play.apply("2026-07-31", "provider_legal_representative")
    task = play.task("exit.application.receive")
    assert task.organisation == play.area.organisations["community"]
    assert "代行" in task.acting_for
    play.arrive("community_head")
    assert play.task("exit.agreement.decide").organisation == play.area.organisations["community"]
    # the community neither hires nor dismisses: the street convenes the owners
    assert play.task("joint_decision.record.submit").organisation == play.area.organisations["subdistrict"]


# What the law says before anything is filled in -----------------------------------------------------------------------


def test_the_earliest_day_is_said_before_it_is_filled_in(play: Play) -> None:
    play.apply("2026-07-31").until("2026-03-05 18:00").arrive()
    case = play.case()
    agreement = case.declaration.step("agreement")
    known = agreement.known_before(case, "approve", play.now)
    assert known == {"ends_on": "申请于 2026-03-05 到达，满90日，最早 2026-06-03"}
    play.agree(known["ends_on"][-10:])  # the very day that was said is taken
    assert agreement.known_before(case, "refuse", play.now) == {}
