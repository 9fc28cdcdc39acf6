"""The grounds in the other areas, by pack alone: 绍兴's working days and four recipients, 阳城's reasonable time."""

from datetime import date
from typing import Any

import pytest

from gongzhi.exits.ground_queries import contract_ends
from gongzhi.exits.tests.play import Play, adopt_baishan, at, set_here
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.notices.models import Notice
from gongzhi.procedures.describing import Place, describe
from gongzhi.procedures.models import Case
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.foretold import HasToBeSaid
from gongzhi.values.refusals import Invalid, NotAllowed, NotPossible, RuleBroken

NOT_RENEWING = "exit.provider_notice_before"


def begin(area: str, text: str = "2026-03-02 09:00") -> Play:
    """Another area, where nothing of its own text was adopted."""
    now = at(text)
    cast = build_cast(now, areas=(area,))
    return Play(cast, cast.areas[area], now)


@pytest.mark.parametrize("area", ["zhuji", "shuangliao", "yangcheng"])
def test_where_no_text_forces_anybody_a_forced_ground_is_refused_with_the_civil_code(
    db: Any, area: str
) -> None:
    play = begin(area)
    with pytest.raises(RuleBroken, match="此处的规定没有列出“挪用、侵占公共收益或者维修资金”") as refused:
        play.classify("misuse_of_money")
    assert {citation.instrument for citation in refused.value.citations} == {"中华人民共和国民法典"}
    assert not Case.objects.exists()


def test_a_place_offers_the_grounds_its_law_lists(db: Any) -> None:
    from gongzhi.exits.procedures import ProviderExit

    play = begin("zhuji")
    adopt_baishan()
    here = [one["code"] for one in describe(ProviderExit, Place(play.now, "330681"))["variants"]]
    there = [one["code"] for one in describe(ProviderExit, Place(play.now, "220602"))["variants"]]
    assert "provider_not_renewing" in here
    assert "grade_d" not in here
    assert {"grade_d", "other_lawful", "provider_not_renewing"} <= set(there)
    assert len(there) == 17


# 绍兴, whose regulation decides in 诸暨 while 诸暨's own text is a draft ----------------------------------------


@pytest.mark.proves("ZJ-017", "ZJ-018")
def test_a_non_renewal_reaches_the_committee_and_three_others_at_the_same_time(db: Any) -> None:
    play = begin("zhuji")
    play.not_renew("2026-12-31")
    assert play.open_tasks() == [
        "exit.copies.send:community",
        "exit.copies.send:county",
        "exit.copies.send:subdistrict",
        "exit.non_renewal.prove",
        "exit.non_renewal.receive",
    ]
    clock = play.case().row.clocks.get(key=NOT_RENEWING)
    # 31 December − 90 days → 2 October 2026, in National Day; to be sent by Wednesday 30 September
    assert (clock.due_on, clock.advised_on) == (date(2026, 10, 2), date(2026, 9, 30))
    assert clock.citations[0]["instrument"].startswith("绍兴市")


def test_elsewhere_the_committee_alone_is_told(db: Any) -> None:
    play = begin("yangcheng")
    play.not_renew("2026-12-31")
    assert play.open_tasks() == ["exit.non_renewal.prove", "exit.non_renewal.receive"]
    assert play.case().row.steps.get(code="copies").skipped_why == "当地规定未要求备案"


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        # Wednesday before National Day: 8, 9, the worked Saturday 10, 12 and 13 October
        ("2026-09-30 10:00", date(2026, 10, 13)),
        # Friday before Spring Festival: the worked Saturday 14, then 24, 25, 26 and 27 February
        ("2026-02-13 10:00", date(2026, 2, 27)),
    ],
)
def test_a_result_hangs_five_working_days_over_a_long_holiday(db: Any, posted: str, last: date) -> None:
    play = begin("zhuji", posted)
    play.move("dismissed_in_term")
    play.vote("dismiss").post("committee_head", "exit.result_notice")
    assert Notice.objects.get(case__root_id=play.root).until_on == last


def test_at_the_terms_end_the_meeting_and_the_notice_have_latest_days_of_their_own(db: Any) -> None:
    play = begin("zhuji")
    play.move("dismissed_at_term")
    clocks = play.case().row.clocks
    meeting = clocks.get(key="exit.decision_meeting_before_expiry")
    assert (meeting.due_on, meeting.advised_on) == (date(2026, 10, 2), date(2026, 9, 30))  # in National Day
    told = clocks.get(key="exit.owner_non_renewal_notice_before")
    # 31 December − 60 days: 31 + 29 → 1 November 2026, a Sunday; to be sent by Friday 30 October
    assert (told.due_on, told.advised_on) == (date(2026, 11, 1), date(2026, 10, 30))


def test_a_dismissal_runs_to_its_end_in_zhuji_without_a_settlement(db: Any) -> None:
    play = begin("zhuji")
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31", papers=())  # no list of evidence there
    # posted on Monday 2 March: 3, 4, 5, 6 and 9 March are its five working days
    play.publish_result("2026-03-10 00:00").reach("exit.notice.receive", "provider_leader")
    assert not play.case().row.steps.get(code="result_filing").outcome.startswith("done")
    play.name_successor("2026-05-31").until("2026-05-29 09:00").close()
    assert play.case().row.outcome == "done", play.open_tasks()


# 阳城: a reasonable time, and the court ---------------------------------------------------------------------


