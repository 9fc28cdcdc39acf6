"""Exits that run through holidays, changes and the unexpected; every expected date is worked by hand.

2026: 春节 15–23 February; 中秋 25–27 September; 国庆 1–7 October. 20 September and 10 October are worked.
"""

from datetime import date
from typing import Any

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.exits.tests.play import Play, adopt_baishan, at
from gongzhi.law.actions import adopt_instrument
from gongzhi.law.facts import AdoptInstrument
from gongzhi.notices.models import Notice, Objection
from gongzhi.procedures import organs
from gongzhi.procedures.standing import perform_on_case
from gongzhi.procedures.tick import fire_due
from gongzhi.registry.models import CommitteeTerm
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import NotPossible, RuleBroken

EARLY = "exit.provider_early_exit_notice_before"


def begin(text: str, *, adopted: bool = True) -> Play:
    """白山市浑江区 at an instant."""
    now = at(text)
    cast = build_cast(now, areas=())
    if adopted:
        adopt_baishan()
    return Play(cast, cast.home, now)


# Mid-Autumn and National Day --------------------------------------------------------------------------------------


@pytest.fixture
def autumn(db: Any) -> Play:
    """Sent on Thursday 24 September 2026, taken in on Mid-Autumn day, posted on the day before National Day."""
    play = begin("2026-09-24 17:00").apply("2026-12-31")
    play.until("2026-09-25 10:00").arrive()
    return play.until("2026-09-30 10:00").post("provider_leader", "exit.publicity")


def test_ninety_days_from_a_holiday_to_a_thursday_in_december(autumn: Play) -> None:
    # 25 September + 90: 5 in September, 31 in October, 30 in November, 24 in December
    clock = autumn.case().row.clocks.get(key=EARLY)
    assert (clock.due_on, clock.exact) == (date(2026, 12, 24), True)


def test_the_notice_ends_within_the_feast_and_objections_come_until_its_midnight(autumn: Play) -> None:
    assert Notice.objects.get().until_on == date(2026, 10, 7)
    for when, who in (("2026-10-07 20:30", "owner"), ("2026-10-07 23:59:59", "co_owner")):
        autumn.until(when).stand(who, "exit", "object", at_step="publicity", content="示例异议")
    with pytest.raises(NotPossible, match="公示期已于2026年10月7日（周三）24:00届满"):
        autumn.until("2026-10-08 00:00:00").stand(
            "owner", "exit", "object", at_step="publicity", content="示例异议"
        )
    assert Objection.objects.count() == 2
    autumn.take_down("provider_leader", "exit.publicity")
    assert autumn.case().steps["publicity"].outcome == ""  # two replies are owed
    for turn in (1, 2):
        reply = {"finding": "示例核实", "adopted": False, "next_remedy": "可向街道申请调解"}
        autumn.do("provider_leader", f"exit.publicity.reply:{turn}", "reply", **reply)
    assert autumn.case().steps["publicity"].outcome == "done"


def test_the_last_day_to_arrive_lies_in_the_feast_and_one_day_later_is_new_years_day(db: Any) -> None:
    play = begin("2026-10-03 09:00")
    # 31 December − 90 → 2 October; arriving on 3 October the first day is 28 + 30 + 31 + 1 → 1 January 2027
    with pytest.raises(RuleBroken, match="最迟2026-10-02到达。今天到达的，最早2027-01-01退出"):
        play.apply("2026-12-31")
    begin_again = Play(play.cast, play.area, at("2026-10-02 23:00"))
    begin_again.apply("2026-12-31")


def test_an_agreement_does_not_shorten_what_runs_through_the_feast(autumn: Play) -> None:
    with pytest.raises(RuleBroken, match="满90日后最早2026-12-24终止合同"):
        autumn.agree("2026-12-23")
    autumn.agree("2026-12-24")


# Spring Festival --------------------------------------------------------------------------------------------------


def test_three_days_to_leave_that_end_on_the_first_day_of_the_feast_end_after_it(db: Any) -> None:
    play = begin("2025-11-03 09:00").apply("2026-02-12").arrive().file_with("subdistrict", "county")
    play.post("provider_leader", "exit.publicity")
    play.until("2025-11-11 08:00").take_down("provider_leader", "exit.publicity")
    play.vote().name_successor("2026-02-12").agree("2026-02-12").settle()
    play.until("2026-02-12 09:00").hand_over()
    clocks = play.case().row.clocks
    # 12 February + 3 → 15 February, at rest until the 23rd; + 30 days → 14 March, a Saturday → Monday 16 March
    assert clocks.get(key="exit.leave_after_confirmation").due_on == date(2026, 2, 24)
    assert clocks.get(key="exit.leave_within").due_on == date(2026, 3, 16)
    assert play.task("exit.departure.submit").due_at == at("2026-02-25 00:00")


