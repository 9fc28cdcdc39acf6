"""The owners end it: in the term, at its end, an indefinite contract, a preliminary one replaced by another."""

from datetime import date

import pytest

from gongzhi.exits.tests.play import Play
from gongzhi.procedures.models import Case
from gongzhi.registry.queries import manager_at
from gongzhi.values.refusals import NotAllowed, NotPossible, RuleBroken

DISMISSAL = "dismissal.owner_notice_before"


@pytest.mark.proves("BS-024", "BS-017", "BS-038")
def test_owners_dismiss_in_the_term_and_hire_in_the_same_vote(play: Play) -> None:
    play.move("dismissed_in_term")
    assert play.open_tasks() == ["joint_decision.record.submit"]
    play.vote("contract")
    with pytest.raises(NotPossible, match="还缺《业主大会表决结果》"):
        play.tell_end("2026-05-31", papers=())
    play.tell_end("2026-05-31")
    play.publish_result("2026-03-10 09:00").reach("exit.notice.receive", "provider_leader")
    # 10 March + 60 days: 21 + 30 + 9 → 9 May 2026, a Saturday that is worked for Labour Day
    assert play.case().row.clocks.get(key=DISMISSAL).due_on == date(2026, 5, 9)
    play.name_successor("2026-05-31").until("2026-05-29 09:00").close()
    assert play.case().row.outcome == "done", play.open_tasks()
    found = manager_at(play.area.estate, play.now)
    assert found is not None
    assert found.organisation == play.area.organisations["other_provider"]


@pytest.mark.proves("BS-024")
def test_the_contract_may_have_another_time_for_dismissal(play: Play) -> None:
    play.contract("2026-12-31", terms={DISMISSAL: {"value": 30, "unit": "D"}})
    play.move("dismissed_in_term")
    play.vote("contract")
    # 2 March + 30 days → 1 April 2026
    with pytest.raises(RuleBroken, match="最早2026-04-01终止"):
        play.tell_end("2026-03-31")
    play.tell_end("2026-04-01")


def test_only_who_convenes_the_owners_moves_a_dismissal(play: Play) -> None:
    for name in ("provider_leader", "county_officer", "owner", "community_worker"):
        with pytest.raises(NotAllowed, match="业主委员会提出"):
            play.move("dismissed_in_term", name)
    assert not Case.objects.exists()