@pytest.fixture
def reasonable(db: Any) -> Play:
    """阳城, dismissed: the contract ends on 31 May 2026, and no law counts the days to leave."""
    play = begin("yangcheng")
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31", papers=())
    return play.go(hours=1).reach("exit.notice.receive", "provider_leader")


def set_day(play: Play, leave_on: str, name: str = "subdistrict_officer") -> None:
    said = {"leave_on": leave_on, "reason": "示例：项目规模和设备交接需要", "heard": "示例：双方均无异议"}
    play.stand(name, "exit", "set_leave_date", **said)


@pytest.mark.proves("YC-007")
def test_a_reasonable_day_is_set_by_a_person_with_a_reason_and_shown_as_theirs(reasonable: Play) -> None:
    assert not reasonable.case().row.clocks.filter(key="exit.leave_within").exists()
    set_day(reasonable, "2026-06-20")
    clock = reasonable.case().row.clocks.get(key="exit.leave_within")
    assert clock.due_on == date(2026, 6, 22)  # 20 June is a Saturday of Dragon Boat; Monday 22 June
    assert any("由示例阳城街道办事处于2026-03-02确定：示例：项目规模" in line for line in clock.working)
    assert any("到期不等于可以离开" in warning for warning in clock.warnings)
    set_day(reasonable, "2026-06-25")
    assert reasonable.case().row.clocks.get(key="exit.leave_within").due_on == date(2026, 6, 25)


@pytest.mark.proves("YC-007")
def test_who_may_set_it_and_when(reasonable: Play) -> None:
    for name in ("provider_leader", "committee_head", "owner"):
        with pytest.raises(NotAllowed):
            set_day(reasonable, "2026-06-20", name)
    with pytest.raises(NotPossible, match="也要晚于合同终止的2026-05-31"):
        set_day(reasonable, "2026-05-31")


def test_no_day_is_set_before_the_contracts_end_is_known(db: Any) -> None:
    play = begin("yangcheng")
    play.move("dismissed_in_term")
    with pytest.raises(NotPossible, match="合同终止日期还没有确定"):
        set_day(play, "2026-06-20")


def test_where_the_law_counts_the_days_nobody_sets_them(play: Play) -> None:
    play.move("dismissed_in_term")
    play.vote("contract")
    play.tell_end("2026-05-31")
    play.go(hours=1).reach("exit.notice.receive", "provider_leader")
    with pytest.raises(RuleBroken, match="离场期限已有规定或者约定（30日）"):
        set_day(play, "2026-07-20")


# Two cities with one text ---------------------------------------------------------------------------------


def test_a_second_county_of_the_city_has_its_grounds_without_a_line_of_code(db: Any) -> None:
    from gongzhi.law import queries as law

    begin("yangcheng")
    adopt_baishan()
    on = date(2026, 3, 2)
    here, there = (law.value_of("exit.grounds", code, on) for code in ("220602", "220681"))
    assert here.codes == there.codes
    assert "grade_d" in there.codes
    assert law.value_of("notice.vote_result_days", "220681", on).value == 7


def test_a_countys_own_setting_counts_there_alone(db: Any) -> None:
    from gongzhi.law import queries as law

    begin("yangcheng")
    adopt_baishan()
    set_here("exit.filing_within", "P5WD", code="220681")
    on = date(2026, 3, 2)
    assert law.value_of("exit.filing_within", "220681", on).value == 5
    assert not law.value_of("exit.filing_within", "220602", on).is_set


# The agreement where no text gives it to the committee ------------------------------------------------------------


@pytest.mark.parametrize("area", ["shuangliao", "zhuji"])
def test_nothing_is_agreed_that_the_owners_did_not_decide(db: Any, area: str) -> None:
    play = begin(area).apply("2026-06-30").arrive()
    case = play.case()
    known = case.declaration.step("agreement").known_before(case, "approve", play.now)
    assert "由业主共同决定" in known["decided_on"]
    assert all(isinstance(known[name], HasToBeSaid) for name in ("decided_on", "decided_by"))
    with pytest.raises(RuleBroken, match="请先由业主共同决定同意提前终止，再签订退出协议") as refused:
        play.agree("2026-06-30", decided_on=None, decided_by="")
    assert {citation.instrument for citation in refused.value.citations} == {"中华人民共和国民法典"}
    case = play.case()
    assert contract_ends(case) is None
    assert "exit.agreement.decide" in play.open_tasks()


def test_an_agreement_names_the_decision_of_the_owners_it_rests_on(db: Any) -> None:
    """Voted on paper: its day, its paper and, where they hand it in, the paper itself."""
    play = begin("shuangliao").apply("2026-06-30").arrive()
    with pytest.raises(Invalid, match="日期和文书都要填写"):
        play.agree("2026-06-30", decided_on="2026-03-01", decided_by="")
    with pytest.raises(NotPossible, match="业主共同决定的日期不能晚于今天"):
        play.agree("2026-06-30", decided_on="2026-03-03", decided_by="示例决议")
    decision = {"decided_on": "2026-03-01", "decided_by": "示例业主大会决议第2号"}
    play.agree("2026-06-30", papers=("exit_agreement", "vote_result"), **decision)
    text = text_of(made(play, "exit", "agreement.exit_agreement"))
    assert "依据业主共同决定（2026年3月1日，示例业主大会决议第2号）签订" in text
    assert "甲乙双方各执一份。" in text
    assert "备案" not in text