# A receipt that is put right --------------------------------------------------------------------------------------


def test_a_receipt_put_right_after_the_ninety_days_takes_back_that_they_ran_out(play: Play) -> None:
    play.apply("2026-09-30").arrive()  # 2 March + 90 → 31 May
    fire_due(at("2026-06-01 00:00"))
    assert "agreement_failed" in play.case().marks
    told = {
        "step": "application",
        "act": "receive",
        "facts": {"arrived_at": at("2026-04-01 09:00").isoformat(), "received_by": "示例签收人"},
        "reason": "签收日期误写",
    }
    play.until("2026-06-01 09:00")
    perform_on_case(
        by=play.actor("committee_head"), at=play.now, case_id=play.case().id, act="correct", facts=told
    )
    clock = play.case().row.clocks.get(key=EARLY)
    # 1 April + 90: 29 + 31 + 30 → 30 June
    assert (clock.due_on, clock.missed_at) == (date(2026, 6, 30), None)
    assert "agreement_failed" not in play.case().marks
    fire_due(at("2026-06-30 23:00"))
    assert "agreement_failed" not in play.case().marks
    fire_due(at("2026-07-01 00:00"))
    assert "agreement_failed" in play.case().marks


# Who acts changes on the way --------------------------------------------------------------------------------------


def test_a_committee_whose_term_runs_out_on_the_way_convenes_no_vote_any_longer(play: Play) -> None:
    CommitteeTerm.objects.update(ends_on=date(2026, 3, 31))
    play.apply("2026-06-30").arrive()
    assert play.task("joint_decision.record.submit").organisation == play.area.organisations["committee"]
    organs.follow(at("2026-03-31 12:00"))
    play.until("2026-04-01 00:01")
    organs.follow(play.now)
    vote = play.task("joint_decision.record.submit")
    assert vote.organisation == play.area.organisations["subdistrict"]
    assert "任期届满未换届" in vote.note
    agreement = play.task("exit.agreement.decide")
    assert agreement.organisation == play.area.organisations["committee"]
    assert "不得作出选聘、解聘决定" in agreement.note


# A text that comes into force while a case runs -------------------------------------------------------------------


def test_a_text_adopted_on_the_way_counts_for_the_next_case_and_not_for_this_one(db: Any) -> None:
    play = begin("2026-03-02 09:00", adopted=False)
    play.apply("2026-03-20").arrive()
    facts = AdoptInstrument(
        jurisdiction="2206", instrument="BS", number="示例建发〔2026〕9号", adopted_on=date(2026, 3, 9),
        authority="示例白山市住房和城乡建设局",
    )  # fmt: skip
    adopt_instrument(by=SYSTEM, at=at("2026-03-09 08:00"), facts=facts)
    play.until("2026-03-10 09:00").vote().name_successor("2026-03-20").agree("2026-03-20")
    skipped = dict(play.case().row.steps.filter(outcome="skipped").values_list("code", "skipped_why"))
    assert skipped["settlement"] == skipped["publicity"] == "当地规定未作要求"
    assert not play.case().row.clocks.filter(key=EARLY).exists()
    play.stand("provider_leader", "exit", "withdraw", reason="示例撤回")
    with pytest.raises(RuleBroken, match="退出申请要提前90日到达"):
        play.apply("2026-05-31")


def test_a_county_that_adopts_alone_binds_itself_and_not_its_neighbour(db: Any) -> None:
    from gongzhi.law import queries as law

    begin("2026-03-02 09:00", adopted=False)
    facts = AdoptInstrument(
        jurisdiction="220602", instrument="BS", number="示例建发〔2026〕9号", adopted_on=date(2026, 3, 2),
        authority="示例浑江区住房和城乡建设局",
    )  # fmt: skip
    adopt_instrument(by=SYSTEM, at=at("2026-03-02 08:00"), facts=facts)
    on = date(2026, 3, 3)
    assert law.value_of("notice.exit_days", "220602001001", on).value == 7
    assert not law.value_of("notice.exit_days", "220681", on).is_defined
    assert not law.value_of("notice.exit_days", "220602", date(2026, 3, 1)).is_defined