@pytest.mark.proves("BS-017")
def test_a_dismissal_voted_down_leaves_the_provider_in_its_contract(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("dismiss", heads_for=2).publish_result("2026-03-10 09:00")
    assert play.case().row.outcome == "not_dismissed"
    play.move("dismissed_in_term")  # and another motion can be brought


@pytest.mark.proves("BS-023", "BS-024")
@pytest.mark.parametrize("variant", ["dismissed_in_term", "dismissed_at_term"])
def test_after_its_term_a_contract_is_indefinite_or_over_but_not_dismissed(play: Play, variant: str) -> None:
    play.contract("2026-02-28")
    with pytest.raises(NotPossible, match="请写明期满后物业服务人是否继续提供服务"):
        play.move(variant)
    with pytest.raises(RuleBroken, match="请改按“不定期合同经提前通知解除”办理"):
        play.move(variant, served_on=True)
    with pytest.raises(RuleBroken, match="请改按“合同期满，业主大会未作出续聘决定”办理"):
        play.move(variant, served_on=False)


@pytest.mark.proves("BS-023")
def test_at_the_terms_end_the_contract_ends_no_earlier_than_its_term(play: Play) -> None:
    play.move("dismissed_at_term")
    play.vote("dismiss")
    with pytest.raises(NotPossible, match="合同终止日期不能早于期满的2026-12-31"):
        play.tell_end("2026-12-30")
    play.tell_end("2026-12-31")


@pytest.mark.proves("BS-023")
def test_the_owners_end_an_indefinite_contract_with_their_vote_and_sixty_days(play: Play) -> None:
    play.contract("2026-02-28")
    play.move("indefinite_ended", served_on=True)
    assert play.case().row.steps.get(code="ending").skipped_why == "由另一方提出"
    play.vote("dismiss")
    # 2 March + 60 days → 1 May 2026
    with pytest.raises(RuleBroken, match="最早2026-05-01终止") as refused:
        play.tell_end("2026-04-30", papers=("termination_notice",))
    assert [citation.article for citation in refused.value.citations] == ["第948条"]
    play.tell_end("2026-05-01", papers=("termination_notice",))
    play.reach("exit.notice.receive", "provider_leader")
    clocks = play.case().row.clocks
    assert clocks.get(key="exit.indefinite_notice_before").due_on == date(2026, 5, 1)
    assert not clocks.filter(key=DISMISSAL).exists()


def test_a_contract_in_its_term_is_no_indefinite_one(play: Play) -> None:
    with pytest.raises(RuleBroken, match="合同到2026-12-31才期满"):
        play.move("indefinite_ended", served_on=True)


@pytest.mark.proves("BS-026")
def test_a_new_contract_ends_a_preliminary_one_without_any_notice_time(play: Play) -> None:
    play.contract("2027-12-31", kind="preliminary")
    play.move("preliminary_replaced")
    play.vote("contract")
    with pytest.raises(NotPossible, match="还缺《已签订的新合同》"):
        play.tell_end("2026-03-16")
    play.tell_end("2026-03-16", papers=("vote_result", "new_contract"))
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    clocks = play.case().row.clocks
    assert not clocks.filter(key=DISMISSAL).exists()
    assert clocks.get(key="exit.leave_within").due_on == date(2026, 4, 15)  # 16 March + 30 days


@pytest.mark.proves("BS-026")
def test_only_a_preliminary_contract_is_ended_by_another(play: Play) -> None:
    with pytest.raises(RuleBroken, match="现行合同不是前期物业服务合同"):
        play.move("preliminary_replaced")


def test_without_another_provider_a_preliminary_contract_goes_on(play: Play) -> None:
    play.contract("2027-12-31", kind="preliminary")
    play.move("preliminary_replaced")
    play.vote("dismiss").publish_result("2026-03-10 09:00")
    assert play.case().row.outcome == "not_dismissed"


def test_a_question_of_who_follows_is_not_answered_with_a_dismissal(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("dismiss")
    with pytest.raises(NotPossible, match="本次表决的是由谁接替"):
        play.vote("dismiss")


def test_the_provider_cannot_withdraw_what_the_owners_began(play: Play) -> None:
    play.move("dismissed_in_term")
    for name in ("provider_leader", "county_officer"):
        with pytest.raises(NotAllowed):
            play.stand(name, "exit", "withdraw", reason="示例撤回")
    play.stand("committee_head", "exit", "withdraw", reason="示例：双方和解")
    assert play.case().row.outcome == "withdrawn"


def test_where_no_committee_is_the_street_convenes_and_the_community_does_not_dismiss(play: Play) -> None:
    from gongzhi.acts.door import SYSTEM
    from gongzhi.exits.tests.play import at
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
    with pytest.raises(NotAllowed, match="街道办事处提出"):
        play.move("dismissed_in_term", "community_head")
    warnings = play.move("dismissed_in_term", "subdistrict_officer")
    assert any("没有登记现行合同" in warning for warning in warnings)
    assert play.task("joint_decision.record.submit").organisation == play.area.organisations["subdistrict"]


def test_an_expired_committee_moves_no_dismissal_and_the_street_convenes(play: Play) -> None:
    from gongzhi.registry.models import CommitteeTerm

    CommitteeTerm.objects.update(ends_on=date(2026, 2, 28))
    with pytest.raises(NotAllowed, match="街道办事处提出"):
        play.move("dismissed_in_term")
    play.move("dismissed_in_term", "subdistrict_officer")


def test_who_is_to_be_dismissed_is_not_hired_by_the_same_vote(play: Play) -> None:
    """Owners who keep the provider did not vote for its dismissal."""
    play.move("dismissed_at_term")
    with pytest.raises(NotPossible, match=r"不能是这次表决解聘的这一家.*只解聘"):
        play.vote("contract", organisation="provider")
    play.vote("dismiss", heads_for=2).publish_result("2026-03-10 09:00")
    assert play.case().row.outcome == "not_dismissed"
