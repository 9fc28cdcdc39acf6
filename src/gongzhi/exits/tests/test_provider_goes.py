"""Exits the provider begins, or that nobody has to decide: non-renewal, indefinite term, expiry, other lawful cases."""

from datetime import date

import pytest

from gongzhi.exits.tests.play import Play, at
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.procedures.models import Case
from gongzhi.procedures.tick import fire_due
from gongzhi.registry.queries import manager_at
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, RuleBroken

NOT_RENEWING = "exit.provider_notice_before"
INDEFINITE = "exit.indefinite_notice_before"


# The provider does not renew ----------------------------------------------------------------------------------


@pytest.mark.proves("ZJ-017")
def test_the_latest_day_of_a_non_renewal_does_not_roll_and_a_day_to_send_it_is_advised(play: Play) -> None:
    # 31 December − 90 days: 31 in December, 30 in November, 29 in October → 2 October 2026, in National Day;
    # the last working day on or before it is Wednesday 30 September
    play.not_renew("2026-12-31")
    clock = play.case().row.clocks.get(key=NOT_RENEWING)
    assert (clock.due_on, clock.advised_on) == (date(2026, 10, 2), date(2026, 9, 30))
    assert clock.met_at is None
    play.go(days=1).reach("exit.non_renewal.receive", "committee_head")
    assert play.case().row.clocks.get(key=NOT_RENEWING).met_at == play.now
    assert "joint_decision.record.submit" in play.open_tasks()  # who follows, from the day it arrived


def test_a_non_renewal_runs_to_its_end_in_baishan(play: Play) -> None:
    play.until("2026-09-20 09:00").not_renew("2026-12-31")  # a Sunday that is worked for National Day
    play.reach("exit.non_renewal.receive", "committee_head")
    play.vote().name_successor("2026-12-31")
    play.until("2026-12-14 09:00").settle().until("2026-12-31 09:00").hand_over()
    play.take_over().go(minutes=5).leave()
    for role in ("subdistrict", "county"):
        play.do("other_provider_leader", f"handover.filing.send:{role}", "send", **_sent(play))
    assert play.case().row.outcome == "done", play.open_tasks()
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.organisation == play.area.organisations["other_provider"]


def _sent(play: Play) -> dict[str, str]:
    return {"sent_at": play.now.isoformat(), "method": "platform", "proof": "示例"}


def test_what_the_provider_tells_is_a_paper_that_its_head_signs_and_seals(play: Play) -> None:
    """《民法典》第947条第2款 wants it in writing; the site manager who types it does not bind the company."""
    play.not_renew("2026-12-31")
    text = text_of(made(play, "exit", "non_renewal.non_renewal_notice"))
    head = play.area.people["provider_legal_representative"].name
    for words in (
        "不再续约通知书",
        "于2026年12月31日期满。我单位决定期满后不再续约，特此书面通知。",
        "第九百四十七条",
        "我公司继续按合同提供物业服务",
        f"法定代表人（签字）：{head}",
        "物业服务人（签章）：示例白山甲物业有限公司",
    ):
        assert words in text, words


def test_the_end_of_an_indefinite_contract_is_told_on_a_paper_too(play: Play) -> None:
    play.contract(None)
    play.end_indefinite("2026-05-31", served_on=None)
    text = text_of(made(play, "exit", "ending.indefinite_ending"))
    for words in ("解除不定期物业服务合同通知书", "合同于2026年5月31日终止", "法定代表人（签字）："):
        assert words in text, words


def test_a_late_non_renewal_is_kept_and_said_to_be_late(play: Play) -> None:
    play.until("2026-10-02 23:59")
    assert play.not_renew("2026-12-31") == []
    fire_due(at("2026-10-03 00:00"))
    rungs = play.case().row.clocks.get(key=NOT_RENEWING).rungs
    assert rungs.get(name="overdue").done_at is not None  # sent in time, arrived late: arrival counts
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    warnings = play.until("2026-10-03 09:00").not_renew("2026-12-31")
    assert "最迟应于2026-10-02到达" in warnings[0]
    assert "须继续服务" in warnings[0]


def test_a_contract_may_have_another_time(play: Play) -> None:
    play.contract("2026-12-31", terms={NOT_RENEWING: {"value": 120, "unit": "D"}})
    play.not_renew("2026-12-31")
    # 120 days before 31 December: 31 + 30 + 31 + 28 → 2 September 2026
    clock = play.case().row.clocks.get(key=NOT_RENEWING)
    assert clock.due_on == date(2026, 9, 2)
    assert "合同另有约定，从其约定" in clock.working


def test_another_last_day_than_the_registers_is_refused(play: Play) -> None:
    with pytest.raises(NotPossible, match="登记的合同期满日期是2026-12-31"):
        play.not_renew("2026-11-30")


def test_after_the_term_nobody_can_decline_to_renew(play: Play) -> None:
    play.contract("2026-02-28")
    with pytest.raises(RuleBroken, match="合同已于2026-02-28期满"):
        play.not_renew("2026-02-28")


def test_only_the_provider_of_the_day_declines_to_renew(play: Play) -> None:
    for name in ("committee_head", "other_provider_leader", "county_officer", "owner"):
        with pytest.raises(NotAllowed, match="示例白山甲物业有限公司提出"):
            play.not_renew("2026-12-31", name)


def test_a_provider_that_does_not_promise_to_serve_on_is_refused(play: Play) -> None:
    said = {"reason": "示例", "handover_plan": "示例", "contact": "示例", "contract_ends_on": "2026-12-31"}
    with pytest.raises(Invalid, match="须承诺服务至新的物业服务人"):
        play.begin("provider_not_renewing", "provider_leader", **said, serves_until_takeover=False)


def test_nobody_leaves_on_the_last_day_of_the_term_while_nobody_takes_over(play: Play) -> None:
    from gongzhi.exits.tests.play import departure

    play.until("2026-09-21 09:00").not_renew("2026-12-31")
    play.reach("exit.non_renewal.receive", "committee_head").vote().name_successor("2026-12-31").settle()
    play.until("2026-12-31 09:00").hand_over()
    with pytest.raises(RuleBroken, match="还没有接替者接管"):
        play.do("provider_leader", "exit.departure.submit", "submit", **departure(play.now))


# An indefinite contract, ended by the provider ----------------------------------------------------------------


def test_the_provider_ends_an_indefinite_contract_with_sixty_days(play: Play) -> None:
    play.contract("2026-02-28")  # served on since
    # 2 March + 60 days: 29 + 30 + 1 → 1 May 2026
    with pytest.raises(RuleBroken, match="最早2026-05-01终止") as refused:
        play.end_indefinite("2026-04-30")
    assert [citation.article for citation in refused.value.citations] == ["第948条"]
    play.end_indefinite("2026-05-01")
    play.until("2026-03-06 10:00").reach("exit.ending.receive", "committee_head")
    # 6 March + 60 days: 25 + 30 + 5 → 5 May 2026, the last day of Labour Day; it does not roll
    clock = play.case().row.clocks.get(key=INDEFINITE)
    assert (clock.due_on, clock.minimum) == (date(2026, 5, 5), True)
    assert play.case().row.clocks.get(key="exit.leave_within").due_on == date(2026, 6, 4)  # 26 in May, then 4


def test_of_an_indefinite_contract_the_contract_cannot_shorten_the_time(play: Play) -> None:
    play.contract("2026-02-28", terms={INDEFINITE: {"value": 10, "unit": "D"}})
    with pytest.raises(RuleBroken, match="最早2026-05-01终止"):
        play.end_indefinite("2026-03-31")


def test_a_contract_in_its_term_is_not_ended_as_an_indefinite_one(play: Play) -> None:
    with pytest.raises(RuleBroken, match="合同到2026-12-31才期满"):
        play.end_indefinite("2026-07-31")


def test_a_contract_without_a_term_is_indefinite_from_its_first_day(play: Play) -> None:
    play.contract(None)
    play.end_indefinite("2026-05-01", served_on=None)
    assert play.case().row.steps.get(code="motion").outcome == "skipped"


def test_whether_it_served_on_has_to_be_said(play: Play) -> None:
    play.contract("2026-02-28")
    with pytest.raises(NotPossible, match="请写明期满后物业服务人是否继续提供服务"):
        play.end_indefinite("2026-05-01", served_on=None)
    with pytest.raises(RuleBroken, match="没有继续服务的不转为不定期合同"):
        play.end_indefinite("2026-05-01", served_on=False)


def test_the_provider_names_another_day_and_it_has_to_arrive_again(play: Play) -> None:
    play.contract("2026-02-28")
    play.end_indefinite("2026-05-01")
    play.go(hours=1).reach("exit.ending.receive", "committee_head")
    play.until("2026-03-20 09:00").stand("provider_leader", "exit", "amend", reason="示例改期")
    assert play.case().row.clocks.get(key=INDEFINITE).stopped_at is not None
    assert "exit.ending.submit" in play.open_tasks()
    assert "exit.application.submit" not in play.open_tasks()


# The term is over ---------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-023")
def test_term_over_is_not_contract_over_while_service_goes_on(play: Play) -> None:
    play.contract("2026-02-28")
    with pytest.raises(RuleBroken, match="请改按“不定期合同经提前通知解除”办理") as refused:
        play.expire("2026-02-28", served_on=True)
    assert any(citation.article == "第948条" for citation in refused.value.citations)
    assert not Case.objects.exists()


@pytest.mark.proves("BS-023")
def test_an_expired_contract_ends_with_its_term_and_thirty_days_run_from_it(play: Play) -> None:
    play.contract("2026-02-28")
    play.expire("2026-02-28")
    play.go(hours=2).reach("exit.expiry.receive", "provider_leader")
    # 28 February + 30 days: 30 March 2026, a Monday
    assert play.case().row.clocks.get(key="exit.leave_within").due_on == date(2026, 3, 30)
    assert "settlement.scope.submit" in play.open_tasks()
    assert "joint_decision.record.submit" in play.open_tasks()


def test_before_its_last_day_is_over_no_contract_is_expired(play: Play) -> None:
    play.contract("2026-03-02")
    with pytest.raises(RuleBroken, match="期满以后才能按本情形办理"):
        play.expire("2026-03-02")
    play.until("2026-03-03 00:00").expire("2026-03-02")


def test_a_renewed_contract_does_not_expire(play: Play) -> None:
    play.contract("2026-02-28")
    with pytest.raises(RuleBroken, match="业主已共同决定续聘"):
        play.expire("2026-02-28", renewed=True)


def test_the_last_day_is_the_registers(play: Play) -> None:
    play.contract("2026-02-28")
    with pytest.raises(NotPossible, match="登记的合同期满日期是2026-02-28"):
        play.expire("2026-02-20")


# Other lawful cases -------------------------------------------------------------------------------------------


@pytest.mark.proves("BS-027")
def test_another_lawful_case_names_its_basis_and_is_told_to_both(play: Play) -> None:
    said = {"basis": "示例：人民法院生效判决解除合同", "facts_found": "示例事实", "ends_on": "2026-03-31"}
    with pytest.raises(NotPossible, match="还缺《写明所依据的条文或合同条款》"):
        play.begin("other_lawful", "subdistrict_officer", **said)
    with pytest.raises(NotAllowed):
        play.begin("other_lawful", "provider_leader", ("stated_basis",), **said)
    warnings = play.begin("other_lawful", "subdistrict_officer", ("stated_basis",), **said)
    assert any("系统不作判断" in warning for warning in warnings)
    play.go(hours=1).reach("exit.basis.receive:owners", "committee_head")
    assert not play.case().row.clocks.filter(key="exit.leave_within").exists()
    play.reach("exit.basis.receive:provider", "provider_leader")
    # 31 March + 30 days → 30 April 2026
    assert play.case().row.clocks.get(key="exit.leave_within").due_on == date(2026, 4, 30)


def test_a_second_ground_waits_until_the_first_is_over(play: Play) -> None:
    play.not_renew("2026-12-31")
    with pytest.raises(NotPossible, match="已有一件在办的物业服务人退出"):
        play.classify("grade_d")


def test_where_nobody_manages_nobody_can_be_dismissed(play: Play) -> None:
    play.area.estate = play.area.bare_estate
    with pytest.raises(NotPossible, match="现在没有在管的物业服务人"):
        play.classify("grade_d")


def test_of_another_ground_there_is_no_application_to_amend(play: Play) -> None:
    play.not_renew("2026-12-31")
    with pytest.raises(NotPossible, match="没有物业服务人可以变更日期"):
        play.stand("provider_leader", "exit", "amend", reason="示例改期")
    with pytest.raises(NotPossible, match="还没有发出终止合同的通知"):
        play.stand("committee_head", "exit", "amend_notice", reason="示例改期")
